"""What an expert's devices send of a sheet: each entry once, in order, and only over what the device had seen.

Nothing that arrives for a seat of the sender's is lost: what is not written stands in `SheetEntry` beside what stood there
instead. The device's clock decides nothing; it is only kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from applications.selectors.characters import refuse_undrawable
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.text import normalise
from reviews.enums import Conclusion, EntryOutcome, MemberState
from reviews.models import Opinion, Panel, PanelMember, SheetEntry
from reviews.permissions import seats_ever_held
from reviews.selectors.kept import CONCLUSION, REMARK, SCORE, TEXT, keys_of, put, standing
from reviews.selectors.scores import sheet_lines
from reviews.services.opinions import (
    MAXIMUM_POINTS,
    MAXIMUM_REMARK,
    MAXIMUM_TEXT,
    freeze_sheet,
    opinion_of,
    seat_at_work,
)

MOST = 200
NO_SEAT = "无此评审任务"
RECUSED = "您已回避本件评审，此项未写入；内容已留存备查"
NOT_KEPT = "此项无法保存，请核对内容后重新填写"
ELSEWHERE = "此项在另一处已作修改，请选择保留哪一个"
REOPENED = "评估意见已退回修改，此项是退回前填写的，请核对后选择保留哪一个"
UNKNOWN = "评分表中没有此项，请更新后核对"
GIVEN = "此项由系统计分，不能改填"


@dataclass(frozen=True)
class Sending:
    """Which device sends, and when by its own clock."""

    device: str
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One thing typed: `key` is `score.4`, `remark.4`, `conclusion` or `text`; `base` the revision the device had seen."""

    operation: UUID
    seat: int
    key: str
    value: str
    base: int = 0
    round: int = 0
    sequence: int = 0
    typed_at: datetime | None = None


@dataclass(frozen=True)
class Result:
    """What became of an entry: `value` and `revision` are what stands in the sheet now, `round` how often it was reopened."""

    operation: str
    outcome: str
    seat: int
    key: str
    revision: int = 0
    value: str = ""
    message: str = ""
    round: int = 0


def write_entries(*, entries: Sequence[Entry], sending: Sending, by: Actor) -> list[Result]:
    """Write what a device sends, seat by seat in its order; return a result for each entry, in the order they came.

    The entries of one seat are one transaction under the panel's lock, as long as the database takes them all; when it
    refuses one, each gets a transaction of its own. An entry is never the reason why another one is not written.
    """
    by.require("review.score")
    found: dict[int, Result] = {}
    places: dict[int, list[int]] = {}
    for at, entry in enumerate(entries):
        places.setdefault(entry.seat, []).append(at)
    seats = seats_held(places, by)
    for pk, mine in places.items():
        together = [entries[at] for at in mine]
        results = _together(seats[pk], together, sending, by) if pk in seats else [_foreign(each) for each in together]
        found |= dict(zip(mine, results, strict=True))
    return [found[at] for at in range(len(entries))]


def seats_held(pks: Iterable[int], by: Actor) -> dict[int, PanelMember]:
    """Return those of the seats that are, or once were, the actor's."""
    rows = seats_ever_held(PanelMember.objects.select_related("panel", "expert"), by)
    return {row.pk: row for row in rows.filter(pk__in=list(pks))}


def _together(seat: PanelMember, entries: list[Entry], sending: Sending, by: Actor) -> list[Result]:
    try:
        return _write(seat=seat, entries=entries, sending=sending, by=by)
    except (DataError, IntegrityError):
        if len(entries) == 1:
            return [_refused(entries[0], NOT_KEPT)]
        return [result for entry in entries for result in _together(seat, [entry], sending, by)]


@transaction.atomic
def _write(*, seat: PanelMember, entries: list[Entry], sending: Sending, by: Actor) -> list[Result]:
    panel, shut = _open(seat, by)
    sheet = _Sheet(seat, panel, opinion_of(seat), shut, sending)
    sheet.recall(entries)
    results = [sheet.take(entry) for entry in entries]
    written = [row.key for row in sheet.fresh if row.outcome == EntryOutcome.WRITTEN]
    if written:
        sheet.opinion.saved_at = clock.now()
        sheet.opinion.save()
    if panel is not None and any(key.startswith(SCORE) for key in written):
        freeze_sheet(panel)
    SheetEntry.objects.bulk_create(sheet.fresh)
    _tell_log(seat, sheet.fresh, sending, by)
    return results


def _open(seat: PanelMember, by: Actor) -> tuple[Panel | None, str]:
    """Lock panel and seat; return the panel when its sheet may be written, or why it may not."""
    try:
        panel, _ = seat_at_work(seat, by)
    except WrongState as refusal:
        return None, RECUSED if seat.state == MemberState.RECUSED else str(refusal)
    return panel, ""


@dataclass
class _Sheet:
    """One seat's sheet while a run of entries is written over it; `fresh` are the rows to keep of this run."""

    seat: PanelMember
    panel: Panel | None
    opinion: Opinion
    shut: str
    sending: Sending
    fresh: list[SheetEntry] = field(default_factory=list)
    known: dict[UUID, SheetEntry] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    parted: set[str] = field(default_factory=set)
    asked: dict[str, bool] | None = None  # each key of the sheet, and whether an expert gives it

    def recall(self, entries: Iterable[Entry]) -> None:
        """Find which of the operations came before."""
        rows = SheetEntry.objects.filter(member=self.seat, operation__in=[entry.operation for entry in entries])
        self.known = {row.operation: row for row in rows}

    def take(self, entry: Entry) -> Result:
        """Write one entry, or say why not; one that came before gets its first result again."""
        row = self.known.get(entry.operation)
        if row is None:
            row = self._row(entry)
            self.known[entry.operation] = row
            self.fresh.append(row)
        if row.outcome == EntryOutcome.CONFLICT:
            self.parted.add(row.key)  # the device has not read this yet: what it typed next knows nothing of it either
        elif row.outcome != EntryOutcome.REFUSED:
            self.own[row.key] = row.revision
        written = row.outcome == EntryOutcome.WRITTEN
        return Result(
            operation=str(row.operation), outcome=str(row.outcome), seat=self.seat.pk, key=row.key,
            revision=row.revision, value=row.value if written else row.stood, message=row.message,
            round=self.opinion.round,
        )  # fmt: skip

    def _row(self, entry: Entry) -> SheetEntry:
        value = _clean(entry)
        stood = standing(self.opinion).get(entry.key, "")
        outcome, message = self._judge(entry, value, stood)
        if outcome == EntryOutcome.WRITTEN:
            put(self.opinion, entry.key, value)
        return SheetEntry(
            member=self.seat, operation=entry.operation, device=self.sending.device, sequence=entry.sequence,
            round=entry.round, key=entry.key, value=value, base=entry.base, outcome=outcome, message=message,
            revision=self._revision(entry.key), stood="" if outcome == EntryOutcome.WRITTEN else stood,
            typed_at=entry.typed_at, sent_at=self.sending.sent_at, received_at=clock.now(),
        )  # fmt: skip

    def _judge(self, entry: Entry, value: str, stood: str) -> tuple[EntryOutcome, str]:
        if refusal := self.shut or self._unfit(entry.key, value):
            return EntryOutcome.REFUSED, refusal[:300]
        if value == stood:
            return EntryOutcome.SAME, ""
        if entry.round != self.opinion.round:
            return EntryOutcome.CONFLICT, REOPENED
        # What follows in the same sending was typed over the entry before it, whatever base the device could know then.
        base = max(entry.base, self.own.get(entry.key, 0))
        if entry.key in self.parted or base != self._revision(entry.key):
            return EntryOutcome.CONFLICT, ELSEWHERE
        return EntryOutcome.WRITTEN, ""

    def _unfit(self, key: str, value: str) -> str:
        asked = self._asked()
        if not asked.get(key, False):
            return GIVEN if key in asked else UNKNOWN
        return _unfit(key, value)

    def _asked(self) -> dict[str, bool]:
        if self.asked is None:
            lines = sheet_lines(self.panel) if self.panel else []
            given = {f"{SCORE}{line.key}" for line in lines if line.given}
            asks = self.panel is None or self.panel.asks_conclusion
            self.asked = {key: key not in given for key in keys_of((line.key for line in lines), conclusion=asks)}
        return self.asked

    def _revision(self, key: str) -> int:
        return int(self.opinion.revisions.get(key, 0))


def _clean(entry: Entry) -> str:
    """Bring a value into the form in which pages keep it; invalid points stay as they were typed."""
    value = normalise(entry.value)
    return value if entry.key == TEXT else value.strip()


def _unfit(key: str, value: str) -> str:
    """Say why a value cannot even stand in a draft; nothing is ever cut off in silence."""
    if key == CONCLUSION:
        return "" if not value or value in Conclusion.values else "评估结论不在可选范围内，请重新选择"
    if key.startswith(SCORE):
        return f"得分最多 {MAXIMUM_POINTS} 个字符，请改填数字" if len(value) > MAXIMUM_POINTS else ""
    named, most = ("备注", MAXIMUM_REMARK) if key.startswith(REMARK) else ("评估意见", MAXIMUM_TEXT)
    if len(value) > most:
        return f"{named}已填 {len(value):,} 字，超过 {most:,} 字，请删减 {len(value) - most:,} 字"
    odd = refuse_undrawable(value)
    return f"{named}{odd}" if odd else ""


def _foreign(entry: Entry) -> Result:
    return _refused(entry, NO_SEAT)


def _refused(entry: Entry, message: str) -> Result:
    """A refusal of what is not kept: not the sender's business, or nothing the database takes."""
    return Result(str(entry.operation), str(EntryOutcome.REFUSED), entry.seat, entry.key, message=message)


def _tell_log(seat: PanelMember, rows: Iterable[SheetEntry], sending: Sending, by: Actor) -> None:
    """Record that something was kept without being written: which entries, never what they say."""
    aside: dict[str, Any] = {}
    for row in rows:
        if row.outcome in (EntryOutcome.CONFLICT, EntryOutcome.REFUSED):
            aside.setdefault(str(row.outcome), []).append(row.key)
    if aside:
        record(
            by=by, action="opinion.set_aside", obj=seat.panel, jurisdiction_id=seat.panel.jurisdiction_id,
            data={"member": seat.pk, "device": sending.device, **aside},
        )  # fmt: skip
