"""The fonts of one render process: the vendored families, or a bureau's own files in their place, and no others.

A private fontconfig file names the font files one by one. The host's fonts are not read, so they can neither leak
into a document nor change its bytes from one machine to the next.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from portal.documents.rendering.charset import families

VENDORED = Path(__file__).resolve().parents[3] / "static" / "fonts"


@cache
def font_files() -> dict[str, Path]:
    """The file that draws each family: `settings.PORTAL_FONT_FILES` first, then the vendored one."""
    own = getattr(settings, "PORTAL_FONT_FILES", {})
    if unknown := set(own) - set(families()):
        raise ValueError(f"PORTAL_FONT_FILES names unknown families: {', '.join(sorted(unknown))}")
    return {name: Path(own.get(name, VENDORED / family.file)).resolve() for name, family in families().items()}


@cache
def fingerprint() -> str:
    """SHA-256 over the families and the contents of their files: the same value, the same glyphs."""
    digest = hashlib.sha256()
    for name, path in sorted(font_files().items()):
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _configuration(cache_folder: Path) -> str:
    """The fontconfig file: whole folders are scanned, so all but the chosen files are rejected."""
    files = font_files()
    folders = "".join(f"<dir>{escape(str(path))}</dir>" for path in sorted({path.parent for path in files.values()}))
    accepted = "".join(f"<glob>{escape(str(path))}</glob>" for path in files.values())
    names = "".join(
        f'<match target="scan"><test name="file" compare="eq"><string>{escape(str(path))}</string></test>'
        f'<edit name="family" mode="prepend"><string>{escape(name)}</string></edit></match>'
        for name, path in files.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"{folders}<cachedir>{escape(str(cache_folder))}</cachedir>{names}"
        f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{accepted}</acceptfont></selectfont>"
        "</fontconfig>"
    )


def write_configuration() -> Path:
    """Write the fontconfig file into a folder of its own for this set of fonts, and return its path.

    Fontconfig keeps scan results, family names included, in the cache beside it; another set of fonts has another
    folder. Several processes may do this at once: the file appears whole, with the same content.
    """
    base = Path(getattr(settings, "VAR_DIR", tempfile.gettempdir())) / "fontconfig"
    folder = base / hashlib.sha256(f"{fingerprint()} {sorted(font_files().items())}".encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fonts.conf"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as draft:
            draft.write(_configuration(folder / "cache"))
        Path(draft.name).replace(path)
    return path


@contextmanager
def only_our_fonts() -> Iterator[None]:
    """Within the block, a fontconfig that is loaded holds the document fonts and no others."""
    previous = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(write_configuration())
    try:
        yield
    finally:
        if previous is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = previous
