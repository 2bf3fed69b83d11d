"""Who takes part: the ministry's department, the region's bureau that runs the calls, and the leagues that recommend."""

from portal.policy.edition import Office, Profile

LEAGUES = (
    "呼和浩特市",
    "包头市",
    "呼伦贝尔市",
    "兴安盟",
    "通辽市",
    "赤峰市",
    "锡林郭勒盟",
    "乌兰察布市",
    "鄂尔多斯市",
    "巴彦淖尔市",
    "乌海市",
    "阿拉善盟",
    "满洲里市",
    "二连浩特市",
)
"""The twelve leagues and cities, and 满洲里市 and 二连浩特市, which the notice treats as 盟市."""

PROFILE = Profile(
    code="skills_foundation",
    name="内蒙古自治区",
    short_name="内蒙古",
    mark="基",
    accent="sky",
    platform_title="国家技能根基工程培训基地（内蒙古）",
    issuer="内蒙古自治区人力资源和社会保障厅",
    receipt_prefix="GJ",
    offices=(
        Office("ministry", "人力资源和社会保障部职业能力建设司", "ministry"),
        Office("bureau", "内蒙古自治区人力资源和社会保障厅", "province", "ministry"),
        *(
            Office(f"league{number}", f"{league}人力资源和社会保障局", "league", "bureau")
            for number, league in enumerate(LEAGUES, start=1)
        ),
    ),
    districts=LEAGUES,
    contact_department="职业能力建设处",
    contact_address="呼和浩特市新华大街63号院6号楼317室",
)
