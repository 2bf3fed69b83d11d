"""Complete, acceptable answers to the Hangzhou form, for tests that change one thing and look what follows."""

from typing import Any

FILES = {
    "licence": 1,
    "contracts": 1,
    "certificates": 1,
    "rules_training": 1,
    "rules_assets": 1,
    "office_proof": 1,
    "matching_proof": 1,
    "industry_proof": 1,
}
OVERRIDES: dict[str, Any] = {}


def person(identifier: str, name: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "name": name,
        "age": 41,
        "post": "主任",
        "education": "bachelor",
        "major": "机械工程",
        "title": "高级技师",
        "engagement": "full_time",
        "contract": "labour",
        **changed,
    }


def machine(identifier: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "name": "五轴联动加工中心",
        "quantity": 4,
        "model": "HR-VMC650U",
        "maker": "浙江恒锐数控机床有限公司",
        "tenure": "owned",
        "value": "486.00",
        **changed,
    }


def project(identifier: str = "a1", **sections: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "site": {
            "name": "数控加工与智能制造实训中心",
            "occupations": [{"_id": "o1", "name": "数控车工", "code": "6-18-01-01", "level": "1"}],
            "rooms": [{"_id": "m1", "name": "五轴加工实训室"}],
            "open_times": ["day", "weekend"],
            "open_to": ["students", "employed"],
            "area": "3860.00",
            "leased_area": "0.00",
        },
        "equipment": {"items": [machine("e1"), machine("e2", tenure="government")]},
        "staff": {
            "managers": [person("p1", "张管理")],
            "maintainers": [person("p2", "李维护")],
            "teachers": [person("p3", "王教师"), person("p4", "赵教师", engagement="part_time")],
        },
        "prospects": {"outlook": "项目背景、工作基础和实训工作思路。"},
        **sections,
    }


def _unit() -> dict[str, Any]:
    return {
        "credit_code": "91330100MA0000015W",
        "district": "萧山区",
        "unit_kind": "技师学院",
        "legal_person": "yes",
        "office_tenure": "owned",
    }


def school_standard(**changed: Any) -> dict[str, Any]:
    partners = [
        {
            "_id": f"c{number}",
            "name": f"合作企业{number}",
            "kind": "enterprise",
            "since": "2020-09",
            "content": "共建实训室",
            "active": "yes",
        }
        for number in range(10)
    ]
    return {
        **_unit(),
        "stat_year": 2023,
        "majors": "数控技术",
        "enrol": 268,
        "scarce_major": "no",
        "social_trainees": 620,
        "employment_rate": "97.26",
        "partners": partners,
        "major_teachers": 58,
        "integrated_teachers": 31,
        "practice_teachers": 32,
        "senior_practice": 14,
        **changed,
    }


def enterprise_standard(**changed: Any) -> dict[str, Any]:
    funds = [
        {
            "_id": f"f{year}",
            "year": year,
            "payroll": "5000.00",
            "rate": "8.00",
            "due": "400.00",
            "accrued": "400.00",
            "used": "310.00",
        }
        for year in (2021, 2022, 2023)
    ]
    return {**_unit(), "industry": "equipment", "industry_note": "国家高新技术企业证书", "funds": funds, **changed}


def answers(standard: dict[str, Any] | None = None, **sections: Any) -> dict[str, Any]:
    return {
        "cover": {
            "unit_name": "杭州湘湖智造技师学院",
            "contact": "周经办",
            "phone": "0571-0000 0001",
            "filled_on": "2024-07-17",
        },
        "basic": {
            "unit_name": "杭州湘湖智造技师学院",
            "address": "杭州市萧山区湘湖路 1 号",
            "postcode": "311200",
            "contact1": "周经办",
            "phone1": "13800000001",
            "email1": "office@example.cn",
            "intro": "单位简介。",
        },
        "training": {"results": "近几年的培养情况。"},
        "project": [project()],
        "standard": standard or school_standard(),
        "pledge": {"public_service": "yes", "matching_funds": "yes", "matching_amount": "300.00"},
        **sections,
    }
