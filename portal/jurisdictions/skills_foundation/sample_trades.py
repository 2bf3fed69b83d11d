"""Invented groups of occupations with their equipment, for the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """An occupation: name, code, highest level taught, main equipment, and the field of its experts."""

    name: str
    code: str
    level: str
    equipment: str
    field: str


MACHINING = Trade("数控车工", "6-18-01-01", "1", "数控车床 24 台、车铣复合中心 4 台、三坐标测量机 2 台", "数控加工")
FOUNDRY = Trade("焊工", "6-18-02-04", "1", "逆变焊机 40 台、焊接机器人工作站 6 套、探伤设备 8 台", "焊接")
AUTO = Trade("汽车维修工", "4-12-01-01", "2", "新能源汽车整车实训台 12 台、动力电池检修平台 8 套", "汽车")
POWER = Trade("电工", "6-31-01-03", "1", "电气装调实训装置 36 套、可编程控制器实训台 30 套", "电气")
DAIRY = Trade("乳品加工工", "6-02-04-01", "2", "乳品灌装柔性生产线 1 条、在线检测装置 6 套", "食品装备")
WIND = Trade("风力发电运维值班员", "6-28-01-09", "2", "风电机组仿真系统 2 套、偏航变桨实训台 6 套", "新能源")
RAIL = Trade("铁路车辆制修工", "6-23-02-03", "2", "转向架检修实训线 1 条、制动系统试验台 4 套", "轨道装备")
COAL = Trade("矿山机电设备维修工", "6-31-01-09", "1", "采煤机拆装平台 3 套、液压支架实训系统 6 套", "煤矿装备")
CHEMICAL = Trade("化工总控工", "6-11-01-03", "1", "化工总控仿真系统 48 点、精馏实训装置 4 套", "化工")
AIRCRAFT = Trade("飞机机械维护员", "4-02-04-05", "2", "教学飞机 2 架、航空发动机拆装平台 6 套", "航空")
