"""Forms of the system administrator: the working calendar, jurisdictions, offices."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.accounts.roles import OFFICES
from portal.desk.services.places import OFFICE_FIELDS, PLACE_FIELDS
from portal.tenancy.enums import OrganisationKind
from portal.tenancy.models import Jurisdiction, Organisation

LARGEST = 1024 * 1024
OFFICE_KINDS = [kind for kind in OrganisationKind if kind in OFFICES or kind in {"centre", "supervision"}]


class CalendarImportForm(forms.Form):
    """A file of one year's arrangement and the document it rests on."""

    year = forms.IntegerField(
        label="年度",
        min_value=2007,
        max_value=2100,
        error_messages={
            "required": "请填写年度",
            "invalid": "年度应为 4 位数字",
            "min_value": "年度不早于 2007 年",
            "max_value": "年度不晚于 2100 年",
        },
    )
    source_document = forms.CharField(
        label="来源文号",
        max_length=100,
        help_text="国务院办公厅关于该年度部分节假日安排的通知的文号，如“国办发明电〔2025〕7号”",
        error_messages={"required": "请填写来源文号"},
    )
    file = forms.FileField(
        label="安排文件",
        help_text="JSON 文件，列出该年度放假和调休上班的每一天，不超过 1 MB",
        error_messages={"required": "请选择文件", "empty": "文件为空，请重新选择"},
    )
    accept_total = forms.BooleanField(label="放假天数与往年惯例不同，已对照通知原文核对无误", required=False)

    def clean_file(self) -> UploadedFile:
        """Refuse what cannot be a list of a year's days."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError("文件超过 1 MB，请确认选择的是节假日安排文件")
        return file


class DayForm(forms.Form):
    """One date corrected after a later document."""

    day = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写日期", "invalid": "日期应如 2025-10-11"},
    )
    is_workday = forms.TypedChoiceField(
        label="更正为",
        choices=[("1", "工作日"), ("0", "休息日")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择工作日或休息日"},
    )
    name = forms.CharField(label="节假日或说明", max_length=40, required=False)
    source_document = forms.CharField(label="来源文号", max_length=100, error_messages={"required": "请填写来源文号"})


class JurisdictionForm(forms.ModelForm):
    """What may be changed of a tenant; its code and issuer come with its policy."""

    class Meta:
        model = Jurisdiction
        fields = PLACE_FIELDS


class OfficeForm(forms.ModelForm):
    """An office of the tree."""

    class Meta:
        model = Organisation
        fields = OFFICE_FIELDS

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "请选择"), *((kind.value, kind.label) for kind in OFFICE_KINDS)]  # type: ignore[attr-defined]
        above = Organisation.objects.filter(jurisdiction=jurisdiction).exclude(pk=self.instance.pk or 0)
        self.fields["parent"].queryset = above  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = "无"  # type: ignore[attr-defined]

    def clean_parent(self) -> Organisation | None:
        """Refuse a circle in the tree."""
        parent: Organisation | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError("上级机构不能是本机构的下级，请重新选择")
            above = above.parent
        return parent
