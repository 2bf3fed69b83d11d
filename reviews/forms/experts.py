"""Forms of the expert list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from stdnum.cn import uscc

from portal.accounts.models import User
from reviews.enums import ExpertGrade, ExpertState
from reviews.forms.fields import PrintedText, paragraph
from reviews.forms.periods import absences_text, read_absences, read_services, services_text
from reviews.models import Expert

_SEPARATORS = str.maketrans({"，": "、", ",": "、", "；": "、", ";": "、", "\n": "、", "/": "、"})


def split_fields(text: str) -> list[str]:
    """Return the fields of a line, however they were separated, each once."""
    return list(dict.fromkeys(part.strip() for part in text.translate(_SEPARATORS).split("、") if part.strip()))


class Grade(forms.ChoiceField):
    """The expert's level, by its code or, in a workbook, by its word."""

    def to_python(self, value: Any) -> str:
        """Take the word for the code."""
        words = {label: code for code, label in ExpertGrade.choices}
        text = str(super().to_python(value)).strip()
        return words.get(text, text)


class ExpertForm(forms.Form):
    """One person of the list."""

    name = PrintedText(label="姓名", max_length=30)
    unit_name = PrintedText(label="工作单位", max_length=100)
    unit_credit_code = forms.CharField(label="单位统一社会信用代码", max_length=18, required=False)
    group = PrintedText(
        label="所属集团或上级单位", max_length=100, required=False, help_text="与申请单位同属一个集团的，抽取时排除"
    )
    title = PrintedText(label="职务职称", max_length=60, required=False)
    grade = Grade(
        label="专家级别", choices=[("", "未定级"), *ExpertGrade.choices], required=False,
        error_messages={"invalid_choice": f"应为{'、'.join(ExpertGrade.labels)}之一，或不填"},
    )  # fmt: skip
    fields_text = PrintedText(
        label="专业领域", max_length=200, help_text="多个领域用顿号分开，如“数控加工、工业机器人”"
    )
    district = PrintedText(label="所在地区", max_length=40, required=False)
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    most_at_once = forms.IntegerField(
        label="同时承担上限",
        min_value=0,
        max_value=99,
        required=False,
        help_text="同时在评的件数，不填为不限",
        error_messages={"invalid": "应为 0 至 99 的整数"},
    )
    services_text = paragraph(
        "近年任职和服务单位", rows=3, limit=2000, required=False,
        help_text="每行一个，如“某某公司 2020-03 至 2023-06”；仍在任的写“至今”",
    )  # fmt: skip
    absences_text = paragraph(
        "不能参加的时段", rows=2, limit=1000, required=False, help_text="每行一段，如“2024-09-01 至 2024-09-15”"
    )

    def clean_unit_credit_code(self) -> str:
        """Check the check digit, when a code is given."""
        code = str(self.cleaned_data["unit_credit_code"]).strip().upper()
        if code and not uscc.is_valid(code):
            raise forms.ValidationError("统一社会信用代码应为 18 位且校验码正确，请核对；不清楚时可不填")
        return code

    def clean_fields_text(self) -> list[str]:
        """Take the line apart."""
        return split_fields(str(self.cleaned_data["fields_text"]))

    def clean_most_at_once(self) -> int:
        """Nothing means no limit."""
        return int(self.cleaned_data["most_at_once"] or 0)

    def clean_services_text(self) -> list[dict[str, str]]:
        """Read the lines."""
        return read_services(str(self.cleaned_data["services_text"]))

    def clean_absences_text(self) -> list[dict[str, str]]:
        """Read the lines."""
        return read_absences(str(self.cleaned_data["absences_text"]))

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned answers by the names of the model."""
        return {key.removesuffix("_text"): value for key, value in self.cleaned_data.items()}


def typed(expert: Expert) -> dict[str, Any]:
    """Return what the list says of a person as the form's fields would have it."""
    names = ("name", "unit_name", "unit_credit_code", "group", "title", "grade", "district", "phone")
    return {name: getattr(expert, name) for name in names} | {
        "fields_text": "、".join(expert.fields),
        "most_at_once": expert.most_at_once or None,
        "services_text": services_text(expert.services),
        "absences_text": absences_text(expert.absences),
    }


class ExpertStateForm(forms.Form):
    """A change of availability with its reason."""

    state = forms.ChoiceField(label="状态", choices=ExpertState.choices)
    reason = PrintedText(label="理由", max_length=300)


class ExpertAccountForm(forms.Form):
    """Which account an expert signs in with."""

    user = forms.ModelChoiceField(label="账号", queryset=User.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, users: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class ExpertImportForm(forms.Form):
    """A workbook of experts."""

    workbook = forms.FileField(label="专家名单（.xlsx）")
