"""The answers of one school, long enough to look real; every number meets its standard unless a test changes it."""

from copy import deepcopy
from typing import Any

STAFF = [
    ("managers", "陈管理", "46", "实训中心主任", "bachelor", "机械工程", "高级讲师"),
    ("maintainers", "周维护", "39", "设备员", "college", "机电一体化", "技师"),
    ("teachers", "吴师资", "41", "专业带头人", "master", "数控技术", "高级技师"),
    ("teachers", "郑师资", "35", "教师", "bachelor", "工业机器人", "技师"),
]
EQUIPMENT = [
    ("五轴联动加工中心", "4", "QM-500", "浙江启明数控有限公司", "468.00"),
    ("数控车床", "20", "CK6140", "杭州西塘机床厂", "320.00"),
    ("工业机器人实训平台", "12", "IR-12T", "浙江清泽机器人有限公司", "216.00"),
]


def school_answers(unit_name: str, credit_code: str) -> dict[str, Any]:
    """Return complete answers on the school track, in stored form."""
    return deepcopy(
        {
            "cover": {
                "unit_name": unit_name,
                "contact": "测试联系人",
                "phone": "0571-00000001",
                "filled_on": "2024-08-29",
            },
            "basic": {
                "unit_name": unit_name,
                "address": "杭州市余杭区测试路 1 号",
                "postcode": "311100",
                "contact1": "测试联系人",
                "phone1": "0571-00000001",
                "email1": "unit@example.cn",
                "intro": "学院现有在校生 4,200 人，开设数控加工、工业机器人应用与维护等 12 个专业，建有实训楼 3 幢。"
                * 4,
            },
            "training": {
                "results": "近三年为企业培养高级工以上技能人才 1,860 人，承办市级技能竞赛 6 次，开展企业职工培训 3,200 人。"
                * 4
            },
            "project": [_project()],
            "standard": {
                "credit_code": credit_code,
                "district": "余杭区",
                "unit_kind": "技师学院",
                "legal_person": "yes",
                "office_tenure": "owned",
                "stat_year": 2023,
                "majors": "数控加工、工业机器人应用与维护",
                "enrol": 268,
                "scarce_major": "no",
                "social_trainees": 526,
                "employment_rate": "97.26",
                "partners": [
                    {
                        "_id": f"c{n}",
                        "name": f"杭州合作企业{n}有限公司",
                        "kind": "enterprise",
                        "since": "2020-09",
                        "content": "共建实训室",
                        "active": "yes",
                    }
                    for n in range(1, 14)
                ],
                "major_teachers": 58,
                "integrated_teachers": 31,
                "practice_teachers": 32,
                "senior_practice": 13,
            },
            "pledge": {"public_service": "yes", "matching_funds": "yes", "matching_amount": "300.00"},
        }
    )


def _project() -> dict[str, Any]:
    staff: dict[str, list[dict[str, Any]]] = {"managers": [], "maintainers": [], "teachers": []}
    for number, (table, name, age, post, education, major, title) in enumerate(STAFF, start=1):
        staff[table].append(
            {
                "_id": f"p{number}",
                "name": name,
                "age": int(age),
                "post": post,
                "education": education,
                "major": major,
                "title": title,
                "engagement": "full_time",
                "contract": "labour",
            }
        )
    return {
        "_id": "a1",
        "site": {
            "name": "数控加工与智能制造实训中心",
            "occupations": [
                {"_id": "o1", "name": "数控车工", "level": "2"},
                {"_id": "o2", "name": "工业机器人系统操作员", "level": "2"},
            ],
            "rooms": [{"_id": "m1", "name": "五轴加工实训室"}, {"_id": "m2", "name": "工业机器人实训室"}],
            "open_times": ["day", "weekend"],
            "open_to": ["students", "employed"],
            "area": "3200.00",
            "leased_area": "0.00",
        },
        "equipment": {
            "items": [
                {
                    "_id": f"r{n}",
                    "name": name,
                    "quantity": int(quantity),
                    "model": model,
                    "maker": maker,
                    "tenure": "owned",
                    "value": value,
                }
                for n, (name, quantity, model, maker, value) in enumerate(EQUIPMENT, start=1)
            ]
        },
        "staff": staff,
        "prospects": {
            "outlook": "项目面向全市先进制造业，三年内年培训规模达到 1,500 人，新增五轴加工与机器人集成两个方向。" * 4
        },
    }
