"""Scoring: the sheet of a category, computed proposals, what a submission needs, the hash, the matrix once unsealed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from applications.models import Application
from portal.accounts.actor import Actor
from portal.policy.sample import samples_of
from reviews.models import Opinion, Panel
from reviews.selectors import scores
from reviews.selectors.panels import unsealed_opinions
from reviews.selectors.printing import panel_record
from reviews.selectors.score_matrix import score_matrix
from reviews.services import opinions, panels
from reviews.services.refusal import Refused
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, file_of, sample

pytestmark = [pytest.mark.django_db]
FULL = {"1": "12", "2": "18.5", "3": "20", "4": "20", "5": "15", "6": "9"}


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("kunshan") as made:
        yield made


@pytest.fixture
def work(bureau: Desk) -> tuple[Panel, list[Actor]]:
    """A panel at work on a file whose computed conditions all hold, its experts declared."""
    return working(file_of(bureau.call, sample("kunshan"), status="accepted"), bureau)


def working(application: Application, bureau: Desk) -> tuple[Panel, list[Actor]]:
    size = int(bureau.call.setting_values["panel.minimum"]) | 1
    panel, people = kit.working_panel(application, bureau.officer, size=size)
    kit.declare_all(panel, people)
    return Panel.objects.select_related("application__call", "application__current").get(pk=panel.pk), people


def hand_in(panel: Panel, actor: Actor, typed: dict[str, str], remarks: dict[str, str] | None = None) -> Opinion:
    return opinions.submit_opinion(
        member=kit.seat(panel, actor), conclusion="recommend", text=kit.LONG, signature=kit.signature(), by=actor,
        scores=typed, remarks=remarks or {},
    )  # fmt: skip


@pytest.mark.rule("KS-A-01")
def test_the_sheet_is_that_of_the_category_and_its_maxima_are_settings(bureau: Desk) -> None:
    declared = samples_of("kunshan")
    assert declared is not None
    sheets = [scores.sheet_of(file_of(bureau.call, unit)) for unit in declared.units]
    assert len({sheet.key for sheet in sheets if sheet}) == 4
    changed = bureau.call.setting_values | {f"review.{sheets[0].key}.1": 25}  # type: ignore[union-attr]
    first = sheets[0]
    assert first is not None
    assert [first.maximum_of(item, changed) for item in first.items][:2] == [25, 20]


def test_every_condition_met_proposes_the_whole_and_one_unmet_its_share_less(
    bureau: Desk, work: tuple[Panel, list[Actor]]
) -> None:
    panel, _ = work
    lines = {line.key: line for line in scores.sheet_lines(panel)}
    assert {key: line.proposal for key, line in lines.items()} == {
        "1": None, "2": None, "3": None, "4": Decimal(20), "5": Decimal(15), "6": None,
    }  # fmt: skip
    panel.application.checks.create(
        version=panel.application.current, code="KS-C05", verdict="unmet", checked_by=bureau.officer.user,
        checked_at=panel.created_at,
    )  # fmt: skip
    line = next(line for line in scores.sheet_lines(panel) if line.key == "5")
    assert line.proposal == Decimal(7)
    assert [text.endswith(("计 0 分", "计 7 分")) for text in line.calculation] == [True, True]
    assert "KS-C05" in line.calculation[0]


@pytest.mark.rule("P3-11")
@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"1": ""}, "score_1", "第 1 项“体现产业发展导向”尚未评分"),
        ({"1": "十"}, "score_1", "应为数字"),
        ({"1": "15.5"}, "score_1", "应在 0 至 15 分之间，已填 15.5 分"),
        ({"1": "-0.5"}, "score_1", "应在 0 至 15 分之间"),
        ({"1": "12.3"}, "score_1", "应为 0.5 分的整倍数，已填 12.3 分"),
        ({"4": "15"}, "remark_4", "与系统建议的 20 分不同，请写明理由"),
        ({"1": "NaN"}, "score_1", "应为数字"),
    ],
)
def test_a_sheet_that_is_not_whole_is_not_taken(
    work: tuple[Panel, list[Actor]], change: dict[str, str], field: str, words: str
) -> None:
    panel, people = work
    with pytest.raises(Refused, match=words) as refusal:
        hand_in(panel, people[0], FULL | change)
    assert refusal.value.field == field
    assert not Opinion.objects.exists()


def test_a_draft_keeps_what_was_typed_and_a_submission_plain_numbers_under_its_hash(
    work: tuple[Panel, list[Actor]],
) -> None:
    panel, people = work
    draft = opinions.save_opinion(
        member=kit.seat(panel, people[0]), conclusion="", text="", by=people[0], scores={"1": "十二", "9": "3"}
    )
    assert draft.scores == {"1": "十二"}
    opinion = hand_in(panel, people[0], FULL | {"1": "12.0", "4": "15"}, {"4": "两名教师证书过期"})
    assert opinion.scores == FULL | {"4": "15"}
    assert opinion.score_remarks == {"4": "两名教师证书过期"}
    assert opinion.sha256 == opinions.opinion_hash(opinion)
    opinion.scores = opinion.scores | {"1": "15"}
    assert opinion.sha256 != opinions.opinion_hash(opinion)


def test_the_matrix_opens_with_the_seal_and_stands_in_the_record(bureau: Desk, work: tuple[Panel, list[Actor]]) -> None:
    panel, people = work
    for actor, points in zip(people, ("10", "12", "14"), strict=False):
        hand_in(panel, actor, FULL | {"1": points})
    for actor in people[3:]:
        hand_in(panel, actor, FULL)
    assert list(unsealed_opinions(panel)) == []
    opened = opinions.unseal(panel=panel, by=bureau.officer)
    matrix = score_matrix(opened, list(unsealed_opinions(opened)))
    assert matrix is not None
    assert [cell["points"] for cell in matrix["rows"][0]["cells"]][:3] == ["10", "12", "14"]
    assert matrix["totals"][:3] == ["92.5", "94.5", "96.5"]
    assert matrix["maximum"] == "100"
    assert panel_record(opened)["matrix"] == matrix
    kit.visited(opened, bureau.officer)
    closed = opinions.finish_review(panel=opened, conclusion="建议认定。", by=bureau.officer)
    assert closed.state == "closed"


def test_a_policy_without_a_sheet_asks_for_an_opinion_only(hangzhou: Any) -> None:
    with kit.clock.travel(kit.SUNDAY_NOON):
        by = kit.officer(hangzhou)
        panel, people = kit.working_panel(kit.make_application(kit.a_call(hangzhou)), by)
        kit.declare_all(panel, people)
        assert scores.sheet_lines(panels.locked_panel(panel)) == []
        opinion = kit.hand_in(panel, people[0])
        assert (opinion.scores, opinion.score_remarks) == ({}, {})
