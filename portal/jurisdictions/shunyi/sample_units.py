"""Invented units for the demonstration, as figures and names; `sample_answers` makes complete forms of them."""

from dataclasses import dataclass

from portal.jurisdictions.shunyi.tracks import CY, DS, TS


@dataclass(frozen=True)
class Trade:
    """One occupation: its name, the room it is trained in with its area (平方米), and equipment (name, model, 台套, 万元)."""

    name: str
    room: str
    area: int
    equipment: tuple[tuple[str, str, int, str], ...]
    field: str


ROBOT = Trade(
    "工业机器人系统运维员",
    "工业机器人实训室",
    860,
    (("工业机器人工作站", "RB-6A20V", 6, "198.00"), ("可编程控制器实训台", "QM-PLC1200", 20, "57.00")),
    "智能制造",
)
VEHICLE = Trade(
    "汽车维修工",
    "新能源汽车实训车间",
    1240,
    (("新能源汽车整车实训台", "XN-EV300", 8, "176.00"), ("动力电池拆装实训台", "XN-BAT20", 10, "64.50")),
    "智能网联汽车",
)
AVIATION = Trade(
    "航空地面服务员",
    "航空服务模拟舱",
    520,
    (("客舱模拟训练舱", "CB-738M", 1, "132.00"), ("值机安检模拟系统", "AS-20", 12, "38.40")),
    "航空服务",
)
CHIP = Trade(
    "半导体芯片制造工",
    "第三代半导体实训室",
    640,
    (("晶圆检测显微镜", "WM-8000", 6, "92.00"), ("洁净工艺仿真平台", "V3.1 网络版", 40, "56.00")),
    "第三代半导体",
)
LOGISTICS = Trade(
    "供应链管理师",
    "智慧物流实训室",
    480,
    (("自动分拣实训线", "ZF-12", 1, "86.00"), ("仓储管理仿真软件", "V5.0", 50, "24.00")),
    "临空物流",
)
CARE = Trade(
    "养老护理员",
    "养老护理实训室",
    420,
    (("护理模拟人", "HL-H110", 12, "21.60"), ("移位机", "YW-2", 6, "9.00")),
    "生活服务",
)
WELDING = Trade(
    "焊工",
    "焊接集训车间",
    720,
    (("逆变式氩弧焊机", "WS-400G", 20, "32.00"), ("焊接机器人", "AW-1440", 2, "88.00")),
    "装备制造",
)
CNC = Trade(
    "数控铣工",
    "数控铣集训车间",
    780,
    (("立式加工中心", "HR-VMC850E", 6, "234.00"), ("三坐标测量机", "ZH-575", 1, "46.20")),
    "装备制造",
)


@dataclass(frozen=True)
class Unit:
    """One invented unit. `serial` makes its credit code; `subject` is its kind among those 二（一） lists for its track."""

    key: str
    name: str
    nature: str
    track: str
    serial: int
    town: str
    address: str
    postcode: str
    contact: str
    subject: tuple[str, ...]
    trades: tuple[Trade, ...]


UNITS = (
    Unit(
        "chaobai",
        "北京潮白智造技师学院",
        "vocational",
        TS,
        31,
        "仁和镇",
        "仁和镇潮白工匠路 12 号",
        "101300",
        "梁启明",
        ("technical",),
        (ROBOT, VEHICLE),
    ),
    Unit(
        "konggang",
        "北京空港航空服务职业培训学校",
        "training",
        TS,
        32,
        "天竺镇",
        "天竺镇临空服务街 8 号",
        "101312",
        "佟雨晴",
        ("training",),
        (AVIATION,),
    ),
    Unit(
        "kuiyuan",
        "北京奎园应用技术学院",
        "college",
        TS,
        33,
        "马坡镇",
        "马坡镇奎园学府路 3 号",
        "101399",
        "白慕云",
        ("college",),
        (CHIP, LOGISTICS),
    ),
    Unit(
        "jianganhe",
        "北京箭杆河养老服务职业培训学校",
        "training",
        TS,
        34,
        "杨镇",
        "杨镇箭杆河中街 21 号",
        "101309",
        "尹清越",
        ("training",),
        (CARE,),
    ),
    Unit(
        "luoma",
        "北京罗马湖智能汽车有限公司",
        "enterprise",
        CY,
        35,
        "赵全营镇",
        "赵全营镇智行大街 66 号",
        "101301",
        "申屠野",
        ("scale", "leader"),
        (VEHICLE, ROBOT),
    ),
    Unit(
        "wenyu",
        "北京温榆半导体材料股份有限公司",
        "enterprise",
        CY,
        36,
        "高丽营镇",
        "高丽营镇晶芯路 19 号",
        "101303",
        "骆知非",
        ("listed", "integration"),
        (CHIP,),
    ),
    Unit(
        "wulihe",
        "北京舞彩精密装备有限公司",
        "enterprise",
        CY,
        37,
        "牛栏山镇",
        "牛栏山镇精工街 5 号",
        "101301",
        "江疏桐",
        ("scale", "sme"),
        (ROBOT,),
    ),
    Unit(
        "linkong",
        "北京临空智慧供应链有限公司",
        "enterprise",
        CY,
        38,
        "后沙峪镇",
        "后沙峪镇临空物流大道 30 号",
        "101318",
        "费长歌",
        ("skill",),
        (LOGISTICS,),
    ),
    Unit(
        "shuntong",
        "北京顺通高级技工学校",
        "vocational",
        DS,
        39,
        "南彩镇",
        "南彩镇技能路 1 号",
        "101300",
        "龚自远",
        ("technical",),
        (WELDING, CNC),
    ),
    Unit(
        "jinma",
        "北京金马河装备制造有限公司",
        "enterprise",
        DS,
        40,
        "李桥镇",
        "李桥镇金马装备街 17 号",
        "101304",
        "秦若木",
        ("enterprise",),
        (CNC,),
    ),
    Unit(
        "yangge",
        "北京杨各庄职业教育中心",
        "vocational",
        DS,
        41,
        "木林镇",
        "木林镇职教路 9 号",
        "101314",
        "温如言",
        ("vocational",),
        (WELDING,),
    ),
)
