"""Choosing a password."""

from typing import Any

from django import forms

from portal.accounts.forms.fields import PasswordField
from portal.accounts.forms.people import RULES
from portal.accounts.models import User


class NewPasswordForm(forms.Form):
    """A new password, twice. The service holds it to the rules."""

    password = PasswordField(label="新密码", new=True, help_text=f"{RULES}；不能与最近 5 次使用过的密码相同")
    password_again = PasswordField(label="再次输入新密码", new=True)

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("password_again") and values.get("password") != values["password_again"]:
            self.add_error("password_again", "两次输入的密码不一致，请重新输入")
        return values


class ChangePasswordForm(NewPasswordForm):
    """The same, with the present password first."""

    current = PasswordField(label="当前密码", new=False)
    field_order = ("current", "password", "password_again")

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_current(self) -> str:
        """Check it."""
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError("当前密码不正确，请重新输入")
        return str(self.cleaned_data["current"])


class ForgotForm(forms.Form):
    """Who has forgotten a password."""

    username = forms.CharField(label="登录名", max_length=60, error_messages={"required": "请填写登录名"})
    email = forms.EmailField(
        label="登记的电子邮箱",
        error_messages={
            "required": "请填写注册时登记的电子邮箱",
            "invalid": "电子邮箱格式不正确，应如 name@example.cn",
        },
    )
