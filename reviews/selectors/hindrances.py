"""What stands in the way of sealing a recommendation: time, quotas, ranks, files, texts, papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from applications.enums import CallState
from portal.calendars import clock
from portal.policy.procedure import StageKind
from portal.policy.recommendation import PaperKind
from reviews.models import PublicNotice, Recommendation, ShortlistEntry
from reviews.selectors.notices import held_up
from reviews.selectors.recommendations import READY, ledger, needed_papers, rule_of, stage_of, verifies, window_of


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of sealing, and the part of the board where it is mended."""

    message: str
    place: str = "entries"
    application: int | None = None  # the file in whose reading view it is mended


def hindrances(recommendation: Recommendation, at: datetime | None = None) -> list[Hindrance]:
    """Return everything that stands in the way of sealing now; sealing asks the same under its lock."""
    return [
        *_time(recommendation, at or clock.now()),
        *_quotas(recommendation),
        *_files(recommendation),
        *_texts(recommendation),
        *_papers(recommendation),
    ]


def _time(recommendation: Recommendation, at: datetime) -> Iterable[Hindrance]:
    window = window_of(recommendation.call, recommendation.stage)
    again = recommendation.due_at
    if recommendation.call.state != CallState.PUBLISHED:
        yield Hindrance(f"本批次目前为“{recommendation.call.get_state_display()}”，不能报送", "time")
        return
    if again is not None and at < again:
        return
    if window is None:
        return
    if at < window.opens_at:
        opens = clock.local(window.opens_at)
        yield Hindrance(f"推荐报送从 {opens.month} 月 {opens.day} 日 {opens:%H:%M} 开始，目前尚未开始", "time")
    elif not window.is_open(at):
        closed = clock.local(window.closes_at)
        yield Hindrance(f"推荐报送已于 {closed.month} 月 {closed.day} 日 {closed:%H:%M} 截止，逾期不再受理", "time")


def _quotas(recommendation: Recommendation) -> Iterable[Hindrance]:
    entries = list(recommendation.entries.all())
    if not entries:
        yield Hindrance("尚未列入任何单位")
    for row in ledger(recommendation):
        if row.left is not None and row.left < 0:
            used = f"“{row.line.title}”名额 {row.places} 个，已列入 {row.used} 个"
            extra = f"、放弃 {row.given_up} 个" if row.given_up else ""
            if not row.line.exceed_with_basis:
                yield Hindrance(f"{used}{extra}，超出名额（{row.line.clause}）")
            elif not str(recommendation.bases.get(row.line.key, "")).strip():
                yield Hindrance(f"{used}{extra}，超出“原则上”的数量，须写明依据（{row.line.clause}）")
        ranks = [entry.rank for entry in entries if entry.line == row.line.key]
        if row.line.ranked and sorted(rank or 0 for rank in ranks) != list(range(1, len(ranks) + 1)):
            yield Hindrance(f"“{row.line.title}”的排序应为 1 至 {len(ranks)}，不重复、不空缺")


def _files(recommendation: Recommendation) -> Iterable[Hindrance]:
    rule, names = rule_of(recommendation), _names(recommendation)
    kind = stage_of(recommendation.call.edition, recommendation.stage).kind
    if kind is StageKind.REPORT:
        yield from _notices(recommendation)
    for entry in recommendation.entries.all():
        name = names[entry.application_id]
        if entry.sealed_round is None and entry.application.status != READY[kind]:
            yield Hindrance(f"“{name}”目前为“{entry.application.bureau_label}”，不能报送，请移出或先完成审核")
        if verifies(rule, entry.application):
            verification = getattr(entry.application, "verification", None)
            if verification is None or not verification.complete:
                yield Hindrance(f"“{name}”的核查数据尚未填写完整", "verification", entry.application_id)


def _names(recommendation: Recommendation) -> dict[int, str]:
    """Return what to call each listed file: its unit, and its track where the unit has two."""
    files = [entry.application for entry in recommendation.entries.all()]
    units = [file.organisation_id for file in files]
    return {
        file.pk: file.organisation.name + (f"（{file.track.title}）" if units.count(file.organisation_id) > 1 else "")
        for file in files
    }


def _notices(recommendation: Recommendation) -> Iterable[Hindrance]:
    """What is reported upward has stood its public notice, without an open objection."""
    names = _names(recommendation)
    listed = ShortlistEntry.objects.filter(
        application__in=[entry.application_id for entry in recommendation.entries.all()], removed=False
    ).select_related("application__organisation")
    notices = PublicNotice.objects.filter(shortlist__in=listed.values("shortlist")).select_related("shortlist")
    by_list = {notice.shortlist_id: notice for notice in notices}
    held = {notice.pk: held_up(notice) for notice in by_list.values()}
    for entry in listed:
        notice = by_list.get(entry.shortlist_id)
        name = names[entry.application_id]
        if notice is None or clock.now() < notice.ends_at:
            yield Hindrance(f"“{name}”的公示期尚未届满，不能报送")
        elif entry.pk in held[notice.pk]:
            yield Hindrance(f"“{name}”有未办结的异议，办结前不能报送")


def _texts(recommendation: Recommendation) -> Iterable[Hindrance]:
    rule, names = rule_of(recommendation), _names(recommendation)
    for key, heading in rule.report_sections:
        if not str(recommendation.texts.get(key, "")).strip():
            yield Hindrance(f"推荐报告“{heading}”尚未填写", "texts")
    if any(paper.kind is PaperKind.REPORT for paper in rule.papers):
        for entry in recommendation.entries.all():
            if not entry.reason.strip():
                yield Hindrance(f"“{names[entry.application_id]}”的推荐理由尚未填写，推荐报告须逐家写明")
    if not recommendation.document_number.strip():
        yield Hindrance("请填写推荐文件的文号", "texts")


def _papers(recommendation: Recommendation) -> Iterable[Hindrance]:
    names = _names(recommendation)
    for paper in needed_papers(recommendation):
        if paper.missing:
            of = f"（{names[paper.application.pk]}）" if paper.application else ""
            said = "的盖章扫描件与现在的内容不一致，请重新打印、盖章、上传" if paper.void else "的盖章扫描件尚未上传"
            yield Hindrance(f"《{paper.title}》{of}{said}", "papers")
