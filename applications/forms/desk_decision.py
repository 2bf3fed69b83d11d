"""What is asked with a decision."""

from typing import Any

from django import forms

from applications.services.decide import REASON_LIMIT


class DecisionForm(forms.Form):
    """The reason of a decision; services say whether one is due."""

    reason = forms.CharField(
        label="理由", required=False, strip=True, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReturnForm(DecisionForm):
    """A return for correction: how long, and what more the unit may change."""

    days = forms.IntegerField(label="补正期限", min_value=1, max_value=90)
    also_open = forms.MultipleChoiceField(label="另行开放", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also_open"].choices = places  # type: ignore[attr-defined]
        self.fields["reason"].label = "补充说明"
