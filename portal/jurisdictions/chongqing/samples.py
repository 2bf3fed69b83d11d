"""Registers the demonstration's material."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.jurisdictions.chongqing.form_people import SKILL_LEVELS
from portal.jurisdictions.chongqing.profile import DISTRICTS, district_office
from portal.jurisdictions.chongqing.sample_after import AFTER
from portal.jurisdictions.chongqing.sample_answers import answers
from portal.jurisdictions.chongqing.sample_map import MAP
from portal.jurisdictions.chongqing.sample_units import UNITS, Unit
from portal.jurisdictions.chongqing.tracks import MUNICIPAL
from portal.policy.sample import SampleExpert, SampleOffice, Samples, SampleUnit, register_samples

EXPERTS = (
    SampleExpert("expert", "容若谷", "重庆工匠技术大学", "教授、高级技师", ("数控加工", "机械"), "沙坪坝区"),
    SampleExpert("expert2", "闻清扬", "巴渝职业能力研究院", "正高级讲师", ("工业机器人", "数字技能"), "渝中区"),
    SampleExpert("expert3", "厉长空", "重庆山城装备集团", "首席技师", ("焊接", "机械"), "大渡口区"),
    SampleExpert("expert4", "施若雨", "西南技能评价中心", "高级技师", ("电力", "汽车"), "北碚区"),
    SampleExpert("expert5", "康守拙", "重庆产业工人学院", "副教授、技师", ("汽车", "工业机器人"), "巴南区"),
    SampleExpert("expert6", "池上月", "长江航空职业学院", "教授", ("现代服务", "国际合作"), "江北区"),
    SampleExpert("expert7", "邬思远", "重庆数字技能协会", "高级工程师", ("数字技能",), "南岸区"),
    SampleExpert("expert8", "谈敬之", "四川智造技师学院", "高级实习指导教师", ("电力", "数控加工"), "璧山区"),
    SampleExpert("expert9", "柯映雪", "陆海国际技能交流中心", "研究员", ("国际合作", "现代服务"), "两江新区"),
)


OFFICES = (
    SampleOffice(district_office("渝北区"), "yubei", "贺知秋"),
    SampleOffice(district_office("永川区"), "yongchuan", "覃望舒"),
    SampleOffice("commerce", "shangwu", "向晚晴"),
    SampleOffice(district_office("涪陵区"), "fuling", "冉清河"),
)


def verification(unit: SampleUnit, day: date) -> Mapping[str, Any]:
    """Return what an office finds: the figures the enterprise gave, or that the share is not asked of the unit."""
    found: dict[str, Any] = {
        "conclusion": "not_applicable",
        "methods": ["on_site", "papers"],
        "checker1": "示例核查员甲",
        "checker2": "示例核查员乙",
        "checked_on": (day - timedelta(days=1)).isoformat(),
    }
    if (given := unit.answers(day).get("workforce")) is None:
        return found
    counted = ("as_of", "employees", "dispatched", *(key for key, _ in SKILL_LEVELS))
    figures = {key: given[key] for key in counted}
    return {**found, **figures, "conclusion": "met", "sources": ["social", "ledger", "certificates"]}


def _also(unit: Unit) -> Mapping[str, Callable[[date], Mapping[str, Any]]]:
    """One unit with a national application applies for the municipal level out of it (五（二）): its form for that."""
    if unit.key != "yulin":
        return {}
    return {MUNICIPAL[0]: partial(answers, replace(unit, track=MUNICIPAL[0], target=("digital", "funded")))}


def _recommender(unit: Unit) -> str:
    return district_office(unit.office) if unit.office in DISTRICTS else unit.office


SAMPLES = register_samples(
    "chongqing",
    Samples(
        units=tuple(
            SampleUnit(
                key=unit.key,
                name=unit.name,
                credit_code=unit.credit_code,
                nature=unit.nature,
                district=unit.district,
                address=f"重庆市{unit.address}",
                postcode=unit.postcode,
                track=unit.track,
                core_mode="unit",
                core=unit.name,
                answers=partial(answers, unit),
                also=_also(unit),
                recommender=_recommender(unit),
                route=unit.route,
            )
            for unit in UNITS
        ),
        experts=EXPERTS,
        map=MAP,
        after=AFTER,
        document_series="渝人社演发",
        offices=OFFICES,
        verification=verification,
        scene="recommending",
    ),
)
