"""The older nine-place code of a unit, beside the eighteen-place one; and a test of each track's own."""

import pytest

from portal.policy.codes import ValidUnitCode
from portal.policy.facts import Facts
from portal.policy.form import Field, FieldKind
from portal.policy.lookups import ByTrack
from portal.policy.tests import Is
from portal.policy.values import Unreadable, complete_organisation_code, organisation_code_is_valid, read


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("D2143569X", True),  # the worked example of GB 11714
        ("D21435690", False),
        ("D2143569", False),
        ("", False),
        ("........X", False),
    ],
)
def test_the_check_digit_of_the_older_code(code: str, valid: bool) -> None:
    assert organisation_code_is_valid(code) is valid


def test_each_body_has_one_check_digit() -> None:
    full = complete_organisation_code("40000001")
    assert [last for last in "0123456789X" if organisation_code_is_valid(full[:8] + last)] == [full[-1]]


@pytest.mark.parametrize(
    ("code", "met"),
    [("91110113MA0000031P", True), ("D2143569-X", True), ("91310115MA1H8R7C6D", False), ("123", False), ("", None)],
)
def test_either_code_will_do(code: str, met: bool | None) -> None:
    test = ValidUnitCode("s.code")
    assert test.check(Facts({"s": {"code": code}})).met is met
    assert list(test.references()) == ["s.code"]


def test_a_track_answers_to_its_own_test() -> None:
    test = ByTrack((("a", Is("s.x", ("yes",))), ("b", Is("s.y", ("yes",)))))
    known = {"s": {"x": "yes", "y": "no"}}
    assert [test.check(Facts(known, track)).met for track in "abc"] == [True, False, True]
    assert list(test.references()) == ["s.x", "s.y"]


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (FieldKind.UNIT_CODE, "91110113ma0000031p", "91110113MA0000031P"),
        (FieldKind.UNIT_CODE, "d2143569-x", "D2143569X"),
        (FieldKind.ACCOUNT, "０２００ 0000 1234 5678 901", "0200000012345678901"),
    ],
)
def test_codes_and_accounts_are_stored_plain(kind: FieldKind, typed: str, stored: str) -> None:
    assert read(Field("f", "", kind), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (FieldKind.UNIT_CODE, "1234567", "现填 7 位"),
        (FieldKind.UNIT_CODE, "D21435690", "组织机构代码的校验位不符"),
        (FieldKind.UNIT_CODE, "91310115MA1H8R7C6D", "统一社会信用代码的校验位不符"),
        (FieldKind.ACCOUNT, "12345", "6 至 40 位数字"),
        (FieldKind.ACCOUNT, "0200-ABCD-1234", "6 至 40 位数字"),
        (FieldKind.ACCOUNT, "1" * 41, "6 至 40 位数字"),
    ],
)
def test_what_is_refused_says_how_to_mend_it(kind: FieldKind, typed: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(Field("f", "", kind), typed)
