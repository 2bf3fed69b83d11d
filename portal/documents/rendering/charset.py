"""Which characters the document fonts can draw, read once from the table that `bin/build-fonts` wrote."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("charset.json")
FALLBACKS = ("PF Song", "PF Sym")
"""Every font-family list ends with these two, so their characters are what any document can show."""


@dataclass(frozen=True)
class Family:
    """A vendored family: its file name in static/fonts, that file's SHA-256 and its code points."""

    name: str
    file: str
    sha256: str
    characters: frozenset[int]


def _expand(ranges: str) -> frozenset[int]:
    codes: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)


@cache
def families() -> dict[str, Family]:
    """The six families by name."""
    table = json.loads(TABLE.read_text(encoding="utf-8"))["families"]
    return {name: Family(name, row["file"], row["sha256"], _expand(row["characters"])) for name, row in table.items()}


@cache
def drawable() -> frozenset[int]:
    """Code points that every document can show, whatever font its text is set in."""
    return frozenset().union(*(families()[name].characters for name in FALLBACKS))


@cache
def radicals() -> dict[int, str]:
    """Radicals (U+2E80 to U+2FDF) and the ideographs they stand for, as a table for `str.translate`."""
    table: dict[str, str] = json.loads(TABLE.read_text(encoding="utf-8"))["radicals"]
    return {ord(radical): ideograph for radical, ideograph in table.items()}
