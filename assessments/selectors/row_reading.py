"""Reading one row of a ledger as it was typed or stands in a workbook: what it says, and what is wrong with it."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assessments.models import Base
from portal.accounts.personal import keyed_hash, masked, person_hash
from portal.policy.facts import filled, to_number
from portal.policy.form import Field, FieldKind
from portal.policy.ledger import Ledger
from portal.policy.values import Unreadable, read, show

MOST = 10**9  # a single row with more than this is a slip of the keyboard
NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
LOST_DIGITS = "\ufffe"  # a number so long that the spreadsheet has dropped its last digits


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one column of a row, and how to mend it. Nothing personal stands in `message`."""

    column: str
    label: str
    message: str


@dataclass(frozen=True)
class ReadRow:
    """A sound row: what goes into the database."""

    on: date
    data: dict[str, Any]
    personal: dict[str, str]
    masked: dict[str, str]
    person_hash: str
    certificate: str
    amount: Decimal | None
    words: str
    fingerprint: str

    @property
    def shown(self) -> dict[str, Any]:
        """Every column's value as pages may show it."""
        return {**self.data, **self.masked}


def read_row(
    base: Base, ledger: Ledger, raw: Mapping[str, Any], *, today: date, kept: Mapping[str, str] | None = None
) -> tuple[ReadRow | None, list[Wrong]]:
    """Return the row, or None with everything that is wrong with it.

    `kept` are the personal values a row already has: a personal column left empty keeps its own.
    """
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for column in ledger.columns:
        value, message = _value(column, raw.get(column.key))
        if value is None and not message and kept and column.personal:
            value = kept.get(column.key)
        if value is None and not message and column.required:
            message = "未填，请填写"
        if message:
            wrong.append(Wrong(column.key, column.label, message))
        elif value is not None:
            values[column.key] = value
    wrong += [
        Wrong(column.key, column.label, message)
        for column in ledger.columns
        if (message := _against(column, ledger, values))
    ]
    if ledger.dated in values and (message := outside(base, date.fromisoformat(values[ledger.dated]), today)):
        wrong.append(Wrong(ledger.dated, ledger.column(ledger.dated).label, message))
    return (None, wrong) if wrong else (_row(ledger, values), [])


def outside(base: Base, on: date, today: date) -> str:
    """Say why a day lies outside the time a base reports about; nothing if it does not."""
    if on < base.recognised_on:
        return f"不能早于认定日期（{chinese_date(base.recognised_on)}），请核对日期"
    if on > today:
        return f"不能晚于今天（{chinese_date(today)}），请核对日期"
    if base.ended_on and on > base.ended_on:
        return f"该基地自{chinese_date(base.ended_on)}起{base.get_state_display()}，此后的不再登记，请核对日期"
    return ""


def chinese_date(day: date) -> str:
    """2024年7月17日."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_number(text: str) -> str:
    """Return a certificate's or voucher's number as it is compared, however it is typed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()[:100]


def row_fingerprint(ledger: Ledger, data: Mapping[str, Any], personal: Mapping[str, str]) -> str:
    """Return what the same row is known by when it is brought in again."""
    return keyed_hash(json.dumps([ledger.key, dict(data), dict(personal)], sort_keys=True, ensure_ascii=False))


def _value(column: Field, raw: Any) -> tuple[Any, str]:
    if raw == LOST_DIGITS:
        return None, "单元格是数值格式，超过 15 位的末几位已丢失，请把该列设为文本格式后重填"
    try:
        value = read(column, raw)
    except Unreadable as trouble:
        message = str(trouble)
        if column.personal and filled(raw):
            message = message.replace(str(raw), masked(column, raw))
        return None, message
    if column.kind in NUMBERS and value is not None and abs(Decimal(str(value))) > MOST:
        return None, "超出可填范围，请核对数位"
    return value, ""


def _against(column: Field, ledger: Ledger, values: Mapping[str, Any]) -> str:
    """Compare a number with the one it may not exceed."""
    if not column.at_most:
        return ""
    number, most = to_number(values.get(column.key)), to_number(values.get(column.at_most))
    if number is None or most is None or number <= most:
        return ""
    return f"不能大于“{ledger.column(column.at_most).label}”{values[column.at_most]}，请核对"


def _row(ledger: Ledger, values: dict[str, Any]) -> ReadRow:
    personal = {key: str(values[key]) for key in ledger.personal if key in values}
    data = {key: value for key, value in values.items() if key not in personal}
    return ReadRow(
        on=date.fromisoformat(values[ledger.dated]),
        data=data,
        personal=personal,
        masked={key: masked(ledger.column(key), value) for key, value in personal.items()},
        person_hash=person_hash(str(values.get(ledger.person) or "")),
        certificate=plain_number(str(values.get(ledger.certificate) or "")),
        amount=Decimal(str(values[ledger.spending])) if ledger.spending else None,
        words=" ".join(show(column, data[column.key]) for column in ledger.columns if column.key in data),
        fingerprint=row_fingerprint(ledger, data, personal),
    )
