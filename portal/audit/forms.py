"""The filters of the log, read from the address."""

from typing import Any

from django import forms

from portal.audit.selectors import Filters, action_choices
from portal.tenancy.models import Jurisdiction


class FilterForm(forms.Form):
    """A date that cannot be read filters nothing, and says so beside its box."""

    since = forms.DateField(
        label="自",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期应如 2024-07-17"},
    )
    until = forms.DateField(
        label="至",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期应如 2024-07-17"},
    )
    actor = forms.CharField(label="操作人或来源地址", required=False, max_length=60)
    action = forms.ChoiceField(label="动作", required=False)
    obj = forms.CharField(label="对象", required=False, max_length=100)
    jurisdiction = forms.ModelChoiceField(
        label="辖区", required=False, queryset=Jurisdiction.objects.all(), empty_label="全部辖区"
    )

    def __init__(self, *args: Any, everywhere: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["action"].choices = [("", "全部动作"), *action_choices()]  # type: ignore[attr-defined]
        if not everywhere:
            del self.fields["jurisdiction"]

    def filters(self) -> Filters:
        """Return what could be read."""
        self.is_valid()
        said = self.cleaned_data
        place = said.get("jurisdiction")
        return Filters(
            since=said.get("since"),
            until=said.get("until"),
            actor=said.get("actor", "").strip(),
            action=said.get("action", ""),
            obj=said.get("obj", "").strip(),
            jurisdiction_id=place.pk if place else None,
        )
