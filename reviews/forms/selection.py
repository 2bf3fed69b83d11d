"""Forms of the selection: the order of equals, places moved between cells."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.policy.selection import Cell
from reviews.forms.fields import PrintedText, paragraph
from reviews.models import Placement


class OrderForm(forms.Form):
    """The order of files of equal standing: in each group the places 1 to n, each once; and why."""

    reason = PrintedText(label="排序理由", max_length=500)

    def __init__(self, *args: Any, groups: Sequence[Sequence[Placement]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        for group in groups:
            for at, row in enumerate(group, start=1):
                self.fields[f"place_{row.application_id}"] = forms.IntegerField(
                    label=row.application.organisation.name,
                    min_value=1,
                    max_value=len(group),
                    initial=at,
                    widget=forms.NumberInput(attrs={"min": "1", "max": str(len(group)), "inputmode": "numeric"}),
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def lines(self) -> list[list[dict[str, Any]]]:
        """Return each group as placements with their fields."""
        return [[{"row": row, "place": self[f"place_{row.application_id}"]} for row in group] for group in self.groups]

    def clean(self) -> dict[str, Any]:
        """Refuse two files of one group in one place; keep the order as `order`, application ids, best first."""
        answers: dict[str, Any] = super().clean() or {}
        order: list[int] = []
        for group in self.groups:
            places = {row.application_id: answers.get(f"place_{row.application_id}") for row in group}
            if None in places.values():
                return answers
            if len(set(places.values())) != len(group):
                self.add_error(f"place_{group[0].application_id}", f"次序应为 1 至 {len(group)}，每个次序只用一次")
            order += sorted(places, key=lambda key: places[key] or 0)
        answers["order"] = order
        return answers


class PlacesForm(forms.Form):
    """Places moved from one cell to another, by a decision."""

    source = forms.ChoiceField(label="调出名额")
    target = forms.ChoiceField(label="调入名额")
    places = forms.IntegerField(label="个数", min_value=1, initial=1)
    reason = paragraph("依据和理由", rows=3, limit=500)

    def __init__(self, *args: Any, cells: Sequence[tuple[Cell, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(cell.key, f"{cell.title}（现有 {places} 个）") for cell, places in cells]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
