"""The pool as a draw sees it: each expert's facts on the day, and what the file they would judge is."""

from collections.abc import Collection, Iterable

from django.db.models import Count, Q

from applications.enums import ENDED
from applications.models import Application, Call
from portal.calendars import clock
from portal.policy.candidates import Absence, Candidate, Occasion, Service
from portal.policy.draw import ALWAYS, DrawRule, Exclusion, Region
from portal.policy.procedure import Status
from portal.policy.text import plain_name
from reviews.enums import ExpertState, MemberState, PanelState
from reviews.models import Expert, Panel, PanelMember, RecusalRequest
from reviews.selectors.judged import units_judged
from reviews.selectors.panels import ACTING

AT_WORK = (PanelState.FORMING, PanelState.WORKING)


def candidates_for(panel: Panel) -> list[Candidate]:
    """Return everybody in the pool of the panel's jurisdiction as they stand now, by their number."""
    load = Count(
        "memberships",
        filter=Q(memberships__panel__state__in=AT_WORK, memberships__state__in=ACTING),
        distinct=True,
    )
    experts = Expert.objects.filter(jurisdiction=panel.jurisdiction_id).annotate(load=load).order_by("id")
    rivals = rivals_of(panel)
    bound = set(
        PanelMember.objects.filter(panel=panel)
        .exclude(state=MemberState.REMOVED, declared_at__isnull=True)
        .values_list("expert", flat=True)
    )
    requests = RecusalRequest.objects.filter(panel=panel, upheld=True)
    objections = dict(requests.values_list("expert", "grounds"))
    return [
        candidate_of(
            expert,
            load=expert.load,
            rival=is_among(expert, rivals),
            seated=expert.pk in bound,
            objection=objections.get(expert.pk, ""),
        )
        for expert in experts
    ]


def candidate_of(
    expert: Expert, *, load: int = 0, rival: bool = False, seated: bool = False, objection: str = ""
) -> Candidate:
    """Return one expert's facts."""
    return Candidate(
        id=expert.pk,
        name=expert.name,
        unit=expert.unit_name,
        code=expert.unit_credit_code,
        group=expert.group,
        region=expert.district,
        fields=tuple(expert.fields),
        state=_state_of(expert),
        load=load,
        limit=expert.most_at_once,
        services=tuple(Service(each["unit"], each["since"], each["until"]) for each in expert.services),
        absences=tuple(Absence(each["since"], each["until"]) for each in expert.absences),
        rival=rival,
        seated=seated,
        objection=objection,
    )


def occasion_of(
    panel: Panel, rule: DrawRule, *, related: Iterable[str], regions: Iterable[str], since: str, until: str
) -> Occasion:
    """Return what is drawn for; the policy's years and exclusions as the call has them set."""
    unit, *others = units_judged(panel)
    wanted = {*ALWAYS, *rule.exclusions}
    own = own_regions(panel) if rule.region is Region.PLACE else ()
    return Occasion(
        unit=unit.name,
        code=unit.credit_code,
        related=tuple(dict.fromkeys((*related, *(each.name for each in others)))),
        regions=tuple(dict.fromkeys((*own, *regions))),
        since=since,
        until=until,
        on=clock.today().isoformat(),
        years=int(panel.application.call.setting_values[rule.years_setting]),
        checked=tuple(each for each in Exclusion if each in wanted and each not in unasked(panel)),
    )


def own_regions(panel: Panel) -> tuple[str, ...]:
    """Return the regions of those who are judged: their districts, or where the policy looks wider the place and all of it."""
    rule, edition = panel.rule.draw, panel.application.edition
    if rule is not None and rule.region is Region.PLACE:
        return (edition.profile.name, *edition.profile.districts)
    return tuple(dict.fromkeys(unit.district for unit in units_judged(panel) if unit.district))


def unasked(panel: Panel) -> tuple[Exclusion, ...]:
    """What keeps nobody off a panel: bases that are assessed do not compete with who once applied beside them."""
    return (Exclusion.RIVAL,) if panel.assesses else ()


Units = Collection[tuple[str, str]]  # credit code, plain name


def rivals_of(panel: Panel) -> Units:
    """Return the units that compete with the one a panel judges."""
    return () if panel.assesses else rivals_in(panel.application.call, but=panel.application)


def rivals_in(call: Call, *, but: Application) -> Units:
    """Return the units with a live application in the call, other than the one to be judged."""
    live = Application.objects.filter(call=call).exclude(status__in=[Status.DRAFT.value, *ENDED])
    rows = live.exclude(organisation=but.organisation_id).values_list("organisation__credit_code", "organisation__name")
    return {(code.upper(), plain_name(name)) for code, name in rows}


def is_among(expert: Expert, units: Units) -> bool:
    """Whether the expert works for one of these units, by code or by name."""
    code, name = expert.unit_credit_code.upper(), plain_name(expert.unit_name)
    return any((code and code == each) or name == plain for each, plain in units)


def _state_of(expert: Expert) -> str:
    if expert.state != ExpertState.AVAILABLE:
        return str(expert.get_state_display())
    return "" if expert.user_id else "尚未关联账号"
