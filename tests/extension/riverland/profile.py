"""Who runs the call: the city's bureau and the towns below it, which recommend."""

from portal.policy.edition import Office, Profile

TOWNS = (("upper", "上溪镇"), ("lower", "下溪镇"))

PROFILE = Profile(
    code="riverland",
    name="溪川市",
    short_name="溪川",
    mark="溪",
    accent="lake",
    platform_title="溪川市技能实训基地",
    issuer="溪川市人力资源和社会保障局",
    receipt_prefix="XC",
    offices=(
        Office("bureau", "溪川市人力资源和社会保障局", "city"),
        *(Office(key, f"{name}人民政府", "town", "bureau") for key, name in TOWNS),
    ),
    districts=tuple(name for _, name in TOWNS),
)
