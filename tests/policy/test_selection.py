"""Filling quota cells from a ranking: nobody twice, nobody over quota, nobody passed over, alternates in order."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from portal.policy.notice import NamingPattern
from portal.policy.selection import Candidate, allocate, ranked

FUNDED, NAMED, SKILLS = "funded", "named", "skills"
POOLS = {FUNDED: "international", NAMED: "international", SKILLS: SKILLS}

candidates = st.lists(
    st.tuples(
        st.sampled_from([(FUNDED, NAMED), (SKILLS,), (SKILLS, NAMED), ()]),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=14,
).map(lambda rows: [Candidate(key, cells, (score, met)) for key, (cells, score, met) in enumerate(rows, start=1)])
places = st.fixed_dictionaries({FUNDED: st.integers(0, 2), NAMED: st.integers(0, 2), SKILLS: st.integers(0, 3)})


@given(candidates, places, st.permutations(range(1, 15)))
def test_no_place_is_given_twice_and_no_cell_overflows(
    found: list[Candidate], left: dict[str, int], decided: Sequence[int]
) -> None:
    outcome = allocate(found, left, POOLS, decided)
    selected = [key for keys in outcome.selected.values() for key in keys]
    waiting = [key for keys in outcome.alternates.values() for key in keys]
    assert sorted(selected + waiting) == sorted(each.key for each in found if each.cells)
    assert all(len(keys) <= left[cell] for cell, keys in outcome.selected.items())
    assert outcome.ties == ()  # everybody stands somewhere in the decided order


@given(candidates, places)
def test_nobody_who_waits_stands_before_somebody_in_a_cell_they_fit(
    found: list[Candidate], left: dict[str, int]
) -> None:
    outcome = allocate(found, left, POOLS)
    order = [each.key for each in ranked(found)]
    cells = {each.key: each.cells for each in found}
    for keys in outcome.alternates.values():
        assert [order.index(key) for key in keys] == sorted(order.index(key) for key in keys)
        for waiting in keys:
            for cell in cells[waiting]:
                chosen = outcome.selected[cell]
                assert len(chosen) == left[cell]
                assert all(order.index(each) < order.index(waiting) for each in chosen)


def test_preferences_only_break_ties() -> None:
    better, preferred = Candidate(1, (SKILLS,), (91, 0)), Candidate(2, (SKILLS,), (90, 5))
    assert allocate([preferred, better], {SKILLS: 1}, POOLS).selected == {SKILLS: (1,)}
    equal = Candidate(3, (SKILLS,), (91, 1))
    assert allocate([better, equal], {SKILLS: 1}, POOLS).selected == {SKILLS: (3,)}


def test_one_ranking_fills_the_first_cell_of_a_pool_before_the_second() -> None:
    found = [Candidate(key, (FUNDED, NAMED), (100 - key,)) for key in range(1, 6)]
    outcome = allocate(found, {FUNDED: 2, NAMED: 2}, POOLS)
    assert outcome.selected == {FUNDED: (1, 2), NAMED: (3, 4)}
    assert outcome.alternates == {"international": (5,)}


def test_an_empty_cell_stays_empty() -> None:
    outcome = allocate([Candidate(1, (SKILLS,), (80,))], {FUNDED: 2, SKILLS: 1}, POOLS)
    assert outcome.selected == {FUNDED: (), SKILLS: (1,)}


def test_equal_files_are_named_until_a_decision_orders_them() -> None:
    found = [Candidate(1, (SKILLS,), (80,)), Candidate(2, (SKILLS,), (80,)), Candidate(3, (SKILLS,), (70,))]
    assert allocate(found, {SKILLS: 1}, POOLS).ties == ((1, 2),)
    settled = allocate(found, {SKILLS: 1}, POOLS, decided=[2, 1])
    assert settled.ties == ()
    assert settled.selected == {SKILLS: (2,)}


def test_the_bare_name_drops_the_brackets_a_core_stands_in() -> None:
    naming = NamingPattern("技能培训基地（{core}）", "技能培训基地", (("unit", "单位名称"),), "一")
    assert (naming.bare, naming.name("甲院")) == ("技能培训基地", "技能培训基地（甲院）")
