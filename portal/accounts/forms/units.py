"""What an applicant unit says of itself."""

import re
from typing import Any

from django import forms

from portal.accounts.forms.fields import TelephoneField, credit_code_problem, text
from portal.accounts.services.registration import UnitDetails
from portal.tenancy.enums import UnitNature
from portal.tenancy.models import Jurisdiction, Organisation

CONTACT = ("address", "postcode", "district", "website", "contact_name", "contact_phone", "contact_email")


class ContactForm(forms.Form):
    """Where a unit is and whom to call: changes take effect at once."""

    nature = forms.ChoiceField(
        label="单位性质",
        choices=[("", "请选择"), *UnitNature.choices],
        error_messages={"required": "请选择单位性质"},
    )
    central = forms.BooleanField(
        label="中央在地方单位",
        required=False,
        help_text="本单位隶属中央、设在地方的，请勾选；有推荐部门的申报按此确定推荐渠道",
    )
    address = text("单位地址", 200)
    postcode = text("邮编", 6, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}))
    district = text("所在区（县、市）", 40)
    website = forms.URLField(label="网址", required=False, assume_scheme="https", max_length=200)
    contact_name = text("联系人", 30)
    contact_phone = TelephoneField(label="联系电话", error_messages={"required": "请填写联系电话"})
    contact_email = forms.EmailField(
        label="电子邮箱",
        error_messages={"required": "请填写电子邮箱", "invalid": "电子邮箱格式不正确，应如 name@example.cn"},
    )

    def clean_postcode(self) -> str:
        """Ask for six digits."""
        code = str(self.cleaned_data["postcode"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError("邮编应为 6 位数字")
        return code


class UnitForm(ContactForm):
    """A registration: the name, the code and where it is to be reviewed come on top."""

    name = text(
        "单位名称", 100, help_text="与营业执照、事业单位法人证书等登记证照上的名称完全一致，审核通过后变更须重新审核"
    )
    credit_code = text(
        "统一社会信用代码", 24, widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"})
    )
    special_code_reason = text(
        "特殊代码说明",
        300,
        required=False,
        help_text="仅当证照上的代码确实无法通过校验时填写，说明核发机关和核发时间；经安全管理员核准后方可审核",
    )
    review_jurisdiction = forms.ModelChoiceField(
        label="由哪个地区审核",
        queryset=Jurisdiction.objects.filter(active=True),
        empty_label="请选择",
        help_text="由所选地区的主管部门核对单位信息；审核通过后可在各地区申报，无需重复注册",
        error_messages={"required": "请选择审核地区", "invalid_choice": "该地区未启用，请重新选择"},
    )
    field_order = ("name", "credit_code", "special_code_reason", "nature", "central", *CONTACT, "review_jurisdiction")

    def clean_credit_code(self) -> str:
        """Take it upper case and without blanks; alphabet and check digit are judged in `clean`, beside the explanation."""
        code = re.sub(r"\s", "", self.cleaned_data["credit_code"]).upper()
        if len(code) != 18:
            raise forms.ValidationError(credit_code_problem(code))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse a wrong code unless it is explained; an explanation for a right one is dropped."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        code = values.get("credit_code")
        problem = credit_code_problem(code) if code else ""
        if problem:
            if not values.get("special_code_reason"):
                self.add_error("credit_code", problem)
        else:
            values["special_code_reason"] = ""
        return values

    def details(self) -> UnitDetails:
        """Return what was said, apart from the place of review."""
        return UnitDetails(
            **{key: value for key, value in self.cleaned_data.items() if key in UnitDetails.__annotations__}
        )


def initial_of(organisation: Organisation) -> dict[str, Any]:
    """Return a unit's present values for a form."""
    fields = ("name", "credit_code", "special_code_reason", "nature", "central", *CONTACT)
    return {field: getattr(organisation, field) for field in fields} | {
        "review_jurisdiction": organisation.review_jurisdiction_id
    }
