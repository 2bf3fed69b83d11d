"""Inviting a person."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.accounts.forms.fields import text
from portal.accounts.roles import ROLES
from portal.calendars import clock
from portal.tenancy.models import Organisation


class InvitationForm(forms.Form):
    """Who is invited, to which organisation, in which role, until when."""

    organisation = forms.ModelChoiceField(
        label="单位（机构）",
        queryset=Organisation.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择单位（机构）", "invalid_choice": "不能管理该单位（机构）的成员，请重新选择"},
    )
    role_code = forms.ChoiceField(
        label="岗位", error_messages={"required": "请选择岗位", "invalid_choice": "没有此岗位，请重新选择"}
    )
    name = text("姓名", 30)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="填写后邀请链接同时发到该邮箱；不填的，请将链接当面或通过可靠方式交给本人",
        error_messages={"invalid": "电子邮箱格式不正确，应如 name@example.cn"},
    )
    valid_until = forms.DateField(
        label="授权截止",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期应如 2025-07-17"},
    )

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], own: Organisation | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations.order_by("kind", "id")  # type: ignore[attr-defined]
        kinds = {own.kind} if own else set(organisations.values_list("kind", flat=True))
        roles = [role for role in ROLES.values() if role.kinds & kinds]
        self.fields["role_code"].choices = [("", "请选择"), *((role.code, role.label) for role in roles)]  # type: ignore[attr-defined]
        if own:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", own.pk)
            self.initial.setdefault("valid_until", clock.today() + timedelta(days=365))
            self.fields["valid_until"].help_text = "最长一年，到期自动失效，可随时撤销或延长"
        else:
            self.fields["valid_until"].help_text = "不填为长期有效；评审专家、借调人员宜填写"
