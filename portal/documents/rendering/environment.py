"""What this machine lacks for rendering documents, told at start-up rather than at the first document."""

import ctypes

from portal.documents.rendering import fontset
from portal.documents.rendering.charset import families

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""Shared libraries and the Debian packages that bring them. Without the last, a document takes four times as long."""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def environment_report() -> list[str]:
    """One English sentence for each thing that is missing; an empty list when documents can be rendered.

    Looks only at libraries and files: it loads no font and costs milliseconds.
    """
    lacking = [
        f"The shared library {library} is missing: install the system package {package}."
        for library, package in LIBRARIES.items()
        if not _loads(library)
    ]
    try:
        files = fontset.font_files()
    except ValueError as error:
        return [*lacking, f"{error}; the families are {', '.join(families())}."]
    for name, path in files.items():
        if not path.is_file():
            lacking.append(f"The font file of {name} is missing: {path}.")
        elif path.read_bytes()[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
            lacking.append(f"The font file of {name} is not a single TrueType or OpenType font: {path}.")
    return lacking
