"""An alternate in the place of a member who left, and the recusals that applicants ask for."""

from typing import Any

from django.db import transaction

from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.drawing import successor
from reviews.enums import MemberState
from reviews.models import Draw, Expert, Panel, PanelMember, RecusalRequest, Substitution
from reviews.selectors.conflicts import conflict_finder
from reviews.selectors.draws import last_drawn, used_alternates
from reviews.selectors.eligibility import obstacle
from reviews.selectors.judged import units_judged
from reviews.selectors.panels import ACTING, acting_members
from reviews.services.panels import name_chair, open_panel, remove_member, seat_expert
from reviews.services.papers import issue_draw_record
from reviews.services.refusal import Refused


@transaction.atomic
def substitute(*, member: PanelMember, reason: str, by: Actor) -> Substitution:
    """Take a member off, if they still act, and seat the alternate who follows; as chair if the member was.

    Alternates who can no longer sit are passed over, each with its reason; all of it stays on the record.
    """
    panel = open_panel(member.panel, by)
    if not reason.strip():
        raise Refused("请写明理由", "reason")
    draw = last_drawn(panel)
    if draw is None:
        raise WrongState("本专家组尚未抽取，没有候补")
    chosen: PanelMember = panel.members.select_related("expert").get(pk=member.pk)
    if chosen.state == MemberState.REMOVED or Substitution.objects.filter(member_out=chosen).exists():
        raise WrongState(f"{chosen.expert.name}已调整，不能再次递补")
    others = acting_members(panel).exclude(pk=chosen.pk).order_by("expert_id")
    seated = list(others.values_list("expert_id", flat=True))
    expert, passed = _next_in_line(panel, draw, seated)
    newcomer = seat_expert(panel=panel, expert=expert, by=by)
    if chosen.state in ACTING:  # only now: a panel one short might count as complete
        remove_member(member=chosen, reason=reason, by=by)
    if chosen.chair:
        newcomer = name_chair(member=newcomer, by=by)
    made = Substitution.objects.create(
        draw=draw, member_out=chosen, member_in=newcomer, seated=seated, passed=passed, reason=reason.strip(),
        made_by=by.person, made_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="panel.substitute", obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=reason,
        data={"round": draw.number, "out": chosen.expert_id, "in": expert.pk, "passed": [each["id"] for each in passed]},
    )  # fmt: skip
    issue_draw_record(panel=panel, by=by)
    return made


@transaction.atomic
def rule_on_request(
    *, panel: Panel, expert: Expert, grounds: str, upheld: bool, ruling: str, by: Actor
) -> RecusalRequest:
    """Keep an applicant's request that an expert not judge them, and rule on it. Upheld, it bars the expert from draws to come."""
    row = open_panel(panel, by)
    for value, name, label in ((grounds, "grounds", "申请理由"), (ruling, "ruling", "处理意见")):
        if not value.strip():
            raise Refused(f"请写明{label}", name)
    if expert.jurisdiction_id != row.jurisdiction_id:
        raise Refused("该专家不在本地区专家库中", "expert")
    if upheld and row.members.filter(expert=expert, state__in=ACTING).exists():
        raise Refused("该专家已在本专家组中：理由成立的，请先由候补递补，再登记", "expert")
    request, _ = RecusalRequest.objects.update_or_create(
        panel=row, expert=expert,
        defaults={
            "grounds": grounds.strip(), "upheld": upheld, "ruling": ruling.strip(), "ruled_by": by.person,
            "ruled_at": clock.now(),
        },
    )  # fmt: skip
    record(
        by=by, action="panel.recusal_request", obj=row, jurisdiction_id=row.jurisdiction_id, reason=ruling,
        data={"expert": expert.pk, "upheld": upheld},
    )  # fmt: skip
    return request


def _next_in_line(panel: Panel, draw: Draw, seated: list[int]) -> tuple[Expert, list[dict[str, Any]]]:
    fields = {each["id"]: each["fields"] for each in draw.frozen["candidates"]}
    alternates = draw.outcome["alternates"]
    experts = Expert.objects.in_bulk(alternates)
    conflicts, units = conflict_finder(panel), units_judged(panel)
    used, passed = used_alternates(draw), list[dict[str, Any]]()
    while True:
        found = successor(alternates, fields, required=draw.frozen["required"], seated=seated, used=used)
        if found is None:
            raise Refused("候补已用尽，请补充抽取")
        problem = "已在本专家组中" if found in seated else obstacle(experts[found], units)
        problem = problem or "；".join(text for _, text in conflicts(experts[found]))
        if not problem:
            return experts[found], passed
        used.add(found)
        passed.append({"id": found, "reason": problem})
