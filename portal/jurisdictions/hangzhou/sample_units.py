"""Invented units for the demonstration, as figures and names; `sample_answers` makes complete forms of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """One line of equipment: name, quantity, model, maker, value in 万元, tenure."""

    name: str
    quantity: int
    model: str
    maker: str
    value: str
    tenure: str = "owned"


@dataclass(frozen=True)
class Centre:
    """One training project."""

    name: str
    occupations: tuple[str, ...]
    rooms: tuple[str, ...]
    area: str
    machines: tuple[Machine, ...]
    field: str


CNC = Centre(
    "数控加工与智能制造实训中心",
    ("数控车工", "数控铣工", "加工中心操作工"),
    ("五轴加工实训室", "数控车铣实训室", "精密测量实训室"),
    "3860",
    (
        Machine("五轴联动加工中心", 4, "HR-VMC650U", "浙江恒锐数控机床有限公司", "486"),
        Machine("立式加工中心", 8, "HR-VMC850E", "浙江恒锐数控机床有限公司", "312"),
        Machine("数控车床", 16, "HK-CK6140S", "宁波海科机床股份有限公司", "224"),
        Machine("数控车铣复合中心", 2, "HK-TM52", "宁波海科机床股份有限公司", "168.6"),
        Machine("三坐标测量机", 2, "ZH-575", "苏州智衡测量技术有限公司", "92.4"),
        Machine("数字孪生仿真软件", 40, "V5.2 网络版", "杭州云构工业软件有限公司", "36"),
    ),
    "数控加工",
)
ROBOT = Centre(
    "工业机器人系统运维实训中心",
    ("工业机器人系统运维员", "工业机器人系统操作员"),
    ("机器人工作站实训室", "电气装调实训室"),
    "1620",
    (
        Machine("工业机器人工作站", 6, "RB-6A20V", "杭州域控机器人有限公司", "198"),
        Machine("可编程控制器实训台", 20, "QM-PLC1200", "浙江启明教学仪器有限公司", "57"),
        Machine("电气装调实训考核装置", 12, "QM-DQ03A", "浙江启明教学仪器有限公司", "43.2"),
        Machine("柔性制造单元", 1, "FMC-200", "杭州域控机器人有限公司", "145", "government"),
    ),
    "工业机器人",
)
WELDING = Centre(
    "焊接与无损检测实训中心",
    ("焊工", "无损检测员"),
    ("手工电弧焊实训室", "气体保护焊实训室", "无损检测室"),
    "1280",
    (
        Machine("逆变式氩弧焊机", 24, "WS-400G", "浙江华焰焊接设备有限公司", "38.4"),
        Machine("气体保护焊机", 24, "NBC-350", "浙江华焰焊接设备有限公司", "33.6"),
        Machine("焊接机器人", 2, "AW-1440", "杭州域控机器人有限公司", "88"),
        Machine("超声波探伤仪", 8, "UT-900", "苏州智衡测量技术有限公司", "28.8"),
    ),
    "焊接",
)
POWER = Centre(
    "电力线路运检实训中心",
    ("电力线路工", "水轮发电机组检修工"),
    ("输电线路实训场", "水轮机组检修实训室"),
    "5400",
    (
        Machine("输电线路实训塔", 6, "XL-110", "浙江远电教学装备有限公司", "126"),
        Machine("配电网自动化仿真系统", 1, "DAS-3", "杭州云构工业软件有限公司", "64.5"),
        Machine("水轮机模型机组", 2, "HT-50", "浙江远电教学装备有限公司", "98"),
    ),
    "电力",
)
CHEMICAL = Centre(
    "化工总控与分析检验实训中心",
    ("化工总控工", "化学检验员"),
    ("化工总控仿真实训室", "仪器分析实训室"),
    "1150",
    (
        Machine("化工总控仿真系统", 1, "HC-48", "杭州云构工业软件有限公司", "76"),
        Machine("气相色谱仪", 6, "GC-7900", "苏州智衡测量技术有限公司", "69"),
        Machine("精馏实训装置", 2, "JL-200", "浙江启明教学仪器有限公司", "58.2"),
    ),
    "化工",
)
DIGITAL = Centre(
    "工业互联网与数据标注实训中心",
    ("工业互联网工程技术人员", "人工智能训练师"),
    ("工业互联网实训室", "数据标注实训室"),
    "960",
    (
        Machine("工业互联网实训平台", 30, "II-100", "杭州云构工业软件有限公司", "105"),
        Machine("边缘计算网关", 30, "EG-20", "杭州域控机器人有限公司", "21"),
        Machine("数据标注工作站", 60, "DL-16", "杭州云构工业软件有限公司", "66"),
    ),
    "数字技能",
)
GEAR = Centre(
    "精密齿轮加工与检测实训中心",
    ("齿轮制造工", "机床装调维修工"),
    ("齿轮加工实训室", "齿轮检测实训室"),
    "2100",
    (
        Machine("数控滚齿机", 6, "YK-3150", "宁波海科机床股份有限公司", "276"),
        Machine("数控磨齿机", 2, "YK-7232", "宁波海科机床股份有限公司", "318"),
        Machine("齿轮测量中心", 1, "ZH-G350", "苏州智衡测量技术有限公司", "115"),
    ),
    "机械",
)


@dataclass(frozen=True)
class Unit:
    """One invented unit. `serial` makes its credit code; `core` the distinguishing part of a granted name."""

    key: str
    name: str
    nature: str
    track: str
    serial: int
    district: str
    address: str
    postcode: str
    core_mode: str
    core: str
    contact: str
    centres: tuple[Centre, ...]


UNITS = (
    Unit(
        "xianghu",
        "杭州湘湖智造技师学院",
        "vocational",
        "school",
        11,
        "萧山区",
        "萧山区湘湖智造路 18 号",
        "311200",
        "unit",
        "湘湖智造技师学院",
        "周景行",
        (CNC, ROBOT),
    ),
    Unit(
        "fengshan",
        "杭州凤山智造技师学院",
        "vocational",
        "school",
        12,
        "上城区",
        "上城区凤山工匠路 6 号",
        "310002",
        "unit",
        "凤山智造技师学院",
        "沈知节",
        (CNC, ROBOT),
    ),
    Unit(
        "xixing",
        "浙江西兴精密传动有限公司",
        "enterprise",
        "enterprise",
        13,
        "滨江区",
        "滨江区西兴传动街 88 号",
        "310051",
        "unit",
        "西兴精密传动",
        "陆砚秋",
        (GEAR,),
    ),
    Unit(
        "qingshan",
        "临安青山湖装备职业学校",
        "vocational",
        "school",
        14,
        "临安区",
        "临安区青山湖装备大道 9 号",
        "311305",
        "region",
        "临安",
        "方守拙",
        (WELDING, ROBOT),
    ),
    Unit(
        "qianjiang",
        "杭州钱江湾新材料股份有限公司",
        "enterprise",
        "enterprise",
        15,
        "钱塘区",
        "钱塘区江湾新材料路 200 号",
        "310018",
        "unit",
        "钱江湾新材料",
        "顾明远",
        (CHEMICAL,),
    ),
    Unit(
        "chunjiang",
        "富阳春江造纸技工学校",
        "vocational",
        "school",
        16,
        "富阳区",
        "富阳区春江智造路 27 号",
        "311400",
        "region",
        "富阳",
        "蒋若谷",
        (ROBOT,),
    ),
    Unit(
        "zhijiang",
        "杭州之江云数科技有限公司",
        "enterprise",
        "enterprise",
        17,
        "西湖区",
        "西湖区之江云数路 5 号",
        "310024",
        "unit",
        "之江云数",
        "叶听澜",
        (DIGITAL,),
    ),
    Unit(
        "xinan",
        "建德新安江水电技工学校",
        "vocational",
        "school",
        18,
        "建德市",
        "建德市新安江水电路 1 号",
        "311600",
        "region",
        "建德",
        "宋致远",
        (POWER,),
    ),
    Unit(
        "liangzhu",
        "余杭良渚数控职业技术学校",
        "vocational",
        "school",
        19,
        "余杭区",
        "余杭区良渚工匠街 66 号",
        "311113",
        "region",
        "余杭",
        "钱慎之",
        (CNC,),
    ),
    Unit(
        "tonglu",
        "桐庐富春医疗器械有限公司",
        "enterprise",
        "enterprise",
        20,
        "桐庐县",
        "桐庐县富春器械路 12 号",
        "311500",
        "region",
        "桐庐",
        "吴清和",
        (GEAR,),
    ),
    Unit(
        "gongshu",
        "杭州拱宸数字技能学校",
        "vocational",
        "school",
        21,
        "拱墅区",
        "拱墅区拱宸数字街 3 号",
        "310015",
        "unit",
        "拱宸数字技能学校",
        "章怀瑾",
        (DIGITAL,),
    ),
    Unit(
        "chunan",
        "淳安千岛湖旅游装备有限公司",
        "enterprise",
        "enterprise",
        22,
        "淳安县",
        "淳安县千岛湖装备路 7 号",
        "311700",
        "region",
        "淳安",
        "余静波",
        (WELDING,),
    ),
)
