"""Fields whose messages say how to mend what was typed."""

import re
from typing import Any

from django import forms
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

MOBILE = re.compile(r"1\d{10}")
TELEPHONE = re.compile(r"(?:1\d{10}|0\d{2,3}-?\d{4} ?\d{3,4}(?:-\d{1,6})?)")
LOGIN_NAME = re.compile(r"[a-z][a-z0-9_.-]{3,39}")


def credit_code_problem(code: str) -> str:
    """Return what is wrong with a 统一社会信用代码 (GB 32100-2015), or an empty string; `code` is upper case without blanks."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为 18 位，现为 {len(code)} 位"
    except InvalidFormat:
        return "统一社会信用代码由数字和大写字母组成，不使用 I、O、S、V、Z，前 8 位为数字，请对照营业执照或法人证书核对"
    except InvalidChecksum:
        return "统一社会信用代码的校验码不符，通常是有一位填错，请对照证照逐位核对"
    return ""


def text(label: str, maximum: int, **options: Any) -> forms.CharField:
    """Return a one-line text field with messages in Chinese."""
    messages = {"required": f"请填写{label}", "max_length": f"{label}不超过 {maximum} 字"}
    return forms.CharField(label=label, max_length=maximum, error_messages=messages, **options)


class TelephoneField(forms.CharField):
    """A mobile number, or a landline with its area code where `landline` is allowed."""

    def __init__(self, *, landline: bool = True, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.landline = landline
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}

    def clean(self, value: Any) -> str:
        """Return the number as typed, without blanks around it."""
        number = str(super().clean(value))
        if number and not (TELEPHONE if self.landline else MOBILE).fullmatch(number):
            example = "11 位手机号码，或带区号的固定电话，如 010-00000000" if self.landline else "11 位手机号码"
            raise forms.ValidationError(f"号码格式不正确，请填写{example}")
        return number


class LoginNameField(forms.CharField):
    """What a person signs in with: lower case, so that nobody stands before two names that look the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="登录名",
            max_length=40,
            help_text="4 至 40 位小写字母、数字或 _ . -，以字母开头；登录时使用，注册后不能修改",
            error_messages={"required": "请填写登录名"},
            **options,
        )
        self.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}

    def clean(self, value: Any) -> str:
        """Return the name."""
        name = str(super().clean(value))
        if not LOGIN_NAME.fullmatch(name):
            raise forms.ValidationError("登录名应为 4 至 40 位小写字母、数字或 _ . -，以字母开头")
        return name


class PasswordField(forms.CharField):
    """A password, taken exactly as typed and never shown again."""

    def __init__(self, *, new: bool, **options: Any) -> None:
        messages = {"required": f"请填写{options.get('label', '密码')}"}
        super().__init__(strip=False, widget=forms.PasswordInput, max_length=128, error_messages=messages, **options)
        self.widget.attrs["autocomplete"] = "new-password" if new else "current-password"
