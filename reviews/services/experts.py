"""Keeping the expert list."""

from typing import Any

from django.db import transaction

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.audit.services import record
from portal.policy.text import plain_name
from portal.tenancy.models import Jurisdiction
from reviews.enums import ExpertState
from reviews.models import Expert
from reviews.selectors.conflicts import seats_of_expert
from reviews.services.conflicts import raise_alarms
from reviews.services.refusal import Refused

FIELDS = (
    "name", "unit_name", "unit_credit_code", "group", "title", "grade", "fields", "district", "phone", "most_at_once",
    "services", "absences",
)  # fmt: skip


@transaction.atomic
def add_expert(*, jurisdiction: Jurisdiction, by: Actor, **values: Any) -> Expert:
    """Put a person on the list. Shape of `values`: the names in `FIELDS`. Raise `Refused` for someone already on it."""
    by.require("expert.manage", jurisdiction.pk)
    _refuse_double(jurisdiction, values)
    expert = Expert.objects.create(jurisdiction=jurisdiction, **_known(values))
    record(by=by, action="expert.add", obj=expert, jurisdiction_id=jurisdiction.pk, after=_facts(expert))
    return expert


@transaction.atomic
def edit_expert(*, expert: Expert, by: Actor, **values: Any) -> Expert:
    """Change what the list says about a person; a conflict that shows with it on a panel at work is raised at once."""
    row = _locked(expert, by)
    _refuse_double(row.jurisdiction, values, but=row)
    before = _facts(row)
    for name, value in _known(values).items():
        setattr(row, name, value)
    row.save()
    record(by=by, action="expert.edit", obj=row, jurisdiction_id=row.jurisdiction_id, before=before, after=_facts(row))
    raise_alarms(members=seats_of_expert(row), by=by)
    return row


@transaction.atomic
def set_expert_state(*, expert: Expert, state: ExpertState, reason: str, by: Actor) -> Expert:
    """Pause, restore or remove an expert; panels they sit on already are not touched. A reason is required."""
    row = _locked(expert, by)
    if not reason.strip():
        raise Refused("请写明调整理由", "reason")
    before, row.state = row.state, state
    row.save(update_fields=["state"])
    record(
        by=by, action="expert.state", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason,
        data={"from": before, "to": str(state)},
    )  # fmt: skip
    return row


@transaction.atomic
def link_expert(*, expert: Expert, user: User, by: Actor) -> Expert:
    """Give an expert the account they sign in with: that of a person who acts as expert in this jurisdiction."""
    row = _locked(expert, by)
    seat = Membership.objects.filter(
        user=user, role_code="expert", active=True, organisation__jurisdiction=row.jurisdiction_id
    )
    if not seat.exists():
        raise Refused("该账号在本辖区没有“评审专家”身份，请先由安全管理员邀请", "user")
    if Expert.objects.filter(jurisdiction=row.jurisdiction_id, user=user).exclude(pk=row.pk).exists():
        raise Refused("该账号已关联另一位专家", "user")
    row.user = user
    row.save(update_fields=["user"])
    record(by=by, action="expert.link", obj=row, jurisdiction_id=row.jurisdiction_id, data={"user": user.pk})
    return row


@transaction.atomic
def import_experts(*, jurisdiction: Jurisdiction, rows: list[dict[str, Any]], by: Actor) -> tuple[int, int]:
    """Add the people of an import who are not on the list yet; return (added, passed over). Twice changes nothing."""
    by.require("expert.manage", jurisdiction.pk)
    known = set(_keys(jurisdiction))
    added = 0
    for values in rows:
        key = (values["name"], plain_name(values["unit_name"]))
        if key in known:
            continue
        known.add(key)
        expert = Expert.objects.create(jurisdiction=jurisdiction, **_known(values))
        record(by=by, action="expert.add", obj=expert, jurisdiction_id=jurisdiction.pk, after=_facts(expert))
        added += 1
    return added, len(rows) - added


def _locked(expert: Expert, by: Actor) -> Expert:
    row: Expert = Expert.objects.select_for_update().get(pk=expert.pk)
    by.require("expert.manage", row.jurisdiction_id)
    return row


def _keys(jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    listed = Expert.objects.filter(jurisdiction=jurisdiction).exclude(state=ExpertState.REMOVED)
    return [(name, plain_name(unit)) for name, unit in listed.values_list("name", "unit_name")]


def _refuse_double(jurisdiction: Jurisdiction, values: dict[str, Any], but: Expert | None = None) -> None:
    if "name" not in values:
        return
    listed = Expert.objects.filter(jurisdiction=jurisdiction, name=values["name"]).exclude(state=ExpertState.REMOVED)
    if but is not None:
        listed = listed.exclude(pk=but.pk)
    if plain_name(values["unit_name"]) in {plain_name(unit) for unit in listed.values_list("unit_name", flat=True)}:
        raise Refused(f"{values['unit_name']}的{values['name']}已在专家库中，请勿重复添加", "name")


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _facts(expert: Expert) -> dict[str, Any]:
    return {name: getattr(expert, name) for name in FIELDS}
