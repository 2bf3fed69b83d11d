"""The Chongqing panel has five to seven experts, and an odd number of them."""

from types import SimpleNamespace

import pytest

from portal.policy import registry
from reviews.selectors.eligibility import size_problem

EDITION = registry.current("chongqing")
PANEL = SimpleNamespace(
    rule=EDITION.panel,
    application=SimpleNamespace(call=SimpleNamespace(setting_values=EDITION.setting_values())),
)


@pytest.mark.rule("CQ-D-02")
@pytest.mark.parametrize(
    ("count", "message"),
    [
        (4, "专家组应不少于 5 人，现有 4 人，请再选 1 人"),
        (5, ""),
        (6, "专家组人数应为单数，现有 6 人，请增加或减少 1 人"),
        (7, ""),
        (9, "专家组应不超过 7 人，现有 9 人，请减少 2 人"),
    ],
)
def test_a_panel_of_another_size_may_not_work(count: int, message: str) -> None:
    assert size_problem(PANEL, count) == message  # type: ignore[arg-type]


@pytest.mark.rule("CQ-D-02")
@pytest.mark.parametrize(("wanted", "visits"), [(False, False), (True, True)])
def test_a_hearing_is_asked_for_only_where_the_bureau_turns_it_on(wanted: bool, visits: bool) -> None:
    rule = EDITION.panel
    assert (rule.on_site, rule.visit_word) == (False, "现场答辩")
    assert rule.visits(EDITION.setting_values({"review.defence": wanted})) is visits
