"""Registers the demonstration's material."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.jurisdictions.kunshan.sample_after import AFTER
from portal.jurisdictions.kunshan.sample_answers import DISTRICT, answers, credit_code
from portal.jurisdictions.kunshan.sample_map import MAP
from portal.jurisdictions.kunshan.sample_units import UNITS
from portal.policy.sample import SampleExpert, SampleOffice, Samples, SampleUnit, register_samples

EXPERTS = (
    SampleExpert("expert", "程鹤鸣", "苏州智造职业技术大学", "教授、高级技师", ("精密制造", "智能制造"), "昆山高新区"),
    SampleExpert("expert2", "季沧海", "江苏技能发展研究院", "正高级讲师", ("智能制造",), "昆山开发区"),
    SampleExpert("expert3", "戚望山", "昆山装备智造集团", "首席技师", ("精密制造",), "张浦镇"),
    SampleExpert("expert4", "盛朝晖", "苏州职业技能评价中心", "高级技师", ("电子信息", "精密制造"), "花桥经济开发区"),
    SampleExpert("expert5", "柏云起", "江苏产业工人学院", "副教授、技师", ("新能源汽车", "智能制造"), "周市镇"),
    SampleExpert("expert6", "裴若谷", "苏州集成电路协会", "高级工程师", ("电子信息",), "昆山开发区"),
    SampleExpert("expert7", "卫长歌", "苏州现代物流协会", "高级经济师", ("现代服务",), "花桥经济开发区"),
    SampleExpert("expert8", "丰子衿", "江苏汽车技师学院", "高级实习指导教师", ("新能源汽车",), "陆家镇"),
    SampleExpert("expert9", "温庭玉", "苏州物流工程学院", "教授", ("现代服务", "电子信息"), "昆山高新区"),
)

OFFICES = (
    SampleOffice("development", "kaifaqu", "支清和"),
    SampleOffice("hightech", "gaoxinqu", "闵若溪"),
    SampleOffice("bacheng", "bachengzhen", "邱望潮"),
    SampleOffice("huaqiao", "huaqiaoqu", "沙若溪"),
    SampleOffice("zhangpu", "zhangpuzhen", "池见山"),
)


def verification(unit: SampleUnit, day: date) -> Mapping[str, Any]:
    """Return the opinion of the zone or town: what it measured, and that it recommends the unit."""
    return {
        "area": unit.answers(day)["base"]["area"],
        "facilities": "yes",
        "teachers": "yes",
        "originals": "yes",
        "method": ["site", "documents"],
        "conclusion": "recommend",
        "opinion": "经现场和资料核查，场地、设备、师资与申报一致，证明材料与原件一致，管理制度健全，同意推荐。",
        "checker": "示例核查员甲",
        "second_checker": "示例核查员乙",
        "checked_on": (day - timedelta(days=1)).isoformat(),
    }


SAMPLES = register_samples(
    "kunshan",
    Samples(
        units=tuple(
            SampleUnit(
                key=unit.key,
                name=unit.name,
                credit_code=credit_code(unit),
                nature=unit.nature,
                district=DISTRICT[unit.office],
                address=f"昆山市{unit.address}",
                postcode=unit.postcode,
                track="base",
                core_mode="speciality",
                core=unit.speciality,
                answers=partial(answers, unit),
                recommender=unit.office,
                route="place",
            )
            for unit in UNITS
        ),
        experts=EXPERTS,
        map=MAP,
        after=AFTER,
        document_series="昆人社演发",
        offices=OFFICES,
        verification=verification,
        scene="selecting",
    ),
)
