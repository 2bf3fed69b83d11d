"""Selection within the quota under a policy with cells: order, cells, empty places, equals, moved places, two persons."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from portal.documents.models import Document
from reviews.models import Placement, Selection
from reviews.services import selecting
from reviews.services.refusal import Refused
from tests.factories import make_actor
from tests.reviews.select_kit import Desk, desk, drawn_up, file_of, fixed, municipal, national, sample, scored

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def bureau(db: Any) -> Any:
    """A place with two funded and one named digital place, two national A/B and one C/D."""
    with desk("chongqing", cells__funded_digital=2, cells__named_digital=1) as made:
        yield made


def states(selection: Selection) -> dict[int, tuple[str, str, int]]:
    rows = selection.placements.values_list("application_id", "state", "cell", "pool", "position")
    return {file: (state, cell or pool, position) for file, state, cell, pool, position in rows}


@pytest.mark.rule("CQ-A-08")
def test_the_best_take_the_funded_places_then_the_named_one_and_the_rest_wait(bureau: Desk) -> None:
    files = [municipal(bureau, score) for score in ("70", "90", "80", "60")]
    found = states(drawn_up(bureau))
    third, first, second, last = (file.pk for file in files)
    assert found == {
        first: ("selected", "funded_digital", 1),
        second: ("selected", "funded_digital", 2),
        third: ("selected", "named_digital", 1),
        last: ("alternate", "digital", 1),
    }


@pytest.mark.rule("CQ-A-09")
def test_a_cell_nobody_fits_stays_empty_until_places_are_moved_with_a_reason(bureau: Desk) -> None:
    low = [national(bureau, score, tier="A") for score in ("90", "80", "70")]
    selection = drawn_up(bureau)
    assert states(selection)[low[2].pk] == ("alternate", "national_ab", 1)
    with pytest.raises(Refused, match="理由"):
        selecting.move_places(
            selection=selection, source="national_cd", target="national_ab", places=1, reason=" ", by=bureau.officer
        )
    selecting.move_places(
        selection=selection,
        source="national_cd",
        target="national_ab",
        places=1,
        reason="无 C、D 档申报",
        by=bureau.officer,
    )
    assert states(selection)[low[2].pk] == ("selected", "national_ab", 3)
    with pytest.raises(Refused, match="可调出的名额为 0 个"):
        selecting.move_places(
            selection=selection, source="national_cd", target="national_ab", places=1, reason="再调", by=bureau.officer
        )


def test_exact_means_decide_and_not_the_two_decimals_shown(bureau: Desk) -> None:
    lower = municipal(bureau, "80", "80", "80.5")  # 80.1666…
    higher = municipal(bureau, "80", "80.5", "80.5")  # 80.3333…
    third = municipal(bureau, "80.33", "80.33", "80.33")  # shown as 80.33 too
    selection = drawn_up(bureau)
    order = list(selection.placements.order_by("overall").values_list("application_id", flat=True))
    assert order == [higher.pk, third.pk, lower.pk]
    shown = {row.application_id: row.standing[0]["value"] for row in selection.placements.all()}
    assert (shown[higher.pk], shown[third.pk], shown[lower.pk]) == ("80.33", "80.33", "80.16")


def test_equals_are_flagged_ordered_by_a_reasoned_decision_and_only_then_fixed(bureau: Desk) -> None:
    first, second = municipal(bureau, "80"), municipal(bureau, "80")
    selection = drawn_up(bureau)
    assert selection.ties == [[first.pk, second.pk]]
    with pytest.raises(Refused, match="同分"):
        selecting.fix_selection(selection=selection, by=bureau.approver)
    with pytest.raises(Refused, match="理由"):
        selecting.decide_order(selection=selection, order=[second.pk, first.pk], reason="", by=bureau.officer)
    decided = selecting.decide_order(
        selection=selection, order=[second.pk, first.pk], reason="后者设备更新", by=bureau.officer
    )
    assert decided.ties == []
    order = list(selection.placements.order_by("overall").values_list("application_id", flat=True))
    assert order == [second.pk, first.pk]
    assert selecting.fix_selection(selection=selection, by=bureau.approver).state == "fixed"


def test_whoever_drew_it_up_does_not_fix_it_and_what_is_fixed_stays(bureau: Desk) -> None:
    municipal(bureau, "80")
    both = make_actor("bureau_approver", bureau.bureau, bureau.officer.user)
    selection = drawn_up(bureau)
    with pytest.raises(PermissionDenied):
        selecting.fix_selection(selection=selection, by=both)
    with pytest.raises(PermissionDenied):
        selecting.fix_selection(selection=selection, by=bureau.officer)
    selecting.fix_selection(selection=selection, by=bureau.approver)
    with pytest.raises(WrongState):
        drawn_up(bureau)
    assert Document.objects.filter(kind="placement").count() == 1


@pytest.mark.rule("CQ-A-02")
def test_a_place_on_the_national_level_frees_the_units_municipal_place(bureau: Desk) -> None:
    both = national(bureau, "95")
    own = municipal(bureau, "95", organisation=both.organisation)
    others = [municipal(bureau, score) for score in ("80", "70", "60")]
    found = states(fixed(bureau))
    assert found[own.pk][0] == "released"
    assert [found[each.pk][0] for each in others] == ["selected"] * 3


def test_ranks_count_within_a_track(bureau: Desk) -> None:
    files = [municipal(bureau, "80"), national(bureau, "70")]
    selection = drawn_up(bureau)
    assert {row.application_id: row.overall for row in selection.placements.all()} == {file.pk: 1 for file in files}


def test_without_cells_everybody_ranked_is_selected(db: Any) -> None:
    with desk("kunshan") as made:
        files = [file_of(made.call, sample("kunshan")) for _ in range(2)]
        for file, total in zip(files, ("60", "70"), strict=True):
            scored(file, made.officer, [total])
        selection = drawn_up(made)
        rows = Placement.objects.filter(selection=selection).order_by("position")
        assert [(row.application_id, row.state) for row in rows] == [
            (files[1].pk, "selected"),
            (files[0].pk, "selected"),
        ]
