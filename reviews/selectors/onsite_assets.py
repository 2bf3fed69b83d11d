"""The static files a device keeps so that the app opens without a connection, and the version they make together."""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template

# What the page itself names; whatever these import or draw comes along.
ENTRIES = (
    "vendor/bootstrap/bootstrap-reboot.min.css",
    *(
        f"css/{name}.css"
        for name in (
            "tokens", "accents", "base", "icons", "states", "header", "buttons", "fields", "tables", "lists", "focus", "onsite",
        )
    ),
    "js/onsite/app.js",
    "images/mark.svg",
    "images/onsite-192.png",
    "images/onsite-512.png",
)  # fmt: skip
SHELL, WORKER = "reviews/onsite/shell.html", "reviews/onsite/worker.js"
_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+)["']""")
_DRAWN = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')#?:]+)["')#?]""")


def assets() -> list[str]:
    """Return the addresses to keep, each once: entries by their hashed name, imported modules as their importer asks for them."""
    return list(dict.fromkeys(address for _, address in _walk()))


def version() -> str:
    """Return a short digest of everything the app is made of: another one means that a device fetches it anew."""
    digest = hashlib.sha256()
    for path, address in sorted(_walk()):
        digest.update(f"{address}\0".encode() + _content(path) + b"\0")
    for part in sorted(_folder_of(SHELL).iterdir()):
        digest.update(part.read_bytes())
    return digest.hexdigest()[:16]


def _walk() -> Iterator[tuple[str, str]]:
    """Yield (path, address) of every file, starting from the entries."""
    seen: set[str] = set()
    waiting = [(entry, staticfiles_storage.url(entry)) for entry in ENTRIES]
    while waiting:
        path, address = waiting.pop(0)
        if path in seen or finders.find(path) is None:
            continue
        seen.add(path)
        yield path, address
        waiting += _needs(path)


def _needs(path: str) -> list[tuple[str, str]]:
    if path.endswith(".js"):
        # Scripts name one another by their plain names: those are never rewritten when static files are hashed.
        found = _named(_IMPORT, path)
        return [(each, f"{settings.STATIC_URL}{each}") for each in found]
    return [(each, staticfiles_storage.url(each)) for each in _named(_DRAWN, path)] if path.endswith(".css") else []


def _named(pattern: re.Pattern[str], path: str) -> list[str]:
    home = posixpath.dirname(path)
    names = pattern.findall(_content(path).decode())
    return [posixpath.normpath(posixpath.join(home, name.strip())) for name in names if not name.startswith("data")]


def _folder_of(template: str) -> Path:
    """Return where the page's templates lie: all of them together are the page."""
    return Path(get_template(template).origin.name).parent  # type: ignore[attr-defined]  # a file, with our loaders


def _content(path: str) -> bytes:
    found = finders.find(path)
    return Path(str(found)).read_bytes()
