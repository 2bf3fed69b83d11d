"""Forms of the register."""

from django import forms

from assessments.enums import PlaqueState
from reviews.forms.fields import Day, PrintedText


class PlaqueForm(forms.Form):
    """A plaque handed over or taken down."""

    state = forms.ChoiceField(
        label="事项",
        choices=[(each.value, each.label) for each in PlaqueState if each != PlaqueState.TO_MAKE],
        widget=forms.RadioSelect,
    )
    on = Day(label="日期")
    receiver = PrintedText(label="经手人", max_length=60)
    note = PrintedText(label="说明", max_length=300, required=False)
