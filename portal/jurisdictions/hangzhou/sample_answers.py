"""Complete forms made of the invented units' figures."""

from datetime import date
from itertools import count
from typing import Any

from portal.jurisdictions.hangzhou.sample_units import Centre, Machine, Unit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = ("守正", "明哲", "知行", "若水", "怀德", "思齐", "景澄", "闻道", "修远", "澄怀", "敏行", "致和", "允执", "慎思")


def answers(unit: Unit, day: date) -> dict[str, Any]:
    """Return a form that meets every condition, as of a day."""
    phone = f"0571-0000 {1000 + unit.serial}"
    return {
        "cover": {"unit_name": unit.name, "contact": unit.contact, "phone": phone, "filled_on": day.isoformat()},
        "basic": {
            "unit_name": unit.name,
            "address": f"杭州市{unit.address}",
            "postcode": unit.postcode,
            "contact1": unit.contact,
            "phone1": f"1380000{1000 + unit.serial}",
            "email1": f"{unit.key}@example.cn",
            "intro": _intro(unit),
        },
        "training": {"results": _results(unit, day)},
        "project": [_project(unit, centre, f"a{n}") for n, centre in enumerate(unit.centres, 1)],
        "standard": _standard(unit, day),
        "pledge": {"public_service": "yes", "matching_funds": "yes", "matching_amount": f"{180 + 10 * unit.serial}.00"},
    }


def _intro(unit: Unit) -> str:
    rooms = "、".join(room for centre in unit.centres for room in centre.rooms)
    kind = "学校以技能人才培养为办学定位" if unit.track == "school" else "公司长期重视职工技能培训，设有独立的培训中心"
    return (
        f"{unit.name}位于杭州市{unit.district}。{kind}，现有专职管理人员和专兼结合的师资队伍，"
        f"建有{rooms}等实训场所，场地和主要设备均为自有，实行“一人一岗、以岗定训”的实训组织方式。\n"
        "近年来先后修订实训管理、固定资产管理、安全管理等制度，实训设备完好率保持在 98% 以上，"
        "面向企业职工、失业人员和在校学生开放，形成了白天授课、晚间和双休日开放实训的运行机制。"
    )


def _results(unit: Unit, day: date) -> str:
    year = day.year - 1
    return (
        f"{year - 2} 年至 {year} 年，本单位累计培训 {1180 + 40 * unit.serial:,} 人次，"
        f"其中高级工以上 {436 + 9 * unit.serial} 人次；承办市级职业技能竞赛 2 次，组织企业技术比武 5 次。\n"
        "在对社会服务方面，为周边中小企业开展新技术、新工艺短期培训，为职业技能等级认定提供场地和设备，"
        "并为退役军人、失业人员开设公益性实训班，学员满意率达到 96%。"
    )


def _project(unit: Unit, centre: Centre, identifier: str) -> dict[str, Any]:
    people = _people(unit.serial * 7 + len(centre.name))
    return {
        "_id": identifier,
        "site": {
            "name": centre.name,
            "occupations": [
                {"_id": f"{identifier}o{n}", "name": name, "level": "1"} for n, name in enumerate(centre.occupations, 1)
            ],
            "rooms": [{"_id": f"{identifier}m{n}", "name": name} for n, name in enumerate(centre.rooms, 1)],
            "open_times": ["day", "evening", "weekend"],
            "open_to": ["students", "unemployed", "employed"],
            "area": f"{centre.area}.00",
            "leased_area": "0.00",
        },
        "equipment": {
            "items": [_machine(machine, f"{identifier}e{n}") for n, machine in enumerate(centre.machines, 1)]
        },
        "staff": {
            "managers": [
                _person(people, f"{identifier}g{n}", "实训中心主任" if n == 1 else "实训管理员") for n in (1, 2)
            ],
            "maintainers": [_person(people, f"{identifier}w{n}", "设备维护员") for n in (1, 2)],
            "teachers": [_person(people, f"{identifier}t{n}", "一体化教师") for n in range(1, 7)],
        },
        "prospects": {"outlook": _outlook(centre)},
    }


def _machine(machine: Machine, identifier: str) -> dict[str, Any]:
    return {
        "_id": identifier,
        "name": machine.name,
        "quantity": machine.quantity,
        "model": machine.model,
        "maker": machine.maker,
        "tenure": machine.tenure,
        "value": machine.value if "." in machine.value else f"{machine.value}.00",
    }


def _people(start: int) -> Any:
    return (f"{SURNAMES[n % len(SURNAMES)]}{GIVEN[n * 5 % len(GIVEN)]}" for n in count(start))


def _person(people: Any, identifier: str, post: str) -> dict[str, Any]:
    name = next(people)
    seed = sum(map(ord, name))
    return {
        "_id": identifier,
        "name": name,
        "age": 28 + seed % 27,
        "post": post,
        "education": ("bachelor", "master", "college")[seed % 3],
        "major": ("机械工程", "电气自动化", "职业技术教育")[seed % 3],
        "title": ("高级技师", "技师", "高级实习指导教师", "讲师（高级工）")[seed % 4],
        "engagement": "full_time",
        "contract": "labour" if seed % 2 else "employment",
    }


def _outlook(centre: Centre) -> str:
    trades = "、".join(centre.occupations)
    return (
        f"项目背景：本市{centre.field}领域高级工以上用工缺口持续扩大，{trades}等岗位平均空岗时间较长，"
        "现有公共实训项目以通用工种为主，尚不能满足企业夜间和双休日集中培训的需要。\n"
        f"工作基础：{centre.name}实训室总面积 {int(centre.area):,} 平方米，设备完好，师资稳定，"
        "近三年面向企业职工、失业人员开展培训，并承办市级职业技能竞赛。\n"
        "实训工作思路：以公共服务为主，向周边企业、院校和社会团体开放预约，按“准入申请—实训协议—实训预约—"
        "过程记录”四个环节管理，每年提供对外公共实训服务不少于 1,500 人次。"
    )


def _standard(unit: Unit, day: date) -> dict[str, Any]:
    known = {"district": unit.district, "unit_kind": unit.name[-4:], "legal_person": "yes", "office_tenure": "owned"}
    if unit.track == "enterprise":
        funds = [
            {
                "_id": f"f{year}",
                "year": year,
                "payroll": "5200.00",
                "rate": "8.00",
                "due": "416.00",
                "accrued": "416.00",
                "used": "352.50",
            }
            for year in range(day.year - 3, day.year)
        ]
        return {**known, "industry": "equipment", "industry_note": "省级专精特新中小企业认定文件", "funds": funds}
    partners = [
        {
            "_id": f"c{n}",
            "name": name,
            "kind": "enterprise",
            "since": f"{day.year - 4}-09",
            "content": "共建实训室、互派教师、订单培养",
            "active": "yes",
        }
        for n, name in enumerate(PARTNERS, 1)
    ]
    return {
        **known,
        "stat_year": day.year - 1,
        "majors": "、".join(trade for centre in unit.centres for trade in centre.occupations),
        "enrol": 236 + unit.serial,
        "scarce_major": "no",
        "social_trainees": 540 + 6 * unit.serial,
        "employment_rate": "97.26",
        "partners": partners,
        "major_teachers": 58,
        "integrated_teachers": 31,
        "practice_teachers": 32,
        "senior_practice": 14,
    }


PARTNERS = (
    "浙江恒锐数控机床有限公司",
    "宁波海科机床股份有限公司",
    "杭州域控机器人有限公司",
    "浙江启明教学仪器有限公司",
    "苏州智衡测量技术有限公司",
    "杭州云构工业软件有限公司",
    "浙江华焰焊接设备有限公司",
    "浙江远电教学装备有限公司",
    "杭州江滨汽车部件有限公司",
    "浙江望涛阀门股份有限公司",
    "杭州云栖智能装备有限公司",
)
