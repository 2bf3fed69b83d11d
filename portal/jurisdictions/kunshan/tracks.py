"""One kind of application; the category of the unit is an answer, and sorts applications for review (分类评审)."""

from portal.policy.edition import Track
from portal.policy.form import Option
from portal.policy.tests import Is

TRACKS = (
    Track(
        "base",
        "高技能人才公共实训基地",
        "SX",
        "昆山市范围内符合条件的行业协会（组织）、生产型企业、职业院校、职业培训机构等，统一申报，分类评审。",
        "三（一）；三（三）2",
    ),
)

# The values are those of the unit's nature in its profile, so that the answer is there already.
CATEGORIES = (
    Option("association", "行业协会（组织）"),
    Option("enterprise", "生产型企业"),
    Option("vocational", "职业院校"),
    Option("training", "职业培训机构"),
)


def in_category(value: str) -> Is:
    """Return the test that an application is of this category."""
    label = {option.value: option.label for option in CATEGORIES}[value]
    return Is("unit.category", (value,), label, tuple((option.value, option.label) for option in CATEGORIES))
