"""Reading what a person typed into one field, and writing it out again.

`read` returns the value in its stored form (text; whole numbers as int; decimals and dates as text) or raises
`Unreadable` with a message that says how to mend it. Drafts keep the raw text; only submission insists.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.policy.facts import MAX_DIGITS, filled
from portal.policy.form import Field, FieldKind
from portal.policy.text import count, normalise

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?\d[\d ()-]{5,24}(?:[转#]\d{1,6})?")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
YES_NO = {"yes": "是", "no": "否"}


class Unreadable(ValueError):
    """What was typed cannot be taken; the message is Chinese and says how to mend it."""


def read(field: Field, raw: Any) -> Any:
    """Return the stored form of `raw`, None when it is empty; raise `Unreadable`."""
    if isinstance(raw, str):
        raw = normalise(raw).strip()
        if not raw:
            return None
    elif not filled(raw):
        return None
    value = _READERS[field.kind](field, raw)
    return value if filled(value) else None


def show(field: Field, value: Any) -> str:
    """Write a stored (or still raw) value as people read it, without its unit."""
    if not filled(value):
        return ""
    if field.kind is FieldKind.YES_NO:
        return YES_NO.get(str(value), str(value))
    if field.kind is FieldKind.CHOICE:
        return _option_label(field, str(value))
    if field.kind is FieldKind.MULTIPLE and isinstance(value, (list, tuple)):
        return "、".join(_option_label(field, str(each)) for each in value)
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY):
        return _show_number(field, value)
    if field.kind is FieldKind.DATE:
        return _show_date(str(value))
    return str(value)


def credit_code_is_valid(code: str) -> bool:
    """Check the check digit of a 统一社会信用代码 (GB 32100-2015: weights 3^i mod 31 over 17 places)."""
    if len(code) != 18 or any(char not in _CREDIT_ALPHABET for char in code):
        return False
    return complete_credit_code(code[:17]) == code


def complete_credit_code(body: str) -> str:
    """Append the check digit to the first 17 places of a code."""
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _CREDIT_ALPHABET[(31 - total % 31) % 31]


_ORGANISATION_BODY = re.compile(r"[0-9A-Z]{8}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code_is_valid(code: str) -> bool:
    """Check the check digit of a 组织机构代码 (GB 11714-1997): nine places, written without its hyphen."""
    return bool(_ORGANISATION_BODY.match(code)) and complete_organisation_code(code[:8]) == code


def complete_organisation_code(body: str) -> str:
    """Append the check digit to the first 8 places of a 组织机构代码; ten is written X."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return body + "0123456789X0"[11 - total % 11]


_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def complete_id_number(body: str) -> str:
    """Append the check digit to the first 17 places of a 居民身份证号码 (GB 11643-1999)."""
    total = sum(int(char) * weight for char, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _id_number(field: Field, raw: Any) -> str:
    """Read an identity number; the region is not looked up, the date of birth and the check digit are."""
    number = str(raw).upper().replace(" ", "")
    if not _ID_NUMBER.fullmatch(number) or complete_id_number(number[:17]) != number:
        raise Unreadable("身份证号码应为 18 位且校验位正确，请核对后重填")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Unreadable("身份证号码中的出生日期不存在，请核对后重填") from None
    return number


def _text(field: Field, raw: Any) -> str:
    text = str(raw)
    length = count(text, field.counting)
    if length > field.limit:
        raise Unreadable(f"已填 {length:,} 字，超过 {field.limit:,} 字，请删减 {length - field.limit:,} 字")
    return text


def _number(field: Field, raw: Any) -> Decimal:
    typed = str(raw).replace(",", "").replace("，", "").replace(" ", "")
    typed = typed.removesuffix(field.unit) if field.unit else typed
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise Unreadable(f"“{raw}”不是数字，请只填数字，不带单位") from None
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        raise Unreadable(f"“{raw}”超出可填范围，请核对数位")
    if field.minimum is not None and number < field.minimum:
        raise Unreadable(f"不能小于 {field.minimum}{field.unit}，现填 {raw}")
    if field.maximum is not None and number > field.maximum:
        raise Unreadable(f"不能大于 {field.maximum}{field.unit}，现填 {raw}")
    return number


def _integer(field: Field, raw: Any) -> int:
    number = _number(field, raw)
    if number != number.to_integral_value():
        raise Unreadable(f"请填整数，现填 {raw}")
    if field.minimum is None and number < 0:
        raise Unreadable(f"不能为负数，现填 {raw}")
    return int(number)


def _decimal(field: Field, raw: Any) -> str:
    number = _number(field, raw)
    if field.minimum is None and number < 0:
        raise Unreadable(f"不能为负数，现填 {raw}")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > field.places:
        raise Unreadable(f"最多保留 {field.places} 位小数，现填 {raw}")
    return str(number.quantize(Decimal(1).scaleb(-field.places)))


def _date(field: Field, raw: Any) -> str:
    typed = re.sub(r"[年月/.]", "-", str(raw)).replace("日", "")
    try:
        year, month, day = (int(part) for part in typed.split("-"))
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        raise Unreadable(f"“{raw}”不是日期，请填成 2024-07-17 的样式") from None


def _year_month(field: Field, raw: Any) -> str:
    typed = re.sub(r"[年/.]", "-", str(raw)).replace("月", "")
    try:
        year, month = (int(part) for part in typed.split("-"))
        return date(year, month, 1).isoformat()[:7]
    except (ValueError, OverflowError):
        raise Unreadable(f"“{raw}”不是年月，请填成 2024-07 的样式") from None


def _choice(field: Field, raw: Any) -> str:
    return _pick(field, str(raw))


def _multiple(field: Field, raw: Any) -> list[str]:
    given = raw if isinstance(raw, (list, tuple)) else re.split(r"[、,，;；]", str(raw))
    return list(dict.fromkeys(_pick(field, str(each).strip()) for each in given if filled(each)))


def _pick(field: Field, typed: str) -> str:
    for option in field.options:
        if typed in (option.value, option.label):
            return option.value
    raise Unreadable(f"“{typed}”不在可选项中，请从 {'、'.join(option.label for option in field.options)} 中选择")


def _yes_no(field: Field, raw: Any) -> str:
    answer = {"是": "yes", "否": "no", "有": "yes", "无": "no"}.get(str(raw), str(raw))
    if answer not in YES_NO:
        raise Unreadable("请选择“是”或“否”")
    return answer


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[Field, Any], str]:
    def reader(field: Field, raw: Any) -> str:
        # Chinese keyboards give full-width digits and signs.
        text = _text(field, unicodedata.normalize("NFKC", str(raw)))
        if not pattern.fullmatch(text):
            raise Unreadable(message.format(raw))
        return text

    return reader


def _credit_code(field: Field, raw: Any) -> str:
    code = unicodedata.normalize("NFKC", str(raw)).replace(" ", "").upper()
    if len(code) != 18:
        raise Unreadable(f"统一社会信用代码应为 18 位，现填 {len(code)} 位")
    if not credit_code_is_valid(code):
        raise Unreadable("统一社会信用代码的校验位不符，请对照证照逐位核对")
    return code


def _unit_code(field: Field, raw: Any) -> str:
    code = unicodedata.normalize("NFKC", str(raw)).replace(" ", "").replace("-", "").upper()
    if len(code) == 18:
        return _credit_code(field, code)
    if len(code) != 9:
        raise Unreadable(f"应为 18 位统一社会信用代码或 9 位组织机构代码，现填 {len(code)} 位")
    if not organisation_code_is_valid(code):
        raise Unreadable("组织机构代码的校验位不符，请对照证照逐位核对")
    return code


def _account(field: Field, raw: Any) -> str:
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(raw)))
    if not re.fullmatch(r"[0-9]{6,40}", number):
        raise Unreadable("账号应为 6 至 40 位数字，请核对")
    return number


def _option_label(field: Field, value: str) -> str:
    return next((option.label for option in field.options if option.value == value), value)


def _show_number(field: Field, value: Any) -> str:
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return str(value)
    readable = number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS
    if not readable:
        return str(value)
    return f"{number:f}" if _is_year(field) else f"{number:,f}"


def _is_year(field: Field) -> bool:
    """A whole number that can only be a year is written 2023, not 2,023."""
    bounds = (field.minimum, field.maximum)
    return field.kind is FieldKind.INTEGER and all(each is not None and 1900 <= each <= 2200 for each in bounds)


def _show_date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"


_READERS: dict[FieldKind, Callable[[Field, Any], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.MONEY: _decimal,
    FieldKind.DATE: _date,
    FieldKind.YEAR_MONTH: _year_month,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.MULTIPLE: _multiple,
    FieldKind.PHONE: _matching(_PHONE, "“{}”不像电话号码，请填区号加号码或手机号码，如 0571-0000 0000"),
    FieldKind.EMAIL: _matching(_EMAIL, "“{}”不像电子邮箱，请填成 name@example.cn 的样式"),
    FieldKind.POSTCODE: _matching(re.compile(r"\d{6}"), "邮编应为 6 位数字，现填“{}”"),
    FieldKind.URL: _matching(re.compile(r"https?://\S+"), "网址应以 http:// 或 https:// 开头，现填“{}”"),
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.UNIT_CODE: _unit_code,
    FieldKind.ACCOUNT: _account,
    FieldKind.ID_NUMBER: _id_number,
}
