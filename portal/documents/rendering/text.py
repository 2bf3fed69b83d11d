"""Text as documents need it: one spelling for each character, and none that the fonts cannot draw."""

import unicodedata

from portal.documents.rendering.charset import drawable, radicals

LAYOUT = frozenset("\n\t")
"""Control characters that a long answer may hold: they are laid out, not drawn."""

INVISIBLE = dict.fromkeys(
    (0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF)
)
"""Zero-width and direction marks, variation selectors, byte order mark: pasted along, never meant."""


def normalise(text: str) -> str:
    """Return `text` in NFC with line feeds, radicals turned into ideographs and invisible marks removed.

    Copying from a PDF or an old word processor leaves ⼈ (U+2F08) where 人 (U+4EBA) was meant: the two look alike, but a
    search, a length or a comparison would differ.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)
    return unicodedata.normalize("NFC", text).translate(radicals())


def unsupported(text: str) -> list[str]:
    """Characters of `text`, after `normalise`, that no document font can draw: each once, in order of appearance.

    An empty list means that the text prints without a missing glyph.
    """
    known = drawable()
    return [char for char in dict.fromkeys(normalise(text)) if ord(char) not in known and char not in LAYOUT]


_LINE = 20
"""Characters of 2号 that stand on one line of an official paper."""
_GOOD = "的、）》，和与及于批次"
_NEVER_FIRST = "、，。）》”年月日号"
_OPENING = "（《“〔"


def title_lines(title: str) -> list[str]:
    """`title` in as few lines as it needs, of like length, broken where a reader would pause.

    No line holds a single word left over, none begins with a closing mark, and numbers stay whole.
    """
    rest, count = title.strip(), -(-len(title.strip()) // _LINE) or 1
    lines = []
    for left in range(count, 1, -1):
        ideal = -(-len(rest) // left)
        first = max(
            1, ideal - 5, len(rest) - (left - 1) * _LINE
        )  # an earlier break would overfill the lines that follow
        places = range(first, min(len(rest) - 1, ideal + 3, _LINE) + 1)
        at = min(places, key=lambda place: _cost(rest, place, ideal))
        lines.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [*lines, rest]


def _cost(text: str, at: int, ideal: int) -> int:
    before, after = text[at - 1], text[at]
    cost = abs(at - ideal)
    if after in _NEVER_FIRST or before in _OPENING or (before + after).isascii() or before.isascii():
        cost += 20
    return cost if before in _GOOD or after in _OPENING else cost + 8
