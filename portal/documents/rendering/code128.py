"""Code 128, set B (ISO/IEC 15417): text to widths of bars and spaces."""

START_B, STOP = 104, "2331112"

_SYMBOLS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
PATTERNS = [_SYMBOLS[place : place + 6] for place in range(0, len(_SYMBOLS), 7)]
"""Widths of each symbol, by value: bar, space, bar, space, bar, space; 11 modules in all."""


def checksum(values: list[int]) -> int:
    """The check symbol's value for the data symbols `values` after a start symbol of set B."""
    return (START_B + sum(place * value for place, value in enumerate(values, start=1))) % 103


def widths(text: str) -> list[int]:
    """Widths in modules, alternating bar and space, from start to stop symbol.

    Raises ValueError unless `text` is printable ASCII and not empty.
    """
    values = [ord(char) - 32 for char in text]
    if not values or not all(0 <= value < 95 for value in values):
        raise ValueError(f"Code 128 set B holds printable ASCII only, not {text!r}")
    symbols = [START_B, *values, checksum(values)]
    return [int(width) for value in symbols for width in PATTERNS[value]] + [int(width) for width in STOP]
