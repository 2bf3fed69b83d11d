"""Complete, acceptable answers to both Chongqing forms, for tests that change one thing and look what follows."""

from typing import Any

from portal.policy.rows import given_id

FILES = {"evidence": 1}
FACETS = ("培训模式", "课程设置", "教材开发", "师资建设", "培训装备", "能力评价", "技能竞赛")
FILED_ON = "2024-07-10"


def unit(**changed: Any) -> dict[str, Any]:
    return {
        "name": "重庆样例技师学院",
        "credit_code": "91330100MA0000015W",
        "kind": "technician_school",
        "ownership": "government",
        "enterprise_based": "no",
        "central": "no",
        "district": "渝北区",
        "supervisor": "无",
        "address": "重庆市渝北区样例路1号",
        "postcode": "400000",
        "legal_name": "张样例",
        "legal_post": "院长",
        "legal_phone": "023-00001000",
        "contact_post": "培训处副处长",
        "contact_mobile": "13800001000",
        "contact_email": "a@example.cn",
        "intro": "管理规范，培训能力较强。",
        **changed,
    }


def profession(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "_id": f"p{number}",
        "name": f"职业{number}",
        "level": "2",
        "matched": "yes",
        "basis": "急需紧缺职业目录",
        "priority": "yes",
        "sets": 40,
        "value": "320.00",
        "seats": 60,
        "teachers": 8,
        "partner": "合作企业",
        "developed": "yes",
        **changed,
    }


def training(**changed: Any) -> dict[str, Any]:
    return {
        "year": 2023,
        "capacity": 2000,
        "high_capacity": 500,
        "person_times": 2600,
        "persons": 1500,
        "high_persons": 300,
        "high_times": 600,
        "digital": 400,
        "digital_high": 100,
        "evaluator": "yes",
        "evaluated": 900,
        "apprentice_classes": 2,
        **changed,
    }


def rule(kind: str, page: int) -> dict[str, Any]:
    return {"_id": kind, "kind": kind, "title": f"{kind} 制度", "page": page}


def management(*kinds: str, **changed: Any) -> dict[str, Any]:
    listed = kinds or ("training", "finance", "assets", "risk", "staff")
    return {
        "rules": [rule(kind, page) for page, kind in enumerate(listed, start=1)],
        "violations": "no",
        "punished": "no",
        "credit_report_on": "2024-07-01",
        **changed,
    }


def teachers(**changed: Any) -> dict[str, Any]:
    return {
        "full_time": 100,
        "total": 126,
        "integrated": 63,
        "practice": 50,
        "qualified": 20,
        "senior_qualified": 18,
        "students": 2646,
        "senior_students": 700,
        **changed,
    }


def workforce(**changed: Any) -> dict[str, Any]:
    return {
        "as_of": "2024-06-30",
        "employees": 950,
        "dispatched": 50,
        "junior": 50,
        "intermediate": 100,
        "senior": 200,
        "technician": 40,
        "senior_technician": 9,
        "chief": 1,
        "fund_year": 2023,
        "due": "400.00",
        "accrued": "400.00",
        "used": "310.00",
        **changed,
    }


def partner(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "_id": f"c{number}",
        "name": f"合作企业{number}",
        "size": "large" if number % 2 else "medium",
        "since": "2020-09",
        "until": "2026-08",
        "content": "共建实训室、订单培养",
        "joint_base": "yes",
        "exchange": "yes",
        "hired": 2,
        **changed,
    }


def plan(number: int, facets: int = 7) -> dict[str, Any]:
    rows = [
        {"_id": given_id(each), "facet": each, "content": "建设内容", "year1": "完成一半", "year2": "全部完成"}
        for each in FACETS[:facets]
    ]
    content = {"name": f"职业{number}", "leader": "李样例", "members": "王样例", "goal": "目标", "facets": rows}
    return {"_id": f"b{number}", "content": content}


def targets(**changed: Any) -> dict[str, Any]:
    return {
        "year1_times": 2600,
        "year1_high": 700,
        "year2_times": 3000,
        "year2_high": 1000,
        "services": "面向社会开展培训服务。",
        "indicators": [{"_id": "i1", "name": "实训工位", "now": "300", "year1": "340", "year2": "400"}],
        **changed,
    }


def merits(**changed: Any) -> dict[str, Any]:
    return {**{f"p{number}": "no" for number in range(1, 6)}, "worldskills": "none", "contests": [], **changed}


def contest(role: str) -> dict[str, Any]:
    return {"_id": role, "name": "竞赛", "level": "national", "held_in": "2024-05", "role": role, "result": "第二名"}


def base(grade: str = "excellent") -> dict[str, Any]:
    return {"_id": "h1", "level": "municipal", "year": 2019, "document": "无", "grade": grade}


_NATIONAL_ONLY: dict[str, Any] = {
    "national": {"tier": "B", "type": "new", "adjust": "yes"},
    "review": dict.fromkeys(("management", "training", "teachers", "cooperation", "outcome"), "自评。"),
}
_MUNICIPAL_ONLY: dict[str, Any] = {
    "municipal": {"category": "digital", "support": "funded", "adjust": "yes", "cross": "no"},
}


def answers(track: str, **sections: Any) -> dict[str, Any]:
    """A whole form of one level; sections given replace those that stand here."""
    number = 5 if track == "national" else 3
    goals = {"background": "背景", "idea": "思路", "overall": "总体目标"}
    return {
        "cover": {"unit_name": "重庆样例技师学院", "contact": "张样例", "phone": "023-00001000", "filled_on": FILED_ON},
        "unit": unit(),
        **(_NATIONAL_ONLY if track == "national" else _MUNICIPAL_ONLY),
        "bases": {"has_existing": "no"},
        "professions": {"items": [profession(each) for each in range(1, number + 1)]},
        "training": training(),
        "management": management(),
        "site": {
            "area": "6000.00",
            "tenure": "owned",
            "safety": "已验收",
            "platform": "yes",
            "platform_note": "培训平台",
        },
        "teachers": teachers(),
        "workforce": workforce(),
        "cooperation": {"partners": [partner(each) for each in range(1, 4)]},
        "goals": {**goals, "yearly": [{"_id": "y1", "indicator": "开发课程", "year1": "4 门", "year2": "8 门"}]},
        "build": [plan(each) for each in range(1, number + 1)],
        "targets": targets(),
        "budget": {
            "items": [
                {"_id": "m1", "item": "实训设备", "year": "1", "central": "0.00", "city": "60.00", "own": "40.00"}
            ],
            "progress": "两年建成。",
            "safeguards": "成立领导小组。",
        },
        "merits": merits(),
        "pledge": {"truth": "yes", "copies": "yes"},
        **sections,
    }
