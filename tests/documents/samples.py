"""What the documents of the tests say: long, Chinese, and invented."""

from typing import Any

from tests.applications.desk_answers import school_answers

SENTENCE = (
    "学院坚持以技能人才培养为办学定位，建有数控加工、工业机器人、现代模具等实训中心，实训楼 4 栋，自有场地 32,000 平方米；"
    "近三年面向企业职工、退役军人和失业人员开展技能培训 12,800 人次，其中高级工以上 2,160 人次，学员满意率达到 96.5%。"
)
RARE = "喆堃昇祎頔䶮"
"""Characters of real names that 仿宋 does not hold: they come from the fallback."""


def long_text(characters: int) -> str:
    """Paragraphs of about 300 characters, exactly so many characters in all."""
    paragraph = SENTENCE * 3 + "\n"
    return (paragraph * (characters // len(paragraph) + 1))[:characters]


def long_answers(unit_name: str, credit_code: str) -> dict[str, Any]:
    """A school's form at its limits: texts of 3,000 characters, two projects, 90 machines, 70 teachers."""
    answers = school_answers(unit_name, credit_code)
    answers["basic"] |= {
        "unit_name": unit_name,
        "intro": long_text(3000),
        "contact2": f"王{RARE[:1]}",
        "phone2": "0571-00000002",
    }
    answers["training"]["results"] = long_text(3000)
    second = _project("a2", "工业机器人应用与智能产线实训中心", machines=12, teachers=8)
    answers["project"] = [_project("a1", "数控加工与智能制造实训中心", machines=90, teachers=70), second]
    return answers


def _project(identifier: str, name: str, *, machines: int, teachers: int) -> dict[str, Any]:
    trades = ("数控车工", "数控铣工", "加工中心操作工", "模具工")
    rooms = ("五轴加工实训室", "数控车削实训室", "精密测量实训室", "工业软件实训室")
    return {
        "_id": identifier,
        "site": {
            "name": name,
            "occupations": [
                {"_id": f"o{n}", "name": trade, "code": f"6-18-01-0{n}", "level": "1"}
                for n, trade in enumerate(trades, 1)
            ],
            "rooms": [{"_id": f"m{n}", "name": room} for n, room in enumerate(rooms, 1)],
            "open_times": ["day", "weekend"],
            "open_to": ["students", "employed", "other"],
            "open_to_other": "退役军人",
            "area": "3260.50",
            "leased_area": "0.00",
        },
        "equipment": {"items": [_machine(n) for n in range(1, machines + 1)]},
        "staff": {
            "managers": [_person(n, "实训管理员") for n in range(1, 4)],
            "maintainers": [_person(n, "设备维护员") for n in range(4, 6)],
            "teachers": [_person(n, "一体化教师") for n in range(6, 6 + teachers)],
        },
        "prospects": {"outlook": long_text(1800)},
    }


def _machine(number: int) -> dict[str, Any]:
    return {
        "_id": f"e{number}",
        "name": ("五轴联动加工中心", "数控车床", "三坐标测量机", "工业机器人多工位柔性装配实训平台")[number % 4],
        "quantity": number % 5 + 1,
        "model": f"QM-DQ{number:03d}A",
        "maker": ("示例精密机床有限公司", "示例机器人科技股份有限公司")[number % 2],
        "tenure": "owned",
        "value": f"{number * 3}.50",
    }


def _person(number: int, post: str) -> dict[str, Any]:
    return {
        "_id": f"p{number}",
        "name": f"张{RARE[number % len(RARE)]}",
        "age": 28 + number % 27,
        "post": post,
        "education": ("bachelor", "master", "college")[number % 3],
        "major": ("机械工程", "电气自动化", "职业技术教育")[number % 3],
        "title": ("高级技师", "技师", "高级实习指导教师", "讲师（高级工）")[number % 4],
        "engagement": "full_time",
        "contract": "labour",
    }
