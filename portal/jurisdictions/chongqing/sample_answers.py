"""Complete forms made of the invented units' figures."""

from datetime import date, timedelta
from typing import Any

from portal.jurisdictions.chongqing.sample_plan import SURNAMES, plan_sections
from portal.jurisdictions.chongqing.sample_trades import Trade
from portal.jurisdictions.chongqing.sample_units import Unit


def answers(unit: Unit, day: date) -> dict[str, Any]:
    """Return a form that meets every hard condition, as of a day."""
    phone = f"023-0000 {1000 + unit.serial}"
    return {
        "cover": {"unit_name": unit.name, "contact": unit.contact, "phone": phone, "filled_on": day.isoformat()},
        "unit": _unit(unit, phone),
        **_target(unit),
        "bases": _bases(unit),
        "professions": {"items": [_profession(unit, trade, n) for n, trade in enumerate(unit.trades, 1)]},
        "training": _training(unit, day),
        "management": _management(unit, day),
        "site": _site(unit),
        "teachers": _teachers(unit),
        **({"workforce": _workforce(unit, day)} if unit.staff else {}),
        "cooperation": _cooperation(unit, day),
        **plan_sections(unit),
        "merits": _merits(unit, day),
        "pledge": {"truth": "yes", "copies": "yes"},
    }


def _unit(unit: Unit, phone: str) -> dict[str, Any]:
    owned = {"technician_school": "government", "public_base": "government", "enterprise_centre": "industry"}
    surname = SURNAMES[unit.serial % len(SURNAMES)]
    known = {
        "name": unit.name,
        "credit_code": unit.credit_code,
        "kind": unit.kind,
        "ownership": owned.get(unit.kind, "industry"),
        "enterprise_based": "yes" if unit.staff else "no",
        "central": "yes" if unit.central else "no",
        "district": unit.district,
        "supervisor": "无" if unit.route == "place" else "市级行业主管部门",
        "address": f"重庆市{unit.address}",
        "postcode": unit.postcode,
        "legal_name": f"{surname}守正",
        "legal_post": "院长" if "学院" in unit.name else "主任",
        "legal_phone": phone,
        "contact_post": "培训管理部部长",
        "contact_mobile": f"1390000{2000 + unit.serial}",
        "contact_email": f"{unit.key}@example.cn",
        "bank_account": f"50000000000000{unit.serial:04d}",
        "bank": "重庆样例银行营业部",
    }
    return {**known, "intro": _intro(unit)}


def _intro(unit: Unit) -> str:
    trades = "、".join(trade.name for trade in unit.trades)
    behind = (
        f"中心依托企业建设，企业用工 {unit.staff:,} 人，实行“师带徒”和岗位练兵制度，职工培训纳入年度预算。"
        if unit.staff
        else "单位以技能人才培养为办学定位，实行理实一体、校企双元的培养方式。"
    )
    return (
        f"{unit.name}位于重庆市{unit.district}，主要开展{trades}等职业（工种）的培训和评价。{behind}\n"
        f"现有专兼职教师 {unit.teachers} 人，上一年度培训 {unit.times:,} 人次，其中高级工以上 {unit.high:,} 人。"
        "培训、财务、资产、风险管理制度健全，近三年培训档案完整，学员满意率保持在 96% 以上，"
        "多次承担区县职业技能竞赛的场地保障和技术支持工作。"
    )


def _target(unit: Unit) -> dict[str, Any]:
    first, second = unit.target
    if unit.track == "national":
        kind = "existing" if unit.base else "new"
        return {"national": {"tier": first, "type": kind, "adjust": unit.adjust}}
    return {"municipal": {"category": first, "support": second, "adjust": unit.adjust, "cross": "no"}}


def _bases(unit: Unit) -> dict[str, Any]:
    if unit.base is None:
        return {"has_existing": "no"}
    level, year, grade = unit.base
    row = {"_id": "h1", "level": level, "year": year, "document": "无", "grade": grade, "funds_used": "98.60"}
    return {"has_existing": "yes", "items": [row]}


def _profession(unit: Unit, trade: Trade, number: int) -> dict[str, Any]:
    developed = {"developed": "yes"} if unit.track == "municipal" else {}
    return {
        "_id": f"p{number}",
        "name": trade.name,
        "code": trade.code,
        "level": trade.level,
        "matched": "yes",
        "basis": trade.basis,
        "priority": "no" if number == 6 else "yes",
        "sets": trade.sets,
        "value": trade.value,
        "seats": trade.seats,
        "teachers": trade.teachers,
        "partner": trade.partner,
        **developed,
    }


def _training(unit: Unit, day: date) -> dict[str, Any]:
    return {
        "year": day.year - 1,
        "capacity": max(2000, unit.times + 400),
        "high_capacity": max(500, unit.high + 120),
        "person_times": unit.times,
        "persons": unit.persons,
        "high_persons": unit.high,
        "high_times": unit.high * 5 // 4,
        "digital": unit.digital,
        "digital_high": unit.digital // 3,
        "evaluator": "yes",
        "evaluated": 1260 + 10 * unit.serial if 3 in unit.claims else 620 + 10 * unit.serial,
        "apprentice_classes": 2 + unit.serial % 3,
        "subsidised": ["improvement", "apprentice"],
    }


_RULES = (
    ("training", "职业技能培训管理办法", 3),
    ("finance", "财务管理和专项资金使用办法", 5),
    ("assets", "固定资产和实训设备管理办法", 7),
    ("risk", "安全生产和风险防控管理办法", 9),
    ("staff", "职工技能培训制度", 11),
)


def _management(unit: Unit, day: date) -> dict[str, Any]:
    rules = [
        {"_id": kind, "kind": kind, "title": title, "page": page}
        for kind, title, page in _RULES
        if kind != "staff" or unit.staff
    ]
    national = {"punished": "no", "credit_report_on": (day - timedelta(days=6)).isoformat()}
    return {"rules": rules, "violations": "no", **(national if unit.track == "national" else {})}


def _site(unit: Unit) -> dict[str, Any]:
    national = {
        "platform": "yes",
        "platform_note": "自建技能培训管理平台，具备报名、排课、过程考勤、设备预约、证书查询和数据统计功能，已与评价工作台账对接。",
    }
    return {
        "area": f"{3200 + 40 * unit.teachers}.00",
        "tenure": "owned",
        "safety": (
            "实训楼已通过竣工验收和消防验收备案，特种设备按期检验；每学期开展两次安全检查，"
            "焊接、电工等实训室配备排烟、漏电保护和应急喷淋设施，证明材料见佐证材料第 13—15 页。"
        ),
        **(national if unit.track == "national" else {}),
    }


def _teachers(unit: Unit) -> dict[str, Any]:
    practice = unit.teachers * 2 // 5
    qualified = (
        {"qualified": practice * 9 // 20 + 1} if unit.track == "national" else {"senior_qualified": practice * 2 // 5}
    )
    return {
        "full_time": unit.teachers * 3 // 4,
        "total": unit.teachers,
        "integrated": unit.teachers * 9 // 16,
        "practice": practice,
        **qualified,
        "students": unit.students,
        "senior_students": unit.students * 8 // 25,
        "qualification_pages": "第 16—20 页",
    }


def _workforce(unit: Unit, day: date) -> dict[str, Any]:
    senior, technician, master = unit.skilled * 2 // 5, unit.skilled // 10, unit.skilled // 40
    junior = unit.skilled // 5
    middle = unit.skilled - senior - technician - master - junior - 2
    dispatched = unit.staff // 20
    fund = {"fund_year": day.year - 1, "due": "652.00", "accrued": "652.00", "used": "431.80"}
    return {
        "as_of": date(day.year - 1, 12, 31).isoformat(),
        "employees": unit.staff - dispatched,
        "dispatched": dispatched,
        "junior": junior,
        "intermediate": middle,
        "senior": senior,
        "technician": technician,
        "senior_technician": master,
        "chief": 2,
        **(fund if unit.track == "national" else {}),
    }


def _cooperation(unit: Unit, day: date) -> dict[str, Any]:
    firms = [trade.partner for trade in unit.trades]
    firms += [each for each in ("重庆渝锦精密制造有限公司", "重庆嘉陵数控装备有限公司") if each not in firms]
    rows = [
        {
            "_id": f"c{number}",
            "name": name,
            "size": "large" if number == 1 else "medium",
            "since": f"{day.year - 4}-09",
            "until": f"{day.year + 2}-08",
            "content": "共同制定培养方案，共建实训室，接收学员顶岗实习，互派教师和技术骨干",
            "joint_base": "yes" if unit.joint else "no",
            "exchange": "yes",
            "hired": 2 if unit.joint else 0,
        }
        for number, name in enumerate(firms, 1)
    ]
    note = "原学生实习基地随合作企业搬迁正在重建，新协议已报企业审批，预计本学期内签订并聘请指导教师。"
    return {"partners": rows, **({} if unit.joint else {"joint_note": note})}


def _merits(unit: Unit, day: date) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    for number in range(1, 6):
        claims[f"p{number}"] = "yes" if number in unit.claims else "no"
        if number in unit.claims:
            claims[f"p{number}_page"] = f"第 {20 + number} 页"
    contests = [
        ("重庆市职业技能大赛", "municipal", "award", "获二等奖 2 项、三等奖 3 项"),
        (f"{unit.district}职业技能竞赛", "district", "host", "承办 3 个赛项，参赛选手 186 人"),
    ]
    rows = [
        {
            "_id": f"t{n}",
            "name": name,
            "level": level,
            "held_in": f"{day.year - 1}-0{4 + n}",
            "role": role,
            "result": said,
        }
        for n, (name, level, role, said) in enumerate(contests, 1)
    ]
    return {**claims, "worldskills": "municipal" if 4 in unit.claims else "none", "contests": rows}
