"""The tracks by kind of applicant, and the tests that tell which standard of 附件1 an application is held to."""

from portal.policy.edition import Track
from portal.policy.tests import AnyOf, Is, OnTrack

TRACKS = (
    Track(
        "school",
        "院校",
        "YX",
        "普通高校、职业院校（含技工院校），按附件1第一项标准认定。",
        "二（一）；附件1 一",
    ),
    Track("enterprise", "企业", "QY", "各类企业，按附件1第二项标准认定。", "二（一）；附件1 二"),
    Track(
        "other",
        "其他单位",
        "QT",
        "适用范围“等单位”所指的其他单位（职业培训机构、行业协会等），除一般条件外，参照院校或企业标准认定。",
        "二（一）",
    ),
)

STANDARDS = (("school", "院校标准（附件1 一）"), ("enterprise", "企业标准（附件1 二）"))

# An application of another kind names the standard it asks to be held to (HZ-A-10).
BY_SCHOOL_STANDARD = AnyOf((OnTrack(("school",)), Is("standard.applied_standard", ("school",), words=STANDARDS)))
BY_ENTERPRISE_STANDARD = AnyOf(
    (OnTrack(("enterprise",)), Is("standard.applied_standard", ("enterprise",), words=STANDARDS))
)
