"""Complete forms made of the invented units' figures."""

from datetime import date
from typing import Any

from portal.jurisdictions.skills_foundation.sample_texts import chapters
from portal.jurisdictions.skills_foundation.sample_units import Unit
from portal.policy.rows import given_id

FIRST_YEAR = 2019  # of the years the edition gives


def answers(unit: Unit, day: date) -> dict[str, Any]:
    """Return a form that lacks nothing, as of a day; what misses the reference standard is explained."""
    form = {
        "cover": _cover(unit, day),
        "unit": _unit(unit),
        "site": _site(unit),
        "staff": _staff(unit),
        "evaluation": _evaluation(unit),
        **chapters(unit),
        "standard": _standard(unit),
    }
    return form | ({"notes": dict(unit.reasons)} if unit.reasons else {})


def _phone(unit: Unit, number: int) -> str:
    return f"{unit.area_code}-0000 {number + unit.serial:04d}"


def _cover(unit: Unit, day: date) -> dict[str, Any]:
    above = (
        {"has_supervisor": "yes", "supervisor": unit.supervisor}
        if unit.supervisor
        else {"has_supervisor": "no", "no_supervisor_reason": "民营单位，没有上级主管单位"}
    )
    return {
        "unit_name": unit.name,
        **above,
        "occupations": [{"_id": f"t{number}", "name": trade.name} for number, trade in enumerate(unit.trades, start=1)],
        "contact": unit.contact,
        "phone": _phone(unit, 1000),
        "filled_on": day.isoformat(),
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "kind": list(unit.kinds),
        **({"kind_other": unit.other} if unit.other else {}),
        "address": f"{unit.league}{unit.address}",
        "postcode": unit.postcode,
        "website": f"https://{unit.key}.example.cn",
        "legal_name": f"{unit.contact[0]}承业",
        "legal_post": "院（校）长" if unit.is_school else "董事长",
        "legal_phone": _phone(unit, 2000),
        "legal_fax": _phone(unit, 3000),
        "legal_mobile": f"138000{20000 + unit.serial}",
        "legal_email": f"head@{unit.key}.example.cn",
        **({"supervisor": unit.supervisor} if unit.supervisor else {}),
        "league": unit.league,
    }


def _site(unit: Unit) -> dict[str, Any]:
    latest = unit.trained[-1][0]
    return {
        "area": f"{latest * 6 + unit.serial * 10}.00",
        "equipment_count": 620 + unit.serial * 12,
        "equipment_value": unit.value,
        "robot_count": 12 + unit.serial,
        "robot_value": f"{180 + 10 * unit.serial}.00",
        "capacity": max(2200, latest + 800),
    }


def _staff(unit: Unit) -> dict[str, Any]:
    base = unit.serial
    return {
        "full_time": 60 + 2 * base,
        "integrated": 34 + base,
        "instructors": 24 + base,
        "title_senior": 8,
        "title_first": 10,
        "title_other": 6 + base,
        "level_senior_technician": 9,
        "level_technician": 11,
        "level_advanced": 4 + base - 2,
        "level_other": 2,
    }


def _evaluation(unit: Unit) -> dict[str, Any]:
    totals = [
        {"_id": given_id(str(year)), "year": year, "trained": trained, "advanced": advanced}
        for year, (trained, advanced) in enumerate(unit.trained, start=FIRST_YEAR)
    ]
    trades = [
        {
            "_id": f"o{number}",
            "name": trade.name,
            "code": trade.code,
            "level": trade.level,
            "equipped": "yes",
            "equipment": trade.equipment,
            "experts": unit.experts,
        }
        for number, trade in enumerate(unit.trades, start=1)
    ]
    body = {"is_body": "yes", "granted_on": "2020-07-15", "granted_count": len(trades) + 4}
    return {**body, "totals": totals, "occupations": trades}


def _standard(unit: Unit) -> dict[str, Any]:
    latest = unit.trained[-1][0]
    groups = (
        ("apprentices", 6),
        ("graduates", 8),
        ("veterans", 20),
        ("migrants", 7),
        ("unemployed", 15),
        ("disabled", 90),
    )
    return {
        **{key: latest // part for key, part in groups},
        "multimedia": "yes",
        "books": "yes",
        "resource_bank": "yes",
        "information_platform": "yes",
        "full_time_trainers": 40 + unit.serial,
        "part_time_trainers": 18 + unit.serial,
        "skill_award": int(unit.serial % 7 == 0),
        "national_experts": unit.serial % 4,
        "master_studios": unit.serial % 3,
        "allowances": 2 + unit.serial % 5,
        "pass_rate": f"{93 + unit.serial % 5}.40",
        "employer_satisfaction": f"{92 + unit.serial % 6}.00",
        "learner_satisfaction": f"{94 + unit.serial % 4}.50",
    }
