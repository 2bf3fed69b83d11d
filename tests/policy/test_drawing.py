"""The draw as pure functions: whoever repeats it gets the same, nobody barred is drawn, every field gets its judge."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy.candidates import (
    Absence,
    Candidate,
    Occasion,
    Service,
    candidate_from,
    occasion_from,
    reasons_against,
    years_back,
)
from portal.policy.draw import EXCLUSION_LABELS, Exclusion
from portal.policy.drawing import canonical, choose, digest, lot, order, successor

TRADES = ("数控加工", "焊接", "工业机器人", "电工")
pools = st.dictionaries(
    st.integers(1, 10_000), st.frozensets(st.sampled_from(TRADES), min_size=1), min_size=0, max_size=30
)
seeds = st.text("0123456789abcdef", min_size=64, max_size=64)
trades = st.lists(st.sampled_from(TRADES), unique=True, max_size=4)

OCCASION = Occasion(
    unit="杭州测试技师学院", code="913301000000000017", related=("测试控股集团",), regions=("余杭区",), since="2024-09-02",
    until="2024-09-30", on="2024-09-01", years=3, checked=tuple(Exclusion),
)  # fmt: skip
FREE = Candidate(id=1, name="专家甲", unit="浙江测试大学", fields=("焊接",), region="西湖区", limit=3)


@settings(deadline=None)
@given(seeds, st.sets(st.integers(1, 10_000), max_size=30), st.randoms())
def test_the_order_is_the_seeds_alone(seed: str, experts: set[int], chance: object) -> None:
    shuffled = list(experts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = order(seed, "", 1, shuffled)
    assert found == order(seed, "", 1, sorted(experts))
    assert sorted(found) == sorted(experts)


@settings(deadline=None)
@given(seeds, pools, trades, st.integers(1, 9), st.integers(0, 5))
def test_sizes_and_fields_are_honoured_where_they_can_be(
    seed: str, pool: dict[int, frozenset[str]], required: list[str], size: int, alternates: int
) -> None:
    ordered = order(seed, "", 1, pool)
    found = choose(ordered, pool, required=required, size=size, alternates=alternates)
    drawn = [expert for expert, _ in found.drawn]
    assert len(drawn) == len(set(drawn)) == min(size, len(pool))
    assert len(found.alternates) == min(alternates, len(pool) - len(drawn))
    assert not set(drawn) & set(found.alternates)
    assert found.alternates == tuple(expert for expert in ordered if expert not in drawn)[:alternates]
    judged = {field for expert in drawn for field in pool[expert]}
    possible = {field for field in required if any(field in own for own in pool.values())}
    assert set(found.uncovered) == set(required) - possible
    if len(required) <= size:
        assert possible <= judged
    assert all(not field or field in pool[expert] for expert, field in found.drawn)


@settings(deadline=None)
@given(seeds, pools, trades)
def test_the_order_of_the_required_fields_does_not_matter(
    seed: str, pool: dict[int, frozenset[str]], required: list[str]
) -> None:
    ordered = order(seed, "", 1, pool)
    one = choose(ordered, pool, required=required, size=3, alternates=2)
    assert one == choose(ordered, pool, required=list(reversed(required)), size=3, alternates=2)


def test_every_expert_is_drawn_about_as_often() -> None:
    times: Counter[int] = Counter()
    for at in range(2000):
        times.update(order(digest(str(at)), "", 1, range(1, 11))[:3])
    assert sum(times.values()) == 6000
    # 600 expected each; five standard deviations of a binomial with p = 0.3
    assert all(abs(count - 600) < 5 * (2000 * 0.3 * 0.7) ** 0.5 for count in times.values())


def test_a_called_number_and_the_round_change_the_order() -> None:
    seed, experts = digest("seed"), range(1, 40)
    orders = {order(seed, called, number, experts) for called in ("", "7") for number in (1, 2)}
    assert len(orders) == 4


def test_a_lot_is_what_sha256sum_prints() -> None:
    # printf %s 'ab|7|2|15' | sha256sum
    assert lot("ab", "7", 2, 15) == digest("ab|7|2|15")
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert canonical({"b": [1, "专家"], "a": None}) == '{"a":null,"b":[1,"专家"]}'


def test_the_successor_keeps_a_field_judged() -> None:
    fields = {1: ("焊接",), 2: ("电工",), 3: ("电工",), 4: ("焊接",), 5: ("焊接",)}
    chosen = {"required": ["焊接", "电工"], "seated": [2]}
    assert successor([3, 4, 5], fields, used=[], **chosen) == 4
    assert successor([3, 4, 5], fields, used=[4], **chosen) == 5
    assert successor([3], fields, used=[], **chosen) == 3
    assert successor([3], fields, used=[3], **chosen) is None
    assert successor([3, 4], fields, required=["电工"], seated=[2], used=[]) == 3


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"unit": "杭州测试 技师学院"}, Exclusion.SAME_UNIT),
        ({"code": OCCASION.code}, Exclusion.SAME_UNIT),
        ({"group": "测试控股（集团）".replace("（集团）", "集团")}, Exclusion.SAME_GROUP),
        ({"unit": "测试控股集团"}, Exclusion.SAME_GROUP),
        ({"group": "杭州测试技师学院"}, Exclusion.SAME_GROUP),
        ({"services": (Service("杭州测试技师学院", "2019-01-01", "2021-09-01"),)}, Exclusion.RECENT_SERVICE),
        ({"services": (Service("杭州测试技师学院", "2010-01-01"),)}, Exclusion.RECENT_SERVICE),
        ({"region": "余杭区"}, Exclusion.SAME_REGION),
        ({"absences": (Absence("2024-09-30", "2024-10-08"),)}, Exclusion.UNAVAILABLE),
        ({"objection": "曾与我单位有合同纠纷"}, Exclusion.OBJECTED),
        ({"state": "暂停"}, Exclusion.INACTIVE),
        ({"load": 3}, Exclusion.OVERLOADED),
        ({"rival": True}, Exclusion.RIVAL),
        ({"seated": True}, Exclusion.SEATED),
    ],
)
def test_each_reason_bars_and_is_told(changes: dict[str, object], kind: Exclusion) -> None:
    found = reasons_against(replace(FREE, **changes), OCCASION)  # type: ignore[arg-type]
    assert [each for each, _ in found] == [kind]
    assert found[0][1]
    unchecked = tuple(each for each in Exclusion if each is not kind)
    assert reasons_against(replace(FREE, **changes), replace(OCCASION, checked=unchecked)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"services": (Service("杭州测试技师学院", "2019-01-01", "2021-08-31"),)},
        {"services": (Service("另一学院", "2019-01-01"),)},
        {"absences": (Absence("2024-10-01", "2024-10-08"), Absence("2024-08-01", "2024-09-01"))},
        {"load": 2},
        {"limit": 0, "load": 99},
        {"region": ""},
    ],
)
def test_what_lies_outside_the_limits_does_not_bar(changes: dict[str, object]) -> None:
    assert reasons_against(replace(FREE, **changes), OCCASION) == ()  # type: ignore[arg-type]


def test_all_reasons_are_told_in_one_order() -> None:
    both = replace(FREE, unit=OCCASION.unit, region="余杭区", state="出库")
    assert [kind for kind, _ in reasons_against(both, OCCASION)] == [
        Exclusion.SAME_UNIT, Exclusion.SAME_REGION, Exclusion.INACTIVE,
    ]  # fmt: skip


def test_years_are_counted_back_by_the_calendar() -> None:
    assert years_back("2024-02-29", 3) == "2021-02-28"
    assert years_back("2024-09-01", 3) == "2021-09-01"


def test_days_are_told_as_pages_write_them() -> None:
    away = replace(FREE, absences=(Absence("2024-09-30", "2024-10-08"),))
    assert reasons_against(away, OCCASION)[0][1] == "2024年9月30日至2024年10月8日不能参加"
    served = replace(FREE, services=(Service(OCCASION.unit, "2020-03-01"),))
    assert reasons_against(served, OCCASION)[0][1] == f"2020年3月1日至今在{OCCASION.unit}任职或为其服务，未满 3 年"


def test_facts_survive_being_written_down() -> None:
    full = replace(FREE, services=(Service("甲", "2020-01-01"),), absences=(Absence("2024-01-01", "2024-01-02"),))
    assert candidate_from(full.as_json()) == full
    assert occasion_from(OCCASION.as_json()) == OCCASION


def test_every_exclusion_has_its_words() -> None:
    assert set(EXCLUSION_LABELS) == set(Exclusion)
