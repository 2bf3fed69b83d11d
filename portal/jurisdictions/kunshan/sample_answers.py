"""Complete forms made of the invented units' figures."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from portal.jurisdictions.kunshan.profile import PLACES
from portal.jurisdictions.kunshan.sample_projects import Project
from portal.jurisdictions.kunshan.sample_units import Unit
from portal.policy.values import complete_credit_code

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = ("守正", "明哲", "知行", "若水", "怀德", "思齐", "景澄", "闻道", "修远", "澄怀", "敏行", "致和", "允执", "慎思")
_PREFIX = {
    "association": "51320583MJ",
    "enterprise": "91320583MA",
    "vocational": "12320583MB",
    "training": "52320583MJ",
}
_KIND = {
    "association": "协会由本市相关制造企业自愿发起，会员单位六十余家，承担行业标准宣贯、技能评价和校企对接工作",
    "enterprise": "公司长期从事本行业产品研发与制造，设有独立的培训中心，职工培训经费单列预算",
    "vocational": "学校以服务本市主体产业为办学定位，与区镇重点企业共建产业学院，在校生实行工学交替培养",
    "training": "机构依法取得办学许可，长期承担政府补贴性技能培训任务，教学、安全和收费制度公开",
}
DISTRICT = dict(PLACES)


def credit_code(unit: Unit) -> str:
    """Return the unit's synthetic credit code."""
    return complete_credit_code(f"{_PREFIX[unit.nature]}{unit.serial:07d}")


def answers(unit: Unit, day: date) -> dict[str, Any]:
    """Return a complete form as of a day; a building below 1000 m² comes with a reason."""
    phone = f"0512-0000 {1000 + unit.serial}"
    return {
        "cover": {"unit_name": unit.name, "contact": unit.contact, "phone": phone, "filled_on": day.isoformat()},
        "unit": _unit(unit, phone),
        "base": _base(unit),
        "project": [_project(unit, project, f"a{number}") for number, project in enumerate(unit.projects, 1)],
        "equipment": {"items": _machines(unit)},
        "training": _training(unit, day),
        "service": {
            "public_service": "yes",
            "audience": ["schools", "employers", "workers"],
            "content": _service(unit),
        },
        "management": _management(unit),
        "plan": _plan(unit),
    }


def _unit(unit: Unit, phone: str) -> dict[str, Any]:
    fields = "、".join(dict.fromkeys(project.field for project in unit.projects))
    return {
        "unit_name": unit.name,
        "credit_code": credit_code(unit),
        "category": unit.nature,
        "district": DISTRICT[unit.office],
        "address": f"昆山市{unit.address}",
        "legal_person": unit.head,
        "contact": unit.contact,
        "phone": phone,
        "email": f"{unit.key}@example.cn",
        "bank": "昆山示例银行城中支行",
        "account": f"3220000000000{unit.serial}",
        "intro": (
            f"{unit.name}位于昆山市{DISTRICT[unit.office]}。{_KIND[unit.nature]}。\n"
            f"近年来围绕本市{fields}产业的用工需求建设实训场所，自有建筑面积 {float(unit.area):,.0f} 平方米，"
            "实行“项目负责人 + 设备管理员”双岗管理，设备完好率保持在 97% 以上，白天、晚间和双休日均可预约。"
        ),
    }


def _base(unit: Unit) -> dict[str, Any]:
    base = {
        "name": f"{unit.name[:-2] if unit.name.endswith(('学院', '学校', '中心')) else unit.name}公共实训基地",
        "area": unit.area,
        "fire": "yes",
        "ventilation": "yes",
        "lighting": "yes",
        "climate": "yes",
        "facility_note": "消防设施经验收合格，每月巡检；实训区设机械送排风和局部排烟，照度不低于 300 勒克斯，集中空调控温。",
    }
    if float(unit.area) < 1000:
        base["area_note"] = (
            f"现有实训建筑面积 {float(unit.area):,.0f} 平方米，按早、中、晚三个时段轮换使用，单班不超过 {unit.projects[0].stations} 个工位，"
            "人均实训面积高于同类机构；已与所在区镇签订扩建意向，拟增加约 600 平方米。"
        )
    return base


def _project(unit: Unit, project: Project, identifier: str) -> dict[str, Any]:
    people = _people(unit.serial * 11 + len(project.name))
    return {
        "_id": identifier,
        "outline": {
            "name": project.name,
            "occupations": [
                {"_id": f"{identifier}o{number}", "name": name, "level": level}
                for number, (name, level) in enumerate(project.occupations, 1)
            ],
            "stations": project.stations,
            "capacity": project.capacity,
            "teachers": project.teachers,
            "qualified": project.qualified,
            "outlook": project.outlook,
        },
        "teachers": {
            "items": [
                _teacher(next(people), project, number, f"{identifier}t{number}")
                for number in range(1, project.teachers + 1)
            ]
        },
    }


def _people(start: int) -> Iterator[str]:
    return (f"{SURNAMES[number % len(SURNAMES)]}{GIVEN[number * 5 % len(GIVEN)]}" for number in count(start))


_QUALIFICATIONS = (
    ("intermediate", "2", "讲师、技师"),
    ("none", "1", "高级技师"),
    ("associate", "none", "高级讲师"),
    ("intermediate", "3", "工程师"),
    ("junior", "2", "技师"),
)


def _teacher(name: str, project: Project, number: int, identifier: str) -> dict[str, Any]:
    kept = _QUALIFICATIONS[number % len(_QUALIFICATIONS)] if number <= project.qualified else ("junior", "3", "高级工")
    title, skill, certificate = kept
    return {
        "_id": identifier,
        "name": name,
        "major": project.field,
        "title": title,
        "skill": skill,
        "certificate": certificate,
        "engagement": "full_time" if number % 4 else "part_time",
    }


def _machines(unit: Unit) -> list[dict[str, Any]]:
    machines = [machine for project in unit.projects for machine in project.machines]
    return [
        {
            "_id": f"e{number}",
            "name": machine.name,
            "model": machine.model,
            "quantity": machine.quantity,
            "value": machine.value,
            "advance": machine.advance,
        }
        for number, machine in enumerate(machines, 1)
    ]


def _training(unit: Unit, day: date) -> dict[str, Any]:
    experienced = unit.years >= 2
    trades = [trade for project in unit.projects for trade in project.occupations]
    records = [
        {
            "_id": f"r{year}{number}",
            "year": year,
            "occupation": name,
            "level": "3" if number % 2 else level,
            "persons": 60 + 7 * number + unit.serial % 9,
            "certified": 46 + 5 * number,
        }
        for year in range(day.year - min(unit.years, 2), day.year)
        for number, (name, level) in enumerate(trades, 1)
    ]
    kept = {"records": records, "results": _results(unit, day)}
    if not experienced:
        return {"experienced": "no", **kept}
    return {"experienced": "yes", "experience_years": f"{unit.years}.0", **kept}


def _results(unit: Unit, day: date) -> str:
    if not unit.years:
        return (
            "本单位为新建实训场所，尚未独立开展高级工以上培训。目前已完成实训大纲编写和教师试讲，"
            "与三家用人单位签订培训意向协议，计划首年开设检测类高级工班三期。"
        )
    return (
        f"截至 {day.year - 1} 年底，按“企业提需求、基地定方案、现场做考核”的办法组织高级工以上培训，"
        "培训对象以本市制造业企业在职职工为主，兼顾院校学生和转岗人员。\n"
        "学员满意率达到 96%，取证后岗位晋升或加薪的比例超过六成；承办区镇级技能比武两次，开发培训教材三种、题库一套。"
    )


def _service(unit: Unit) -> str:
    seats = sum(project.stations for project in unit.projects)
    return (
        f"基地 {seats} 个工位向社会预约开放，已为周边中小企业、职业院校和待业人员提供公共实训、技能评价场地和竞赛集训服务。"
        "公益性班次不收费，企业定制班只收取耗材成本，收费标准在基地公示。\n"
        "下一步每季度发布开放计划，设立企业点单课程，承担政府组织的技能晋升培训，并为全市职业技能竞赛提供设备和裁判支持。"
    )


def _management(unit: Unit) -> dict[str, Any]:
    people = _people(unit.serial * 17)
    posts = (
        ("基地主任", "本科、高级工程师", "统筹建设运行"),
        ("教学主管", "本科、高级技师", "实训教学和评价"),
        ("设备主管", "大专、技师", "设备和安全"),
    )
    rules = ("实训管理制度", "设备管理和维护制度", "实训安全和应急预案", "学员管理和收费公示制度")
    return {
        "organisation": (
            "成立基地管理委员会，由单位负责人任主任，下设综合、教学、设备安全三个组；每月召开例会，"
            "每季度邀请企业代表评议实训项目，重大事项报所在区镇社会保障部门。"
        ),
        "managers": [
            {"_id": f"g{number}", "name": next(people), "post": post, "qualification": qualification, "duty": duty}
            for number, (post, qualification, duty) in enumerate(posts, 1)
        ],
        "rules": [
            {"_id": f"u{number}", "name": name, "since": f"2020-{number + 2:02d}"}
            for number, name in enumerate(rules, 1)
        ],
    }


def _plan(unit: Unit) -> dict[str, Any]:
    high = 150 + 10 * len(unit.projects) + unit.serial % 7
    names = "、".join(f"“{project.name}”" for project in unit.projects)
    return {
        "three_year": (
            f"第一年完善{names}的实训大纲和设备，建成预约系统；第二年新增一个高新技能项目，教师中技师以上占比再提高 10 个百分点；"
            "第三年形成可在全市推广的教材、题库和评价标准，成为所在区镇的技能人才培养和评价中心。"
        ),
        "annual": (
            f"每年开设高级工班六期、技师班两期，培训高技能人才 {high} 人以上；组织企业技术交流四次，承办技能竞赛一次；"
            "按季度向市人社局报送实训数据，年底报送总结材料。"
        ),
        "all_trainees": high + 120,
        "trainees": high,
        "certified": high * 4 // 5,
    }
