"""Who takes part: the bureau, and the offices the notice is addressed to, which recommend."""

from portal.policy.edition import Office, Profile

URBAN = (
    "万州区",
    "黔江区",
    "涪陵区",
    "渝中区",
    "大渡口区",
    "江北区",
    "沙坪坝区",
    "九龙坡区",
    "南岸区",
    "北碚区",
    "渝北区",
    "巴南区",
    "长寿区",
    "江津区",
    "合川区",
    "永川区",
    "南川区",
    "綦江区",
    "大足区",
    "璧山区",
    "铜梁区",
    "潼南区",
    "荣昌区",
    "开州区",
    "梁平区",
    "武隆区",
)
COUNTIES = (
    "城口县",
    "丰都县",
    "垫江县",
    "忠县",
    "云阳县",
    "奉节县",
    "巫山县",
    "巫溪县",
    "石柱土家族自治县",
    "秀山土家族苗族自治县",
    "酉阳土家族苗族自治县",
    "彭水苗族土家族自治县",
)
ZONES = ("两江新区", "西部科学城重庆高新区", "万盛经开区")
DISTRICTS = (*URBAN, *COUNTIES, *ZONES)
"""The 38 districts and counties, and the three zones the notice names beside them."""

_ZONE_OFFICES = (
    Office("liangjiang", "两江新区社会保障局", "district", "bureau"),
    Office("hightech", "西部科学城重庆高新区公共服务和社会事务中心", "district", "bureau"),
    Office("wansheng", "万盛经开区人力社保局", "district", "bureau"),
)
_INDUSTRY_OFFICES = (
    Office("education", "重庆市教育委员会", "industry", "bureau"),
    Office("economy", "重庆市经济和信息化委员会", "industry", "bureau"),
    Office("housing", "重庆市住房和城乡建设委员会", "industry", "bureau"),
    Office("transport", "重庆市交通运输委员会", "industry", "bureau"),
    Office("agriculture", "重庆市农业农村委员会", "industry", "bureau"),
    Office("commerce", "重庆市商务委员会", "industry", "bureau"),
    Office("culture", "重庆市文化和旅游发展委员会", "industry", "bureau"),
    Office("health", "重庆市卫生健康委员会", "industry", "bureau"),
    Office("state_assets", "重庆市国有资产监督管理委员会", "industry", "bureau"),
)

PROFILE = Profile(
    code="chongqing",
    name="重庆市",
    short_name="重庆",
    mark="渝",
    accent="brick",
    platform_title="重庆市高技能人才培训基地",
    issuer="重庆市人力资源和社会保障局",
    receipt_prefix="CQ",
    offices=(
        Office("bureau", "重庆市人力资源和社会保障局", "city"),
        *(
            Office(f"district{number}", f"{place}人力资源和社会保障局", "district", "bureau")
            for number, place in enumerate((*URBAN, *COUNTIES), start=1)
        ),
        *_ZONE_OFFICES,
        *_INDUSTRY_OFFICES,
    ),
    districts=DISTRICTS,
    contact_department="职业能力建设处",
)


def district_office(place: str) -> str:
    """Return the key of the office of one of the 38 districts and counties; ValueError for any other place."""
    return f"district{(*URBAN, *COUNTIES).index(place) + 1}"
