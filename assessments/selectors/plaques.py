"""What can become of a plaque next: one rule for what its form offers and what its service takes."""

from assessments.enums import BaseState, PlaqueState
from assessments.models import Base

AWAY = {PlaqueState.REMOVED: "摘牌", PlaqueState.RETURNED: "交回", PlaqueState.LOST: "遗失（损毁）"}
GIVEN = {PlaqueState.HANDED_OVER: "授牌", PlaqueState.REMADE: "补制铭牌"}


def plaque_acts(base: Base) -> list[PlaqueState]:
    """Return what can be recorded of a base's plaque as things stand; nothing where its story has ended."""
    acts = {*GIVEN, *AWAY}
    return [state for state in PlaqueState if state in acts and not plaque_problem(base, state)]


def plaque_problem(base: Base, state: PlaqueState) -> str:
    """Say why a state cannot follow on where the plaque is now; nothing where it can."""
    now = base.plaque_state
    if state in GIVEN and base.state != BaseState.ACTIVE:
        return f"该基地目前为“{base.get_state_display()}”，不能{GIVEN[state]}"
    if state in AWAY and now == PlaqueState.TO_MAKE:
        return f"该基地尚未授牌，不能登记{AWAY[state]}"
    if state in AWAY and now != PlaqueState.HANDED_OVER:
        return f"该基地的铭牌目前为“{base.get_plaque_state_display()}”，不能登记{AWAY[state]}"
    return _not_given(now, state)


def _not_given(now: str, state: PlaqueState) -> str:
    if state == PlaqueState.HANDED_OVER and now == PlaqueState.HANDED_OVER:
        return "该基地已授牌，请勿重复登记"
    if state == PlaqueState.HANDED_OVER and now == PlaqueState.LOST:
        return "该基地的铭牌已登记遗失（损毁），请登记补制"
    if state == PlaqueState.REMADE and now not in (PlaqueState.LOST, PlaqueState.HANDED_OVER):
        return "只有已授牌或者已登记遗失（损毁）的铭牌可以补制"
    return ""
