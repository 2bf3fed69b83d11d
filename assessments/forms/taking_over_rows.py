"""Checking the rows of a list of older bases: what can be taken, and for every other row what to mend."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from assessments.models import Base
from portal.calendars import clock
from portal.policy import registry
from portal.policy.values import credit_code_is_valid
from portal.tenancy.enums import OrganisationKind, OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Recognition, RecognitionEntry
from reviews.models.recognition import DOCUMENT_NUMBER
from reviews.selectors.workbook import Layout

COLUMNS = (
    ("name", "基地名称", 40),
    ("unit", "所在单位", 32),
    ("credit_code", "统一社会信用代码", 22),
    ("district", "所在区（县、市）", 16),
    ("track", "类别", 16),
    ("recognised_under", "认定依据", 26),
    ("document_number", "认定文号", 24),
    ("recognised_on", "认定日期", 14),
    ("certificate_number", "证书编号", 22),
    ("plaque_text", "铭牌文字", 40),
    ("plaque_on", "授牌日期", 14),
)
OPTIONAL = ("district", "plaque_text", "plaque_on")
NEEDED = tuple(label for key, label, _ in COLUMNS if key not in OPTIONAL)
LIMITS = {
    "name": 120,
    "certificate_number": 40,
    "document_number": 60,
    "recognised_under": 120,
    "plaque_text": 120,
    "district": 40,
}
LAYOUT = Layout(
    "历史基地",
    COLUMNS,
    NEEDED,
    "本页提供的模板",
    "家",
    "没有填写任何一行，请填写后导入",
    2 * 1024**2,
    500,
)


@dataclass
class Checked:
    """What the rows of a workbook come to. `rows` are ready to be proposed, dates in ISO form."""

    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def check_rows(place: Jurisdiction, numbered: Iterable[tuple[int, dict[str, str]]]) -> Checked:
    """Check every row by itself, against the others and against the register; a constant number of queries."""
    lines = list(numbered)
    known, checked = _Known.of(place, [values for _, values in lines]), Checked()
    for number, values in lines:
        row = {key: str(values.get(key, "") or "").strip() for key, _, _ in COLUMNS}
        row["credit_code"] = row["credit_code"].upper()
        wrong = [*_wrong_by_itself(row, known), *_wrong_beside(row, number, known)]
        if wrong:
            checked.problems.append((number, "；".join(wrong)))
        else:
            checked.rows.append(row | {"plaque_text": row["plaque_text"] or row["name"]})
    return checked


@dataclass
class _Known:
    """What the rows are compared with."""

    tracks: dict[str, str]
    shared: bool  # bases of the policy may bear one name
    units: dict[str, Organisation]
    certificates: set[str]
    names: set[str]
    issued: set[str]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, place: Jurisdiction, rows: list[dict[str, str]]) -> "_Known":
        codes = {str(row.get("credit_code", "")).strip().upper() for row in rows}
        units = Organisation.objects.filter(kind=OrganisationKind.UNIT, credit_code__in=codes)
        certificates = [str(row.get("certificate_number", "")).strip() for row in rows]
        numbers = [str(row.get("document_number", "")).strip() for row in rows]
        taken = RecognitionEntry.objects.filter(certificate_number__in=certificates)
        issued = Recognition.objects.filter(jurisdiction=place, document_number__in=numbers, taken_over=False)
        edition = registry.current(place.code)
        return cls(
            tracks={track.title: track.key for track in edition.tracks},
            shared=any(edition.naming_of(track.key).bracket for track in edition.tracks),
            units={unit.credit_code: unit for unit in units.exclude(state=OrganisationState.REJECTED)},
            certificates=set(taken.values_list("certificate_number", flat=True)),
            names=set(Base.objects.filter(jurisdiction=place, state="active").values_list("name", flat=True)),
            issued=set(issued.values_list("document_number", flat=True)),
        )


def _wrong_by_itself(row: dict[str, str], known: _Known) -> Iterable[str]:
    for key, label, _ in COLUMNS:
        if not row[key] and key not in OPTIONAL:
            yield f"“{label}”未填写"
        elif len(row[key]) > LIMITS.get(key, 1000):
            yield f"“{label}”超过 {LIMITS[key]} 字"
    if row["credit_code"]:
        yield from _wrong_unit(row, known)
    if row["track"] and row["track"] not in known.tracks:
        yield f"“类别”应为{'、'.join(known.tracks)}之一，填写的是“{row['track']}”"
    if row["document_number"]:
        try:
            DOCUMENT_NUMBER(row["document_number"])
        except ValidationError as error:
            yield f"“认定文号”：{error.messages[0]}"
    yield from _wrong_days(row)


def _wrong_unit(row: dict[str, str], known: _Known) -> Iterable[str]:
    code, unit = row["credit_code"], known.units.get(row["credit_code"])
    if unit is None and not credit_code_is_valid(code):
        yield f"“统一社会信用代码”{code}校验不通过，请核对"
    elif unit is None:
        yield f"代码为 {code} 的单位没有在平台注册；请该单位先注册，审核通过后再导入"
    elif not unit.may_act:
        yield f"“{unit.name}”的注册尚未审核通过，通过后再导入"
    elif row["unit"] and row["unit"] != unit.name:
        yield f"“所在单位”与该代码注册的名称“{unit.name}”不一致"


def _wrong_days(row: dict[str, str]) -> Iterable[str]:
    days: dict[str, date] = {}
    for key, label in (("recognised_on", "认定日期"), ("plaque_on", "授牌日期")):
        if not row[key]:
            continue
        day = _day(row[key])
        if day is None:
            yield f"“{label}”无法识别，请写成 2013-12-01 的形式"
        elif day > clock.today():
            yield f"“{label}”晚于今天"
        else:
            days[key], row[key] = day, day.isoformat()
    if len(days) == 2 and days["plaque_on"] < days["recognised_on"]:
        yield "“授牌日期”早于认定日期"


def _wrong_beside(row: dict[str, str], number: int, known: _Known) -> Iterable[str]:
    """What clashes with the register, or with an earlier row of the same workbook."""
    if row["certificate_number"] in known.certificates:
        yield f"证书编号“{row['certificate_number']}”已在名册中"
    if row["name"] in known.names and not known.shared:
        yield f"名册中已有名为“{row['name']}”的基地"
    if row["document_number"] in known.issued:
        yield f"“{row['document_number']}”是平台内签发的认定文件，不能补录"
    once = (
        [("certificate_number", "证书编号")]
        if known.shared
        else [("certificate_number", "证书编号"), ("name", "基地名称")]
    )
    for key, label in once:
        if row[key] and (earlier := known.seen.setdefault((key, row[key]), number)) != number:
            yield f"{label}与第 {earlier} 行重复"


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day, no moment
        except ValueError:
            continue
    return None


def as_cells(row: dict[str, Any]) -> list[str]:
    """Return a row in the order of the columns."""
    return [str(row.get(key, "")) for key, _, _ in COLUMNS]
