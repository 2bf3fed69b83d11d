"""Who runs the calls: the bureau, its guidance centre, and the district bureaus the notice is addressed to."""

from portal.policy.edition import Office, Profile

DISTRICTS = (
    "上城区",
    "拱墅区",
    "西湖区",
    "滨江区",
    "萧山区",
    "余杭区",
    "临平区",
    "钱塘区",
    "富阳区",
    "临安区",
    "桐庐县",
    "淳安县",
    "建德市",
    "西湖风景名胜区",
)
"""The thirteen districts, counties and cities, and the 风景名胜区 whose bureau the notice names beside them."""


def _district_office(number: int, district: str) -> Office:
    inside = f"杭州市{district}" if district.endswith("区") and district != "西湖风景名胜区" else district
    name = f"{inside}人力资源和社会保障局" if district != "西湖风景名胜区" else "杭州西湖风景名胜区人力资源和社会保障局"
    return Office(f"district{number}", name, "district", "bureau")


PROFILE = Profile(
    code="hangzhou",
    name="杭州市",
    short_name="杭州",
    mark="杭",
    accent="lake",
    platform_title="杭州市高技能人才公共实训基地",
    issuer="杭州市人力资源和社会保障局",
    receipt_prefix="HZ",
    offices=(
        Office("bureau", "杭州市人力资源和社会保障局", "city"),
        Office("centre", "杭州市职业能力建设指导服务中心", "centre", "bureau"),
        *(_district_office(number, district) for number, district in enumerate(DISTRICTS, start=1)),
    ),
    districts=DISTRICTS,
    contact_department="职业能力建设处",
)
