"""Registers the demonstration's material."""

from functools import partial

from portal.jurisdictions.skills_foundation.profile import LEAGUES
from portal.jurisdictions.skills_foundation.sample_after import AFTER
from portal.jurisdictions.skills_foundation.sample_answers import answers
from portal.jurisdictions.skills_foundation.sample_map import MAP
from portal.jurisdictions.skills_foundation.sample_units import UNITS
from portal.jurisdictions.skills_foundation.tracks import TRACK
from portal.policy.sample import SampleExpert, SampleOffice, Samples, SampleUnit, register_samples
from portal.policy.values import complete_credit_code

# Some live in the region, some elsewhere: the ministry draws none from where the unit is (GJ-A-04).
EXPERTS = (
    SampleExpert("expert", "沙明远", "内蒙古装备技术研究院", "正高级工程师", ("数控加工", "焊接"), "呼和浩特市"),
    SampleExpert("expert2", "布仁泰", "包头工匠技术学院", "教授、高级技师", ("数控加工", "轨道装备"), "包头市"),
    SampleExpert("expert3", "阮清和", "鄂尔多斯技能评价中心", "高级技师", ("煤矿装备", "电气"), "鄂尔多斯市"),
    SampleExpert("expert4", "雷若谷", "赤峰产业工人学院", "正高级讲师", ("汽车", "电气"), "赤峰市"),
    SampleExpert("expert5", "骆思齐", "内蒙古职业能力研究所", "研究员", ("化工", "食品装备"), "呼和浩特市"),
    SampleExpert("expert6", "鲍静川", "通辽新能源技术协会", "高级工程师", ("新能源", "电气"), "通辽市"),
    SampleExpert("expert7", "项致远", "晋北装备制造学院", "教授", ("煤矿装备", "焊接"), "山西省"),
    SampleExpert("expert8", "殷如松", "关中航空技师学院", "高级实习指导教师", ("航空", "数控加工"), "陕西省"),
    SampleExpert("expert9", "柯望舒", "冀东轨道交通研究院", "正高级工程师", ("轨道装备", "电气"), "河北省"),
    SampleExpert("expert10", "蔺怀德", "陇右化工技师学院", "高级技师", ("化工", "新能源"), "甘肃省"),
    SampleExpert("expert11", "桑敏行", "辽河汽车技术学院", "副教授、技师", ("汽车", "数控加工"), "辽宁省"),
    SampleExpert("expert12", "单景澄", "松江食品装备研究所", "研究员", ("食品装备", "焊接"), "吉林省"),
    SampleExpert("expert13", "宗亦川", "河套以西能源技师学院", "正高级讲师", ("新能源", "电气"), "宁夏回族自治区"),
    SampleExpert("expert14", "凌若虚", "中原数控装备研究院", "正高级工程师", ("数控加工", "焊接"), "河南省"),
    SampleExpert("expert15", "盛怀瑾", "渤海汽车工程学院", "教授、高级技师", ("汽车", "轨道装备"), "天津市"),
    SampleExpert("expert16", "璩知远", "齐鲁煤矿装备技术中心", "研究员", ("煤矿装备", "化工"), "山东省"),
    SampleExpert("expert17", "南宫屿", "京畿技能评价研究所", "研究员", ("航空", "新能源"), "北京市"),
)


OFFICES = (
    SampleOffice("league2", "baotou", "乌兰托娅"),
    SampleOffice("league1", "huhehaote", "巴图青格"),
)
CHAPTERS = {
    "organisation": (
        "收到通知后，及时转发辖区院校、企业和公共实训中心，召开申报动员会，指定专人解答。申报期内共收到申报材料若干份，"
        "均通过平台提交，未接受直接报送。"
    ),
    "checking": (
        "成立审核小组，对照参考标准逐项核对申报单位的场地、设备、师资和培训数据，核对单位名称与印章是否一致，"
        "对存疑数据到现场核实；审核意见经集体研究确定。"
    ),
    "selection": (
        "对盟市推荐的单位进行形式审查，从专家库随机抽取专家审阅申报材料；按同意推荐的专家人数和盟市推荐次序择优，"
        "经集体研究提出推荐名单。"
    ),
    "notice": "拟推荐名单在门户网站公示 5 个工作日，公示期内未收到异议。",
    "contact": "职业能力建设科 示例联系人，0470-0000 0001。",
}


def _credit_code(serial: int, nature: str) -> str:
    kind = "91" if nature == "enterprise" else "52" if nature == "training" else "12"
    return complete_credit_code(f"{kind}150100MB{serial:07d}")


SAMPLES = register_samples(
    "skills_foundation",
    Samples(
        units=tuple(
            SampleUnit(
                key=unit.key,
                name=unit.name,
                credit_code=_credit_code(unit.serial, unit.nature),
                nature=unit.nature,
                district=unit.league,
                address=f"{unit.league}{unit.address}",
                postcode=unit.postcode,
                track=TRACK,
                core_mode="unit",
                core=unit.core,
                answers=partial(answers, unit),
                recommender=f"league{LEAGUES.index(unit.league) + 1}",
                route="place",
            )
            for unit in UNITS
        ),
        experts=EXPERTS,
        map=MAP,
        after=AFTER,
        document_series="内人社函",
        offices=OFFICES,
        chapters=CHAPTERS,
        scene="reported",
    ),
)
