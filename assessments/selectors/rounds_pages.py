"""What the pages of assessments show beside the rows: words and shapes of states, computed items, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from assessments.enums import AssessmentState, RoundState, VetoState
from assessments.models import Assessment, Round
from assessments.selectors.rounds_checks import (
    Line,
    check_lines,
    choices,
    consequence_of,
    kept_lines,
    suggestion,
    unfound,
)
from assessments.selectors.rounds_items import ItemLine, kept_items
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.aftercare import Method, Rhythm
from reviews.selectors.panel_pages import panel_page
from reviews.selectors.scores import plain

SHAPES = {
    AssessmentState.EXEMPT: "locked",
    AssessmentState.PENDING: "todo",
    AssessmentState.SELF: "open",
    AssessmentState.READY: "todo",
    AssessmentState.PANEL: "doing",
    AssessmentState.SCORED: "attention",
    AssessmentState.PROPOSED: "attention",
    AssessmentState.HEARING: "attention",
    AssessmentState.DECIDED: "done",
}
ROUND_SHAPES = {RoundState.DRAFT: "todo", RoundState.OPEN: "doing", RoundState.CLOSED: "done"}
BEFORE_RESULT = (AssessmentState.SELF, AssessmentState.READY, AssessmentState.PANEL, AssessmentState.SCORED)


@dataclass(frozen=True)
class Row:
    """One assessment in a table: how it stands, what is wrong, its result as far as the reader may know."""

    assessment: Assessment
    shape: str
    word: str
    late: bool
    result: str
    points: str

    @classmethod
    def of(cls, row: Assessment, *, unit: bool = False) -> "Row":
        """Return a table's row; a unit is told no result before it is told."""
        known = not unit or row.told_at is not None
        result = row.result or {}
        total = result.get("total") if result.get("scored") and known else None
        return cls(
            row, SHAPES[AssessmentState(row.state)], state_word(row, unit=unit), is_late(row),
            row.outcome_title if known else "", plain_text(total),
        )  # fmt: skip


def plain_text(text: Any) -> str:
    """Write kept points without needless noughts; empty where there are none."""
    return plain(Decimal(str(text))) if text not in (None, "") else ""


def sums(result: Mapping[str, Any]) -> dict[str, str]:
    """Return what a result's points add up to, written alike on every page and paper; without points, nothing."""
    return {key: plain_text(result.get(key)) for key in ("base", "bonus", "total")} if result.get("scored") else {}


def state_word(row: Assessment, *, unit: bool = False) -> str:
    """Say how an assessment stands; a unit that has not been told the result only that it goes on."""
    if unit and row.told_at is None and row.state not in (AssessmentState.EXEMPT, AssessmentState.SELF):
        return "自评已提交" if row.state == AssessmentState.READY and row.submitted_at else "考核中"
    if row.state == AssessmentState.READY and row.scheme.method is Method.CHECKED:
        return "待核验"
    return str(row.get_state_display())


def is_late(row: Assessment) -> bool:
    """Whether the self-assessment is missing after its last day."""
    due = row.round.self_due_on if row.round else None
    return bool(row.state == AssessmentState.SELF and due and clock.today() > due)


def scored_page(row: Assessment, lines: list[ItemLine]) -> dict[str, Any]:
    """Return the items with the points that count beside those computed now, and the result in words."""
    computed = {str(line.item.number): line for line in lines}
    items = [
        {
            "line": line,
            "points": plain_text(row.scores.get(number)),
            "moved": bool(row.scores and line.item.mode == "auto" and plain_text(row.scores.get(number)) != line.shown),
        }
        for number, line in computed.items()
    ]
    result = row.result or {}
    return {
        "items": items,
        "doubts": [doubt for line in lines for doubt in line.doubts],
        "result": sums(result) | {"all": result} if result.get("scored") else None,
    }


def checked_page(row: Assessment) -> dict[str, Any]:
    """Return the checks as they stand, or as they stood when an outcome was proposed."""
    fixed = row.state not in (AssessmentState.READY, AssessmentState.SELF)
    lines: list[Line] = kept_lines(row.lines) if fixed else check_lines(row)
    suggested = row.suggested if fixed else suggestion(row.scheme, lines)
    open_choices = [] if fixed else choices(row.scheme, lines)
    return {
        "lines": lines,
        "unfound": unfound(lines),
        "suggested": row.scheme.outcome(suggested).title if suggested else "待定，由经办人说明理由后拟定",
        "choices": open_choices,
        "cut": _cut_words(row, open_choices),
    }


def acts(row: Assessment, actor: Actor) -> dict[str, bool]:
    """Say what the reader may do with an assessment now."""
    keeps, decides = actor.can("base.keep"), actor.can("base.recognise")
    confirmed = any(veto.state == VetoState.CONFIRMED for veto in row.vetoes.all())
    another = actor.user is not None and actor.user.pk != row.proposed_by_id
    state, scored = row.state, row.scored
    unconfirmed = bool((row.result or {}).get("flagged")) and row.flag_confirmed_at is None
    forming = state == AssessmentState.READY or (state == AssessmentState.SELF and is_late(row))
    return {
        "return": keeps and state == AssessmentState.READY and row.submitted_at is not None,
        "panel": keeps and scored and forming,
        "recompute": keeps and scored and state == AssessmentState.SCORED,
        "veto": keeps and scored and state in BEFORE_RESULT,
        "confirm_veto": decides and state in BEFORE_RESULT,
        "judge": keeps and not scored and state == AssessmentState.READY,
        "propose": keeps and ((state == AssessmentState.SCORED and not unconfirmed) or (confirmed and state in BEFORE_RESULT)
                              if scored else state == AssessmentState.READY),
        "excuse": keeps and not row.base.is_active and state in BEFORE_RESULT,
        "approve": decides and another and state == AssessmentState.PROPOSED,
        "own_proposal": decides and not another and state == AssessmentState.PROPOSED,
    }  # fmt: skip


def panel_address(row: Assessment) -> str:
    """Return the bureau's page of an assessment's panel; empty without one."""
    return panel_page(row.panel, row.base.jurisdiction.code) if row.panel else ""


def ledger_address(row: Assessment, line: ItemLine) -> str:
    """Return where the rows of an item's ledger are; empty where it has none."""
    if not line.ledgers:
        return ""
    place = {"jurisdiction": row.base.jurisdiction.code, "pk": row.base_id}
    return f"{reverse('assessments:records', kwargs=place)}?ledger={line.ledgers[0]}"


def lines_of(row: Assessment) -> list[ItemLine]:
    """Return the items of an assessment by points, as they stood once a result was proposed."""
    return kept_items(row) if row.scored else []


def round_shape(found: Round) -> str:
    """Return the shape of a round's state."""
    return ROUND_SHAPES[RoundState(found.state)]


def _cut_words(row: Assessment, outcomes: list[Any]) -> str:
    """Warn before a period to mend is proposed that the policy's cap would cut short."""
    build, settings = row.edition.build_period, row.base.setting_values
    if build is None or not build.cap_setting:
        return ""
    leads = {consequence_of(row.base, each) for each in outcomes}
    if not any(key and row.edition.consequence(key).to_term for key in leads):
        return ""
    cap = date.fromisoformat(str(settings[build.cap_setting]))
    first = row.scheme.rhythm is Rhythm.FIRST_YEAR
    ending = build.improvement_end(row.base.recognised_on, cap, first_year_missed=first)
    if not ending.cut:
        return ""
    whole = build.improvement_end(row.base.recognised_on, None, first_year_missed=first).on
    return f"如给予改进期，按政策截止日只能到 {ending.on:%Y-%m-%d}（未截断应至 {whole:%Y-%m-%d}）"
