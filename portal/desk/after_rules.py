"""What the rules page says about the time after recognition: reports and when they are due, ledgers, targets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.policy.aftercare import Consequence
from portal.policy.edition import Edition
from portal.policy.indicator import Span, Target
from portal.policy.ledger import Every, ReportForm

EVERY = {Every.MONTH: "每月", Every.YEAR: "每年", Every.ONCE: "一次"}
SPANS = {
    Span.FIRST_YEAR: "建设第一年",
    Span.SECOND_YEAR: "建设第二年",
    Span.TERM: "建设期",
    Span.CALENDAR_YEAR: "每个自然年度",
}


@dataclass(frozen=True)
class Line:
    """A report or a ledger: `text` says what is asked, `note` cites the clause and says when it is due."""

    title: str
    text: str
    note: str


@dataclass(frozen=True)
class TargetRow:
    """A target as the page shows it."""

    target: Target
    tracks: str
    span: str
    wanted: str


def after_lines(edition: Edition, settings: Mapping[str, Any]) -> list[Line]:
    """Return every report and every ledger of an edition."""
    asked = [
        Line(
            report.title,
            report.text or f"{EVERY[report.every]}报送：{'、'.join(section.title for section in report.sections)}。",
            _cited(report.clause, due_words(report, settings), report.default),
        )
        for report in edition.reports
    ]
    kept = [
        Line(
            ledger.title,
            f"逐{ledger.noun}登记{'、'.join(column.label for column in ledger.columns)}。",
            _cited(ledger.clause, "随时登记", ledger.default),
        )
        for ledger in edition.ledgers
    ]
    return [*asked, *kept]


def due_words(report: ReportForm, settings: Mapping[str, Any]) -> str:
    """Say when a report is due: 次月第 5 个工作日前, 次年 1 月 31 日前."""
    due, day = report.due, report.due.day_of(settings)
    if report.every is Every.ONCE:
        return f"认定满 {report.after_months} 个月后 {due.months} 个月内"
    if report.every is Every.YEAR:
        return f"{'当年' if due.from_start else '次年'} {due.months + (1 if due.from_start else 0)} 月 {day} 日前"
    return f"次月第 {day} 个工作日前" if due.working else f"次月 {day} 日前"


def target_rows(edition: Edition) -> list[TargetRow]:
    """Return every target with the words of its table."""
    units = {indicator.key: indicator.unit for indicator in edition.indicators}
    rows = []
    for target in edition.targets:
        wanted = [
            *([f"不少于 {target.at_least:,} {units[target.indicator]}"] if target.indicator else []),
            *(["由人员认定"] if target.judged else []),
        ]
        tracks = "、".join(edition.track(key).title for key in target.tracks) or "全部"
        rows.append(TargetRow(target, tracks, SPANS[target.span], "，".join(wanted)))
    return rows


@dataclass(frozen=True)
class ConsequenceRow:
    """An adverse act as the page shows it."""

    title: str
    occasion: str
    text: str
    note: str


def consequence_rows(edition: Edition, settings: Mapping[str, Any]) -> list[ConsequenceRow]:
    """Return every adverse act: when it may be drawn, and how."""
    titles = {each.key: each.title for each in edition.consequences}
    return [
        ConsequenceRow(
            each.title,
            each.occasion,
            "".join(_ways(each, titles, settings)),
            f"{each.clause}{f'（{each.default}）' if each.default else ''}",
        )
        for each in edition.consequences
    ]


def _ways(each: Consequence, titles: Mapping[str, str], settings: Mapping[str, Any]) -> Iterator[str]:
    yield each.text
    if each.months or each.months_setting:
        yield f"期限 {settings[each.months_setting] if each.months_setting else each.months} 个月。"
    if each.once:
        yield "每个基地只给予一次。"
    if each.rectify_first:
        yield f"先{titles[each.rectify_first]}，期满仍未达到要求的方可作出。"
    if each.hearing_setting:
        yield f"作出前有 {settings[each.hearing_setting]} 个工作日陈述申辩。"
    if each.ends_title:
        yield "决定向社会公告。" if each.announced else ""
        yield (
            f"{each.reapply_years} 年内不得重新申报。"
            if each.reapply_years
            else "没有规定不得重新申报的期限，可以重新申报。"
        )


def _cited(clause: str, due: str, default: str) -> str:
    return f"{clause}　{due}{f'（{default}）' if default else ''}"
