"""The two levels, and the tests that tell which rules reach an application."""

from portal.policy.edition import Track
from portal.policy.notice import NamingPattern
from portal.policy.tests import AllOf, Is, OnTrack

NATIONAL, MUNICIPAL = ("national",), ("municipal",)
BOTH = (*NATIONAL, *MUNICIPAL)

# The notice gives bases no name; both patterns are the portal's (CQ-D-06).
NATIONAL_NAMING = NamingPattern(
    pattern="{core}国家级高技能人才培训基地",
    plaque="国家级高技能人才培训基地",
    modes=(("unit", "单位名称"),),
    clause="二（一）",
)
MUNICIPAL_NAMING = NamingPattern(
    pattern="{core}市级高技能人才培训基地",
    plaque="重庆市市级高技能人才培训基地",
    modes=(("unit", "单位名称"),),
    clause="二（二）",
)

TRACKS = (
    Track(
        "national",
        "国家级",
        "GJ",
        "遴选 3 个国家级高技能人才培训基地，分 A、B、C、D 四个档次，其中 A 或 B 共 2 个、C 或 D 共 1 个。",
        "二（一）；四（一）1",
        form_title="国家级高技能人才培训基地建设项目申报书",
        naming=NATIONAL_NAMING,
    ),
    Track(
        "municipal",
        "市级",
        "SJ",
        "资金补助类、命名支持类各 8 个，均为国际合作类 2 个、数字技能类 3 个及其他类 3 个。",
        "二（二）；四（一）2",
        form_title="市级高技能人才培训基地建设项目申报表",
        naming=MUNICIPAL_NAMING,
    ),
)

ON_NATIONAL, ON_MUNICIPAL = OnTrack(NATIONAL), OnTrack(MUNICIPAL)

UNIT_KINDS = (
    ("school", "职业院校"),
    ("technician_school", "技工院校"),
    ("enterprise_centre", "企业（行业）技能培训中心"),
    ("training", "职业培训机构"),
    ("public_base", "公共职业技能实训基地"),
    ("other", "其他单位"),
)
SCHOOL_KINDS = ("school", "technician_school")

# 「依托企业建设的」 (四（一）1（2）): the shares of an enterprise's staff are asked of these alone (CQ-A-06).
BY_ENTERPRISE = Is("unit.enterprise_based", ("yes",), "依托企业建设")
BY_SCHOOL = Is("unit.kind", SCHOOL_KINDS, "院校", UNIT_KINDS)
BY_TECHNICIAN_SCHOOL = Is("unit.kind", ("technician_school",), "技工院校", UNIT_KINDS)
HAS_BASE = Is("bases.has_existing", ("yes",), "已建立高技能人才培训基地")
CROSS_APPLICATION = AllOf((ON_MUNICIPAL, Is("municipal.cross", ("yes",), "由国家级申报同时申请参评市级")))
