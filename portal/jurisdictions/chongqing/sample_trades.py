"""Invented figures of professions: what each is equipped with and why it is in demand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A profession: name, occupation code, highest level, why it is scarce, sets, value in 万元, seats, teachers, partner."""

    name: str
    code: str
    level: str
    basis: str
    sets: int
    value: str
    seats: int
    teachers: int
    partner: str


_LIST = "列入 2024 年重庆市急需紧缺职业（工种）目录"
_CLUSTER = "服务“33618”现代制造业集群，企业高级工以上岗位长期空缺"

MACHINING = Trade("数控铣工", "6-18-01-02", "1", _CLUSTER, 46, "1280.00", 60, 14, "重庆渝锋数控机床有限公司")
ROBOT = Trade("工业机器人系统运维员", "6-31-07-01", "1", _LIST, 32, "860.00", 48, 12, "重庆域智机器人有限公司")
ELECTRIC = Trade("电工", "6-31-01-03", "1", _LIST, 68, "420.00", 96, 16, "重庆渝网电力工程有限公司")
WELDING = Trade("焊工", "6-18-02-04", "1", _CLUSTER, 54, "390.00", 72, 12, "重庆江华船舶装备有限公司")
AUTO = Trade("汽车维修工", "4-12-01-01", "1", _CLUSTER, 40, "760.00", 64, 13, "重庆两江智行汽车有限公司")
CLOUD = Trade(
    "人工智能训练师", "4-04-05-05", "2", "数字技能人才培养重点职业", 80, "540.00", 80, 11, "重庆云山数据科技有限公司"
)
RAIL = Trade("轨道列车装配工", "6-22-03-05", "1", _CLUSTER, 28, "980.00", 40, 10, "重庆渝轨车辆装备有限公司")
AVIATION = Trade("民航乘务员", "4-02-04-01", "2", _LIST, 18, "620.00", 60, 9, "重庆渝翔航空服务有限公司")
LOGISTICS = Trade(
    "供应链管理师", "4-02-06-05", "2", "服务西部陆海新通道建设", 24, "260.00", 50, 8, "重庆陆海通供应链有限公司"
)
CATERING = Trade("中式烹调师", "4-03-02-01", "1", _LIST, 36, "180.00", 72, 10, "重庆巴味餐饮管理有限公司")
CARE = Trade("养老护理员", "4-10-01-05", "2", _LIST, 30, "150.00", 60, 9, "重庆康颐养老服务有限公司")
BUILDING = Trade("装配式建筑施工员", "6-29-01-06", "2", _LIST, 22, "310.00", 48, 9, "重庆渝筑建设工程有限公司")
COLD_CHAIN = Trade(
    "制冷空调系统安装维修工", "6-29-03-05", "1", _CLUSTER, 26, "240.00", 40, 7, "重庆冰岭冷链装备有限公司"
)
