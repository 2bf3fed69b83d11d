"""One spelling for each character, and lengths as people count them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.policy.text import count, normalise


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()  # what is left can be stored


def test_line_ends_tabs_and_invisible_marks() -> None:
    assert normalise("甲\r\n乙\r丙\t丁\x00\u200b\ufeff") == "甲\n乙\n丙\t丁"


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [("实训 HR-VMC650U 型", 15, 4), ("", 0, 0), ("甲\n乙", 3, 2), ("1,204 字", 7, 2)],
)
def test_counting(text: str, characters: int, words: int) -> None:
    assert count(text) == characters
    assert count(text, "words") == words
