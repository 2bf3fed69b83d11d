"""The conditions of the Shunyi draft at their boundaries."""

from typing import Any

import pytest

from portal.policy.validation import blocking, check_form, visible_sections
from tests.jurisdictions.shunyi_answers import EDITION, FILES, facts, partner, planned, result, work

TRACKS = ("ts", "cy", "ds")


@pytest.mark.parametrize("track", TRACKS)
def test_a_complete_application_may_be_submitted(track: str) -> None:
    known = facts(track)
    assert blocking(EDITION, known) == []
    assert check_form(EDITION, known).cleaned == known.answers


@pytest.mark.parametrize("track", TRACKS)
def test_an_empty_draft_is_told_what_is_missing_but_never_that_it_failed(track: str) -> None:
    known = facts(track, {})
    empty = type(known)({}, track, {}, known.settings)
    found = blocking(EDITION, empty)
    assert found
    assert all(problem.missing for problem in found)


@pytest.mark.rule("SY-C01")
@pytest.mark.parametrize(
    ("unit_code", "registered", "verdict"),
    [
        ("91110113MA0000031P", "yes", "met"),
        ("D2143569X", "yes", "met"),
        ("D2143569-X", "yes", "met"),
        ("91310115MA1H8R7C6D", "yes", "unmet"),
        ("D21435690", "yes", "unmet"),
        ("91330100MA0000015W", "yes", "met"),  # the place in the code is a hint only: the licence decides
        ("91110113MA0000031P", "no", "unmet"),
    ],
)
def test_registered_in_the_district_under_a_valid_code(unit_code: str, registered: str, verdict: str) -> None:
    known = facts("ts", basic={"unit_code": unit_code}, qualification={"registered": registered})
    assert result("SY-C01", known).verdict == verdict


@pytest.mark.rule("SY-C01")
def test_the_licence_itself_is_asked_for() -> None:
    known = facts("ts", {**FILES, "licence": 0})
    assert result("SY-C01", known).verdict == "unknown"
    assert "#licence" in {problem.path for problem in blocking(EDITION, known)}


@pytest.mark.rule("SY-C02")
@pytest.mark.parametrize(
    ("track", "answer", "verdict"),
    [
        *(("ts", {"training_subject": each}, "met") for each in ("college", "technical", "training", "centre")),
        ("ts", {"training_subject": "enterprise"}, "unmet"),
        ("ts", {"training_subject": ""}, "unknown"),
        *(
            ("cy", {"chain_subjects": [each]}, "met")
            for each in ("scale", "leader", "listed", "integration", "skill", "champion", "sme")
        ),
        ("cy", {"chain_subjects": ["technical"]}, "unmet"),
        *(
            ("ds", {"contest_subject": each}, "met")
            for each in ("enterprise", "technical", "vocational", "training", "other")
        ),
        ("ds", {"contest_subject": "scale"}, "unmet"),
    ],
)
def test_each_type_has_its_own_subjects(track: str, answer: dict[str, Any], verdict: str) -> None:
    assert result("SY-C02", facts(track, qualification=answer)).verdict == verdict


@pytest.mark.rule("SY-C02")
def test_a_champion_or_specialised_firm_says_whom_it_links_to() -> None:
    for subject, asked in (("champion", True), ("sme", True), ("scale", False)):
        found = {each.path for each in blocking(EDITION, facts("cy", qualification={"chain_subjects": [subject]}))}
        assert found == ({"qualification/linkage"} if asked else set())


@pytest.mark.rule("SY-C03")
@pytest.mark.parametrize("kind", ["training", "finance", "assets", "risk"])
def test_four_kinds_of_rules_are_there(kind: str) -> None:
    known = facts("cy", {**FILES, f"rules_{kind}": 0})
    assert result("SY-C03", known).verdict == "unknown"
    assert [problem.path for problem in blocking(EDITION, known)] == [f"#rules_{kind}"]


@pytest.mark.rule("SY-C04")
@pytest.mark.rule("SY-A-12")
@pytest.mark.parametrize("key", ["criminal", "administrative", "dishonest"])
def test_a_single_penalty_of_either_kind_stops_the_application(key: str) -> None:
    assert result("SY-C04", facts("ds")).verdict == "met"
    known = facts("ds", qualification={key: 1})
    assert result("SY-C04", known).verdict == "unmet"
    assert [problem.label for problem in blocking(EDITION, known)] == ["遵纪守法和信用"]


@pytest.mark.rule("SY-C05")
@pytest.mark.rule("SY-C07")
@pytest.mark.rule("SY-C14")
def test_what_experts_judge_is_judged_where_it_applies() -> None:
    for code, tracks in (("SY-C05", TRACKS), ("SY-C07", ("ds",)), ("SY-C14", ("ds",))):
        verdicts = [result(code, facts(track)).verdict for track in TRACKS]
        assert verdicts == ["judged" if track in tracks else "not_applicable" for track in TRACKS]


@pytest.mark.rule("SY-C06")
@pytest.mark.parametrize("track", ["ts", "cy"])
def test_a_speciality_has_a_site_and_equipment(track: str) -> None:
    assert result("SY-C06", facts(track)).verdict == "met"
    sites = facts(track).answers["premises"]["sites"]
    assert result("SY-C06", facts(track, premises={"sites": [{**sites[0], "area": "0"}]})).verdict == "unmet"
    assert result("SY-C06", facts(track, premises={"equipment": []})).verdict == "unknown"


@pytest.mark.rule("SY-C08")
@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ({"previous_trained": 500, "previous_assessed": 0}, "met"),
        ({"previous_trained": 380, "previous_assessed": 119}, "unmet"),
        ({"previous_trained": 0, "previous_assessed": 0, "recent_trained": 300, "recent_assessed": 200}, "met"),
        ({"previous_trained": 0, "previous_assessed": 0, "recent_trained": 300, "recent_assessed": 199}, "unmet"),
        ({"previous_trained": 250, "previous_assessed": 249, "recent_trained": 1, "recent_assessed": 0}, "unmet"),
        ({"previous_trained": "", "previous_assessed": ""}, "unknown"),
    ],
)
def test_five_hundred_a_year_in_either_year(numbers: dict[str, Any], verdict: str) -> None:
    assert result("SY-C08", facts("ts", training=numbers)).verdict == verdict


@pytest.mark.rule("SY-C09")
@pytest.mark.parametrize(("jobs", "verdict"), [(300, "met"), (299, "unmet"), ("", "unknown")])
def test_three_hundred_posts(jobs: Any, verdict: str) -> None:
    assert result("SY-C09", facts("cy", chain={"jobs": jobs})).verdict == verdict


@pytest.mark.rule("SY-C10")
@pytest.mark.parametrize(("count", "verdict"), [(3, "met"), (2, "unmet")])
def test_three_firms_of_the_chain(count: int, verdict: str) -> None:
    firms = facts("cy").answers["chain"]["firms"][:count]
    assert result("SY-C10", facts("cy", chain={"firms": firms})).verdict == verdict


@pytest.mark.rule("SY-C11")
def test_a_contest_base_has_a_team_a_plan_and_rules_for_its_services() -> None:
    assert result("SY-C11", facts("ds")).verdict == "met"
    assert result("SY-C11", facts("ds", contest={"team": []})).verdict == "unknown"
    for slot in ("emergency_plan", "logistics_rules"):
        known = facts("ds", {**FILES, slot: 0})
        assert result("SY-C11", known).blocks
        assert [problem.path for problem in blocking(EDITION, known)] == [f"#{slot}"]


@pytest.mark.rule("SY-C12")
def test_five_firms_or_trade_bodies_still_cooperating() -> None:
    five = [partner(n) for n in range(4)] + [partner(4, "association")]
    assert result("SY-C12", facts("ts", cooperation={"partners": five})).verdict == "met"
    for spoilt in (five[:4], [*five[:4], partner(4, "college")], [*five[:4], partner(4, active="no")]):
        assert result("SY-C12", facts("ts", cooperation={"partners": spoilt})).verdict == "unmet"


@pytest.mark.rule("SY-C13")
@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("college", "met"), ("technical", "met"), ("training", "met"), ("enterprise", "unmet"), ("association", "unmet")],
)
def test_one_school_or_training_body(kind: str, verdict: str) -> None:
    known = facts("cy", cooperation={"partners": [partner(1, kind)]})
    assert result("SY-C13", known).verdict == verdict


@pytest.mark.rule("SY-C14")
def test_a_contest_base_names_a_contest_it_has_run() -> None:
    found = blocking(EDITION, facts("ds", contest={"contests": []}))
    assert [problem.path for problem in found] == ["contest/contests"]


@pytest.mark.rule("SY-K01")
@pytest.mark.rule("SY-K02")
@pytest.mark.rule("SY-K06")
@pytest.mark.rule("SY-K07")
@pytest.mark.rule("SY-A-07")
@pytest.mark.parametrize(("track", "first", "total"), [("ts", 600, 1800), ("cy", 300, 900)])
def test_the_plan_is_set_beside_the_targets_and_never_blocks(track: str, first: int, total: int) -> None:
    one, two = ("SY-K01", "SY-K02") if track == "ts" else ("SY-K06", "SY-K07")

    def verdicts(year1: int, year2: int, **settings: Any) -> tuple[str, str]:
        rows = planned(("certificates", "first", f"{year1}"), ("certificates", "second", f"{year2}"))
        known = facts(track, overrides=settings, targets={"indicators": rows})
        assert blocking(EDITION, known) == []
        return result(one, known).verdict, result(two, known).verdict

    assert verdicts(first, total - first) == ("met", "met")
    assert verdicts(first - 1, total - first) == ("unmet", "unmet")
    nine_tenths = total * 9 // 10
    assert verdicts(first, nine_tenths - first, **{"final.tolerance": "ninety"}) == ("met", "met")
    assert verdicts(first, nine_tenths - first - 1, **{"final.tolerance": "ninety"}) == ("met", "unmet")


@pytest.mark.rule("SY-K03")
@pytest.mark.rule("SY-K04")
@pytest.mark.rule("SY-K05")
@pytest.mark.rule("SY-K08")
@pytest.mark.rule("SY-K09")
@pytest.mark.rule("SY-K10")
@pytest.mark.rule("SY-A-14")
@pytest.mark.parametrize(
    ("track", "codes", "capacity"),
    [("ts", ("SY-K03", "SY-K04", "SY-K05"), 900), ("cy", ("SY-K08", "SY-K09", "SY-K10"), 450)],
)
def test_satisfaction_certificates_and_capacity(track: str, codes: tuple[str, ...], capacity: int) -> None:
    def verdicts(satisfied: str, passed: str, able: int) -> list[str]:
        rows = planned(
            ("satisfaction", "first", satisfied), ("pass_rate", "first", passed), ("capacity", "end", f"{able}")
        )
        return [result(code, facts(track, targets={"indicators": rows})).verdict for code in codes]

    assert verdicts("95", "90", capacity) == ["met"] * 3
    assert verdicts("94.99", "89.99", capacity - 1) == ["unmet"] * 3


@pytest.mark.rule("SY-K11")
@pytest.mark.rule("SY-K12")
@pytest.mark.rule("SY-A-10")
@pytest.mark.parametrize(("contests", "entrants", "verdict"), [("1", "300", "met"), ("0", "299", "unmet")])
def test_one_contest_and_three_hundred_entrants(contests: str, entrants: str, verdict: str) -> None:
    rows = planned(("contests", "second", contests), ("entrants", "second", entrants))
    known = facts("ds", targets={"contest_indicators": rows})
    assert {result(code, known).verdict for code in ("SY-K11", "SY-K12")} == {verdict}


def test_each_type_is_asked_its_own_pages() -> None:
    common = ["cover", "basic", "background", "ideas", "targets", "team", "safeguards", "qualification", "premises"]
    own = {
        "ts": ["content", "training", "cooperation"],
        "cy": ["content", "chain", "cooperation"],
        "ds": ["contest_content", "contest"],
    }
    for track in TRACKS:
        keys = [place.section.key for place in visible_sections(EDITION, facts(track))]
        assert sorted(keys) == sorted([*common, *own[track], "budget"])


def test_the_project_group_repeats_for_each_occupation() -> None:
    known = facts("ts")
    twice = type(known)({**known.answers, "work": [work("ts"), work("ts", "w2")]}, "ts", FILES, known.settings)
    assert [each.path for each in visible_sections(EDITION, twice) if each.group] == [
        "work/w1/team",
        "work/w1/content",
        "work/w2/team",
        "work/w2/content",
    ]
    none = type(known)({**known.answers, "work": []}, "ts", FILES, known.settings)
    assert "work" in {problem.path for problem in blocking(EDITION, none)}


def test_a_permit_is_asked_only_of_those_who_hold_one() -> None:
    bare = {**FILES, "permit": 0}
    assert [problem.path for problem in blocking(EDITION, facts("ts", bare))] == ["#permit"]
    assert blocking(EDITION, facts("ts", bare, qualification={"permit": "no"})) == []
