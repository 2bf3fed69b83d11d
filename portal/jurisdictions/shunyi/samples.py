"""Registers the demonstration's material."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from portal.jurisdictions.shunyi.sample_after import AFTER
from portal.jurisdictions.shunyi.sample_answers import answers, credit_code
from portal.jurisdictions.shunyi.sample_map import MAP
from portal.jurisdictions.shunyi.sample_units import UNITS, Unit
from portal.jurisdictions.shunyi.tracks import DS
from portal.policy.sample import SampleExpert, Samples, SampleUnit, register_samples

EXPERTS = (
    SampleExpert("expert", "尚知微", "北京工匠职业大学", "教授、高级技师", ("智能制造", "装备制造"), "昌平区"),
    SampleExpert("expert2", "阮怀谷", "北京职业能力研究院", "正高级讲师", ("智能网联汽车",), "通州区"),
    SampleExpert("expert3", "童见山", "京北智造装备集团", "首席技师", ("装备制造",), "怀柔区"),
    SampleExpert("expert4", "廉若溪", "北京航空服务学会", "高级工程师", ("航空服务", "临空物流"), "朝阳区"),
    SampleExpert("expert5", "葛云岫", "北京产业工人学院", "副教授、技师", ("第三代半导体",), "海淀区"),
    SampleExpert("expert6", "纪听雨", "北京技能评价中心", "高级技师", ("生活服务", "临空物流"), "西城区"),
    SampleExpert("expert7", "范守一", "燕山装备制造学院", "教授", ("装备制造", "智能制造"), "房山区"),
    SampleExpert("expert8", "邬致远", "北京芯片产业联盟", "研究员", ("第三代半导体", "智能网联汽车"), "大兴区"),
    SampleExpert("expert9", "喻平川", "北京数字技能协会", "高级实习指导教师", ("智能制造",), "石景山区"),
)


def _also(unit: Unit) -> Mapping[str, Callable[[date], Mapping[str, Any]]]:
    """One enterprise applies for a training base and a contest base together (二（一）): its form for the latter."""
    if unit.key != "wulihe":
        return {}
    return {DS: partial(answers, replace(unit, track=DS, subject=("enterprise",)))}


SAMPLES = register_samples(
    "shunyi",
    Samples(
        units=tuple(
            SampleUnit(
                key=unit.key,
                name=unit.name,
                credit_code=credit_code(unit),
                nature=unit.nature,
                district=unit.town,
                address=f"北京市顺义区{unit.address}",
                postcode=unit.postcode,
                track=unit.track,
                core_mode="unit",
                core=unit.name,
                answers=partial(answers, unit),
                also=_also(unit),
            )
            for unit in UNITS
        ),
        experts=EXPERTS,
        map=MAP,
        after=AFTER,
        document_series="顺人社演发",
        scene="rolling",
    ),
)
