"""Forms of a base's record: a change with its reason, a list of older bases, what is decided on it."""

from django import forms

from assessments.enums import ChangeKind
from reviews.forms.fields import Day, PrintedText, paragraph


class ChangeForm(forms.Form):
    """A change of a base. What a kind does not need is left empty; the service says what is missing."""

    kind = forms.ChoiceField(label="事项", choices=ChangeKind.choices, widget=forms.RadioSelect)
    on = Day(label="变更日期")
    credit_code = PrintedText(
        label="新单位统一社会信用代码",
        max_length=18,
        required=False,
        help_text="移交其他单位、单位合并时填写；新单位须已在平台注册并审核通过",
    )
    before = paragraph("变更前", rows=2, limit=1000, required=False, help_text="更名、移交、合并、注销的，由平台填写")
    after = paragraph(
        "变更后",
        rows=2,
        limit=1000,
        required=False,
        help_text="更名填写新名称；项目、人员、场地设备、地址填写变更后的情况",
    )
    reason = paragraph("原因", rows=3, limit=500)
    evidence = forms.FileField(
        label="证明材料",
        required=False,
        help_text="批准文件、登记机关证明等，PDF、OFD、JPG、PNG，不超过 50 MB；单位更名、移交、合并、注销必须上传",
    )


class TakingOverForm(forms.Form):
    """A workbook of older bases."""

    workbook = forms.FileField(
        label="历史基地名册（.xlsx）", help_text="请用页面提供的模板填写，不超过 2 MB，最多 500 家"
    )


class TakingOverBasisForm(forms.Form):
    """What the list rests on."""

    basis = PrintedText(label="登记依据", max_length=300, help_text="原认定文件、历史名册的名称和保管处室")


class TakingOverDecisionForm(forms.Form):
    """What a second person makes of the list."""

    approve = forms.ChoiceField(
        label="审批意见", choices=[("yes", "同意登记"), ("no", "退回")], widget=forms.RadioSelect
    )
    reason = paragraph("说明", rows=3, limit=300, required=False, help_text="退回的须说明理由")
