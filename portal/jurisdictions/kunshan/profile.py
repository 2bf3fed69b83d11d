"""Who runs the call: the city's bureau, and the offices of the zones and towns that check and recommend first.

The notice is addressed to the four zones, 各镇 and 各城市管理办事处; it names neither the towns nor the 办事处. The towns are the eight of
the city's administrative division, the 办事处 stand together until the administrator adds them one by one.
"""

from portal.policy.edition import Office, Profile

PLACES = (
    ("development", "昆山开发区"),
    ("hightech", "昆山高新区"),
    ("huaqiao", "花桥经济开发区"),
    ("resort", "旅游度假区"),
    ("zhangpu", "张浦镇"),
    ("zhoushi", "周市镇"),
    ("lujia", "陆家镇"),
    ("bacheng", "巴城镇"),
    ("qiandeng", "千灯镇"),
    ("dianshanhu", "淀山湖镇"),
    ("zhouzhuang", "周庄镇"),
    ("jinxi", "锦溪镇"),
    ("offices", "城市管理办事处"),
)
"""Key of the office, and the zone or town (区镇) it belongs to."""

DISTRICTS = tuple(name for _, name in PLACES)

PROFILE = Profile(
    code="kunshan",
    name="昆山市",
    short_name="昆山",
    mark="昆",
    accent="violet",
    platform_title="昆山市高技能人才公共实训基地",
    issuer="昆山市人力资源和社会保障局",
    receipt_prefix="KS",
    offices=(
        Office("bureau", "昆山市人力资源和社会保障局", "city"),
        *(Office(key, f"{name}社会保障部门", "town", "bureau") for key, name in PLACES),
    ),
    districts=DISTRICTS,
    contact_department="职称办",
    contact_address="昆山市前进西路1801号西部政务服务中心D栋917",
)
