"""Reading what people type, writing it out again, and the check digit of a unit's code."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from portal.policy.form import Field, FieldKind, Option
from portal.policy.values import Unreadable, credit_code_is_valid, read, show

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
OPTIONS = (Option("owned", "自有"), Option("leased", "租赁"))


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),
        ("91330100MA0000015W", True),
        ("91110113MA0000031P", True),
        ("52320583MJ00000420", True),
        ("91310115MA1H8R7C6D", False),
        ("91330100MA0000015", False),
        ("91330100MA0000015I", False),
        ("", False),
    ],
)
def test_the_examples_of_credit_codes(code: str, valid: bool) -> None:
    assert credit_code_is_valid(code) is valid


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_digit_agrees_with_another_implementation(head: str) -> None:
    digit = uscc.calc_check_digit(head)
    assert credit_code_is_valid(head + digit)
    assert [last for last in ALPHABET if credit_code_is_valid(head + last)] == [digit]


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_always_found(head: str, place: int, other: str) -> None:
    assume(head[place] != other)
    code = head + uscc.calc_check_digit(head)
    assert not credit_code_is_valid(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (FieldKind.TEXT, " ⼈力资源 ", "人力资源"),
        (FieldKind.INTEGER, "1,200", 1200),
        (FieldKind.INTEGER, "120 人", 120),
        (FieldKind.INTEGER, "１２", 12),
        (FieldKind.DECIMAL, "97.5", "97.50"),
        (FieldKind.MONEY, "1，820.2", "1820.20"),
        (FieldKind.DATE, "2024年7月17日", "2024-07-17"),
        (FieldKind.DATE, "2024/7/17", "2024-07-17"),
        (FieldKind.YEAR_MONTH, "2024.9", "2024-09"),
        (FieldKind.YES_NO, "是", "yes"),
        (FieldKind.CHOICE, "租赁", "leased"),
        (FieldKind.MULTIPLE, "自有、租赁", ["owned", "leased"]),
        (FieldKind.PHONE, "0571-0000 0001", "0571-0000 0001"),
        (FieldKind.PHONE, "１３８００００００１１", "13800000011"),
        (FieldKind.POSTCODE, "３１００００", "310000"),
        (FieldKind.EMAIL, "a@example.cn", "a@example.cn"),
        (FieldKind.URL, "https://example.cn/", "https://example.cn/"),
        (FieldKind.CREDIT_CODE, "91330100ma0000015w", "91330100MA0000015W"),
        (FieldKind.TEXT, "   ", None),
        (FieldKind.INTEGER, None, None),
    ],
)
def test_what_people_type_is_read(kind: FieldKind, typed: object, stored: object) -> None:
    assert read(Field("x", "项", kind, unit="人", options=OPTIONS), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (FieldKind.TEXT, "字" * 101, "请删减 1 字"),
        (FieldKind.INTEGER, "约三百", "不是数字"),
        (FieldKind.INTEGER, "2.5", "请填整数"),
        (FieldKind.INTEGER, "-1", "不能为负数"),
        (FieldKind.INTEGER, "1e30", "超出可填范围"),
        (FieldKind.INTEGER, "NaN", "超出可填范围"),
        (FieldKind.DECIMAL, "1.234", "最多保留 2 位小数"),
        (FieldKind.DATE, "2024-02-30", "不是日期"),
        (FieldKind.DATE, f"{10**20}-1-1", "不是日期"),
        (FieldKind.YEAR_MONTH, "2024-13", "不是年月"),
        (FieldKind.YES_NO, "也许", "请选择"),
        (FieldKind.CHOICE, "借用", "自有、租赁"),
        (FieldKind.PHONE, "打我", "不像电话号码"),
        (FieldKind.POSTCODE, "31000", "6 位数字"),
        (FieldKind.EMAIL, "office at example", "不像电子邮箱"),
        (FieldKind.URL, "javascript:alert(1)", "http"),
        (FieldKind.CREDIT_CODE, "91330100MA0000015X", "校验位不符"),
        (FieldKind.CREDIT_CODE, "9133", "应为 18 位，现填 4 位"),
    ],
)
def test_what_cannot_be_read_is_explained(kind: FieldKind, typed: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(Field("x", "项", kind, options=OPTIONS), typed)


def test_bounds_are_inclusive() -> None:
    age = Field("age", "年龄", FieldKind.INTEGER, minimum=16, maximum=80)
    assert [read(age, typed) for typed in ("16", "80")] == [16, 80]
    for typed in ("15", "81"):
        with pytest.raises(Unreadable):
            read(age, typed)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(list(FieldKind)), JUNK)
def test_anything_is_read_or_refused_and_what_is_read_reads_the_same_again(kind: FieldKind, raw: object) -> None:
    field = Field("x", "项", kind, options=OPTIONS)
    assert isinstance(show(field, raw), str)
    try:
        stored = read(field, raw)
    except Unreadable:
        return
    assert read(field, stored) == stored


def test_values_are_shown_as_people_read_them() -> None:
    assert show(Field("x", "", FieldKind.MONEY), "1820.20") == "1,820.20"
    assert show(Field("x", "", FieldKind.DATE), "2024-07-17") == "2024年7月17日"
    assert show(Field("x", "", FieldKind.MULTIPLE, options=OPTIONS), ["owned", "leased"]) == "自有、租赁"
    assert show(Field("x", "", FieldKind.YES_NO), "no") == "否"
    assert show(Field("x", "", FieldKind.INTEGER), "1e999999") == "1e999999"
