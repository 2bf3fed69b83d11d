"""What differs between two versions of the answers."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.policy.changes import diff
from tests.policy.sample import EDITION, answers


def changed(edit: Any) -> list[tuple[str, str, str, str]]:
    new = copy.deepcopy(ROWS)
    edit(new)
    return [(change.path, change.kind, change.old_display, change.new_display) for change in diff(ROWS, new, EDITION)]


def _machine(identifier: str, name: str) -> dict[str, Any]:
    return {"_id": identifier, "name": name, "count": 2, "tenure": "owned"}


ROWS = answers()
ROWS["project"][0]["equipment"]["items"] = [_machine("r1", "车床"), _machine("r2", "铣床"), _machine("r3", "磨床")]
ITEMS = "project/a1/equipment/items"


def items(new: dict[str, Any]) -> list[dict[str, Any]]:
    return new["project"][0]["equipment"]["items"]


def test_nothing_changed() -> None:
    assert diff(ROWS, copy.deepcopy(ROWS), EDITION) == []


def test_a_field_is_shown_old_and_new_with_its_unit() -> None:
    assert changed(lambda new: new["basic"].update(total=130)) == [("basic/total", "changed", "120 人", "130 人")]
    assert changed(lambda new: new["basic"].update(part=None)) == [("basic/part", "removed", "20", "")]


def test_a_row_taken_out_is_one_change_and_moves_nothing_else() -> None:
    assert changed(lambda new: items(new).pop(0)) == [
        (f"{ITEMS}/r1", "removed", "设备名称 车床；数量 2；产权 自有", "")
    ]


def test_a_row_put_in_between_is_one_change() -> None:
    assert changed(lambda new: items(new).insert(1, _machine("r9", "线切割"))) == [
        (f"{ITEMS}/r9", "added", "", "设备名称 线切割；数量 2；产权 自有")
    ]


def test_a_cell_and_the_order_of_rows() -> None:
    def edit(new: dict[str, Any]) -> None:
        items(new)[0]["tenure"] = "leased"
        items(new).reverse()

    assert changed(edit) == [
        (f"{ITEMS}/r1/tenure", "changed", "自有", "租赁"),
        (ITEMS, "changed", "车床、铣床、磨床", "磨床、铣床、车床"),
    ]


def test_an_instance_added_or_removed_is_one_change() -> None:
    assert changed(lambda new: new["project"].append({"_id": "b", "site": {"title": "机器人"}})) == [
        ("project/b", "added", "", "机器人")
    ]
    assert changed(lambda new: new["project"].clear()) == [("project/a1", "removed", "数控", "")]


def test_labels_say_where_a_change_is() -> None:
    new = copy.deepcopy(ROWS)
    items(new)[2]["count"] = 5
    (change,) = diff(ROWS, new, EDITION)
    assert (change.label, change.section_path) == ("项目一 设备第 3 行“数量”", "project/a1/equipment")


DRAFTS = st.dictionaries(
    st.sampled_from(["basic", "project", "later"]),
    st.none()
    | st.text()
    | st.lists(st.dictionaries(st.sampled_from(["_id", "site"]), st.text(), max_size=2), max_size=3),
)


@given(DRAFTS, DRAFTS)
def test_no_draft_breaks_a_comparison_and_both_ways_agree(old: dict[str, Any], new: dict[str, Any]) -> None:
    there, back = diff(old, new, EDITION), diff(new, old, EDITION)
    assert len(there) == len(back)
    assert diff(old, old, EDITION) == []
