"""Invented units for the demonstration, as figures and names; `sample_answers` makes complete forms of them."""

from dataclasses import dataclass

from portal.jurisdictions.chongqing.sample_trades import (
    AUTO,
    AVIATION,
    BUILDING,
    CARE,
    CATERING,
    CLOUD,
    COLD_CHAIN,
    ELECTRIC,
    LOGISTICS,
    MACHINING,
    RAIL,
    ROBOT,
    WELDING,
    Trade,
)
from portal.policy.values import complete_credit_code

_PREFIXES = {"vocational": "12", "public_base": "12", "enterprise": "91", "training": "52"}


@dataclass(frozen=True)
class Unit:
    """One invented unit. `office` and `route` say who recommends; `target` is its level with tier, or category and support.

    Persons count once, `times` each attendance; `high` are those at 高级工 and above; `students` and `teachers` give the ratio.
    `claims` are the preferences it claims, by number; `skilled` of `staff` is asked of enterprises (both 0 otherwise);
    `base` is one it has already: level, year, grade.
    """

    key: str
    serial: int
    name: str
    nature: str
    kind: str
    district: str
    address: str
    postcode: str
    office: str
    route: str
    track: str
    target: tuple[str, str]
    contact: str
    trades: tuple[Trade, ...]
    persons: int
    times: int
    high: int
    digital: int
    students: int
    teachers: int
    claims: tuple[int, ...] = ()
    staff: int = 0
    skilled: int = 0
    adjust: str = "yes"
    base: tuple[str, int, str] | None = None
    joint: bool = True
    central: bool = False

    @property
    def credit_code(self) -> str:
        """A synthetic code with a right check digit."""
        return complete_credit_code(f"{_PREFIXES[self.nature]}500000MA{self.serial:07d}")


UNITS = (
    Unit(
        "yulin", 1, "重庆御临智造技师学院", "vocational", "technician_school", "渝北区", "渝北区御临河路18号", "401120",
        "渝北区", "place", "national", ("B", ""), "阮知微",
        (MACHINING, ROBOT, ELECTRIC, WELDING, AUTO, CLOUD), 6240, 9860, 2210, 1480, 4180, 198, (1, 3, 5),
        base=("municipal", 2019, "excellent"),
    ),
    Unit(
        "bayu", 2, "重庆巴渝工匠职业学院", "vocational", "school", "永川区", "永川区兴龙湖路66号", "402160",
        "永川区", "place", "national", ("A", ""), "邵启明",
        (AUTO, MACHINING, ROBOT, ELECTRIC, COLD_CHAIN), 5120, 7430, 1840, 1260, 3960, 186, (3,),
    ),
    Unit(
        "jiangtie", 3, "重庆江铁轨道交通装备有限公司技能培训中心", "enterprise", "enterprise_centre", "江津区",
        "江津区德感街道工业大道9号", "402284", "江津区", "place", "national", ("C", ""), "陆一鸣",
        (RAIL, WELDING, ELECTRIC, MACHINING, ROBOT), 2650, 4120, 1130, 420, 1880, 92, (),
        staff=4120, skilled=1986, central=True,
    ),
    Unit(
        "qijiang", 4, "重庆綦岭公共职业技能实训中心", "public_base", "public_base", "綦江区", "綦江区文龙街道实训路2号",
        "401420", "綦江区", "place", "national", ("D", ""), "甘棠雨",
        (WELDING, ELECTRIC, MACHINING, AUTO, CARE), 2380, 3560, 760, 310, 1760, 84, (), adjust="no",
    ),
    Unit(
        "konggang", 5, "重庆空港航空技能培训中心", "training", "training", "渝北区", "渝北区空港大道77号", "401120",
        "渝北区", "place", "municipal", ("other", "funded"), "祝清和",
        (AVIATION, LOGISTICS, ELECTRIC), 1742, 2630, 421, 260, 1218, 58, (3,),
    ),
    Unit(
        "lingang", 6, "渝北临港数字技能公共实训中心", "public_base", "public_base", "渝北区", "渝北区临港路3号", "401122",
        "渝北区", "place", "municipal", ("digital", "funded"), "蓝若溪",
        (CLOUD, ROBOT, LOGISTICS), 2105, 3380, 663, 1490, 1320, 66, (),
    ),
    Unit(
        "yunqi", 7, "重庆云栖数智技师学院", "vocational", "technician_school", "沙坪坝区", "沙坪坝区大学城中路21号",
        "401331", "沙坪坝区", "place", "municipal", ("digital", "funded"), "柏文澜",
        (CLOUD, ROBOT, MACHINING, ELECTRIC), 4860, 7220, 1620, 3180, 3240, 156, (2, 3),
    ),
    Unit(
        "silu", 8, "重庆丝路国际技能交流学院", "vocational", "school", "九龙坡区", "九龙坡区陶家镇丝路大道5号", "401329",
        "九龙坡区", "place", "municipal", ("international", "funded"), "闻人初",
        (LOGISTICS, CATERING, AUTO), 1960, 2870, 520, 230, 1570, 74, (4,),
    ),
    Unit(
        "chuanwei", 9, "重庆川味餐饮国际培训学校", "training", "training", "南岸区", "南岸区黄桷垭老街41号", "400065",
        "commerce", "industry", "municipal", ("international", "named"), "乐思齐",
        (CATERING, CARE), 1608, 2210, 344, 40, 924, 42, (), adjust="no",
    ),
    Unit(
        "longxing", 10, "重庆龙兴建筑工匠培训中心", "training", "training", "两江新区", "两江新区龙兴镇工匠路8号", "401135",
        "housing", "industry", "municipal", ("other", "named"), "纪怀谷",
        (BUILDING, ELECTRIC, WELDING), 2320, 3050, 498, 120, 1290, 60, (),
    ),
    Unit(
        "kangyang", 11, "重庆康养护理职业技术学校", "vocational", "school", "万州区", "万州区天城街道康养路12号", "404100",
        "万州区", "place", "municipal", ("other", "funded"), "卓清漪",
        (CARE, CATERING, COLD_CHAIN), 1530, 2140, 311, 60, 1386, 63, (), joint=False,
    ),
    Unit(
        "liangjiang", 12, "重庆两江新能源汽车技能培训中心", "enterprise", "enterprise_centre", "两江新区",
        "两江新区鱼复大道100号", "401133", "liangjiang", "place", "municipal", ("digital", "named"), "成致远",
        (AUTO, ROBOT, CLOUD), 1890, 2960, 602, 880, 1134, 54, (), staff=3260, skilled=1285,
    ),
    Unit(
        "fuling", 13, "重庆涪江化工装备职业技能培训学校", "training", "training", "涪陵区", "涪陵区清溪镇化工路6号", "408000",
        "涪陵区", "place", "municipal", ("other", "funded"), "华语晨",
        (WELDING, ELECTRIC), 1572, 2060, 330, 90, 880, 44, (),
    ),
)  # fmt: skip
