"""Each default of the draft, the notice and the national programme is a setting that holds its answer (the other two policies
have tables of their own)."""

import pytest

from portal.policy import registry

HELD = [
    ("SY-A-01", "edition.label", "征求意见稿"),
    ("SY-A-02", "year1.mode", "12m"),
    ("SY-A-03", "improve.cap", "2026-12-31"),
    ("SY-A-04", "label.cy", "产业链企业培训基地"),
    ("SY-A-05", "brand.base", "yearly"),
    ("SY-A-06", "award.baseline", "excess"),
    ("SY-A-07", "final.tolerance", "none"),
    ("SY-A-08", "certificate.count", "person_times"),
    ("SY-A-09", "coapply.others", "flag"),
    ("SY-A-10", "contest.missed", "improve"),
    ("SY-A-11", "plaque.alias", "顺义区技能大赛集训基地"),
    ("SY-A-12", "record.kinds", "separate"),
    ("SY-A-13", "decision.reason", True),
    ("SY-A-14", "survey.minimum_share", 30),
    ("SY-A-15", "materials.groups", "two"),
    ("KS-A-01", "review.standard", "by_category"),
    ("KS-A-02", "assessment.method", "targets_and_documents"),
    ("KS-A-03", "revocation.hearing_days", 5),
    ("KS-A-04", "kpi.denominator", "high_skill"),
    ("KS-A-05", "naming.speciality", "optional"),
    ("KS-A-06", "area.rule", "explain"),
    ("KS-A-07", "desk.recipient", "昆山市人社局职称办"),
    ("KS-A-08", "route.industry", "when_added"),
    ("KS-A-09", "support.amount", "none"),
    ("GJ-A-01", "copies.paper", 2),
    ("GJ-A-02", "unit.kinds", "form"),
    ("GJ-A-03", "stats.basis", "latest"),
    ("GJ-A-04", "recheck.size", 5),
    ("GJ-A-05", "notice.days", 5),
    ("GJ-A-06", "quota.region", 5),
    ("GJ-A-07", "text.counting", "words"),
    ("GJ-A-08", "rank.order", "total"),
    ("GJ-A-09", "seal.supervisor", "optional"),
    ("GJ-A-10", "standard.misses", "justify"),
    ("GJ-A-11", "equipment.robots", "within"),
]


@pytest.mark.parametrize(("code", "key", "value"), HELD)
def test_each_default_is_a_setting_with_its_answer(code: str, key: str, value: object) -> None:
    (edition,) = (each for each in registry.registry if code in {default.code for default in each.defaults})
    default = next(each for each in edition.defaults if each.code == code)
    setting = next(each for each in edition.settings if each.key == key)
    assert (default.setting, default.value, setting.value, setting.default) == (key, value, value, code)
    assert edition.setting_values()[key] == value
