"""A unit asks for a new name or code."""

import re
from typing import Any

from django import forms

from portal.accounts.forms.fields import credit_code_problem, text
from portal.tenancy.models import Jurisdiction


class UnitChangeForm(forms.Form):
    """The new name and code, and why."""

    name = text("单位名称", 100, help_text="与变更后的登记证照完全一致")
    credit_code = text("统一社会信用代码", 24, widget=forms.TextInput(attrs={"spellcheck": "false"}))
    reason = text(
        "变更原因", 300, help_text="如更名、机构合并，写明批准文号或登记日期", widget=forms.Textarea(attrs={"rows": 3})
    )

    review_jurisdiction = forms.ModelChoiceField(
        label="由哪个地区审核",
        queryset=Jurisdiction.objects.filter(active=True),
        empty_label="请选择",
        error_messages={"required": "请选择审核地区", "invalid_choice": "该地区未启用，请重新选择"},
    )

    def clean_credit_code(self) -> str:
        """Hold the code to GB 32100-2015."""
        code = re.sub(r"\s", "", str(self.cleaned_data["credit_code"])).upper()
        present: Any = self.initial.get("credit_code")
        if code != present and (problem := credit_code_problem(code)):
            raise forms.ValidationError(problem)
        return code
