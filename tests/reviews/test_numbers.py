"""Check characters find a digit misread and two neighbours swapped."""

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.policy.notice import NamingPattern
from reviews.selectors.naming import parts_of_name
from reviews.selectors.numbers import ALPHABET, is_well_formed, with_check
from reviews.selectors.wording import masked

BODIES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=2, max_size=20)


@given(BODIES)
def test_a_number_with_its_check_is_well_formed(body: str) -> None:
    assert is_well_formed(with_check(body))
    assert is_well_formed(with_check(body).lower())


@given(BODIES, st.data())
def test_one_wrong_digit_is_found(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(body[place] != other and body[place].isdigit())
    number = with_check(body)
    assert not is_well_formed(number[:place] + other + number[place + 1 :])


@given(st.text("0123456789", min_size=2, max_size=12), st.data())
def test_two_neighbours_swapped_are_found(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 2))
    assume(body[place] != body[place + 1])
    number = with_check(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not is_well_formed(swapped)


def test_the_alphabet_has_no_letter_that_is_read_as_a_digit() -> None:
    assert len(ALPHABET) == 31
    assert not set("IOSVZ") & set(ALPHABET)
    for nonsense in ("", "-", "HZ", "人-A", "HZ-2024-0001-"):
        assert not is_well_formed(nonsense)


@given(st.text(min_size=1, max_size=20).map(str.strip).filter(bool))
def test_a_name_falls_into_what_it_was_made_of(core: str) -> None:
    naming = NamingPattern(
        pattern="某市公共实训基地{core}分基地", plaque="某市基地", modes=(("unit", "单位"),), clause="二"
    )
    assert "".join(parts_of_name(naming, core)) == naming.name(core)


def test_numbers_are_masked_in_the_middle() -> None:
    assert masked("13800000001") == "138****0001"
    assert masked("0571-00000001") == "0571-****0001"
    assert masked("1234567") == "*******"
