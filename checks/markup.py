"""The content security policy allows nothing inline: no <script> with a body, no on… handler, no style attribute.

A page that slipped through would look right in a test client and lose its script or style in every browser.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from checks.tree import project_files, report

RULES = (
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE), "inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "inline style sheet"),
    (re.compile(r"\sstyle\s*=\s*[\"'{]", re.IGNORECASE), "inline style attribute"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "inline event handler"),
    (re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE), "file from another host"),
)
# Documents are printed by WeasyPrint, not shown by a browser: their style sheets may stand in the page.
PRINTED = ("templates/documents/", "templates/print/")


def findings_in(path: Path, text: str) -> list[str]:
    return [
        f"{path}:{number}: {what}"
        for number, line in enumerate(text.splitlines(), start=1)
        for pattern, what in RULES
        if pattern.search(line)
    ]


def main() -> int:
    found: list[str] = []
    for path in project_files((".html",)):
        if not any(part in path.as_posix() for part in PRINTED):
            found += findings_in(path, path.read_text(encoding="utf-8"))
    return report(found)


if __name__ == "__main__":
    sys.exit(main())
