"""From every published rule a line leads to its declaration and to a test, and the table of them is up to date."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.policy import registry
from portal.policy.traceability import RULES, Row, Rule, findings, read_rules, render, titles_of, trace
from portal.policy.traceability_sources import CODE, covered, declared, defines

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = (
    [f"HZ-C{n:02}" for n in range(1, 10)]
    + [f"HZ-S{n:02}" for n in range(1, 10)]
    + [f"HZ-E{n:02}" for n in range(1, 4)]
    + [f"CQ-N{n:02}" for n in range(1, 17)]
    + ["CQ-K01", "CQ-K02"]
    + [f"CQ-M{n:02}" for n in range(1, 13)]
    + [f"CQ-P{n}" for n in range(1, 6)]
    + [f"SY-C{n:02}" for n in range(1, 15)]
    + [f"SY-F{n}" for n in range(1, 7)]
    + [f"KS-C{n:02}" for n in range(1, 8)]
    + ["KS-P01"]
    + [f"GJ-C{n:02}" for n in range(1, 22)]
    + [
        f"{letters}-A-{n:02}"
        for letters, last in (("HZ", 14), ("CQ", 15), ("SY", 15), ("KS", 9), ("GJ", 11))
        for n in range(1, last + 1)
    ]
    + [f"G-{n:02}" for n in range(1, 16)]
    + [f"P3-{n:02}" for n in range(1, 26)]
    + [f"F{n}" for n in range(1, 23)]
)


def test_the_list_holds_every_published_rule_once() -> None:
    rules = read_rules(ROOT / RULES)
    assert sorted(rule.code for rule in rules) == sorted(PUBLISHED)
    assert all(rule.title and rule.clause for rule in rules)


def test_no_rule_is_undeclared_or_untested_and_the_table_is_up_to_date() -> None:
    call_command("policy", "trace", "--check", stdout=StringIO())


def test_the_table_names_every_row() -> None:
    rows = trace(ROOT, registry.registry)
    text = render(rows, titles_of(registry.registry))
    assert findings(rows) == []
    assert all(f"| {code} " in text for code in PUBLISHED)
    added = {row.rule.code for row in rows} - set(PUBLISHED)
    assert {"HZ-A-15", "CQ-D-01", "SY-K01", "KS-K01", "GJ-S01"} <= added


@pytest.mark.parametrize(
    "text",
    ["F0", "F23", "F1a", "xF1", "F01", "P3-00", "P3-26", "P3-1", "P3-001", "P4-01", "PF1", "B2", "P3", "XX-C001"],
)
def test_other_strings_are_no_codes(text: str) -> None:
    assert not CODE.fullmatch(text)


RULE = Rule("XX-C01", "名称", "一")


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"declared": ()}, "XX-C01 is declared nowhere"),
        ({"tests": ()}, "XX-C01 is covered by no test"),
        ({"declared_clause": "二"}, f"XX-C01: clause 一 in {RULES}, 二 in the declaration"),
        ({}, ""),
    ],
)
def test_what_is_missing_is_said(changed: dict[str, object], finding: str) -> None:
    whole = {"declared": ("a.py",), "tests": ("t.py::test",), "declared_clause": "一"}
    row = Row(RULE, "default", "XX", **whole | changed)  # type: ignore[arg-type]
    assert findings([row]) == ([finding] if finding else [])


def test_a_code_twice_in_the_list_is_refused(tmp_path: Path) -> None:
    twice = tmp_path / "rules.csv"
    twice.write_text("code,title,clause,place\nXX-C01,甲,一,\nXX-C01,乙,二,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="XX-C01 more than once"):
        read_rules(twice)


def test_declarations_and_tests_are_read_from_the_source(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "conditions.py").write_text('C = (Condition("XX-C01", "名"), Default(code="XX-A-01"))\n')
    (tmp_path / "app" / "notes.py").write_text('NOTE = "XX-C02"\nsay(default="XX-A-02")\n')
    source = (
        'CASES = [("XX-C02", 1)]\n'
        '@pytest.mark.rule("XX-C01")\ndef test_marked(): ...\n'
        '@pytest.mark.parametrize("case", CASES)\ndef test_cases(case): ...\n'
        'def test_named():\n    assert verdict("XX-A-01") == verdict("XX-C01")\n'
        'def help_out():\n    return "XX-A-02"\n'
    )
    (tmp_path / "test_it.py").write_text(source)
    assert declared(tmp_path / "app", tmp_path) == {
        "XX-C01": ("app/conditions.py",),
        "XX-A-01": ("app/conditions.py",),
    }
    assert covered(tmp_path, tmp_path) == {
        "XX-C01": ("test_it.py::test_marked",),
        "XX-C02": ("test_it.py::test_cases",),
        "XX-A-01": ("test_it.py::test_named",),
    }


def test_a_place_in_the_engine_must_exist(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("LIMIT: int = 3\nNAME = 1\nclass Thing: ...\ndef act(): ...\n", encoding="utf-8")
    assert all(defines(module, name) for name in ("LIMIT", "NAME", "Thing", "act"))
    assert not defines(module, "gone")
    assert not defines(tmp_path / "gone.py", "act")


def test_a_stale_table_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("portal.management.commands.policy.TABLE", tmp_path / "traceability.md")
    with pytest.raises(CommandError, match="out of date"):
        call_command("policy", "trace", "--check", stdout=StringIO())
    call_command("policy", "trace", stdout=StringIO())
    call_command("policy", "trace", "--check", stdout=StringIO())
