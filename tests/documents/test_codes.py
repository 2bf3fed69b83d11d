"""Codes on paper lead back to the record."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.rendering.code128 import PATTERNS, START_B, STOP, checksum, widths
from portal.documents.rendering.codes import code128_svg, qr_svg


def decode(bars: list[int]) -> str:
    """Read a Code 128 back: symbols of six widths, start B, check symbol, stop."""
    text = "".join(map(str, bars))
    assert text.endswith(STOP)
    values = [PATTERNS.index(text[place : place + 6]) for place in range(0, len(text) - len(STOP), 6)]
    start, *data, check = values
    assert start == START_B
    assert check == checksum(data)
    return "".join(chr(value + 32) for value in data)


def test_the_table_of_symbols_is_sound():
    assert len(PATTERNS) == len(set(PATTERNS)) == 106
    assert {sum(map(int, pattern)) for pattern in PATTERNS} == {11}
    assert {sum(map(int, pattern[::2])) % 2 for pattern in PATTERNS} == {0}


def test_check_symbol_of_a_published_example():
    # "Wikipedia" in set B has the check symbol 88 ("x").
    assert checksum([ord(char) - 32 for char in "Wikipedia"]) == 88


@pytest.mark.rule("P3-06")
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_code_128_reads_back(text: str):
    assert decode(widths(text)) == text


@pytest.mark.parametrize("text", ["", "编号", "a\n"])
def test_code_128_refuses_what_it_cannot_hold(text: str):
    with pytest.raises(ValueError, match="Code 128"):
        widths(text)


def test_code_128_leaves_quiet_zones():
    svg = code128_svg("HZ-2024-0007")
    width = int(re.search(r'viewBox="0 0 (\d+) 40"', svg)[1])
    assert width == sum(widths("HZ-2024-0007")) + 20
    assert "M10 0h" in svg


def test_qr_is_inline_svg_without_fixed_size():
    svg = qr_svg("https://portal.example/verify/8F3K")
    assert svg.startswith("<svg")
    assert 'class="qr"' in svg
    assert "viewBox" in svg
    assert not re.search(r"<svg[^>]*\swidth=", svg)
    assert svg != qr_svg("https://portal.example/verify/8F3L")
