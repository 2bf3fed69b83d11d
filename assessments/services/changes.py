"""What became of a base, recorded with its reason: names, units, projects, and the end of its unit."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import BaseState, ChangeKind
from assessments.models import Base, BaseChange
from assessments.services.change_news import tell_moved
from assessments.services.money import cancel_open
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.models import StoredFile
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from portal.tenancy.enums import OrganisationKind, OrganisationState
from portal.tenancy.models import Organisation
from reviews.services.refusal import Refused

EVIDENCE = Rules(allowed=frozenset({Kind.PDF, Kind.OFD, Kind.JPEG, Kind.PNG}), max_bytes=50 * 1024**2)
# What changes whose the base is, or whether it is one, is recorded on a paper only.
ON_PAPER = (ChangeKind.UNIT_RENAMED, ChangeKind.TRANSFERRED, ChangeKind.MERGED, ChangeKind.CLOSED)
MOVES = (ChangeKind.TRANSFERRED, ChangeKind.MERGED)


@dataclass(frozen=True)
class Change:
    """What is to be recorded. `after` is the new name or what it is like now; a move names the new unit by its `credit_code`."""

    kind: ChangeKind
    on: date
    reason: str
    before: str = ""
    after: str = ""
    credit_code: str = ""
    evidence: tuple[str, BinaryIO] | None = None


@transaction.atomic
def record_change(*, base: Base, change: Change, by: Actor) -> BaseChange:
    """Record a change and carry it out: a new name, the base's new unit, the end of the base with its unit."""
    row: Base = Base.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=base.pk)
    by.require("base.keep", row.jurisdiction_id)
    _check(row, change)
    from_unit = row.organisation if change.kind in MOVES else None
    to_unit = _new_unit(row, change) if change.kind in MOVES else None
    before, after = _words(row, change, to_unit)
    made = BaseChange.objects.create(
        base=row, kind=change.kind, on=change.on, before=before, after=after, reason=change.reason.strip(),
        from_organisation=from_unit, to_organisation=to_unit, evidence=_kept(change, by),
        recorded_by=by.person, recorded_at=clock.now(),
    )  # fmt: skip
    _carry_out(row, change, to_unit, by)
    record(
        by=by, action="base.change", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={
            "kind": str(change.kind), "on": change.on.isoformat(), "change": made.pk, "before": before, "after": after,
            "organisation": to_unit.pk if to_unit else None,
        },
    )  # fmt: skip
    tell_moved(made)
    return made


def _check(base: Base, change: Change) -> None:
    if not base.is_active:
        raise WrongState(f"该基地已于 {base.ended_on:%Y-%m-%d} 结束（{base.get_state_display()}），不能再登记变更")
    if change.on > clock.today():
        raise Refused("日期不能晚于今天", "on")
    if change.on < base.recognised_on:
        raise Refused(f"日期不能早于认定日期 {base.recognised_on:%Y-%m-%d}", "on")
    if not change.reason.strip():
        raise Refused("请填写变更原因", "reason")
    if change.kind in ON_PAPER and change.evidence is None:
        raise Refused(f"登记“{change.kind.label}”须上传批准文件、登记机关证明等材料", "evidence")
    if change.kind not in (*MOVES, ChangeKind.CLOSED) and not change.after.strip():
        raise Refused("请填写变更后的情况", "after")
    if change.kind == ChangeKind.RENAMED:
        _check_name(base, change.after.strip())
    if change.kind == ChangeKind.UNIT_RENAMED and change.after.strip() != base.organisation.name:
        raise Refused(
            f"该单位在平台登记的名称是“{base.organisation.name}”。单位名称先由单位管理员申请变更、审核通过后，再登记到基地名册",
            "after",
        )


def _check_name(base: Base, name: str) -> None:
    if name == base.name:
        raise Refused("新名称与现名称相同", "after")
    same = Base.objects.filter(jurisdiction=base.jurisdiction_id, name=name, state=BaseState.ACTIVE).exclude(pk=base.pk)
    if not base.name_shared and same.exists():
        raise Refused("名称已被其他基地使用，请更换", "after")


def _new_unit(base: Base, change: Change) -> Organisation:
    """Return the unit the base goes to; it must be registered, and its registration approved."""
    code = change.credit_code.strip().upper()
    if not code:
        raise Refused("请填写新单位的统一社会信用代码", "credit_code")
    found: Organisation | None = (
        Organisation.objects.filter(kind=OrganisationKind.UNIT, credit_code=code)
        .exclude(state=OrganisationState.REJECTED)
        .first()
    )
    if found is None:
        raise Refused(f"代码为 {code} 的单位没有在平台注册；请新单位先注册，审核通过后再登记", "credit_code")
    if not found.may_act:
        raise Refused(f"“{found.name}”的注册尚未审核通过，通过后再登记", "credit_code")
    if found.pk == base.organisation_id:
        raise Refused(f"该基地现在就属于“{found.name}”", "credit_code")
    return found


def _words(base: Base, change: Change, to_unit: Organisation | None) -> tuple[str, str]:
    """Return what is kept as before and after; what the portal itself knows is not left to the hand."""
    unit = base.organisation
    if to_unit is not None:
        return f"{unit.name}（{unit.credit_code}）", f"{to_unit.name}（{to_unit.credit_code}）"
    if change.kind == ChangeKind.RENAMED:
        return base.name, change.after.strip()
    if change.kind == ChangeKind.CLOSED:
        return f"{unit.name}（{unit.credit_code}）", change.after.strip()
    return change.before.strip(), change.after.strip()


def _kept(change: Change, by: Actor) -> StoredFile | None:
    if change.evidence is None:
        return None
    name, content = change.evidence
    try:
        return store_file(content=content, name=name, rules=EVIDENCE, by=by, organisation=by.organisation)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "evidence") from refusal


def _carry_out(base: Base, change: Change, to_unit: Organisation | None, by: Actor) -> None:
    if to_unit is not None:
        base.organisation = to_unit
        base.save(update_fields=["organisation"])
    elif change.kind == ChangeKind.RENAMED:
        base.name = change.after.strip()
        base.save(update_fields=["name"])
    elif change.kind == ChangeKind.CLOSED:
        base.state, base.ended_on = BaseState.CLOSED, change.on
        base.save(update_fields=["state", "ended_on"])
        cancel_open(base=base, reason=f"所在单位注销或撤销：{change.reason.strip()}"[:300], by=by)
