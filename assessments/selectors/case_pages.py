"""What the pages of cases show: lines with their deadlines, what may be done next, and what an act would do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from assessments.enums import CaseFileKind, CaseState, ImprovementState, PlaqueState
from assessments.models import Base, Case, Improvement, RecoveryOrder
from assessments.selectors.case_printing import hearing_words
from assessments.selectors.cases import hindrance, span_of
from portal.accounts.actor import Actor
from portal.calendars import clock, wording
from portal.calendars.selectors import end_of_working_days
from portal.calendars.working_days import MissingCalendarYear
from portal.documents.selectors import documents_of
from reviews.services.document_numbers import mark_of, next_document_number

INSTANT = timedelta(microseconds=1)
KINDS = {
    CaseState.PROPOSED: "todo", CaseState.NOTIFIED: "open", CaseState.HEARD: "attention", CaseState.WAIVED: "attention",
    CaseState.DECIDED: "attention", CaseState.CARRIED_OUT: "done", CaseState.DROPPED: "locked",
}  # fmt: skip
IMPROVING = {ImprovementState.RUNNING: "doing", ImprovementState.PASSED: "done", ImprovementState.FAILED: "failed"}


@dataclass(frozen=True)
class CaseLine:
    """A row of a list of cases: its state as a tag, and what it waits for."""

    case: Case
    kind: str
    word: str
    waits: str

    @classmethod
    def of(cls, case: Case, now: datetime) -> "CaseLine":
        """Describe a case as it stands now."""
        state = CaseState(case.state)
        over = state == CaseState.NOTIFIED and case.hearing_over(now)
        word = "陈述申辩期届满" if over else state.label
        return cls(case, "attention" if over else KINDS[state], word, waits_for(case, now))


def waits_for(case: Case, now: datetime) -> str:
    """Say what a case waits for, and until when."""
    if case.state == CaseState.PROPOSED:
        return "书面告知单位" if case.consequence.hearing_setting else "另一人决定"
    if case.state == CaseState.NOTIFIED and case.hearing_until is not None:
        if case.statement and not case.statement_late:
            return "单位已陈述申辩，待登记复核情况"
        last = f"{clock.local_date(case.hearing_until - INSTANT):%Y-%m-%d}"
        return f"{last} 已届满，待决定" if now >= case.hearing_until else f"陈述申辩至 {last} 24:00"
    if case.state in (CaseState.HEARD, CaseState.WAIVED):
        return "另一人决定"
    return "执行" if case.state == CaseState.DECIDED else ""


@dataclass(frozen=True)
class ImprovementPage:
    """A period to mend with how it stands and what is left of it."""

    row: Improvement
    kind: str
    word: str
    left: str
    overdue: bool
    guidance: list[Any]
    running: bool


def improvement_rows(base: Base) -> QuerySet[Improvement]:
    """The periods a base was given, newest first."""
    rows = Improvement.objects.filter(base=base).select_related("case", "closed_by", "extended_by")
    return rows.prefetch_related("guidance__recorded_by").order_by("-id")


def improvement_page(row: Improvement, today: date) -> ImprovementPage:
    """Describe a period as it stands today."""
    state, overdue = ImprovementState(row.state), row.is_overdue(today)
    days = (row.ends_on - today).days
    left = "" if state != ImprovementState.RUNNING or overdue else f"还有 {days} 天"
    return ImprovementPage(
        row, "attention" if overdue else IMPROVING[state], "期满待复核" if overdue else state.label, left, overdue,
        list(row.guidance.all()), state == ImprovementState.RUNNING,
    )  # fmt: skip


def case_page(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the page of one case shows, for the bureau or its unit."""
    files = list(case.files.select_related("stored", "added_by"))
    person = actor.user.pk if actor.user else None
    keeps, decides = actor.can("base.keep"), actor.can("base.recognise")
    ripe = case.hearing_over(now) and case.state in (
        CaseState.PROPOSED, CaseState.NOTIFIED, CaseState.HEARD, CaseState.WAIVED,
    )  # fmt: skip
    answered = case.state == CaseState.NOTIFIED and bool(case.statement) and not case.statement_late
    open_before = case.is_open and case.state != CaseState.DECIDED
    return {
        "case": case,
        "base": case.base,
        "line": CaseLine.of(case, now),
        "rule": case.consequence,
        "evidence": [each for each in files if each.kind == CaseFileKind.EVIDENCE],
        "statement_files": [each for each in files if each.kind == CaseFileKind.STATEMENT],
        "documents": list(documents_of(case)) + _announced(case),
        "hearing": hearing_words(case) if case.decided_at else "",
        "recoveries": list(RecoveryOrder.objects.filter(case_id=case.pk)) if case.carried_out_at else [],
        "last_day": clock.local_date(case.hearing_until - INSTANT) if case.hearing_until else None,
        "problem": hindrance(case.base, case.consequence, clock.today()) if open_before else "",
        "may_serve": keeps and case.state == CaseState.PROPOSED and bool(case.consequence.hearing_setting),
        "may_add": (keeps or decides) and case.state == CaseState.PROPOSED,
        "may_hear": keeps and case.state == CaseState.NOTIFIED,
        "may_decide": decides and ripe and not answered and person != case.proposed_by_id,
        "own_proposal": decides and ripe and person == case.proposed_by_id,
        "may_drop": (keeps or decides) and open_before,
        "may_carry_out": (keeps or decides) and case.state == CaseState.DECIDED,
        "may_state": case.may_state(now),
        "may_state_late": case.state == CaseState.NOTIFIED and not case.may_state(now)
        and not (case.statement and not case.statement_late),
        "plaque_due": case.state == CaseState.CARRIED_OUT and case.consequence.removes_plaque
        and case.base.plaque_state == PlaqueState.HANDED_OVER,
    }  # fmt: skip


def _announced(case: Case) -> list[Any]:
    return list(documents_of(case.announcement)) if hasattr(case, "announcement") else []


def first_number(case: Case) -> str:
    """Propose a document number: the mark of the bureau's last decision, or of the base's recognition, the next in its sequence."""
    place = case.base.jurisdiction
    last = Case.objects.filter(base__jurisdiction=place).exclude(document_number="").order_by("-decided_at").first()
    mark = mark_of(last.document_number if last else case.base.document_number)
    return next_document_number(place, mark, clock.today().year) if mark else ""


def serving_effects(case: Case) -> list[str]:
    """What telling the unit does."""
    rule = case.consequence
    if not rule.hearing_setting:
        return []
    days = int(case.base.setting_values[rule.hearing_setting])
    try:
        until = wording.period_end(end_of_working_days(clock.now(), days), with_year=True)
    except (MissingCalendarYear, ValueError) as problem:
        return [str(problem)]
    return [
        f"出具告知书，写明事实、证据、依据和拟作出的“{rule.title}”",
        f"单位有 {days} 个工作日陈述申辩，{until} 届满；届满前不能作出决定，单位已陈述申辩或书面放弃的除外",
        "告知后不能再增加证据",
    ]


def decision_effects(case: Case, *, decided: bool = False) -> list[str]:
    """What a decision, or carrying it out, does to the base."""
    rule, base = case.consequence, case.base
    said = [] if decided else [f"出具“{rule.paper_title or rule.title}”并通知单位；执行另行办理"]
    if not rule.ends_title:
        span = span_of(case, case.decided_on or clock.today(), base.setting_values)
        cut = f"。注意：{span.words}" if span.words else ""
        return [*said, f"{rule.title}期 {span.starts_on:%Y-%m-%d} 至 {span.ends_on:%Y-%m-%d}{cut}"]
    return [
        *said,
        "基地称号终止，移出现行名录，证书核验显示已终止",
        *(["未支付的资金取消，按政策规定追回资金"] if rule.recovery else []),
        *(["向社会公告"] if rule.announced else []),
        *(["铭牌列入待收回"] if rule.removes_plaque else []),
        "记入单位被取消称号的情况，其他辖区受理该单位申报时可以看到",
    ]
