"""Text as people type it: normal form and length."""

import re
import unicodedata
from typing import Literal

Counting = Literal["characters", "words"]

_RADICALS = re.compile("[\u2e80-\u2fdf]")
# Control characters, soft hyphens, zero-width and direction marks, variation selectors: pasted along, never meant. And
# lone surrogates, which cannot even be stored.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ODD = re.compile(f"{_RADICALS.pattern}|{_UNSEEN.pattern}|\r")
_IGNORED = re.compile(r"[\s（）()·•\-—、,，.。]+")
_WORD_RUN = re.compile(r"[A-Za-z0-9]+(?:[.,:/_%-][A-Za-z0-9]+)*")


def normalise(text: str) -> str:
    """Return `text` in NFC, Kangxi radicals as ideographs, line ends as `\\n`, without what cannot be seen.

    A radical looks like its ideograph on screen but is a different character: no search finds it and few fonts have it.
    """
    if text.isascii() and text.isprintable():
        return text
    if not _ODD.search(text):  # nearly every text: a long table has thousands, checked at each save
        return unicodedata.normalize("NFC", text)
    text = _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def count(text: str, counting: Counting = "characters") -> int:
    """Count the length of `text`: every character, or (`words`) CJK characters and Latin or digit runs, blanks free."""
    if counting == "characters":
        return len(normalise(text))
    rest, runs = _WORD_RUN.subn("", normalise(text))
    return runs + sum(1 for char in rest if not char.isspace())


def plain_name(name: str) -> str:
    """A unit's or a place's name without what people write differently: width, blanks, brackets, dots."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).casefold()
