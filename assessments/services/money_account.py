"""The one place where a base's account moves: under its lock, with an entry in the journal, in the caller's transaction."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models

from assessments.enums import EntryKind
from assessments.models import Account, Base, MoneyEntry
from assessments.models.money import FIGURES, NOTHING
from portal.accounts.actor import Actor
from portal.calendars import clock

EFFECTS: dict[str, dict[str, int]] = {
    EntryKind.GRANTED: {"granted": 1, "due": 1},
    EntryKind.PAID: {"due": -1, "paid": 1, "unspent": 1},
    EntryKind.CANCELLED: {"due": -1, "cancelled": 1},
    EntryKind.SPENT: {"unspent": -1, "spent": 1},
    EntryKind.UNSPENT: {"unspent": 1, "spent": -1},
    EntryKind.ORDERED: {"ordered": 1},
    EntryKind.RECOVERED: {"recovered": 1},
}


def account_of(base: Base) -> Account:
    """Return a base's account under lock, opened if there is none; call it first in every transaction about its money."""
    Account.objects.get_or_create(base=base, defaults={"opened_at": clock.now()})
    locked: Account = (
        Account.objects.select_for_update(of=("self",)).select_related("base__jurisdiction").get(base_id=base.pk)
    )
    return locked


def book(
    *, account: Account, kind: EntryKind, amount: Decimal, obj: models.Model, words: str, by: Actor
) -> MoneyEntry | None:
    """Move a locked account and write it down; nothing moved is nothing written."""
    if amount == NOTHING:
        return None
    before = account.figures()
    for name, sign in EFFECTS[kind].items():
        setattr(account, name, getattr(account, name) + sign * amount)
    account.save(update_fields=list(EFFECTS[kind]))
    return MoneyEntry.objects.create(
        account=account,
        kind=kind,
        amount=amount,
        before=before,
        after=account.figures(),
        object_label=obj._meta.label_lower,
        object_id=obj.pk,
        words=words[:200],
        by=by.user,
        at=clock.now(),
    )


def recomputed(entries: Iterable[MoneyEntry]) -> dict[str, str]:
    """Return the figures an account must have by its journal alone."""
    figures = dict.fromkeys(FIGURES, NOTHING)
    for entry in entries:
        for name, sign in EFFECTS[entry.kind].items():
            figures[name] += sign * entry.amount
    return {name: f"{amount:.2f}" for name, amount in figures.items()}


def faults_of(account: Account, entries: Iterable[MoneyEntry]) -> list[str]:
    """Say where an account and its journal contradict each other, or the journal itself; nothing when all is well."""
    found, last, kept = [], dict.fromkeys(FIGURES, "0.00"), list(entries)
    for entry in kept:
        if entry.before != last:
            found.append(f"第 {entry.pk} 号流水变动前的数字与上一号不一致")
        last = entry.after
    if (told := recomputed(kept)) != last:
        found.append("流水逐笔累计与末笔变动后的数字不一致")
    if told != account.figures():
        found.append("账户数字与流水累计不一致")
    return found
