"""A panel's draws: what is still to do, and the record that anybody can draw again."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from portal.calendars import clock
from portal.policy.draw import DrawRule
from portal.policy.draw_record import FORMAT, METHOD
from portal.policy.drawing import canonical
from reviews.enums import DrawState, MemberState
from reviews.models import Draw, Expert, Panel, PanelMember, Substitution
from reviews.selectors.panels import acting_members

OPEN = (DrawState.COMMITTED, DrawState.LOCKED)


@dataclass(frozen=True)
class Places:
    """How many experts a panel's policy wants, how many act, how many follow as alternates."""

    wanted: int
    acting: int
    alternates: int

    @property
    def free(self) -> int:
        """How many are to be drawn."""
        return max(self.wanted - self.acting, 0)


def places_of(panel: Panel, rule: DrawRule) -> Places:
    """Return the places of a panel as its call has them set."""
    values = panel.application.call.setting_values
    alternates = int(values[rule.alternates_setting]) if rule.alternates_setting else 0
    return Places(int(values[rule.size_setting]), acting_members(panel).count(), alternates)


def draws_of(panel: Panel) -> QuerySet[Draw]:
    """Every round there was, in order."""
    return Draw.objects.filter(panel=panel).select_related("committed_by", "drawn_by").order_by("number")


def open_draw(panel: Panel) -> Draw | None:
    """The round that has begun and is neither drawn nor void."""
    return Draw.objects.filter(panel=panel, state__in=OPEN).first()


def last_drawn(panel: Panel) -> Draw | None:
    """The latest round that was drawn: its alternates follow."""
    return Draw.objects.filter(panel=panel, state=DrawState.DRAWN).order_by("-number").first()


def substitutions_of(panel: Panel) -> QuerySet[Substitution]:
    """Every substitution, in order."""
    return (
        Substitution.objects.filter(draw__panel=panel)
        .select_related("draw", "member_out__expert", "member_in__expert", "made_by")
        .order_by("id")
    )


def used_alternates(draw: Draw) -> set[int]:
    """The alternates of a round who have taken a place or were passed over."""
    used: set[int] = set()
    for each in Substitution.objects.filter(draw=draw).select_related("member_in"):
        used |= {each.member_in.expert_id, *(passed["id"] for passed in each.passed)}
    return used


def chosen_by_hand(panel: Panel) -> QuerySet[PanelMember]:
    """Members who were not drawn, with why."""
    return PanelMember.objects.filter(panel=panel).exclude(choice_reason="").select_related("expert")


def replaceable(panel: Panel) -> set[int]:
    """The members (by key) whose place an alternate may still take: acting without an opinion, or recused and not followed yet."""
    draw = last_drawn(panel)
    if draw is None:
        return set()
    followed = set(substitutions_of(panel).values_list("member_out", flat=True))
    free = PanelMember.objects.filter(panel=panel).exclude(opinion__submitted_at__isnull=False)
    states = (MemberState.INVITED, MemberState.DECLARED, MemberState.RECUSED)
    return set(free.filter(state__in=states).values_list("pk", flat=True)) - followed


def fields_in_file(application: Application, known: list[str]) -> list[str]:
    """Which of the pool's fields the application itself names: a proposal for the officer, not a finding."""
    text = json.dumps(application.current.answers, ensure_ascii=False) if application.current else ""
    return [field for field in known if field and field in text]


def record_of(panel: Panel) -> dict[str, Any]:
    """Return the whole record as plain JSON values, in the shape of `portal.policy.draw_record`."""
    application = panel.application
    record = {
        "format": FORMAT,
        "method": list(METHOD),
        "place": panel.jurisdiction.name,
        "application": application.number,
        "stage": panel.stage,
        "unit": application.organisation.name,
        "clause": panel.rule.clause,
        "rounds": [_round(draw) for draw in draws_of(panel)],
        "substitutions": [_substitution(each) for each in substitutions_of(panel)],
        "by_hand": [
            {"id": member.expert_id, "name": member.expert.name, "reason": member.choice_reason}
            for member in chosen_by_hand(panel)
        ],
    }
    plain: dict[str, Any] = json.loads(canonical(record))
    return plain


def experts_of(panel: Panel) -> dict[int, Expert]:
    """The pool of the panel's jurisdiction by number, to show who a number is."""
    return Expert.objects.filter(jurisdiction=panel.jurisdiction_id).in_bulk()


def _round(draw: Draw) -> dict[str, Any]:
    return {
        "number": draw.number,
        "kind": draw.kind,
        "reason": draw.reason,
        "seed_hash": draw.seed_hash,
        "committed_at": _moment(draw.committed_at),
        "snapshot": draw.snapshot,
        "snapshot_sha256": draw.snapshot_sha256,
        "locked_at": _moment(draw.locked_at),
        "seed": draw.revealed_seed,
        "called": draw.called,
        "supervisor": draw.supervisor,
        "drawn_at": _moment(draw.drawn_at),
        "drawn_by": draw.drawn_by.name if draw.drawn_by else "",
        "result": draw.result,
        "void": draw.void_reason,
    }


def _substitution(each: Substitution) -> dict[str, Any]:
    return {
        "round": each.draw.number,
        "out": each.member_out.expert_id,
        "in": each.member_in.expert_id,
        "seated": each.seated,
        "passed": each.passed,
        "reason": each.reason,
        "at": _moment(each.made_at),
    }


def _moment(at: Any) -> str:
    """A moment on the clock of Shanghai, to the second."""
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if at else ""
