"""The rules across policies, held against every registered edition (requirements 1.2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.form import Field, FieldKind, Table
from portal.policy.funding import Instalment
from portal.tenancy.models import Jurisdiction
from tests.factories import make_call
from tests.reviews.kit import make_application

CODES = ("hangzhou", "chongqing", "shunyi", "kunshan", "skills_foundation")
EDITIONS = [registry.current(code) for code in CODES]
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)


def questions(edition: Edition) -> Iterator[Field]:
    for _, section in edition.form.sections():
        for item in section.items:
            yield from item.columns if isinstance(item, Table) else (item,)


def instalments(edition: Edition) -> Iterator[tuple[Any, tuple[Instalment, ...]]]:
    yield from ((support.total, support.instalments) for support in edition.support if support.instalments)


@pytest.mark.rule("G-04")
@pytest.mark.parametrize(
    ("code", "reference"),
    [
        ("hangzhou", "project.site.occupations.level"),
        ("chongqing", "professions.items.level"),
        ("kunshan", "project.outline.occupations.level"),
    ],
)
def test_the_levels_from_senior_worker_upward_are_five(code: str, reference: str) -> None:
    found = registry.current(code).form.find(reference)
    assert isinstance(found, Field)
    labels = {option.value: option.label for option in found.options}
    assert {value: labels[value] for value in "0123"} == {
        "0": "特级技师、首席技师",
        "1": labels["1"],
        "2": labels["2"],
        "3": labels["3"],
    }
    assert ("高级技师" in labels["1"], "技师" in labels["2"], "高级工" in labels["3"]) == (True, True, True)


@pytest.mark.rule("G-13")
def test_instalments_add_up_to_the_grant_to_the_cent() -> None:
    seen = [pair for edition in EDITIONS for pair in instalments(edition)]
    assert len(seen) == 3
    for total, parts in seen:
        assert sum(part.amount for part in parts) == total
        assert sum(part.share for part in parts) == 100
        assert [part.amount * 100 for part in parts] == [total * part.share for part in parts]


@pytest.mark.rule("G-13")
@each_edition
def test_money_is_asked_in_ten_thousands(edition: Edition) -> None:
    assert {field.unit for field in questions(edition) if field.kind is FieldKind.MONEY} <= {"万元", ""}


@pytest.mark.rule("G-14")
@each_edition
def test_a_condition_no_machine_can_judge_has_no_test(edition: Edition) -> None:
    judged = [condition for condition in edition.conditions if condition.severity == "judged"]
    assert all(condition.test is None for condition in judged)
    assert all(condition.test is not None for condition in edition.conditions if condition.severity == "hard")


@pytest.mark.rule("G-15")
@each_edition
def test_silence_is_filled_by_settings_that_can_be_changed(edition: Edition) -> None:
    values = edition.setting_values()
    notice, panel = edition.notice, edition.panel
    assert values[notice.days_setting] == 5
    assert values[notice.count_publication_day_setting] is False
    assert values[notice.place_setting]
    assert values[panel.minimum_setting] == (3 if edition.jurisdiction == "shunyi" else 5)
    assert values[panel.odd_setting] is True
    assert "实名" in notice.objection
    assert values["deadline.roll_to_workday"] is False


@pytest.mark.rule("G-10")
def test_a_call_keeps_its_edition_when_a_newer_one_comes(hangzhou: Jurisdiction) -> None:
    old = registry.current("hangzhou")
    before = make_call(hangzhou)
    newer = replace(old, code="HZ-NEXT", effective_from=old.effective_from + timedelta(days=1), title="新办法")
    registry.register(newer)
    try:
        after = make_call(hangzhou)
        assert (before.edition, after.edition) == (old, newer)
        assert make_application(before).edition is old
    finally:
        registry.registry._editions.pop(newer.code)
