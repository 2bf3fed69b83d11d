"""Conflicts that show only after an expert has declared: their own facts changed, or their unit has applied too."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db.models import QuerySet

from portal.calendars import clock
from portal.policy.candidates import Occasion, Reason, occasion_from, reasons_against
from portal.policy.draw import Exclusion
from reviews.enums import AlarmRuling, DrawState, MemberState, PanelState
from reviews.models import ConflictAlarm, Draw, Expert, Panel, PanelMember, RecusalRequest
from reviews.selectors.candidates import candidate_of, is_among, own_regions, rivals_of, unasked
from reviews.selectors.judged import units_judged

NOT_OVER = (PanelState.WORKING, PanelState.COMPLETE)
_ALWAYS = (
    Exclusion.SAME_UNIT,
    Exclusion.SAME_GROUP,
    Exclusion.RECENT_SERVICE,
    Exclusion.OBJECTED,
    Exclusion.RIVAL,
)
_YEARS = 3  # P3-10, where the policy draws nobody and so sets no years


def seats_at_risk() -> QuerySet[PanelMember]:
    """Declared members of panels that are not over: those whom a later conflict would touch."""
    return PanelMember.objects.filter(state=MemberState.DECLARED, panel__state__in=NOT_OVER).select_related(
        "expert", "panel__application__call", "panel__application__organisation", "panel__jurisdiction"
    )


def seats_of_expert(expert: Expert) -> QuerySet[PanelMember]:
    """Those of one expert."""
    return seats_at_risk().filter(expert=expert)


def conflicts_of(member: PanelMember) -> list[Reason]:
    """Return a member's conflicts as they are now, but for those of which the bureau has ruled that the member may go on."""
    settled = set(ConflictAlarm.objects.filter(member=member, ruling=AlarmRuling.KEPT).values_list("kind", "detail"))
    return [
        (kind, text)
        for kind, text in conflict_finder(member.panel)(member.expert)
        if (str(kind), text[:300]) not in settled
    ]


def lock_of(member: PanelMember) -> str:
    """Say for which conflict a member may write nothing now, raised or not yet; an empty string when they may."""
    alarm = ConflictAlarm.objects.filter(member=member, ruling=AlarmRuling.OPEN).first()
    return alarm.detail if alarm else next((text for _, text in conflicts_of(member)), "")


def open_alarms(panels: Iterable[Panel]) -> QuerySet[ConflictAlarm]:
    """Alarms nobody has ruled on, with member and expert."""
    return ConflictAlarm.objects.filter(member__panel__in=panels, ruling=AlarmRuling.OPEN).select_related(
        "member__expert"
    )


def conflict_finder(panel: Panel) -> Callable[[Expert], tuple[Reason, ...]]:
    """Return what finds an expert's conflicts with those the panel judges: for any number of experts at the cost of one."""
    rivals, occasions = rivals_of(panel), _occasions(panel)
    requests = dict(RecusalRequest.objects.filter(panel=panel, upheld=True).values_list("expert", "grounds"))

    def find(expert: Expert) -> tuple[Reason, ...]:
        facts = candidate_of(expert, rival=is_among(expert, rivals), objection=requests.get(expert.pk, ""))
        return tuple(dict.fromkeys(reason for each in occasions for reason in reasons_against(facts, each)))

    return find


def _occasions(panel: Panel) -> list[Occasion]:
    """One occasion for each unit the panel judges: a base that has changed hands has several."""
    first = _occasion(panel)
    others = [unit for unit in units_judged(panel) if (unit.name, unit.credit_code) != (first.unit, first.code)]
    return [first, *(replace(first, unit=unit.name, code=unit.credit_code) for unit in others)]


def _occasion(panel: Panel) -> Occasion:
    """The occasion of the last draw, as far as conflicts go; without a draw, what is known of the applicant."""
    rule, unit = panel.rule.draw, units_judged(panel)[0]
    kinds = {*_ALWAYS, *((Exclusion.SAME_REGION,) if rule and Exclusion.SAME_REGION in rule.exclusions else ())}
    drawn = Draw.objects.filter(panel=panel, state=DrawState.DRAWN).order_by("-number").first()
    checked = tuple(kind for kind in Exclusion if kind in kinds and kind not in unasked(panel))
    if drawn is not None:
        return occasion_from(drawn.frozen["occasion"] | {"checked": checked})
    day = clock.local_date(panel.created_at).isoformat()
    years = int(panel.application.call.setting_values[rule.years_setting]) if rule else _YEARS
    return Occasion(unit.name, unit.credit_code, (), own_regions(panel), day, day, day, years, checked)
