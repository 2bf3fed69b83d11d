"""Forms of draws, substitutions, recusals asked for and conflicts found later."""

from typing import Any

from django import forms

from reviews.enums import DrawKind
from reviews.forms.experts import split_fields
from reviews.forms.fields import Day, PrintedText, paragraph
from reviews.models import Expert


class AgainForm(forms.Form):
    """Why experts are drawn again, and how."""

    kind = forms.ChoiceField(label="方式", widget=forms.RadioSelect)
    reason = PrintedText(label="理由", max_length=300)

    def __init__(self, *args: Any, redraw: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(DrawKind.SUPPLEMENT.value, "补充抽取缺额")]
        if redraw:
            kinds.append((DrawKind.REDRAW.value, "重新抽取全部成员（现有成员全部退出）"))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class LockForm(forms.Form):
    """What decides who may be drawn."""

    required = forms.MultipleChoiceField(
        label="每个领域至少抽取一人", required=False, widget=forms.CheckboxSelectMultiple
    )
    since = Day(label="评审开始日期")
    until = Day(label="评审结束日期")
    related = PrintedText(
        label="申请单位所属集团、上级和下属单位",
        max_length=300,
        required=False,
        help_text="多个单位用顿号分开；工作单位或所属集团在此列的专家被排除",
    )
    regions = PrintedText(
        label="申请单位所属地区", max_length=300, required=False, help_text="多个地区用顿号分开，如省、市、区县"
    )

    def __init__(self, *args: Any, fields: list[str], stratified: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if stratified:
            self.fields["required"].choices = [(each, each) for each in fields]  # type: ignore[attr-defined]
        else:
            del self.fields["required"]

    @property
    def values(self) -> dict[str, Any]:
        """The answers as the service takes them."""
        answers = self.cleaned_data
        return {
            "required": answers.get("required", []),
            "since": answers["since"],
            "until": answers["until"],
            "related": split_fields(answers["related"]),
            "regions": split_fields(answers["regions"]),
        }


class RunForm(forms.Form):
    """Who watches, and the number they call out."""

    supervisor = PrintedText(label="监督人员", max_length=60, required=False, help_text="到场监督的纪检、监督人员姓名")
    called = forms.CharField(
        label="见证人报数", max_length=12, required=False, help_text="由到场人员当场报出的任意数字，计入每位专家的抽签值；不报数可不填",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class RequestForm(forms.Form):
    """A recusal the applicant asks for, and the ruling."""

    expert = forms.ModelChoiceField(label="申请回避的专家", queryset=Expert.objects.none(), empty_label="请选择")
    grounds = PrintedText(label="申请单位陈述的理由", max_length=300)
    upheld = forms.TypedChoiceField(
        label="处理结果", choices=[("yes", "理由成立，不参加抽取"), ("no", "理由不成立")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    ruling = PrintedText(label="处理意见", max_length=300)

    def __init__(self, *args: Any, experts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]


class AlarmForm(forms.Form):
    """What becomes of a member with a later conflict."""

    recuse = forms.TypedChoiceField(
        label="处理", choices=[("no", "不影响公正，继续评审"), ("yes", "应当回避，退出本件评审")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = paragraph("处理理由", rows=3, limit=300)
