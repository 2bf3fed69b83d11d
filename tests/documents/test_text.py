"""One spelling for each character, and a name for each that cannot be printed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portal.documents.rendering.charset import drawable
from portal.documents.rendering.text import normalise, unsupported


def test_radicals_from_a_pdf_become_ideographs():
    assert normalise("⼈⼒资源和社会保障局，⻓三⻆") == "人力资源和社会保障局，长三角"


def test_composed_letters_line_ends_and_invisible_marks():
    assert normalise("Cafe\u0301\r\n第二行\r\u200b第三行\ufeff") == "Café\n第二行\n第三行"


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_names_official_marks_and_boxes_are_supported():
    assert unsupported("喆堃䶮𬭊 杭人社发〔2023〕115号 ☐ ☑ ≤ ≥ ± ㎡ ℃ ① “引号”——……\t\n") == []


def test_what_no_font_draws_is_named_once_in_order():
    assert unsupported("训练😀营𠮷😀\x07") == ["😀", "𠮷", "\x07"]


@given(st.text(alphabet=st.sampled_from("".join(map(chr, sorted(drawable())[::37])))))
def test_text_of_drawable_characters_is_always_supported(text: str):
    assert unsupported(text) == []
