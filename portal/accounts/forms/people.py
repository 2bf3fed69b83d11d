"""Opening an account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from portal.accounts.forms.fields import LoginNameField, PasswordField, TelephoneField, text
from portal.accounts.models import User
from portal.accounts.services.registration import PersonDetails

RULES = "不少于 10 位，包含大写字母、小写字母、数字、符号中的至少 3 类"


class PersonForm(forms.Form):
    """Who opens the account, and the password twice."""

    username = LoginNameField()
    person_name = text("姓名", 30)
    phone = TelephoneField(label="手机号码", landline=False, error_messages={"required": "请填写手机号码"})
    email = forms.EmailField(
        label="本人电子邮箱",
        help_text="用于找回密码和接收通知",
        error_messages={"required": "请填写电子邮箱", "invalid": "电子邮箱格式不正确，应如 name@example.cn"},
    )
    password = PasswordField(label="密码", new=True, help_text=RULES)
    password_again = PasswordField(label="再次输入密码", new=True)

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords and hold them to the rules."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        password, again = values.get("password"), values.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", "两次输入的密码不一致，请重新输入")
        if password:
            person = User(
                username=values.get("username", ""),
                name=values.get("person_name", ""),
                email=values.get("email", ""),
            )
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values

    def details(self) -> PersonDetails:
        """Return the person."""
        values = self.cleaned_data
        return PersonDetails(
            username=values["username"],
            name=values["person_name"],
            phone=values["phone"],
            email=values["email"],
            password=values["password"],
        )
