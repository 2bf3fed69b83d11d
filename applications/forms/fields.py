"""One question of an edition, ready to render: the registry from field kind to widget template."""

from dataclasses import dataclass
from typing import Any

from portal.policy.form import Field, FieldKind
from portal.policy.reading import OTHER_LIMIT
from portal.policy.text import count
from portal.policy.values import YES_NO, show

MANY = 6  # from so many choices on, a drop-down list is quicker than a column of buttons

WIDGETS: dict[FieldKind, str] = {
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "long_text",
    FieldKind.INTEGER: "number",
    FieldKind.DECIMAL: "number",
    FieldKind.MONEY: "number",
    FieldKind.DATE: "text",
    FieldKind.YEAR_MONTH: "text",
    FieldKind.YES_NO: "choice",
    FieldKind.CHOICE: "choice",
    FieldKind.MULTIPLE: "multiple",
    FieldKind.PHONE: "text",
    FieldKind.EMAIL: "text",
    FieldKind.POSTCODE: "text",
    FieldKind.URL: "text",
    FieldKind.CREDIT_CODE: "text",
    FieldKind.UNIT_CODE: "text",
    FieldKind.ACCOUNT: "text",
    FieldKind.ID_NUMBER: "text",
}
# What the browser may help with: its keyboard on a phone. Never its own validation, whose messages are not ours.
KEYBOARDS: dict[FieldKind, str] = {
    FieldKind.INTEGER: "numeric",
    FieldKind.DECIMAL: "decimal",
    FieldKind.MONEY: "decimal",
    FieldKind.PHONE: "tel",
    FieldKind.EMAIL: "email",
    FieldKind.POSTCODE: "numeric",
    FieldKind.URL: "url",
    FieldKind.ACCOUNT: "numeric",
}
EXAMPLES: dict[FieldKind, str] = {FieldKind.DATE: "2024-07-17", FieldKind.YEAR_MONTH: "2024-07"}
UNITS: dict[FieldKind, str] = {FieldKind.MONEY: "万元"}


@dataclass(frozen=True)
class Choice:
    """One option as it stands on the page."""

    value: str
    label: str
    chosen: bool
    other: bool


@dataclass(frozen=True)
class FieldView:
    """One question with its answer, its message, and what the page must know to draw it."""

    field: Field
    id: str
    value: Any
    other: str = ""
    error: str = ""
    other_error: str = ""
    source: str = ""  # where an unconfirmed value came from
    remark: Any = None
    shown: bool = True
    readonly: bool = False

    @property
    def key(self) -> str:
        """The name it is posted under."""
        return self.field.key

    @property
    def template(self) -> str:
        """The widget that draws it."""
        return f"applications/fields/{self.widget}.html"

    @property
    def widget(self) -> str:
        """The widget's name; a long list of choices becomes a drop-down list."""
        name = WIDGETS[self.field.kind]
        return "select" if name == "choice" and len(self.field.options) > MANY else name

    @property
    def grouped(self) -> bool:
        """Whether it is a group of boxes under one legend."""
        return self.widget in ("choice", "multiple")

    @property
    def choices(self) -> list[Choice]:
        """The options, the chosen ones marked."""
        return choices_of(self.field, self.value)

    @property
    def other_choice(self) -> Choice | None:
        """The option that asks for a text beside it."""
        return next((choice for choice in self.choices if choice.other), None)

    @property
    def other_limit(self) -> int:
        """How long that text may be."""
        return OTHER_LIMIT

    @property
    def keyboard(self) -> str:
        """The inputmode of its control."""
        return KEYBOARDS.get(self.field.kind, "")

    @property
    def example(self) -> str:
        """What to show in the empty control."""
        return self.field.example or EXAMPLES.get(self.field.kind, "")

    @property
    def unit(self) -> str:
        """The unit after the control."""
        return self.field.unit or ("" if "万元" in self.field.label else UNITS.get(self.field.kind, ""))

    @property
    def written(self) -> str:
        """The answer as people read it, for what cannot be changed here."""
        return show(self.field, self.value)

    @property
    def used(self) -> int:
        """Characters used so far, counted as the question asks."""
        return count(str(self.value or ""), self.field.counting)

    @property
    def span(self) -> str:
        """The class of its place in the line: the form's line is 30 wide."""
        wide = self.widget in ("long_text", "choice", "multiple")
        return f"form-line--{'full' if wide else _share(self.field.width)}"


def _share(width: int) -> str:
    return "third" if width <= 10 else "half" if width <= 15 else "wide" if width <= 20 else "full"


def choices_of(asked: Field, value: Any) -> list[Choice]:
    """Return the options of a question, yes and no included."""
    chosen = set(value) if isinstance(value, list) else {value}
    if asked.kind is FieldKind.YES_NO:
        return [Choice(key, label, key in chosen, False) for key, label in YES_NO.items()]
    return [Choice(each.value, each.label, each.value in chosen, each.other) for each in asked.options]
