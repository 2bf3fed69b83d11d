"""What the three types answer differently: subjects, indicators, premises, numbers, partners, contests."""

from datetime import date
from typing import Any

from portal.jurisdictions.shunyi.sample_units import Trade, Unit
from portal.jurisdictions.shunyi.subjects import LINKED_SUBJECTS
from portal.jurisdictions.shunyi.targets import CAPACITY, FIRST_YEAR, TWO_YEARS
from portal.jurisdictions.shunyi.tracks import CY, DS, TS

Rows = list[dict[str, Any]]

PARTNERS = (
    ("北京域控机器人有限公司", "enterprise"),
    ("北京恒锐数控装备有限公司", "enterprise"),
    ("北京云构工业软件有限公司", "enterprise"),
    ("北京潮河汽车零部件有限公司", "enterprise"),
    ("北京临空地面服务有限公司", "enterprise"),
    ("北京智造产业技能协会", "association"),
    ("北京京东北应用技术大学", "college"),
    ("北京燕郊装备技工学校", "technical"),
)


def chosen_subject(unit: Unit) -> dict[str, Any]:
    """Answer which of the listed subjects the unit is."""
    if unit.track != CY:
        return {"training_subject" if unit.track == TS else "contest_subject": unit.subject[0]}
    answered: dict[str, Any] = {
        "chain_subjects": list(unit.subject),
        "standing": (
            "产品市场占有率居区域同行业前列，近三年营业收入年均增长 12%，"
            "拥有发明专利 28 项，参与制定团体标准 3 项，获评区级创新示范单位。"
        ),
    }
    if set(unit.subject) & set(LINKED_SUBJECTS):
        answered["linkage"] = (
            "为两家上市公司提供核心部件，与其共建联合实验室，常年派驻工程师 15 人，可带动配套企业共同培养技能人才。"
        )
    return answered


def indicators(unit: Unit) -> dict[str, Rows]:
    """Answer the measurable goals of 表2-2, a little above what the scheme asks."""
    if unit.track == DS:
        wanted = [
            ("contests", "first", 1),
            ("contests", "second", 1),
            ("entrants", "first", 160),
            ("entrants", "second", 200),
        ]
        return {"contest_indicators": _numbered(wanted)}
    first = FIRST_YEAR[unit.track] + 20
    wanted = [
        ("certificates", "first", first),
        ("certificates", "second", TWO_YEARS[unit.track] + 60 - first),
        ("satisfaction", "first", 96),
        ("pass_rate", "first", 92),
        ("capacity", "end", CAPACITY[unit.track] + 30),
    ]
    return {"indicators": _numbered(wanted)}


def _numbered(wanted: list[tuple[str, str, int]]) -> Rows:
    return [
        {"_id": f"i{n}", "indicator": indicator, "year": year, "value": f"{value}.00", "evidence": "证书和培训台账"}
        for n, (indicator, year, value) in enumerate(wanted, 1)
    ]


def contents(unit: Unit, trade: Trade, identifier: str) -> dict[str, Rows]:
    """Answer the three headings of 表3-n-2 with two lines each."""
    lines = _CONTEST_LINES if unit.track == DS else _TRAINING_LINES
    return {
        heading: [
            {
                "_id": f"{identifier}{heading}{n}",
                "content": content.format(trade.name),
                "first": first,
                "second": second,
            }
            for n, (content, first, second) in enumerate(rows, 1)
        ]
        for heading, rows in lines.items()
    }


_TRAINING_LINES = {
    "system": (
        ("开发{}培训课程包", "完成课程标准和 6 个教学单元", "完成全部 12 个教学单元并投入使用"),
        ("编写活页式实训教材", "完成初稿并试用 2 个班次", "修订定稿，配套数字资源 40 个"),
    ),
    "ability": (
        ("与合作企业共建{}实训岗位", "新增实训岗位 30 个", "累计实训岗位 60 个"),
        ("师资能力提升", "教师企业实践 8 人次", "新增技师以上教师 6 人"),
    ),
    "experience": (
        ("总结{}培养经验", "形成阶段报告 1 份", "形成典型案例 2 个并交流推广"),
        ("培训成果转化", "建立学员跟踪档案", "完成培养质量评估报告"),
    ),
}
_CONTEST_LINES = {
    "system": (
        ("制定{}集训方案", "完成集训大纲和训练题库", "题库扩充至 60 套"),
        ("改造集训场地和设备", "完成工位改造 12 个", "完成智能测评系统"),
    ),
    "ability": (
        ("承办{}职业技能竞赛", "承办区级竞赛 1 场", "承办区级以上竞赛 1 场"),
        ("选手阶段性选拔", "完成 3 轮选拔", "形成选拔规程并公开"),
    ),
    "experience": (
        ("总结{}集训经验", "形成技术文件 1 套", "形成赛训案例集"),
        ("竞赛成果转化", "转化教学项目 4 个", "转化教学项目累计 8 个"),
    ),
}


def premises(unit: Unit) -> dict[str, Any]:
    """Answer sites and equipment."""
    sites = [
        {"_id": f"s{n}", "name": trade.room, "area": f"{trade.area}.00", "tenure": "owned", "occupations": trade.name}
        for n, trade in enumerate(unit.trades, 1)
    ]
    equipment = [
        {
            "_id": f"e{n}x{at}",
            "name": name,
            "model": model,
            "quantity": quantity,
            "value": value,
            "occupations": trade.name,
        }
        for n, trade in enumerate(unit.trades, 1)
        for at, (name, model, quantity, value) in enumerate(trade.equipment, 1)
    ]
    known: dict[str, Any] = {
        "sites": sites,
        "equipment": equipment,
        "safety": "场所已完成消防验收备案，特种设备均在检验有效期内，设备旁张贴安全操作规程，每学期组织两次应急演练。",
    }
    if unit.track == DS:
        known["consumables"] = "按工位配备成套工具，焊材、刀具、量具等耗材按训练计划月度采购，设专人保管并登记领用。"
    return known


def by_type(unit: Unit, day: date) -> dict[str, Any]:
    """Answer the pages only this type is asked."""
    if unit.track == DS:
        return {"contest": _contest(unit, day)}
    partners = [
        {
            "_id": f"p{n}",
            "name": name,
            "kind": kind,
            "since": f"{day.year - 3}-09",
            "content": "联合制定培训方案、共建实训岗位、互派教师",
            "active": "yes",
        }
        for n, (name, kind) in enumerate(PARTNERS, 1)
    ]
    cooperation = {"cooperation": {"partners": partners}}
    if unit.track == TS:
        trained = {"previous_trained": 420 + 5 * unit.serial, "previous_assessed": 160 + unit.serial}
        return {"training": trained, **cooperation}
    firms = [
        {"_id": f"f{n}", "name": name, "relation": "零部件配套", "participation": "联合开班、吸纳结业学员就业"}
        for n, (name, _) in enumerate(PARTNERS[:4], 1)
    ]
    return {"chain": {"jobs": 300 + 2 * unit.serial, "firms": firms}, **cooperation}


def _contest(unit: Unit, day: date) -> dict[str, Any]:
    team = [
        {"_id": f"t{n}", "name": name, "post": post, "skill": skill, "duty": "技术指导和训练评判"}
        for n, (name, post, skill) in enumerate(
            (("穆青禾", "集训部主任", "高级技师"), ("祝长庚", "技术指导", "技师"), ("席望舒", "技术指导", "高级技师")),
            1,
        )
    ]
    contests = [
        {
            "_id": f"c{n}",
            "name": f"第{word}届顺义区职工职业技能竞赛{unit.trades[0].name}项目",
            "level": "district",
            "held": f"{day.year - 3 + n}-06",
            "entrants": 96 + 20 * n,
            "role": "承办",
        }
        for n, word in enumerate(("八", "九"), 1)
    ]
    return {
        "team": team,
        "contests": contests,
        "emergency": "制定集训突发事件应急预案，明确指挥、处置、报告流程，与就近医院建立绿色通道，每次集训前组织演练。",
        "living": "提供选手宿舍 60 间、食堂两处，配备班车和洗衣、医务服务，集训期间专人值守。",
        "selection": "按公告报名、资格审核、三轮选拔、成绩公示的程序进行，命题与执裁分离，全程录像并接受监督。",
        "exchange": "设有技术交流室和同步教学系统，常年邀请企业首席技师授课，与兄弟院校开展友谊赛和互访。",
    }
