"""Codes that lead from a printed page back to its record: QR for telephones, Code 128 for desk scanners."""

import segno
from django.utils.safestring import SafeString, mark_safe

from portal.documents.rendering.code128 import widths

QUIET = 10
"""Light modules that a Code 128 needs on both sides (ISO/IEC 15417)."""


def qr_svg(text: str) -> SafeString:
    """`text` as a QR code, level M: an inline SVG element without fixed size, to be sized by CSS."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308 - made here


def qr_data_uri(text: str) -> str:
    """The same as the address of an `<img>`."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=2, omitsize=True, encode_minimal=True)


def code128_svg(text: str) -> SafeString:
    """Printable ASCII `text` as a Code 128 (set B): an inline SVG element, one unit of its view box a module.

    Raises ValueError for an empty text and for other characters.
    """
    at, bars = QUIET, []
    for index, width in enumerate(widths(text)):
        if index % 2 == 0:
            bars.append(f"M{at} 0h{width}v40h-{width}z")
        at += width
    path = "".join(bars)
    box = f'xmlns="http://www.w3.org/2000/svg" class="code128" viewBox="0 0 {at + QUIET} 40"'
    return mark_safe(f'<svg {box}><path d="{path}"/></svg>')  # noqa: S308 - widths are digits
