"""Forms of the register."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessments.enums import PlaqueState
from reviews.forms.fields import Day, PrintedText


class PlaqueForm(forms.Form):
    """What became of a plaque. Only what can follow is offered; what cannot is read all the same, and refused with its reason."""

    state = forms.ChoiceField(
        label="事项",
        choices=[(each.value, each.label) for each in PlaqueState if each != PlaqueState.TO_MAKE],
        widget=forms.RadioSelect,
    )
    on = Day(label="日期")
    receiver = PrintedText(label="经手人", max_length=60)
    note = PrintedText(label="说明", max_length=300, required=False)

    def __init__(self, *args: Any, acts: Iterable[PlaqueState], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].widget.choices = [(each.value, each.label) for each in acts]
