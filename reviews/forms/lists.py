"""Forms of shortlists, notices, objections and recognition."""

from typing import Any

from django import forms

from applications.models import Application, Call
from portal.policy.notice import NamingPattern
from reviews.enums import ObjectionState
from reviews.forms.fields import Day, PrintedText, SeveralFiles, paragraph
from reviews.models import ShortlistEntry
from reviews.services.objections import MAXIMUM_TEXT, RULINGS


class ShortlistForm(forms.Form):
    """The beginning of a list."""

    call = forms.ModelChoiceField(label="批次", queryset=Call.objects.none(), empty_label=None)
    title = PrintedText(label="名单名称", max_length=120)

    def __init__(self, *args: Any, calls: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """The name a unit would be granted, and on what ground."""

    mode = forms.ChoiceField(label="命名方式", widget=forms.RadioSelect)
    core = PrintedText(label="名称或区域", max_length=40)
    basis = PrintedText(label="列入依据", max_length=300, required=False)

    def __init__(self, *args: Any, naming: NamingPattern, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mode"].choices = naming.modes  # type: ignore[attr-defined]
        self.fields["core"].required = not naming.bracket


class OpinionLineForm(forms.Form):
    """An approver's opinion."""

    opinion = PrintedText(label="审批意见", max_length=300, required=False)


class PublishForm(forms.Form):
    """The title under which a list is published."""

    title = PrintedText(label="公示标题", max_length=160)


class ObjectionForm(forms.Form):
    """A named person's objection."""

    entry = forms.ModelChoiceField(
        label="所涉单位", queryset=ShortlistEntry.objects.none(), required=False, empty_label="整个公示名单"
    )
    is_unit = forms.TypedChoiceField(
        label="提出人", choices=[("no", "个人"), ("yes", "单位（须在证据中附加盖公章的书面意见）")], initial="no",
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    name = PrintedText(label="真实姓名或单位全称", max_length=100)
    phone = forms.CharField(label="联系电话", max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False)
    text = paragraph("事实和理由", rows=8, limit=MAXIMUM_TEXT)
    files = SeveralFiles(  # type: ignore[assignment]  # a declared field; forms keep their own `files` on the instance
        label="证据材料", required=False, help_text="PDF、OFD 或图片，最多 10 个，每个不超过 20 MB"
    )

    def __init__(self, *args: Any, entries: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["entry"]
        field.queryset = entries  # type: ignore[attr-defined]
        field.label_from_instance = lambda entry: entry.application.organisation.name  # type: ignore[attr-defined]


class ObjectionQueryForm(forms.Form):
    """The way to an objection's state."""

    number = forms.CharField(label="回执编号", max_length=40)
    code = forms.CharField(label="查询码", max_length=12)


class FindingForm(forms.Form):
    """What was found out."""

    entry = forms.ModelChoiceField(
        label="所涉单位", queryset=ShortlistEntry.objects.none(), required=False, empty_label="未指明"
    )
    finding = paragraph("核查情况", rows=5)

    def __init__(self, *args: Any, entries: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["entry"]
        field.queryset = entries  # type: ignore[attr-defined]
        field.label_from_instance = lambda entry: entry.application.organisation.name  # type: ignore[attr-defined]


class RulingForm(forms.Form):
    """The outcome of an objection."""

    outcome = forms.ChoiceField(
        label="处理结果",
        choices=[(state.value, ObjectionState(state).label) for state in RULINGS],
        widget=forms.RadioSelect,
    )
    ruling = paragraph("处理意见", rows=4)


class RecogniseForm(forms.Form):
    """A recognition document and the units it names."""

    document_number = PrintedText(label="发文字号", max_length=60, help_text="如“×人社发〔2024〕12号”")
    title = PrintedText(label="文件标题", max_length=160)
    issued_on = Day(label="成文日期")
    entries = forms.ModelMultipleChoiceField(
        label="认定单位", queryset=ShortlistEntry.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, entries: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["entries"]
        field.queryset = entries  # type: ignore[attr-defined]
        field.label_from_instance = lambda entry: f"{entry.application.organisation.name}：{entry.granted_name}"  # type: ignore[attr-defined]


class PublishAboveForm(forms.Form):
    """A document of the level above and the re-checked units it names."""

    document_number = PrintedText(label="发文字号", max_length=60, help_text="如“×人社发〔2024〕12号”")
    title = PrintedText(label="文件标题", max_length=160)
    issued_on = Day(label="成文日期")
    applications = forms.ModelMultipleChoiceField(
        label="单位", queryset=Application.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, applications: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["applications"]
        field.queryset = applications  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: f"{row.organisation.name}：{row.listed_name}"  # type: ignore[attr-defined]
