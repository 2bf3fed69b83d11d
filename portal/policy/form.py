"""The application form as data: fields, tables, sections and repeatable groups.

Answers are nested dictionaries: `{section: {field: value, table: [row, …]}, group: [{"_id": …, section: {…}}, …]}`;
a row is `{"_id": …, column: value}`. A *reference* names a declaration with dots (`basic.postcode`,
`project.equipment.items`), a *path* names a value with slashes and ids (`project/a1/equipment/items/r7/model`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.policy.condition import Test
from portal.policy.text import Counting


class FieldKind(StrEnum):
    """What a field holds, hence how it is typed, checked and printed."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # 万元, two decimals
    DATE = "date"
    YEAR_MONTH = "year_month"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    URL = "url"
    CREDIT_CODE = "credit_code"
    UNIT_CODE = "unit_code"  # a 统一社会信用代码, or the older 组织机构代码 of nine places
    ACCOUNT = "account"  # the number of a bank account
    ID_NUMBER = "id_number"  # 居民身份证号码 (GB 11643-1999)


@dataclass(frozen=True)
class Option:
    """One choice; `other` asks for a text beside it."""

    value: str
    label: str
    other: bool = False


@dataclass(frozen=True)
class Field:
    """One question; a `when` is read from the row, then the group instance, then the whole form.

    `supplement` marks what the portal adds to the official form (†). `source` names the profile attribute that prefills
    it; a `locked` field always shows that attribute. `personal` values are masked for experts.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    limit: int = 100
    places: int = 2
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    at_most: str = ""  # key of the question beside it that this number may not exceed
    unit: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    example: str = ""
    clause: str = ""
    when: Test | None = None
    source: str = ""
    locked: bool = False
    supplement: bool = False
    personal: bool = False
    width: int = 10  # share of a table's width, or of the form's line
    counting: Counting = "characters"  # or "words": a run of Latin letters or digits counts once, spaces not at all


@dataclass(frozen=True)
class Table:
    """A table the applicant fills row by row; `totals` are the columns added up under it.

    With `rows_setting` the rows are given: that setting's values, separated by commas, stand in the first column.
    """

    key: str
    label: str
    columns: tuple[Field, ...]
    min_rows: int = 1
    max_rows: int = 500
    totals: tuple[str, ...] = ()
    noun: str = "行"
    hint: str = ""
    clause: str = ""
    when: Test | None = None
    supplement: bool = False
    rows_setting: str = ""

    def column(self, key: str) -> Field:
        """Return the column called `key`; KeyError if there is none."""
        return {column.key: column for column in self.columns}[key]


@dataclass(frozen=True)
class Section:
    """One page of the form. `title` is the official heading, `short` what the task list shows."""

    key: str
    title: str
    items: tuple[Field | Table, ...]
    short: str = ""
    hint: str = ""
    clause: str = ""
    when: Test | None = None
    supplement: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single questions."""
        return tuple(item for item in self.items if isinstance(item, Field))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(item for item in self.items if isinstance(item, Table))

    def item(self, key: str) -> Field | Table:
        """Return the field or table called `key`; KeyError if there is none."""
        return {item.key: item for item in self.items}[key]


@dataclass(frozen=True)
class Group:
    """A part repeated as often as needed (项目一…n), each with its own sections; `name_ref` is `section.field`."""

    key: str
    title: str
    noun: str
    sections: tuple[Section, ...]
    name_ref: str
    minimum: int = 1
    maximum: int = 20
    clause: str = ""


@dataclass(frozen=True)
class OfficeBlock:
    """A box of the official form that the office fills: an opinion with signature or seal."""

    key: str
    title: str
    signed_by: str


@dataclass(frozen=True)
class Form:
    """The whole form, in the order of the official one."""

    title: str
    parts: tuple[Section | Group, ...]
    notes: tuple[str, ...] = ()
    office_title: str = ""
    office: tuple[OfficeBlock, ...] = ()
    declaration: str = ""
    cover: tuple[str, ...] = ()  # references shown on the cover
    seals: int = 1  # how many of them, from the first, bear a seal
    maker: str = ""  # who made the form (…制), where it is not the issuer
    track_label: str = ""  # the cover lists every track as a box to tick under these words, after its first line

    def sections(self) -> Iterator[tuple[Group | None, Section]]:
        """Yield every section with the group it repeats in, if any."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from ((part, section) for section in part.sections)
            else:
                yield None, part

    def find(self, reference: str) -> Field | Table | Section | Group:
        """Return the declaration a dotted reference names; KeyError if there is none."""
        head, *rest = reference.split(".")
        part = {part.key: part for part in self.parts}[head]
        if isinstance(part, Group) and rest:
            part = {section.key: section for section in part.sections}[rest.pop(0)]
        if isinstance(part, Group) or not rest:
            return part
        item = part.item(rest.pop(0))
        if not rest:
            return item
        if isinstance(item, Table):
            return item.column(rest[0])
        raise KeyError(reference)
