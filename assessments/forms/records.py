"""Forms of ledgers: a row, asked as the policy declares its columns; a workbook; the reason of an act."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.models import Base, LedgerRow
from assessments.selectors.row_reading import NUMBERS, read_row
from portal.accounts.personal import unseal
from portal.calendars import clock
from portal.policy.form import Field, FieldKind
from portal.policy.ledger import Ledger
from portal.policy.values import YES_NO
from reviews.forms.fields import paragraph

LONG = 120  # characters from which an answer gets a box of its own


class RowForm(forms.Form):
    """One row. What is typed is read as a workbook's row is; a personal column of an old row may stay empty."""

    def __init__(self, *args: Any, base: Base, ledger: Ledger, row: LedgerRow | None = None, **options: Any) -> None:
        options.setdefault("initial", dict(row.data) if row else {})
        super().__init__(*args, **options)
        self.base, self.ledger, self.row = base, ledger, row
        for column in ledger.columns:
            self.fields[column.key] = forms.CharField(
                label=column.label, required=False, widget=_widget(column), help_text=self._hint(column)
            )

    def clean(self) -> dict[str, Any]:
        """Read the row, and put what is wrong beside its columns."""
        given: dict[str, Any] = super().clean() or {}
        kept = unseal(self.row.personal) if self.row else None
        _, wrong = read_row(self.base, self.ledger, given, today=clock.today(), kept=kept)
        for each in wrong:
            self.add_error(each.column, each.message)
        return given

    @property
    def questions(self) -> Iterator[tuple[BoundField, Field]]:
        """Each control with its column."""
        return ((self[column.key], column) for column in self.ledger.columns)

    def _hint(self, column: Field) -> str:
        masked = self.row.masked.get(column.key) if self.row else None
        return f"已登记 {masked}；不修改的，此项留空" if masked else column.hint


class WorkbookForm(forms.Form):
    """A workbook of rows."""

    workbook = forms.FileField(
        label="Excel 工作簿（.xlsx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择要导入的 Excel 工作簿（.xlsx）", "empty": "文件是空的，请重新选择"},
    )


class ReasonForm(forms.Form):
    """Why a row is withdrawn, not accepted or put back."""

    reason = paragraph("理由", rows=3, limit=300, error_messages={"required": "请写明理由"})


def _widget(column: Field) -> forms.Widget:
    if choices := _choices(column):
        return forms.Select(choices=[("", "请选择"), *choices])
    if column.kind is FieldKind.DATE:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if column.kind is FieldKind.LONG_TEXT or column.limit >= LONG:
        return forms.Textarea(attrs={"rows": 3})
    attrs: Mapping[str, str] = {"autocomplete": "off"} if column.personal else {}
    if column.kind in NUMBERS:
        attrs = {"inputmode": "decimal"}
    return forms.TextInput(attrs=dict(attrs))


def _choices(column: Field) -> list[tuple[str, str]]:
    if column.kind is FieldKind.YES_NO:
        return list(YES_NO.items())
    return [(option.value, option.label) for option in column.options] if column.kind is FieldKind.CHOICE else []
