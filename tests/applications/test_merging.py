"""Two people's changes to one page, put together."""

from hypothesis import given
from hypothesis import strategies as st

from applications.services.merging import merge
from portal.policy.form import Field, Section, Table

SECTION = Section(
    "s", "节", (Field("a", "甲"), Field("b", "乙"), Table("t", "表", (Field("x", "列"), Field("y", "列二"))))
)
VALUES = st.sampled_from(["", "一", "二"])
ROWS = st.lists(st.sampled_from(["r1", "r2", "r3"]), unique=True).flatmap(
    lambda ids: st.tuples(
        *(st.fixed_dictionaries({"_id": st.just(each), "x": VALUES, "y": VALUES}) for each in ids)
    ).map(list)
)
PAGES = st.fixed_dictionaries({"a": VALUES, "b": VALUES, "t": ROWS})


def row(row_id, **cells):
    return {"_id": row_id, "x": "", "y": "", **cells}


@given(base=PAGES, theirs=PAGES)
def test_who_changed_nothing_takes_the_others_page(base, theirs):
    merged, clashes = merge(SECTION, base, theirs, base)
    assert clashes == set()
    assert (merged["a"], merged["b"], {each["_id"]: each for each in merged["t"]}) == (
        theirs["a"],
        theirs["b"],
        {each["_id"]: each for each in theirs["t"]},
    )


@given(base=PAGES, theirs=PAGES, mine=PAGES)
def test_every_value_comes_from_somebody_and_no_clash_is_silent(base, theirs, mine):
    merged, clashes = merge(SECTION, base, theirs, mine)
    for key in ("a", "b"):
        both_changed = base[key] != theirs[key] and base[key] != mine[key] and theirs[key] != mine[key]
        assert (key in clashes) is both_changed
        assert merged[key] in (theirs[key], mine[key])
    assert len({each["_id"] for each in merged["t"]}) == len(merged["t"])


def test_a_row_one_deleted_and_the_other_changed_stays_and_is_asked_about():
    base = {"t": [row("r1", x="一")]}
    merged, clashes = merge(SECTION, base, {"t": []}, {"t": [row("r1", x="二")]})
    assert (merged["t"], clashes) == ([row("r1", x="二")], {"t"})


def test_rows_added_by_both_are_all_kept_in_order():
    base = {"t": [row("r1")]}
    merged, clashes = merge(SECTION, base, {"t": [row("r1"), row("r2")]}, {"t": [row("r3"), row("r1")]})
    assert ([each["_id"] for each in merged["t"]], clashes) == (["r3", "r1", "r2"], set())
