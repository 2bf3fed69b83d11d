"""Forming a panel and setting it to work."""

from django.db import transaction

from applications.models import Application
from applications.permissions import READ_FILE
from applications.services.moves import WrongState, locked, move, require_at_desk
from portal.accounts.actor import Actor
from portal.accounts.grants import revoke
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import Desk, StageKind, Status
from reviews.enums import MemberState, PanelState
from reviews.models import Expert, Panel, PanelMember
from reviews.selectors.conflicts import conflict_finder
from reviews.selectors.eligibility import obstacle, size_problem
from reviews.selectors.judged import units_judged
from reviews.selectors.panels import acting_members
from reviews.selectors.visits import hindered
from reviews.services.news import tell_members
from reviews.services.refusal import Refused

OPEN_STATES = (PanelState.FORMING, PanelState.WORKING)
READY = {StageKind.EXPERT_REVIEW: Status.ACCEPTED, StageKind.RECHECK: Status.REPORTED}
BEGIN = {StageKind.EXPERT_REVIEW: "begin_review", StageKind.RECHECK: "begin_recheck"}


def stage_at(application: Application) -> StageKind:
    """Return whose experts look at a file where it lies: the bureau's, or those of the level above."""
    return StageKind.RECHECK if application.desk == Desk.SUPERIOR else StageKind.EXPERT_REVIEW


def locked_panel(panel: Panel) -> Panel:
    """Return the panel's row under lock, with its application; call inside a transaction."""
    rows = Panel.objects.select_for_update(of=("self",)).select_related(
        "application__call", "application__organisation"
    )
    found: Panel = rows.get(pk=panel.pk)
    return found


@transaction.atomic
def form_panel(*, application: Application, by: Actor) -> Panel:
    """Begin a panel for an accepted application; asked twice, return the one there is."""
    row = locked(application)
    require_at_desk("review.run", row, by)
    stage = stage_at(row)
    existing: Panel | None = Panel.objects.filter(application=row, stage=stage.value).first()
    if existing is not None:
        return existing
    if row.status != READY[stage]:
        raise WrongState(f"该申报目前为“{row.bureau_label}”，受理后方可组建专家组")
    panel = Panel.objects.create(
        jurisdiction=row.jurisdiction, application=row, stage=stage.value, created_by=by.person, created_at=clock.now()
    )
    record(by=by, action="panel.form", obj=panel, jurisdiction_id=row.jurisdiction_id)
    return panel


@transaction.atomic
def add_member(*, panel: Panel, expert: Expert, by: Actor, chair: bool = False, reason: str = "") -> PanelMember:
    """Choose an expert by hand. Refuses whoever has a conflict, is not available, cannot come to the visit, or was there before.

    One who was taken off before declaring anything may be chosen again: nothing had begun for them. Where the policy draws
    its experts a `reason` must say why this one is not drawn.
    """
    row = open_panel(panel, by)
    if problem := obstacle(expert, units_judged(row)):
        raise Refused(f"{expert.name}：{problem}", "expert")
    if conflicts := conflict_finder(row)(expert):
        raise Refused(f"{expert.name}：{conflicts[0][1]}，应当回避", "expert")
    if row.rule.draw and not reason.strip():
        raise Refused("本政策的专家由系统随机抽取，另行选用须写明理由", "reason")
    if found := hindered(row, Expert.objects.select_for_update().get(pk=expert.pk)):
        raise Refused(f"{found.text}。请另选专家，或先调整本件的{row.rule.visit_word}时间", "expert")
    return seat_expert(panel=row, expert=expert, by=by, chair=chair, reason=reason.strip())


def seat_expert(*, panel: Panel, expert: Expert, by: Actor, chair: bool = False, reason: str = "") -> PanelMember:
    """Give an expert a seat on a panel under lock, chosen or drawn; one who left it for good is refused."""
    row = panel
    member: PanelMember | None = row.members.filter(expert=expert).first()
    if member is not None and (member.state != MemberState.REMOVED or member.declared_at):
        raise Refused(f"{expert.name}：已在本专家组中，或曾因回避、调整退出，不能再次选用", "expert")
    if chair:
        _dismiss_chair(row)
    member = member or PanelMember(panel=row, expert=expert)
    member.state, member.chair, member.reason, member.choice_reason = MemberState.INVITED, chair, "", reason
    member.save()
    record(
        by=by,
        action="panel.add",
        obj=row,
        jurisdiction_id=row.jurisdiction_id,
        reason=reason,
        data={"member": member.pk, "expert": expert.pk, "chair": chair},
    )
    if row.state == PanelState.WORKING:
        tell_members(panel=row, members=[member])
    return member


@transaction.atomic
def name_chair(*, member: PanelMember, by: Actor) -> PanelMember:
    """Make one acting member the chair instead of whoever is."""
    row = open_panel(member.panel, by)
    chosen: PanelMember = row.members.select_related("expert").get(pk=member.pk)
    if chosen.state not in (MemberState.INVITED, MemberState.DECLARED):
        raise WrongState(f"{chosen.expert.name}已退出本专家组，不能担任组长")
    _dismiss_chair(row)
    chosen.chair = True
    chosen.save(update_fields=["chair"])
    record(by=by, action="panel.chair", obj=row, jurisdiction_id=row.jurisdiction_id, data={"member": chosen.pk})
    return chosen


@transaction.atomic
def remove_member(*, member: PanelMember, reason: str, by: Actor) -> PanelMember:
    """Take an acting member off the panel, with a reason; one whose opinion is in stays. Their file access ends."""
    row = open_panel(member.panel, by)
    chosen: PanelMember = row.members.select_related("expert__user").get(pk=member.pk)
    if not reason.strip():
        raise Refused("请写明调整理由", "reason")
    if chosen.state not in (MemberState.INVITED, MemberState.DECLARED):
        raise WrongState(f"{chosen.expert.name}已退出本专家组")
    if hasattr(chosen, "opinion") and chosen.opinion.submitted_at:
        raise WrongState(f"{chosen.expert.name}已提交评估意见，不能调整")
    close_file(chosen)
    chosen.state, chosen.reason, chosen.chair = MemberState.REMOVED, reason.strip(), False
    chosen.save(update_fields=["state", "reason", "chair"])
    record(
        by=by, action="panel.remove", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason,
        data={"member": chosen.pk, "expert": chosen.expert_id},
    )  # fmt: skip
    complete_if_all_in(row)
    return chosen


@transaction.atomic
def replace_member(*, member: PanelMember, expert: Expert, reason: str, by: Actor) -> PanelMember:
    """Put another expert in a member's place, as chair if that one was; a recused member's own reason stands."""
    row = open_panel(member.panel, by)
    chosen: PanelMember = row.members.get(pk=member.pk)
    newcomer = add_member(panel=row, expert=expert, by=by, reason=reason)
    if chosen.state in (MemberState.INVITED, MemberState.DECLARED):
        remove_member(member=chosen, reason=reason, by=by)
    return name_chair(member=newcomer, by=by) if chosen.chair else newcomer


@transaction.atomic
def convene(*, panel: Panel, by: Actor) -> Panel:
    """Set the panel to work: size, parity and one chair are checked, the review begins, the members are told."""
    application = locked(panel.application)
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if row.state != PanelState.FORMING:
        raise WrongState(f"专家组目前为“{row.get_state_display()}”，不能再次开始评审")
    members = list(acting_members(row).select_related("expert"))
    if problem := size_problem(row, len(members)):
        raise Refused(problem)
    if sum(member.chair for member in members) != 1:
        raise Refused("请指定一名组长")
    units = units_judged(row)
    for member in members:
        if reason := obstacle(member.expert, units):
            raise Refused(f"{member.expert.name}：{reason}，请调整后再开始评审")
    _require_windows_over(row)
    row.state, row.convened_at = PanelState.WORKING, clock.now()
    row.save(update_fields=["state", "convened_at"])
    record(
        by=by, action="panel.convene", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"experts": [member.expert_id for member in members]},
    )  # fmt: skip
    if not row.assesses:
        move(application=application, action=BEGIN[StageKind(row.stage)], by=by, data={"panel": row.pk})
    tell_members(panel=row, members=members)
    return row


def _require_windows_over(panel: Panel) -> None:
    """Unless the policy reviews each file as it comes, no review begins while files may still come in."""
    if panel.rule.rolling or StageKind(panel.stage) is not StageKind.EXPERT_REVIEW:
        return
    call, now = panel.application.call, clock.now()
    recommending = [stage.key for stage in call.edition.procedure if stage.kind is StageKind.RECOMMENDATION]
    if call.is_open(now) or any(
        now < window.opens_at or window.is_open(now) for window in call.windows.filter(stage__in=recommending)
    ):
        raise WrongState("本批次的申报和推荐尚未截止，截止后集中评审")


def close_file(member: PanelMember) -> None:
    """End a member's access to the file, unless another panel that is not over needs them to read it."""
    seats = PanelMember.objects.filter(panel__application=member.panel.application, state=MemberState.DECLARED)
    over = (PanelState.CLOSED, PanelState.DISSOLVED)
    elsewhere = seats.filter(expert=member.expert).exclude(panel=member.panel).exclude(panel__state__in=over)
    if member.expert.user is not None and not elsewhere.exists():
        revoke(user=member.expert.user, permission=READ_FILE, to=member.panel.application)


def complete_if_all_in(panel: Panel) -> None:
    """Mark a working panel complete once it is whole and every acting member has handed in; it stays sealed."""
    if panel.state != PanelState.WORKING:
        return
    members = list(acting_members(panel).select_related("opinion"))
    whole = not size_problem(panel, len(members)) and sum(member.chair for member in members) == 1
    if whole and all(hasattr(member, "opinion") and member.opinion.submitted_at for member in members):
        panel.state = PanelState.COMPLETE
        panel.save(update_fields=["state"])


def open_panel(panel: Panel, by: Actor) -> Panel:
    """Return the panel under lock, when the actor runs reviews there and members may still change."""
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if row.state not in OPEN_STATES:
        raise WrongState(f"专家组目前为“{row.get_state_display()}”，不能再调整成员")
    if row.unsealed_at is not None:
        raise WrongState("专家意见已启封，不能再调整成员")
    return row


def _dismiss_chair(panel: Panel) -> None:
    panel.members.filter(chair=True).update(chair=False)
