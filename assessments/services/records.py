"""Rows of ledgers: typed by the base's unit, verified or not accepted by its bureau, withdrawn instead of deleted."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from applications.services.moves import WrongState
from assessments.enums import RowState
from assessments.models import Base, LedgerRow
from assessments.selectors.ledgers import ledger_of
from assessments.selectors.row_reading import ReadRow, chinese_date, read_row
from assessments.services.money import cancel_spending, record_spending
from assessments.services.rollup import CHUNK, Counting, locked_base, put_reported, save_counted
from portal.accounts.actor import Actor
from portal.accounts.personal import seal, unseal
from portal.accounts.services.reveal import MAXIMUM_REASON, MINIMUM_REASON
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.ledger import Ledger
from reviews.services.refusal import Refused

__all__ = [
    "add_row",
    "change_row",
    "put_reported",
    "reject_rows",
    "reopen_rows",
    "reveal_row",
    "verify_rows",
    "withdraw_row",
]
SAME_ROW = "已登记过内容完全相同的记录，不重复登记；确属两次的，请在文字栏目中写明区别"


@transaction.atomic
def add_row(*, base: Base, ledger: str, values: Mapping[str, Any], by: Actor) -> LedgerRow:
    """Enter one row as it was typed. Raise `Refused` for what is wrong with it, or if it is there already."""
    held = locked_base(base.pk)
    require_unit(held, by)
    declared = require_ledger(held, ledger)
    found = _read(held, declared, values)
    _require_new(held, declared, found)
    row = LedgerRow(base=held, ledger=ledger, recorded_by=by.person, recorded_at=clock.now())
    fill(row, found)
    counting = Counting(held, declared)
    others = counting.assign([row])
    row.save()
    save_counted(others)
    counting.roll_up()
    if declared.spending:
        record_spending(row=row, by=by)
    _record(by, held, "ledger.add", {"ledger": ledger, "row": row.pk, "on": row.on.isoformat()})
    return row


@transaction.atomic
def change_row(*, row: LedgerRow, values: Mapping[str, Any], by: Actor) -> LedgerRow:
    """Change a row that is not verified; one that was not accepted is reported anew by it.

    A personal column left empty keeps what it has.
    """
    held, before, declared = _locked(row)
    require_unit(held, by)
    _require_open(before)
    found = _read(held, declared, values, kept=unseal(before.personal))
    _require_new(held, declared, found, but=before.pk)
    after = LedgerRow.objects.get(pk=before.pk)
    after.base = held
    fill(after, found)
    after.state, after.reason, after.verified_by, after.verified_at = RowState.REPORTED, "", None, None
    if declared.spending and before.holds:
        cancel_spending(row=before, by=by)
    _save(Counting(held, declared), after, before)
    if declared.spending:
        record_spending(row=after, by=by)
    _record(
        by, held, "ledger.change", {"ledger": declared.key, "row": row.pk, "on": after.on.isoformat()},
        before=before.fingerprint, after=after.fingerprint,
    )  # fmt: skip
    return after


@transaction.atomic
def withdraw_row(*, row: LedgerRow, reason: str, by: Actor) -> LedgerRow:
    """Take a row that is not verified out of the ledger; it stays on record with the reason."""
    held, before, declared = _locked(row)
    require_unit(held, by)
    _require_open(before)
    after = LedgerRow.objects.get(pk=before.pk)
    after.base = held
    after.withdrawn_by, after.withdrawn_at, after.withdrawn_reason = by.person, clock.now(), _reason(reason)
    if declared.spending and before.holds:
        cancel_spending(row=before, by=by)
    _save(Counting(held, declared), after, before)
    _record(by, held, "ledger.withdraw", {"ledger": declared.key, "row": row.pk}, reason=after.withdrawn_reason)
    return after


@transaction.atomic
def verify_rows(*, rows: QuerySet[LedgerRow], by: Actor) -> int:
    """Verify the rows of one base that are only reported; return how many."""
    return _settle(rows.filter(state=RowState.REPORTED), RowState.VERIFIED, "", by)


@transaction.atomic
def reject_rows(*, rows: QuerySet[LedgerRow], reason: str, by: Actor) -> int:
    """Do not accept rows of one base, verified or not: they count nowhere. Return how many."""
    return _settle(rows.exclude(state=RowState.REJECTED), RowState.REJECTED, _reason(reason), by)


@transaction.atomic
def reopen_rows(*, rows: QuerySet[LedgerRow], reason: str, by: Actor) -> int:
    """Put rows of one base back to what the unit reports, so that it can change them. Return how many."""
    return _settle(rows.exclude(state=RowState.REPORTED), RowState.REPORTED, _reason(reason), by)


@transaction.atomic
def reveal_row(*, row: LedgerRow, reason: str, by: Actor) -> list[tuple[str, str]]:
    """Return the personal values of a row in full, by label, after writing down who looked and why (P3-17)."""
    base = row.base
    if not by.can("base.keep", base.jurisdiction_id) and not _is_unit(base, by):
        raise PermissionDenied("只能查看本单位或本辖区基地的台账")
    said = reason.strip()
    if len(said) < MINIMUM_REASON:
        raise Refused(f"请写明查看原因，至少 {MINIMUM_REASON} 字", "reason")
    if len(said) > MAXIMUM_REASON:
        raise Refused(f"查看原因最多 {MAXIMUM_REASON} 字，已填 {len(said)} 字", "reason")
    values, declared = unseal(row.personal), row.declared
    if not values:
        raise Refused("该记录没有登记个人信息", "reason")
    record(
        by=by, action="personal.reveal", obj=base, jurisdiction_id=base.jurisdiction_id, reason=said,
        data={"what": "ledger", "ledger": row.ledger, "row": row.pk},
    )  # fmt: skip
    return [(column.label, values[column.key]) for column in declared.columns if column.key in values]


def require_unit(base: Base, by: Actor) -> None:
    """Raise `PermissionDenied` unless somebody of the base's own unit acts."""
    if not _is_unit(base, by):
        raise PermissionDenied("只有基地所在单位可以填报台账")


def require_ledger(base: Base, key: str) -> Ledger:
    """Return one of a base's ledgers; raise `Refused` if it keeps none of that name."""
    found = ledger_of(base, key)
    if found is None:
        raise Refused("该基地没有这本台账，请从基地页面重新进入")
    return found


def fill(row: LedgerRow, found: ReadRow) -> None:
    """Put what was read into a row; what is personal goes in encrypted."""
    row.on, row.data, row.masked, row.words = found.on, found.data, found.masked, found.words
    row.personal, row.person_hash = seal(found.personal), found.person_hash
    row.certificate, row.amount, row.fingerprint = found.certificate, found.amount, found.fingerprint


def same_certificate(ledger: Ledger, certificate: str, number: int, on: Any) -> str:
    """Say that a certificate or voucher is entered already."""
    label = ledger.column(ledger.certificate).label
    where = f"已登记在{chinese_date(on)}的第 {number} 号记录"
    if ledger.spending:
        return f"本月{label}“{certificate}”{where}；同一凭证有多笔支出的，请在编号后加序号区分"
    return f"{label}“{certificate}”{where}，同一{label.removesuffix('编号')}只登记一次，请核对"


def _settle(rows: QuerySet[LedgerRow], state: RowState, reason: str, by: Actor) -> int:
    pks = list(rows.filter(withdrawn_at=None).order_by("pk").values_list("pk", "base_id", "ledger"))
    if not pks:
        raise WrongState("没有可以办理的记录，请刷新页面后重新选择")
    if len({base for _, base, _ in pks}) > 1:
        raise ValueError("rows of one base at a time")
    base = locked_base(pks[0][1])
    by.require("base.keep", base.jurisdiction_id)
    for key in sorted({ledger for _, _, ledger in pks}):
        chosen = [pk for pk, _, ledger in pks if ledger == key]
        done = _settle_ledger(base, require_ledger(base, key), chosen, _setter(state, reason, by), by)
        data = {"ledger": key, "rows": done, "state": str(state), "ids": chosen[:200]}
        _record(by, base, f"ledger.{_VERBS[state]}", data, reason=reason)
    return len(pks)


_VERBS = {RowState.VERIFIED: "verify", RowState.REJECTED: "reject", RowState.REPORTED: "reopen"}


def _settle_ledger(base: Base, ledger: Ledger, pks: list[int], put: Callable[[LedgerRow], None], by: Actor) -> int:
    counting = Counting(base, ledger)
    for at in range(0, len(pks), CHUNK):
        rows = list(LedgerRow.objects.filter(pk__in=pks[at : at + CHUNK]).defer("personal", "words"))
        for row in rows:
            row.base = base
            held = row.holds
            put(row)
            if ledger.spending and held != row.holds:
                record_spending(row=row, by=by) if row.holds else cancel_spending(row=row, by=by)
        others = counting.assign(rows)
        LedgerRow.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=rows[0].state, reason=rows[0].reason, verified_by=rows[0].verified_by, verified_at=rows[0].verified_at
        )
        save_counted([*rows, *others])
    counting.roll_up()
    return len(pks)


def _setter(state: RowState, reason: str, by: Actor) -> Callable[[LedgerRow], None]:
    now, person = clock.now(), by.person

    def put(row: LedgerRow) -> None:
        row.state, row.reason = state, reason if state == RowState.REJECTED else ""
        row.verified_by, row.verified_at = (None, None) if state == RowState.REPORTED else (person, now)

    return put


def _locked(row: LedgerRow) -> tuple[Base, LedgerRow, Ledger]:
    """Return the base under lock, the row as it is now, and its ledger."""
    base = locked_base(row.base_id)
    fresh: LedgerRow = LedgerRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    fresh.base = base
    return base, fresh, require_ledger(base, fresh.ledger)


def _save(counting: Counting, after: LedgerRow, before: LedgerRow) -> None:
    others = counting.assign([after], [before])
    after.save()
    save_counted(others)
    counting.roll_up()


def _read(base: Base, ledger: Ledger, values: Mapping[str, Any], kept: Mapping[str, str] | None = None) -> ReadRow:
    found, wrong = read_row(base, ledger, values, today=clock.today(), kept=kept)
    if found is None:
        raise Refused(wrong[0].message, wrong[0].column)
    return found


def _require_new(base: Base, ledger: Ledger, found: ReadRow, but: int = 0) -> None:
    rows = LedgerRow.objects.filter(base=base, ledger=ledger.key, withdrawn_at=None).exclude(pk=but)
    if rows.filter(fingerprint=found.fingerprint).exists():
        raise Refused(SAME_ROW)
    if not found.certificate:
        return
    same = rows.filter(certificate=found.certificate)
    if ledger.spending:
        same = same.filter(on__year=found.on.year, on__month=found.on.month)
    if (first := same.first()) is not None:
        raise Refused(same_certificate(ledger, found.certificate, first.pk, first.on), ledger.certificate)


def _require_open(row: LedgerRow) -> None:
    if row.withdrawn_at is not None:
        raise WrongState("该记录已撤回，请刷新页面后查看")
    if row.state == RowState.VERIFIED:
        raise WrongState("该记录已核实，不能修改或撤回；确有错误的，请联系主管部门退回")


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise Refused("请写明理由", "reason")
    if len(said) > 300:
        raise Refused(f"理由最多 300 字，已填 {len(said)} 字", "reason")
    return said


def _is_unit(base: Base, by: Actor) -> bool:
    return by.can("base.report") and by.organisation is not None and by.organisation.pk == base.organisation_id


def _record(by: Actor, base: Base, action: str, data: dict[str, Any], **said: Any) -> None:
    record(by=by, action=action, obj=base, jurisdiction_id=base.jurisdiction_id, data=data, **said)
