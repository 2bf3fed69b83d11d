"""Who runs the calls: the district bureau itself. The draft gives towns and streets no part in the procedure."""

from portal.policy.edition import Office, Profile

BUREAU = "顺义区人力资源和社会保障局"

TOWNS = (
    "胜利街道",
    "光明街道",
    "石园街道",
    "空港街道",
    "双丰街道",
    "旺泉街道",
    "仁和镇",
    "后沙峪镇",
    "天竺镇",
    "杨镇",
    "牛栏山镇",
    "南法信镇",
    "马坡镇",
    "高丽营镇",
    "李桥镇",
    "李遂镇",
    "南彩镇",
    "北务镇",
    "大孙各庄镇",
    "张镇",
    "龙湾屯镇",
    "木林镇",
    "北小营镇",
    "北石槽镇",
    "赵全营镇",
)
"""The six streets and nineteen towns of the district: 街镇 in the draft, which asks them for attention only."""

PROFILE = Profile(
    code="shunyi",
    name="北京市顺义区",
    short_name="顺义",
    mark="顺",
    accent="indigo",
    platform_title="顺义区技能人才培训基地建设项目",
    issuer=BUREAU,
    receipt_prefix="SY",
    offices=(Office("bureau", BUREAU, "district"),),
    districts=TOWNS,
    contact_department="职业能力建设科",
)
