"""Invented units for the demonstration, as figures and names; `sample_answers` makes complete forms of them."""

from dataclasses import dataclass

from portal.jurisdictions.kunshan.sample_projects import (
    ELECTRIC,
    INSPECTION,
    LOGISTICS,
    MACHINING,
    ROBOT,
    SEMICONDUCTOR,
    VEHICLE,
    Project,
)


@dataclass(frozen=True)
class Unit:
    """One invented unit. `serial` makes its credit code, `office` is the key of the zone or town that recommends it.

    `years` of experience may be 0; `area` below 1000 comes with a reason; `speciality` may be added to the granted name.
    """

    key: str
    name: str
    nature: str
    serial: int
    office: str
    address: str
    postcode: str
    contact: str
    head: str
    area: str
    years: int
    projects: tuple[Project, ...]
    speciality: str = ""


UNITS = (
    Unit(
        "loufeng",
        "昆山娄枫智造技师学院",
        "vocational",
        101,
        "hightech",
        "高新区娄枫智造路 18 号",
        "215316",
        "陆景和",
        "顾守常",
        "12600.00",
        9,
        (MACHINING, ROBOT),
        "智能制造",
    ),
    Unit(
        "tinglin",
        "昆山亭南精密模具行业协会",
        "association",
        102,
        "development",
        "开发区亭南模具路 66 号",
        "215300",
        "周知微",
        "徐怀谷",
        "2480.00",
        4,
        (MACHINING,),
        "精密模具",
    ),
    Unit(
        "yangcheng",
        "昆山阳澄机器人有限公司",
        "enterprise",
        103,
        "bacheng",
        "巴城镇阳澄机器人路 9 号",
        "215311",
        "沈若川",
        "陈砚青",
        "3150.00",
        3,
        (ROBOT,),
    ),
    Unit(
        "xujiang",
        "昆山徐江供应链职业培训学校",
        "training",
        104,
        "huaqiao",
        "花桥经济开发区徐江商务街 28 号",
        "215332",
        "钱思远",
        "许闻笛",
        "1860.00",
        5,
        (LOGISTICS,),
        "智慧物流",
    ),
    Unit(
        "zhangpu",
        "昆山姜杭电子材料股份有限公司",
        "enterprise",
        105,
        "zhangpu",
        "张浦镇姜杭电子路 201 号",
        "215321",
        "韩见深",
        "冯伯言",
        "2230.00",
        3,
        (SEMICONDUCTOR,),
    ),
    Unit(
        "zhoushi",
        "昆山周野新能源汽车部件有限公司",
        "enterprise",
        106,
        "zhoushi",
        "周市镇周野大道 77 号",
        "215314",
        "吕清源",
        "杨承志",
        "2740.00",
        2,
        (VEHICLE,),
        "新能源汽车",
    ),
    Unit(
        "qiandeng",
        "昆山千墩电气职业培训中心",
        "training",
        107,
        "qiandeng",
        "千灯镇千墩工匠路 5 号",
        "215341",
        "曹伯安",
        "蒋怀瑾",
        "960.00",
        6,
        (ELECTRIC,),
    ),
    Unit(
        "lujia",
        "昆山陆泾职业技术学校",
        "vocational",
        108,
        "lujia",
        "陆家镇陆泾学府路 12 号",
        "215331",
        "孔令仪",
        "施望舒",
        "8400.00",
        7,
        (VEHICLE, ELECTRIC),
    ),
    Unit(
        "dianshan",
        "昆山淀东检验检测职业培训学校",
        "training",
        109,
        "dianshanhu",
        "淀山湖镇淀东检测路 33 号",
        "215345",
        "何静渊",
        "吴允执",
        "820.00",
        0,
        (INSPECTION,),
    ),
    Unit(
        "qingyang",
        "昆山青枫装备制造行业协会",
        "association",
        110,
        "development",
        "开发区青枫路 8 号",
        "215301",
        "郑若愚",
        "魏知行",
        "1000.00",
        2,
        (ELECTRIC, INSPECTION),
    ),
    Unit(
        "jinxi",
        "昆山锦澄传动设备有限公司",
        "enterprise",
        111,
        "jinxi",
        "锦溪镇锦澄工业路 41 号",
        "215324",
        "金怀远",
        "严思齐",
        "1520.00",
        1,
        (MACHINING, INSPECTION),
    ),
    Unit(
        "guangdian",
        "昆山光澜电子技工学校",
        "vocational",
        112,
        "development",
        "开发区光澜路 100 号",
        "215302",
        "华明澈",
        "尤子期",
        "9300.00",
        5,
        (SEMICONDUCTOR, ROBOT),
        "集成电路",
    ),
)
