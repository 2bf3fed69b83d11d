"""What a bureau types about a call and about a setting."""

from typing import Any

from django import forms

from applications.models import Call
from portal.policy.edition import Edition, Setting
from portal.policy.procedure import Stage

MOMENT = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """The browser's own control for a date with a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MOMENT)


class CallForm(forms.Form):
    """A call; the services say what else must hold."""

    title = forms.CharField(label="批次名称", max_length=120, error_messages={"required": "请填写批次名称"})
    year = forms.IntegerField(label="年度", error_messages={"required": "请填写年度", "invalid": "请填四位年份"})
    batch = forms.IntegerField(label="批次", error_messages={"required": "请填写批次", "invalid": "请填数字，如 2"})
    opens_at = forms.DateTimeField(
        label="开始时间",
        widget=MomentInput(),
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"required": "请填写开始时间", "invalid": "请填成 2024-07-17 18:00 的样式"},
    )
    closes_at = forms.DateTimeField(
        label="截止时间",
        required=False,
        widget=MomentInput(),
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text="填 18:00 的，18:00:00 提交仍有效，此后不再接收；不填为常年受理。",
        error_messages={"invalid": "请填成 2024-07-17 18:00 的样式"},
    )
    summary = forms.CharField(
        label="说明",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="在申报首页公开显示。",
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = [stage for stage in edition.procedure if stage.recommendation is not None]
        for stage in self.stages:
            self.fields[f"{stage.key}_opens"] = _moment(f"{stage.title}开始时间")
            self.fields[f"{stage.key}_closes"] = _moment(f"{stage.title}截止时间")

    def windows(self) -> list[tuple[Stage, forms.BoundField, forms.BoundField]]:
        """Return each stage that has a window with its two fields."""
        return [(stage, self[f"{stage.key}_opens"], self[f"{stage.key}_closes"]) for stage in self.stages]

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        given = self.cleaned_data
        spans = {stage.key: (given[f"{stage.key}_opens"], given[f"{stage.key}_closes"]) for stage in self.stages}
        return {name: given.get(name) for name in self.base_fields} | {"windows": spans}


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=MomentInput(),
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"required": f"请填写{label}", "invalid": "请填成 2024-07-17 18:00 的样式"},
    )


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写理由"},
    )


class SettingForm(forms.Form):
    """One setting: its new value and why."""

    value = forms.CharField(label="取值", max_length=100, error_messages={"required": "请填写取值"})
    reason = forms.CharField(
        label="修改理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请填写修改理由"},
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = setting.label
        if setting.choices:
            choices = [(str(value), label) for value, label in setting.choices]
            self.fields["value"] = forms.ChoiceField(label=setting.label, choices=choices, widget=forms.RadioSelect)


def call_initial(call: Call) -> dict[str, Any]:
    """Return a call as the form shows it."""
    initial = {name: getattr(call, name) for name in CallForm.base_fields}
    for window in call.windows.all():
        initial |= {f"{window.stage}_opens": window.opens_at, f"{window.stage}_closes": window.closes_at}
    return initial
