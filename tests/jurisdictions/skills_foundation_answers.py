"""Complete, acceptable answers to the form of GJ-2022-162, for tests that change one thing and look what follows."""

from typing import Any

from portal.policy.rows import given_id

FILES = {
    "evidence": 1,
    "kind_proof": 1,
    "body_proof": 1,
    "training_proof": 1,
    "equipment_proof": 1,
    "expert_list": 1,
    "teacher_plan": 1,
    "survey_proof": 1,
    "rules_training": 1,
    "rules_finance": 1,
    "rules_risk": 1,
    "emergency_plan": 1,
    "annual_plan": 1,
    "rules_quality": 1,
    "rules_oversight": 1,
    "funding_proof": 1,
}
NAME = "包头稀谷智造技师学院"


def years(*figures: tuple[int, int], first: int = 2019) -> list[dict[str, Any]]:
    """Rows of 培训总量: (培训数量, 高级工及以上数量) year by year."""
    return [
        {"_id": given_id(str(year)), "year": year, "trained": trained, "advanced": advanced}
        for year, (trained, advanced) in enumerate(figures, start=first)
    ]


def occupation(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "_id": f"o{number}",
        "name": ("数控车工", "焊工", "电工", "铣工")[number % 4],
        "level": "1",
        "equipped": "yes",
        "equipment": "数控车床 16 台",
        "experts": 3,
        **changed,
    }


def evaluation(**changed: Any) -> dict[str, Any]:
    return {
        "is_body": "yes",
        "granted_on": "2020-06-18",
        "granted_count": 6,
        "totals": years((2400, 600), (1800, 400), (2600, 700)),
        "occupations": [occupation(number) for number in range(3)],
        **changed,
    }


def _cover() -> dict[str, Any]:
    return {
        "unit_name": NAME,
        "has_supervisor": "yes",
        "supervisor": "包头市人力资源和社会保障局",
        "occupations": [
            {"_id": f"t{number}", "name": name} for number, name in enumerate(("数控车工", "焊工", "电工"))
        ],
        "contact": "周经办",
        "phone": "0472-0000 0001",
        "filled_on": "2022-11-16",
    }


def _unit() -> dict[str, Any]:
    return {
        "name": NAME,
        "kind": ["technical"],
        "address": "包头市九原区稀谷路 1 号",
        "postcode": "014060",
        "legal_name": "赵院长",
        "legal_post": "院长",
        "legal_phone": "0472-0000 0002",
        "legal_mobile": "13800000002",
        "legal_email": "head@example.cn",
        "supervisor": "包头市人力资源和社会保障局",
        "credit_code": "91330100MA0000015W",
        "league": "包头市",
    }


def _site() -> dict[str, Any]:
    return {
        "area": "21600.00",
        "equipment_count": 1280,
        "equipment_value": "3650.00",
        "robot_count": 24,
        "robot_value": "480.00",
        "capacity": 4200,
    }


def _staff() -> dict[str, Any]:
    return {
        "full_time": 96,
        "integrated": 58,
        "instructors": 40,
        "title_senior": 12,
        "title_first": 18,
        "title_other": 10,
        "level_senior_technician": 14,
        "level_technician": 16,
        "level_advanced": 8,
        "level_other": 2,
    }


def _standard() -> dict[str, Any]:
    people = ("apprentices", "graduates", "veterans", "migrants", "unemployed", "disabled")
    team = (
        "full_time_trainers",
        "part_time_trainers",
        "skill_award",
        "national_experts",
        "master_studios",
        "allowances",
    )
    yes = ("multimedia", "books", "resource_bank", "information_platform")
    return {
        **dict.fromkeys(people, 120),
        **dict.fromkeys(yes, "yes"),
        **dict.fromkeys(team, 2),
        "pass_rate": "96.40",
        "employer_satisfaction": "95.00",
        "learner_satisfaction": "97.10",
    }


def _chapters() -> dict[str, Any]:
    chapters: dict[str, Any] = {
        f"chapter{number}": {
            "text": f"第 {number} 部分的情况。",
            "evidence": [{"_id": "e1", "name": "证明材料", "pages": f"{number}—{number + 2}"}],
        }
        for number in range(1, 9)
    }
    target = {f"y{year}": "3000.00" for year in range(2023, 2028)}
    chapters["chapter8"]["indicators"] = [{"_id": "i1", "name": "年培训规模", "unit": "人次", **target}]
    return chapters


def answers(**sections: dict[str, Any]) -> dict[str, Any]:
    """A whole form; each keyword changes answers of one section."""
    whole = {
        "cover": _cover(),
        "unit": _unit(),
        "site": _site(),
        "staff": _staff(),
        "evaluation": evaluation(),
        **_chapters(),
        "standard": _standard(),
    }
    return whole | {key: {**whole.get(key, {}), **changed} for key, changed in sections.items()}
