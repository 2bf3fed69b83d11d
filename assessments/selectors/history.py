"""A base's record as one line of events, read from the rows of every room; nothing is written twice for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from assessments.enums import CaseState, ChangeKind, ImprovementState, PlaqueState
from assessments.models import (
    Assessment,
    Base,
    Case,
    Grant,
    Improvement,
    Payment,
    RecoveryOrder,
    RecoveryReceipt,
    Report,
)
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.aftercare import Effect
from portal.policy.ledger import Every


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a base. `shape` is the shape beside the words; `amount` is yuan."""

    on: date
    label: str
    note: str = ""
    shape: str = "done"
    by: str = ""
    amount: Decimal | None = None
    file: StoredFile | None = None


def events_of(base: Base, *, inside: bool) -> list[Happening]:
    """Return what happened to a base, newest first; `inside`: the bureau's reading, else what its unit has been told.

    The number of queries does not grow with the events.
    """
    rooms = chain.from_iterable(room(base, inside) for room in ROOMS)
    numbered = sorted(enumerate(rooms), key=lambda each: (each[1].on, each[0]), reverse=True)
    return [event for _, event in numbered]


def to_examine(base: Base) -> list[tuple[str, str]]:
    """Return (text, clause) of what a bureau has to look at when a base's unit is no more: vetoes, and what ends the title."""
    sheet = base.edition.assessment
    vetoes = [(veto.text, veto.clause) for veto in sheet.vetoes] if sheet else []
    ends = [
        (f"{each.title}：{each.occasion}", each.clause)
        for each in base.edition.consequences
        if each.ends_title and (not each.tracks or base.track_key in each.tracks)
    ]
    return [*vetoes, *ends]


def _recognition(base: Base, inside: bool) -> Iterator[Happening]:
    under = f"，依据{base.recognised_under}" if base.recognised_under else ""
    yield Happening(base.recognised_on, "认定", f"{base.document_number}，授予“{base.source.name}”{under}")
    if base.source.recognition.taken_over:
        yield Happening(clock.local_date(base.created_at), "补录入册", "平台启用前认定的基地，由认定机关补录", "doing")


def _plaque(base: Base, inside: bool) -> Iterator[Happening]:
    for event in base.plaque_events.select_related("recorded_by"):
        state = PlaqueState(event.state)
        shape = "failed" if state in (PlaqueState.REMOVED, PlaqueState.LOST) else "done"
        note = "，".join(part for part in (f"经手人{event.receiver}", event.note) if part)
        yield Happening(event.on, f"铭牌{state.label}", note, shape, event.recorded_by.name if inside else "")


def _changes(base: Base, inside: bool) -> Iterator[Happening]:
    for change in base.changes.select_related("recorded_by", "evidence"):
        kind = ChangeKind(change.kind)
        words = (
            f"由“{change.before}”变更为“{change.after}”"
            if change.before and change.after
            else change.after or change.before
        )
        note = "；".join(part for part in (words, f"原因：{change.reason}") if part)
        yield Happening(
            change.on,
            kind.label,
            note,
            "failed" if kind == ChangeKind.CLOSED else "doing",
            change.recorded_by.name if inside else "",
            file=change.evidence,
        )


def _reports(base: Base, inside: bool) -> Iterator[Happening]:
    """The reports of a year and those due once; monthly ones stand on their own page."""
    forms = {form.key: form for form in base.edition.reports if form.every is not Every.MONTH}
    rows = Report.objects.filter(base=base, key__in=forms, first_submitted_at__isnull=False)
    for row in rows:
        on = clock.local_date(row.first_submitted_at or row.saved_at)
        title = f"报送{forms[row.key].title}（{row.period.title}）"
        yield Happening(on, title, "迟报" if row.late else "", "attention" if row.late else "done")


def _rounds(base: Base, inside: bool) -> Iterator[Happening]:
    rows = Assessment.objects.filter(base=base, decided_at__isnull=False).select_related("round")
    for row in rows if inside else rows.filter(told_at__isnull=False):
        row.base = base  # its edition is read from the base
        yield Happening(
            clock.local_date(row.decided_at or row.created_at), row.title, f"结果：{row.outcome_title}", "judged"
        )


def _money(base: Base, inside: bool) -> Iterator[Happening]:
    for grant in Grant.objects.filter(account__base=base):
        yield Happening(grant.granted_on, f"核定{grant.title}", grant.basis, amount=grant.total)
    for payment in Payment.objects.filter(line__grant__account__base=base).select_related("line__grant"):
        yield Happening(payment.paid_on, f"拨付{payment.line}", f"凭证号 {payment.voucher}", amount=payment.amount)
    for order in RecoveryOrder.objects.filter(account__base=base):
        yield Happening(
            clock.local_date(order.at),
            "决定追回资金",
            f"{order.title}（{order.clause}）",
            "failed",
            amount=order.amount,
        )
    for receipt in RecoveryReceipt.objects.filter(order__account__base=base):
        yield Happening(receipt.received_on, "资金退回", f"凭证号 {receipt.voucher}", amount=receipt.amount)


def _cases(base: Base, inside: bool) -> Iterator[Happening]:
    for case in Case.objects.filter(base=base).order_by("id"):
        title = base.edition.consequence(case.consequence_key).title
        if case.served_at:
            yield Happening(clock.local_date(case.served_at), f"告知拟作“{title}”处置", case.clause, "attention")
        if case.decided_on:
            mild = base.edition.consequence(case.consequence_key).effect is Effect.IMPROVE
            yield Happening(case.decided_on, f"决定{title}", case.document_number, "attention" if mild else "failed")
        if case.state == CaseState.DROPPED and case.dropped_at and (inside or case.served_at):
            yield Happening(clock.local_date(case.dropped_at), f"拟作“{title}”处置，不予处理", case.dropped_reason)
    for period in Improvement.objects.filter(base=base):
        yield Happening(period.starts_on, "改进期开始", f"至 {period.ends_on:%Y-%m-%d}", "doing")
        if period.closed_on:
            passed = period.state == ImprovementState.PASSED
            yield Happening(
                period.closed_on,
                f"改进期复核：{period.get_state_display()}",
                period.result,
                "done" if passed else "failed",
            )


Room = Callable[[Base, bool], Iterator[Happening]]
ROOMS: tuple[Room, ...] = (_recognition, _plaque, _changes, _reports, _rounds, _money, _cases)
