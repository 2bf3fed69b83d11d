"""Complete, acceptable answers to the Kunshan form, for tests that change one thing and look what follows."""

from typing import Any

FILES = {
    "project_setting": 1,
    "equipment_list": 1,
    "teacher_proof": 1,
    "training_record": 1,
    "rules": 1,
    "service_proof": 1,
}


def teacher(identifier: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "name": f"教师{identifier}",
        "major": "智能制造",
        "title": "intermediate",
        "skill": "none",
        "certificate": "讲师",
        "engagement": "full_time",
        **changed,
    }


def roster(teachers: int, qualified: int) -> list[dict[str, Any]]:
    """So many teachers, the first `qualified` of them with a middle title or 技师, or with both."""
    kinds = ({}, {"title": "none", "skill": "2"}, {"skill": "1"})
    low = {"title": "junior", "skill": "3"}
    return [teacher(f"t{n}", **(kinds[n % 3] if n < qualified else low)) for n in range(teachers)]


def project(identifier: str = "a1", teachers: int = 4, qualified: int = 2, **outline: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "outline": {
            "name": f"工业机器人系统运维{identifier}",
            "occupations": [{"_id": "o1", "name": "工业机器人系统运维员", "level": "2"}],
            "stations": 40,
            "capacity": 600,
            "teachers": teachers,
            "qualified": qualified,
            "outlook": "与本市主体产业一致。",
            **outline,
        },
        "teachers": {"items": roster(teachers, qualified)},
    }


def machine(identifier: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "name": "工业机器人工作站",
        "model": "RB-12",
        "quantity": 8,
        "value": "264.00",
        "advance": "同行先进",
        **changed,
    }


def record(identifier: str, **changed: Any) -> dict[str, Any]:
    return {
        "_id": identifier,
        "year": 2020,
        "occupation": "电工",
        "level": "3",
        "persons": 80,
        "certified": 60,
        **changed,
    }


def _unit() -> dict[str, Any]:
    return {
        "unit_name": "昆山娄枫智造技师学院",
        "credit_code": "52320583MJ00000420",
        "category": "vocational",
        "district": "昆山高新区",
        "address": "昆山市高新区娄枫智造路 18 号",
        "legal_person": "顾守常",
        "contact": "陆景和",
        "phone": "0512-0000 0001",
        "bank": "昆山示例银行城中支行",
        "account": "3220000000000101",
        "intro": "单位简介。",
    }


def answers(**sections: dict[str, Any]) -> dict[str, Any]:
    """The whole form; a section given changes only the answers it names, `project` replaces the projects."""
    projects = sections.pop("project", None)
    whole: dict[str, Any] = {
        "cover": {
            "unit_name": "昆山娄枫智造技师学院",
            "contact": "陆景和",
            "phone": "0512-0000 0001",
            "filled_on": "2021-12-01",
        },
        "unit": _unit(),
        "base": {
            "name": "娄枫智造公共实训基地",
            "area": "1860.00",
            "fire": "yes",
            "ventilation": "yes",
            "lighting": "yes",
            "climate": "yes",
        },
        "project": [project()] if projects is None else projects,
        "equipment": {"items": [machine("e1")]},
        "training": {
            "experienced": "yes",
            "experience_years": "3.0",
            "records": [record("r1")],
            "results": "培训情况。",
        },
        "service": {"public_service": "yes", "audience": ["schools", "workers"], "content": "公共服务。"},
        "management": {
            "organisation": "管理委员会。",
            "managers": [{"_id": "g1", "name": "张管理", "post": "主任", "qualification": "本科", "duty": "统筹"}],
            "rules": [{"_id": "u1", "name": "实训管理制度", "since": "2020-09"}],
        },
        "plan": {
            "three_year": "三年计划。",
            "annual": "年度计划。",
            "all_trainees": 300,
            "trainees": 200,
            "certified": 150,
        },
    }
    for key, changed in sections.items():
        whole[key] = {**whole[key], **changed}
    return whole
