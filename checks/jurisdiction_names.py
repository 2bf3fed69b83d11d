"""The engine names no jurisdiction: what is special to one is written in its own folder, in the policy vocabulary.

The names to look for are the folders of portal/jurisdictions/, the places of the five the project began with, the codes of their
rules, editions and receipts, and the words their documents are cited by.
Tests may name whom they like; demo data stands in the samples of its policy app.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from checks.tree import ROOT, project_files, report

# The five the project began with, named here once so that the scan works before their folders exist.
PLACES = ("杭州", "重庆", "顺义", "昆山", "内蒙古")
FOLDERS = ("hangzhou", "chongqing", "shunyi", "kunshan", "skills_foundation")
PREFIXES = ("HZ", "CQ", "SY", "KS", "GJ")
CITED = ("杭人社", "渝高技办", "渝人社", "昆政办", "人社厅函", "人社厅发", "内人社", "技能根基", "巴渝")
ENGINE = ("portal/", "applications/", "reviews/", "assessments/", "templates/", "static/")
ALLOWED = ("portal/jurisdictions/", "templates/jurisdictions/", "static/jurisdictions/")
SUFFIXES = (".py", ".html", ".js", ".css", ".txt", ".md", ".json")


def names(root: Path = ROOT) -> re.Pattern[str]:
    """A pattern that finds any jurisdiction's folder name as a word, a code under its letters, its place or documents anywhere."""
    folders = {path.parent.name for path in (root / "portal" / "jurisdictions").glob("*/editions.py")} | set(FOLDERS)
    words = "|".join(sorted(folders))
    codes = rf"(?<![A-Za-z0-9-])(?-i:(?:{'|'.join(PREFIXES)})-[A-Z0-9])"
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])|{codes}|{'|'.join(PLACES + CITED)}", re.IGNORECASE)


def engine_files(root: Path = ROOT) -> Iterator[Path]:
    for path in project_files(SUFFIXES, root):
        name = path.relative_to(root).as_posix()
        if name.startswith(ENGINE) and not name.startswith(ALLOWED):
            yield path


def findings(root: Path = ROOT) -> list[str]:
    pattern = names(root)
    return [
        f"{path}:{number}: names a jurisdiction ({found.group()}): does the vocabulary lack a word?"
        for path in engine_files(root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := pattern.search(line))
    ]


if __name__ == "__main__":
    sys.exit(report(findings()))
