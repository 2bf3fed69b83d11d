"""Tables whose rows a setting gives: exactly those, in order, whatever was typed."""

from dataclasses import replace
from typing import Any

import pytest

from portal.policy.edition import Edition, Setting
from portal.policy.form import Field, FieldKind, Section, Table
from portal.policy.lint import lint
from portal.policy.rows import begun, given_id, given_rows, put_in_given_rows
from portal.policy.validation import check_form, facts_for
from tests.policy.sample import with_form

TABLE = Table(
    "years",
    "培训总量",
    (
        Field("year", "年度", FieldKind.INTEGER, minimum=2000, maximum=2100),
        Field("total", "培训数量", FieldKind.INTEGER),
    ),
    noun="个年度",
    rows_setting="stats.years",
)
SETTINGS = {"stats.years": "2019, 2020，2021"}


def edition(years: str = "2019,2020,2021") -> Edition:
    made = with_form(Section("stats", "统计", (TABLE,)), cover=())
    return replace(made, conditions=(), materials=(), settings=(*made.settings, Setting("stats.years", "年度", years)))


def row(year: Any, total: Any = 5, **more: Any) -> dict[str, Any]:
    return {"_id": given_id(str(year)), "year": year, "total": total, **more}


def problems(*rows: dict[str, Any], **overrides: Any) -> list[tuple[str, str, bool]]:
    made = edition()
    found = check_form(made, facts_for(made, "only", {"stats": {"years": list(rows)}}, overrides=overrides)).problems
    return [(each.path, each.message, each.missing) for each in found]


def test_the_rows_are_the_settings_values_each_once() -> None:
    assert given_rows(TABLE, SETTINGS) == ("2019", "2020", "2021")
    assert given_rows(TABLE, {"stats.years": " 2021、2021,"}) == ("2021",)
    assert given_rows(replace(TABLE, rows_setting=""), SETTINGS) == ()


def test_what_was_typed_is_put_into_exactly_those_rows() -> None:
    typed = [row(2021, 9), {"_id": "r9", "year": 2022, "total": 3}, "junk", {"_id": "r1", "year": "2019", "total": 7}]
    put = put_in_given_rows(TABLE, typed, SETTINGS)
    assert [(each["year"], each.get("total")) for each in put] == [("2019", 7), ("2020", None), ("2021", 9)]
    assert [each["_id"] for each in put] == [given_id(year) for year in ("2019", "2020", "2021")]
    assert put_in_given_rows(TABLE, put, SETTINGS) == put


def test_a_first_column_written_over_comes_back_by_the_rows_id() -> None:
    put = put_in_given_rows(TABLE, [row(2019, 7) | {"year": "1999"}], SETTINGS)
    assert (put[0]["year"], put[0]["total"]) == ("2019", 7)


def test_a_given_row_is_not_yet_a_beginning() -> None:
    assert [begun(TABLE, each) for each in (row(2019, ""), row(2019, 0))] == [False, True]
    assert begun(replace(TABLE, rows_setting=""), row(2019, ""))


def test_exactly_the_given_rows_are_accepted() -> None:
    assert problems(row(2019), row("2020"), row(2021)) == []
    for rows in (
        (row(2019), row(2020)),
        (row(2020), row(2019), row(2021)),
        (row(2019), row(2020), row(2021), row(2022)),
        (row(2019), row(2020), row(2023)),
    ):
        assert [(path, missing) for path, _, missing in problems(*rows)] == [("stats/years", False)]
    assert problems(row(2018), row(2019), **{"stats.years": "2018,2019"}) == []


def test_an_empty_cell_of_a_given_row_is_only_missing() -> None:
    assert [missing for _, _, missing in problems()] == [True]
    found = problems(row(2019, ""), row(2020), row(2021))
    assert [(path, missing) for path, _, missing in found] == [(f"stats/years/{given_id('2019')}/total", True)]


@pytest.mark.parametrize("years", ["", "2019,明年", "2019,1999"])
def test_lint_refuses_rows_that_the_first_column_cannot_hold(years: str) -> None:
    assert lint(edition()) == []
    assert len(lint(edition(years))) == 1
