"""Invented units and experts for a demonstration."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from portal.policy.sample import SampleExpert, Samples, SampleUnit, register_samples


def answers(name: str, code: str, persons: int, contest: str, _day: date) -> Mapping[str, Any]:
    """Return a complete form."""
    return {
        "unit": {"name": name, "credit_code": code, "contact": "演示联系人", "phone": "0500-00000001"},
        "training": {
            "persons": persons,
            "teachers": 20,
            "qualified": 8,
            "contest": contest,
            "projects": [{"_id": "p1", "name": "数控加工", "level": "2"}],
        },
        "site": {"area": "1200.00", "area_note": ""},
    }


def _unit(key: str, town: tuple[str, str], said: tuple[str, str, int, str], nature: str = "vocational") -> SampleUnit:
    name, code, *_ = said
    return SampleUnit(
        key=key,
        name=name,
        credit_code=code,
        nature=nature,
        district=town[1],
        address=f"溪川市{town[1]}演示路1号",
        postcode="300000",
        track="school" if nature == "vocational" else "enterprise",
        core_mode="unit",
        core=name,
        answers=partial(answers, *said),
        recommender=town[0],
        route="place",
    )


UPPER, LOWER = ("upper", "上溪镇"), ("lower", "下溪镇")
UNITS = (
    _unit("academy", UPPER, ("溪川云岭技师学院", "91330100MA0000015W", 620, "yes")),
    _unit("college", LOWER, ("溪川清源职业学院", "91110113MA0000031P", 300, "no")),
    _unit("works", UPPER, ("溪川星河装备制造有限公司", "52320583MJ00000420", 410, "no"), "enterprise"),
)
EXPERTS = tuple(
    SampleExpert(f"expert{number}", f"{name}教授", f"演示大学{number}", "教授", ("机械",), "上溪镇")
    for number, name in enumerate(("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"), start=1)
)
SAMPLES = register_samples("riverland", Samples(UNITS, EXPERTS, "溪人社演发"))
