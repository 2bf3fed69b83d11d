"""What the papers of an assessment say, as plain values: the sheet of points in its official layout, the notice of a result."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from assessments.enums import AssessmentState, VetoState
from assessments.models import Assessment
from assessments.selectors.rounds_checks import kept_lines
from assessments.selectors.rounds_pages import plain_text
from portal.calendars import clock
from portal.policy.places import chinese_number
from portal.policy.scoring import ScoreItem, ScoreSheet
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.printing import contact
from reviews.selectors.scores import plain
from reviews.selectors.wording import PNG_PREFIX

Values = dict[str, Any]


def assessment_sheet(row: Assessment) -> Values:
    """The sheet of points (考核评估表): groups, items, rules and points, totals, grade, who signs."""
    sheet = row.edition.assessment
    assert sheet is not None  # noqa: S101 - only an assessment by points is printed
    result = row.result or {}
    return {
        **_head(row),
        "title": row.scheme.paper_title or sheet.title,
        "clause": sheet.clause,
        "groups": _groups(sheet, row.scores),
        "scored": bool(row.scores),
        "base_points": plain_text(result.get("base")),
        "bonus_points": plain_text(result.get("bonus")),
        "total_points": plain_text(result.get("total")),
        "maximum_base": plain(sheet.maximum(bonus=False)),
        "maximum_bonus": plain(sheet.maximum(bonus=True)),
        "grades": _grade_words(sheet),
        "grade": row.outcome_title or result.get("grade", ""),
        "by_base": result.get("by_base", ""),
        "flagged": bool(result.get("flagged")),
        "flag_reason": row.flag_reason,
        "vetoes": _vetoes(row),
        "remarks": row.remarks_by_project,
        "conclusion": row.panel.conclusion if row.panel else "",
        "experts": _experts(row),
        "proposed_by": row.proposed_by.name if row.proposed_by else "",
        "decided": row.state == AssessmentState.DECIDED,
        "opinion": row.opinion,
        "decided_by": row.decided_by.name if row.decided_by else "",
        "decided_on": clock.local_date(row.decided_at) if row.decided_at else None,
    }


def result_notice(row: Assessment) -> Values:
    """The notice of a result: what was looked at, what came of it, what follows; before a hearing it says so."""
    hearing = row.state == AssessmentState.HEARING
    sheet, result = row.edition.assessment, row.result or {}
    word = "告知书" if hearing else "通知书"
    own = row.scheme.paper_title if not row.scored and not hearing else ""
    rule = row.edition.consequence(row.consequence) if row.consequence else None
    day = row.told_at or row.decided_at or row.proposed_at
    return {
        **_head(row),
        "title": own or f"{row.scheme.title}结果{word}",
        "addressee": row.base.organisation.name,
        "hearing": hearing,
        "citation": row.edition.citation or row.edition.title,
        "clause": row.scheme.clause,
        "outcome": row.outcome_title,
        "scored": row.scored and bool(row.scores),
        "groups": _groups(sheet, row.scores) if sheet and row.scored and row.scores else [],
        "base_points": plain_text(result.get("base")),
        "bonus_points": plain_text(result.get("bonus")),
        "total_points": plain_text(result.get("total")),
        "vetoes": _vetoes(row),
        "remarks": row.remarks_by_project,
        "lines": [] if row.scored else [_line(each) for each in kept_lines(row.lines)],
        "reason": row.reason,
        "rule": {"title": rule.title, "text": rule.text, "clause": rule.clause, "heard": bool(rule.hearing_setting)}
        if rule else None,
        "signatory": row.base.jurisdiction.issuer,
        "signed_on": clock.local_date(day) if day else clock.today(),
        "contact": contact(row.base.jurisdiction),
    }  # fmt: skip


def _head(row: Assessment) -> Values:
    base = row.base
    return {
        "heading": row.title,
        "round": row.round.title if row.round else row.scheme.title,
        "base": base.name,
        "unit": base.organisation.name,
        "certificate": base.certificate_number,
        "track": base.track.title,
        "recognised_on": base.recognised_on,
        "projects": "；".join(base.profile.get("projects") or []),
        "period": row.period.title,
        "issuer": base.jurisdiction.issuer,
        "file_number": base.certificate_number,
    }


def _groups(sheet: ScoreSheet, scores: dict[str, str]) -> list[Values]:
    """Return the items by group in the official order, each group with its number in Chinese and its points."""
    found = []
    for at, (title, items) in enumerate(groupby(sheet.items, key=lambda item: item.group), start=1):
        rows = [_item(item, scores) for item in items]
        found.append(
            {
                "number": chinese_number(at),
                "title": title,
                "maximum": plain(sum((row["limit"] for row in rows), Decimal(0))),
                "points": plain(sum((Decimal(scores.get(str(row["number"]), "0")) for row in rows), Decimal(0))),
                "items": rows,
                "span": len(rows),
            }
        )
    return found


def _item(item: ScoreItem, scores: dict[str, str]) -> Values:
    return {
        "number": item.number,
        "title": item.title,
        "rule": item.rule,
        "limit": item.max_points,
        "maximum": plain(item.max_points),
        "points": plain_text(scores.get(str(item.number))),
        "bonus": item.bonus,
    }


def _grade_words(sheet: ScoreSheet) -> str:
    """Return the grades as half-open bands: 90 分及以上为优秀；80 分及以上、不足 90 分为良好…"""
    said, above = [], None
    for grade in sheet.grades:
        least = plain(grade.minimum)
        if above is None:
            said.append(f"{least} 分及以上为{grade.title}")
        elif grade.minimum > 0:
            said.append(f"{least} 分及以上、不足 {above} 分为{grade.title}")
        else:
            said.append(f"不足 {above} 分为{grade.title}")
        above = least
    return "；".join(said)


def _vetoes(row: Assessment) -> list[Values]:
    return [
        {"text": veto.text, "clause": veto.clause, "facts": veto.facts}
        for veto in row.vetoes.filter(state=VetoState.CONFIRMED)
    ]


def _line(line: Any) -> Values:
    verdict = {True: "达到", False: "未达到", None: "待认定"}[line.met]
    return {"title": line.title, "words": line.words, "finding": line.finding, "verdict": verdict}


def _experts(row: Assessment) -> list[Values]:
    if row.panel is None or row.panel.unsealed_at is None:
        return []
    return [
        {
            "name": opinion.member.expert.name,
            "chair": opinion.member.chair,
            "unit": opinion.member.expert.unit_name,
            "signature": _signature(opinion.signature),
        }
        for opinion in unsealed_opinions(row.panel)
    ]


def _signature(drawn: str) -> str:
    return drawn if drawn.startswith(PNG_PREFIX) else ""
