"""The table that leads from each published rule to its declaration and its tests, and what is missing in it.

The rules that must exist are data (`docs/rules.csv`): code, title, clause, and for a rule across policies, a convention or an
unpublished form the places that hold it. They are read out of the published texts, not out of the editions, so that a forgotten one shows.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.policy.edition import Edition
from portal.policy.traceability_sources import FORM, Found, covered, declared, defines

RULES = Path("docs/rules.csv")
TABLE = Path("docs/traceability.md")
APPS = Path("portal/jurisdictions")
TESTS = Path("tests")
FORMS = "F"
PLACED = {"G": "across policies", "P3": "convention", FORMS: "form"}
"""The letters whose rules no edition declares by code: the list names the places that hold them."""

KINDS = {
    "hard": "condition, hard",
    "soft": "condition, soft",
    "judged": "condition, judged",
    "preference": "preference",
    "target": "target after recognition",
}
HEADINGS = {
    "G": "Rules across policies",
    "P3": "conventions users expect",
    FORMS: "forms that the sources do not publish",
}
INTRODUCTION = """# Traceability

Written by `manage.py policy trace`; `make check` fails when it is out of date, when a rule is declared nowhere, when a clause here
and in the declaration differ, or when no test covers a rule. Do not edit it.

The rules that must exist are [rules.csv](rules.csv), read out of the published texts; with them the conventions users expect and
the forms that the texts name and do not publish (requirements, sections 8 and 7.2). *Declared* is the module that writes the rule
down; *tests* are those marked `@pytest.mark.rule("…")` or parametrised with its code or, where there is none, those that name it.
A rule that a declaration adds beyond the published ones (a default of its own, a target) is marked +.
"""


@dataclass(frozen=True)
class Rule:
    """A rule that must exist. `places` are `path::name` of the code that holds it, where no edition declares it by its code."""

    code: str
    title: str
    clause: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One rule with everything known of it. `added`: it stands in a declaration and not in the published list."""

    rule: Rule
    kind: str
    heading: str
    declared: tuple[str, ...]
    tests: tuple[str, ...]
    declared_clause: str | None = None
    added: bool = False

    def findings(self) -> Iterator[str]:
        """Say what is missing."""
        if not self.declared:
            yield f"{self.rule.code} is declared nowhere"
        if not self.tests:
            yield f"{self.rule.code} is covered by no test"
        if self.declared_clause is not None and self.declared_clause != self.rule.clause:
            yield f"{self.rule.code}: clause {self.rule.clause} in {RULES}, {self.declared_clause} in the declaration"


def read_rules(path: Path) -> list[Rule]:
    """Read the rules that must exist; ValueError on a code that stands there twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        rules = [
            Rule(row["code"], row["title"], row["clause"], tuple(row["place"].split())) for row in csv.DictReader(lines)
        ]
    codes = [rule.code for rule in rules]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"{path}: {', '.join(twice)} more than once")
    return rules


def trace(root: Path, editions: Iterable[Edition]) -> list[Row]:
    """Put the table together from the repository at `root` and the registered editions."""
    editions = [edition for edition in editions if (root / APPS / edition.jurisdiction).is_dir()]
    tests = covered(root / TESTS, root)
    facts = {code: fact for edition in editions for code, fact in _facts(edition)}
    folders = {code: ((APPS / edition.jurisdiction).as_posix(),) for edition in editions for code, _ in _facts(edition)}
    places = {**folders, **declared(root / APPS, root)}
    rules = read_rules(root / RULES)
    known = {rule.code for rule in rules}
    rows = [_row(rule, facts, places, tests, root) for rule in rules]
    extra = [Rule(code, fact.title, fact.clause or "") for code, fact in facts.items() if code not in known]
    rows += [_row(rule, facts, places, tests, root, added=True) for rule in extra]
    order = {heading: at for at, heading in reversed(list(enumerate(row.heading for row in rows)))}
    return sorted(rows, key=lambda row: (order[row.heading], row.added))


@dataclass(frozen=True)
class _Fact:
    """What an edition says of a rule; a default has no clause of its own."""

    kind: str
    title: str
    clause: str | None


def _facts(edition: Edition) -> Iterator[tuple[str, _Fact]]:
    for condition in edition.conditions:
        yield condition.code, _Fact(KINDS[condition.severity], condition.title, condition.clause)
    for default in edition.defaults:
        yield default.code, _Fact("default", default.question, None)
    for support in reversed(edition.support):  # the first of several under one code is the one the list means
        if support.code:
            yield support.code, _Fact("money", support.title, support.clause)


def _row(rule: Rule, facts: dict[str, _Fact], places: Found, tests: Found, root: Path, *, added: bool = False) -> Row:
    fact = facts.get(rule.code)
    letters = _letters(rule.code)
    standing = _standing(rule, root) if letters in PLACED else places.get(rule.code, ()) if fact else ()
    return Row(
        rule,
        PLACED.get(letters) or (fact.kind if fact else ""),
        letters,
        standing,
        tests.get(rule.code, ()),
        fact.clause if fact and not added else None,
        added,
    )


def _letters(code: str) -> str:
    """Return the letters a code begins with, under which it is listed: `XC` of `XC-C01`, `F` of `F12`."""
    return FORMS if FORM.fullmatch(code) else code.split("-", maxsplit=1)[0]


def _standing(rule: Rule, root: Path) -> tuple[str, ...]:
    """Return the places that hold a rule, or nothing when one of them is not there."""
    found = [place for place in rule.places if defines(root / place.split("::")[0], place.split("::")[-1])]
    return tuple(found) if len(found) == len(rule.places) else ()


def findings(rows: Iterable[Row]) -> list[str]:
    """List everything missing in the table."""
    return [finding for row in rows for finding in row.findings()]


def render(rows: Sequence[Row], titles: dict[str, str]) -> str:
    """Write the table as Markdown; `titles` are the headings by the letters their codes begin with."""
    parts = [INTRODUCTION]
    for letters, group in groupby(rows, key=lambda row: row.heading):
        held = list(group)
        parts.append(f"\n## {letters}: {(HEADINGS | titles).get(letters, letters)} ({len(held)})\n\n")
        parts.append("| code | clause | kind | rule | declared | tests |\n|---|---|---|---|---|---|\n")
        parts += [_line(row) for row in held]
    return "".join(parts)


def titles_of(editions: Iterable[Edition]) -> dict[str, str]:
    """Return the title of each edition's policy by the letters its codes begin with."""
    return {code.split("-")[0]: edition.title for edition in editions for code, _ in _facts(edition)}


def _line(row: Row) -> str:
    tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in row.tests)
    where = "<br>".join(f"`{place.removeprefix('portal/jurisdictions/')}`" for place in row.declared)
    code = f"{row.rule.code}{' +' if row.added else ''}"
    return f"| {code} | {row.rule.clause} | {row.kind} | {row.rule.title} | {where} | {tests} |\n"
