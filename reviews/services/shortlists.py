"""The list of units to be recognised: drafted by one person, approved by a second."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from applications.models import Application, Call
from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import Desk, Status
from reviews.enums import ShortlistState
from reviews.models import Shortlist, ShortlistEntry
from reviews.selectors.naming import default_name, name_problem, naming_of
from reviews.selectors.selections import lost_places, selected_for
from reviews.services.news import tell_proposed
from reviews.services.promotion import drop_out
from reviews.services.refusal import Refused


@transaction.atomic
def draft_shortlist(*, call: Call, title: str, by: Actor) -> Shortlist:
    """Begin a list for a call."""
    by.require("shortlist.draft", call.jurisdiction_id)
    if not title.strip():
        raise Refused("请填写名单名称", "title")
    shortlist = Shortlist.objects.create(
        jurisdiction=call.jurisdiction, call=call, title=title.strip(), drafted_by=by.person, drafted_at=clock.now()
    )
    record(by=by, action="shortlist.draft", obj=shortlist, jurisdiction_id=call.jurisdiction_id)
    return shortlist


@transaction.atomic
def add_entry(
    *, shortlist: Shortlist, application: Application, mode: str, core: str, by: Actor, basis: str = ""
) -> ShortlistEntry:
    """Put a reviewed unit on the list under the name it would be granted; the name must be free."""
    row = _draft(shortlist, by)
    applied = locked(application)
    if applied.call_id != row.call_id:
        raise Refused("该申报不属于本名单的批次", "application")
    if row.call.edition.ranking is not None and not selected_for(row).filter(application=applied).exists():
        raise Refused("该单位不在已确定的拟入选名单中，不能列入；请先完成择优排序并确定", "application")
    name = _free_name(applied, mode, core)
    move(application=applied, action="shortlist", by=by, data={"shortlist": row.pk})
    last = row.entries.aggregate(last=Max("position"))["last"] or 0
    entry = ShortlistEntry.objects.create(
        shortlist=row, application=applied, position=last + 1, name_mode=mode, name_core=core.strip(),
        granted_name=name, name_shared=bool(naming_of(applied).bracket), basis=basis.strip(),
    )  # fmt: skip
    _log(row, by, "shortlist.add", {"entry": entry.pk, "application": applied.pk, "name": name})
    return entry


@transaction.atomic
def list_selected(*, shortlist: Shortlist, by: Actor) -> list[ShortlistEntry]:
    """Put every selected unit that is on no list yet on this one, in the order selected, under the name it begins with.

    A name that cannot be granted is refused with its unit; then nobody is listed, and the unit is listed singly.
    """
    row = _draft(shortlist, by)
    waiting = selected_for(row).filter(application__status=Status.REVIEWED.value)
    made = []
    for placement in waiting.select_related("application__call", "application__organisation"):
        application = placement.application
        mode, core = default_name(application)
        try:
            made.append(add_entry(shortlist=row, application=application, mode=mode, core=core, by=by))
        except Refused as refusal:
            raise Refused(f"{application.organisation.name}：{refusal.message}，请单独列入") from refusal
    if not made:
        raise Refused("没有待列入的拟入选单位")
    return made


@transaction.atomic
def edit_entry(*, entry: ShortlistEntry, mode: str, core: str, by: Actor, basis: str = "") -> ShortlistEntry:
    """Change the name a unit would be granted, or why it is on the list."""
    row = _draft(entry.shortlist, by)
    fresh = _entry(row, entry)
    before = fresh.granted_name
    fresh.granted_name = _free_name(fresh.application, mode, core)
    fresh.name_mode, fresh.name_core, fresh.basis = mode, core.strip(), basis.strip()
    fresh.save()
    _log(row, by, "shortlist.edit", {"entry": fresh.pk, "from": before, "to": fresh.granted_name})
    return fresh


@transaction.atomic
def remove_entry(*, entry: ShortlistEntry, reason: str, by: Actor) -> ShortlistEntry:
    """Take a unit off a draft list; its application is as reviewed again."""
    row = _draft(entry.shortlist, by)
    fresh = _entry(row, entry)
    if not reason.strip():
        raise Refused("请写明移出理由", "reason")
    take_off(fresh, reason)
    move(application=locked(fresh.application), action="unlist", by=by, reason=reason, data={"shortlist": row.pk})
    _log(row, by, "shortlist.remove", {"entry": fresh.pk}, reason)
    return fresh


@transaction.atomic
def propose_shortlist(*, shortlist: Shortlist, by: Actor) -> Shortlist:
    """Hand the list to a second person."""
    row = _draft(shortlist, by)
    if not row.entries.filter(removed=False).exists():
        raise Refused("名单为空，请先列入至少一家单位")
    require_places(row)
    row.state, row.drafted_by, row.opinion = ShortlistState.PROPOSED, by.person, ""
    row.proposals += 1
    row.save(update_fields=["state", "drafted_by", "opinion", "proposals"])
    _log(row, by, "shortlist.propose", _contents(row))
    tell_proposed(row)
    return row


@transaction.atomic
def send_back_shortlist(*, shortlist: Shortlist, opinion: str, by: Actor) -> Shortlist:
    """Return a proposed or approved, not yet published list to its drafter, with the reason."""
    row = _locked(shortlist)
    by.require("shortlist.approve", row.jurisdiction_id)
    if row.state not in (ShortlistState.PROPOSED, ShortlistState.APPROVED):
        raise WrongState(f"该名单目前为“{row.get_state_display()}”，不能退回")
    if not opinion.strip():
        raise Refused("请写明退回意见", "opinion")
    row.state, row.opinion, row.approved_by, row.approved_at = ShortlistState.DRAFT, opinion.strip(), None, None
    row.save()
    _log(row, by, "shortlist.send_back", {}, opinion)
    return row


@transaction.atomic
def approve_shortlist(*, shortlist: Shortlist, by: Actor, opinion: str = "") -> Shortlist:
    """Approve a proposed list. The person who proposed it cannot."""
    row = _locked(shortlist)
    by.require("shortlist.approve", row.jurisdiction_id)
    if row.state != ShortlistState.PROPOSED:
        raise WrongState(f"该名单目前为“{row.get_state_display()}”，不能审批")
    if by.user is None or row.drafted_by_id == by.user.pk:
        raise PermissionDenied("拟制人不能审批自己拟制的名单，请由另一位审批人办理")
    require_places(row)
    row.state, row.approved_by, row.approved_at, row.opinion = (
        ShortlistState.APPROVED,
        by.user,
        clock.now(),
        opinion.strip(),
    )
    row.save()
    _log(row, by, "shortlist.approve", _contents(row), opinion)
    return row


@transaction.atomic
def decline_application(*, application: Application, reason: str, by: Actor, given_up: bool = False) -> Application:
    """Decide that a reviewed, listed or re-checked unit is not recognised, with the reason it will read.

    A unit on public notice stays, unless it has `given_up` its place in writing. Its place in the selection falls to the
    next alternate. What the level above declines stays on the list the bureau published.
    """
    applied = locked(application)
    if not reason.strip():
        raise Refused("请写明不予认定的理由", "reason")
    entry = ShortlistEntry.objects.filter(application=applied, removed=False).select_related("shortlist").first()
    if entry is not None and applied.desk == Desk.BUREAU:
        if _locked(entry.shortlist).state == ShortlistState.PUBLISHED and not given_up:
            raise WrongState("该单位正在公示，须依异议处理结果办理；单位书面放弃的，请注明")
        take_off(entry, reason)
    move(application=applied, action="decline", by=by, reason=reason.strip(), data={"given_up": given_up})
    if applied.desk == Desk.BUREAU:
        drop_out(application=applied, reason=reason, by=by)
    return applied


def require_places(shortlist: Shortlist) -> None:
    """Refuse a list with a unit whose place in the selection has been given up or freed since it was listed."""
    without = lost_places(shortlist)
    if without:
        raise Refused(f"“{without[0].application.organisation.name}”已让出或退出拟入选名额，请先移出名单")


def take_off(entry: ShortlistEntry, reason: str) -> None:
    """Mark an entry removed; the row stays for the record."""
    entry.removed, entry.removed_reason = True, reason.strip()[:300]
    entry.save(update_fields=["removed", "removed_reason"])


def _locked(shortlist: Shortlist) -> Shortlist:
    row: Shortlist = (
        Shortlist.objects.select_for_update(of=("self",)).select_related("call", "jurisdiction").get(pk=shortlist.pk)
    )
    return row


def _draft(shortlist: Shortlist, by: Actor) -> Shortlist:
    row = _locked(shortlist)
    by.require("shortlist.draft", row.jurisdiction_id)
    if row.state != ShortlistState.DRAFT:
        raise WrongState(f"该名单目前为“{row.get_state_display()}”，不能再修改")
    return row


def _entry(shortlist: Shortlist, entry: ShortlistEntry) -> ShortlistEntry:
    found: ShortlistEntry | None = (
        shortlist.entries.filter(pk=entry.pk, removed=False)
        .select_related("application__call", "application__organisation")
        .first()
    )
    if found is None:
        raise WrongState("该单位已不在名单中，请刷新页面")
    return found


def _free_name(application: Application, mode: str, core: str) -> str:
    name, problem = name_problem(application, core, mode)
    if problem:
        raise Refused(problem, "mode" if "命名方式" in problem else "core")
    return name


def _contents(shortlist: Shortlist) -> dict[str, Any]:
    listed = shortlist.entries.filter(removed=False).values_list("application_id", "granted_name")
    return {"entries": [[pk, name] for pk, name in listed]}


def _log(shortlist: Shortlist, by: Actor, action: str, data: dict[str, Any], reason: str = "") -> None:
    record(by=by, action=action, obj=shortlist, jurisdiction_id=shortlist.jurisdiction_id, reason=reason, data=data)
