"""Figures an office verifies: exact against the threshold of the track, asked of some, and the conclusion that follows."""

from dataclasses import replace

import pytest

from portal.policy import registry
from portal.policy.facts import Facts
from portal.policy.lint import lint
from portal.policy.measures import Number, Share
from portal.policy.procedure import StageKind
from portal.policy.tests import Compare, Is
from portal.policy.verification import VerifiedFigure, conclusion_faults, find_figure

OWN = Share(Number("proof.skilled"), Number("proof.staff"))
FIGURE = VerifiedFigure(
    "占比",
    own=OWN,
    reported=Share(Number("staff.skilled"), Number("staff.all")),
    limits=((("a",), Compare(OWN, ">=", 40, "%")), (("b",), Compare(OWN, ">=", 35, "%"))),
    clause="一",
    when=Is("staff.enterprise", ("yes",)),
    conclusion="conclusion",
)


def facts(track: str, skilled: str, staff: str, enterprise: str = "yes") -> Facts:
    unit = {"skilled": "1", "all": "4", "enterprise": enterprise}
    return Facts({"staff": unit, "proof": {"skilled": skilled, "staff": staff}}, track)


@pytest.mark.parametrize(
    ("track", "skilled", "staff", "met"),
    [("a", "2", "5", True), ("a", "39999", "100000", False), ("b", "7", "20", True), ("b", "34999", "100000", False)],
)
def test_the_threshold_is_that_of_the_track_and_nothing_is_rounded(track, skilled, staff, met):
    found = find_figure(FIGURE, facts(track, skilled, staff))
    assert (found.met, found.asked, found.reported) == (met, True, "1/4 = 25%")
    assert found.conclusion == ("met" if met else "unmet")


@pytest.mark.parametrize(
    ("skilled", "enterprise", "said", "faulty"),
    [
        ("2", "yes", "met", False), ("2", "yes", "unmet", True), ("2", "yes", "not_applicable", True),
        ("", "yes", "met", False), ("2", "no", "met", True), ("2", "no", "not_applicable", False), ("2", "yes", "", False),
    ],
)  # fmt: skip
def test_a_conclusion_must_be_borne_out_by_the_figures(skilled, enterprise, said, faulty):
    found = find_figure(FIGURE, facts("a", skilled, "5", enterprise))
    assert [key for key, _ in conclusion_faults([found], {"conclusion": said})] == (["conclusion"] if faulty else [])


def test_lint_finds_a_field_the_verification_does_not_have():
    edition = registry.current("chongqing")
    stages = tuple(
        replace(stage, recommendation=replace(stage.recommendation, counterparts=(("nobody", "workforce.employees"),)))
        if stage.kind is StageKind.RECOMMENDATION
        else stage
        for stage in edition.procedure
    )
    found = [each for each in lint(replace(edition, procedure=stages)) if "verification" in each]
    assert [each.endswith("the verification has no field nobody") for each in found] == [True]
