"""Quota cells, the order among equals, and how a national application bears on a municipal one."""

from portal.jurisdictions.chongqing.form_capacity import HAS_PLATFORM, MANAGEMENT, SITE, TRAINING
from portal.jurisdictions.chongqing.form_merits import MERITS
from portal.jurisdictions.chongqing.form_people import COOPERATION, FUND_ASKED, NO_JOINT_TRAINING, TEACHERS, WORKFORCE
from portal.jurisdictions.chongqing.form_plan import BUDGET, GOALS, TARGETS
from portal.jurisdictions.chongqing.form_unit import BASES, CATEGORIES, SUPPORTS, UNIT
from portal.jurisdictions.chongqing.tracks import ON_MUNICIPAL, ON_NATIONAL
from portal.policy.condition import Test
from portal.policy.form import Section
from portal.policy.measures import Number
from portal.policy.selection import Cell, CrossApplication, RankBy, RankingRule, RankKey, Release
from portal.policy.tests import AllOf, AnyOf, Is

_UPPER, _LOWER = Is("national.tier", ("A", "B")), Is("national.tier", ("C", "D"))


def _willing(section: str, wanted: Test) -> Test:
    return AnyOf((wanted, Is(f"{section}.adjust", ("yes",))))


NATIONAL_CELLS = (
    Cell(
        "national_ab",
        "国家级 A 或 B 档",
        "national",
        "cells.national_ab",
        "二（一）",
        when=_UPPER,
        default="CQ-A-08",
    ),
    # A lower tier is open to whoever asked for a higher one and accepts another; never the other way.
    Cell(
        "national_cd",
        "国家级 C 或 D 档",
        "national",
        "cells.national_cd",
        "二（一）",
        when=_willing("national", _LOWER),
        default="CQ-A-08",
    ),
)


def _municipal_cell(support: str, support_label: str, category: str, category_label: str) -> Cell:
    return Cell(
        f"{support}_{category}",
        f"市级{support_label}类（{category_label}）",
        "municipal",
        f"cells.{support}_{category}",
        "二（二）1" if support == "funded" else "二（二）2",
        when=AllOf(
            (
                Is("municipal.category", (category,)),
                _willing("municipal", Is("municipal.support", (support,))),
            )
        ),
        pool=category,
        default="CQ-A-08",
    )


CELLS = (
    *NATIONAL_CELLS,
    *(
        _municipal_cell(support, support_label, category, category_label)
        for category, category_label in CATEGORIES
        for support, support_label in SUPPORTS
    ),
)

RANKING = RankingRule(
    (
        RankKey(RankBy.SCORE, "专家总评分"),
        RankKey(RankBy.PREFERENCES, "符合的倾斜条件数"),
        RankKey(RankBy.MEASURE, "年培训高级工以上人数", Number("training.high_persons")),
        RankKey(RankBy.VOTES, "专家表决赞成数"),
    ),
    clause="四（二）",
    default="CQ-D-03",
)

_SHARED = (UNIT, BASES, TRAINING, MANAGEMENT, SITE, TEACHERS, WORKFORCE, COOPERATION, GOALS, TARGETS, BUDGET, MERITS)
_OF_ONE_LEVEL = (ON_NATIONAL, ON_MUNICIPAL, HAS_PLATFORM, FUND_ASKED, NO_JOINT_TRAINING)


def _copied(section: Section) -> tuple[str, ...]:
    """Everything in a section that both levels ask."""
    return tuple(f"{section.key}.{item.key}" for item in section.items if item.when not in _OF_ONE_LEVEL)


CROSS_APPLICATION = CrossApplication(
    source="national",
    target="municipal",
    table="professions.items",
    target_table="professions.items",
    keep=3,
    mode_setting="crossapply.mode",
    letter="commitment_letter",
    commitment="保持国家级基地建设目标计划、配套投入等不变",
    copies=tuple((reference, reference) for section in _SHARED for reference in _copied(section)),
    clause="五（二）",
    default="CQ-A-01",
    along=(("build", "build"),),
    flag="municipal.cross",
)

RELEASES = (Release("national", "municipal", "五（二）", default="CQ-A-02"),)
