"""The implementation plans and self-reviews of the invented units."""

from typing import Any

from portal.jurisdictions.chongqing.sample_trades import Trade
from portal.jurisdictions.chongqing.sample_units import Unit
from portal.policy.rows import given_id

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("明哲", "知行", "若水", "怀德", "思齐", "景澄", "闻道", "修远", "澄怀", "敏行")

_FACETS = (
    (
        "培训模式",
        "建立“企业出题、校企同训、岗位验收”的{trade}工学一体培训模式",
        "形成培训方案并试点 2 个班",
        "推广到全部高级工以上班次",
    ),
    (
        "课程设置",
        "按国家职业标准和培训包重构{trade}课程，增加数字技能模块",
        "完成课程标准 4 门",
        "完成课程标准 8 门并投入使用",
    ),
    ("教材开发", "开发{trade}活页式教材和数字资源", "编写教材 1 部", "教材 2 部、微课 60 个"),
    (
        "师资建设",
        "选派{trade}教师到企业实践，引进高技能人才兼课",
        "培训一体化教师 4 人",
        "培训一体化教师 10 人，聘请技能大师 2 人",
    ),
    ("培训装备", "更新{trade}实训设备，补足高级工以上工位", "完成采购和安装 60%", "全部投入使用，工位增加 30 个"),
    ("能力评价", "完善{trade}题库和评价设备，扩大评价等级", "建成高级工、技师题库", "年评价 300 人次以上"),
    ("技能竞赛", "承办{trade}区县级以上竞赛，选拔培养选手", "承办竞赛 1 次", "承办竞赛 2 次，市级以上获奖 3 项"),
)


def plan_sections(unit: Unit) -> dict[str, Any]:
    """Return the sections of the self-review (national level) and of the plan."""
    review = {"review": _review(unit)} if unit.track == "national" else {}
    return {
        **review,
        "goals": _goals(unit),
        "build": [_build(unit, trade, number) for number, trade in enumerate(unit.trades, 1)],
        "targets": _targets(unit),
        "budget": _budget(unit),
    }


def _review(unit: Unit) -> dict[str, str]:
    return {
        "management": "成立基地建设领导小组，设培训、评价、财务、安全四个工作组，培训管理和财务管理制度每年修订一次；"
        "成立以来未发生违法违规事件，未受到失信联合惩戒。",
        "training": f"现有场地设备可满足年培训 {max(2000, unit.times + 400):,} 人次，上一年度培训 {unit.times:,} 人次，"
        f"其中高级工以上 {unit.high:,} 人；按国家职业技能标准和职业培训包组织教学，开设企业新型学徒制培训班。",
        "teachers": f"专兼职教师 {unit.teachers} 人，一体化教师占比超过 50%，高级实习指导教师和技师以上教师占实习、"
        "实训教师的比例超过 40%，教师每两年到企业实践不少于 2 个月。",
        "cooperation": f"与 {len(unit.trades)} 家以上企业建立稳定合作，共建培训实习基地，互派教师和技术骨干，"
        f"{len(unit.trades)} 个职业工种的实训条件与急需紧缺特色专业相匹配，信息化管理与服务平台已上线运行。",
        "outcome": "项目实施一年后形成七个方面较为完备的培养培训体系；实施两年后年培训 3,200 人次以上，"
        "其中高技能人才 1,080 人次以上，面向中小企业和重点群体开展政府补贴性培训。",
    }


def _goals(unit: Unit) -> dict[str, Any]:
    trades = "、".join(trade.name for trade in unit.trades)
    yearly = (
        ("新增、更新实训设备（台套）", "60", "100"),
        ("开发工学一体化课程（门）", "8", "16"),
        ("新增职业技能等级评价工种（个）", "1", "2"),
    )
    return {
        "background": f"重庆正在建设“416”科技创新战略布局和“33618”现代制造业集群，{trades}等职业高级工以上人才缺口较大。"
        "近三年合作企业提出的订单培训需求年均增长 15%，现有工位在晚间和周末已接近饱和，需要补充设备和师资。",
        "idea": "以产业需求为导向，以数字技能为重点，坚持校企双元、工学一体、训评赛结合，做到目标可量化、过程可监测、成果可推广。",
        "overall": f"用两年时间，把{unit.name}建成设备先进、师资过硬、面向企业和社会开放的高技能人才培训基地，"
        "年培训规模和高级工以上占比稳步提高。",
        "yearly": [
            {"_id": f"y{n}", "indicator": said, "year1": first, "year2": second}
            for n, (said, first, second) in enumerate(yearly, 1)
        ],
    }


def _build(unit: Unit, trade: Trade, number: int) -> dict[str, Any]:
    people = [
        f"{SURNAMES[(unit.serial * 5 + number * 3 + each) % len(SURNAMES)]}{_GIVEN[(number + each) % len(_GIVEN)]}"
        for each in range(4)
    ]
    rows = [
        {
            "_id": given_id(facet),
            "facet": facet,
            "content": said.format(trade=trade.name),
            "year1": first,
            "year2": second,
        }
        for facet, said, first, second in _FACETS
    ]
    content = {
        "name": trade.name,
        "leader": people[0],
        "members": "、".join(people[1:]),
        "goal": f"建成可容纳 {trade.seats + 30} 人同时实训的{trade.name}培训评价平台，形成一套可复制的高级工、技师培养方案，"
        f"与{trade.partner}共同开展订单培训和技术攻关。",
        "facets": rows,
    }
    return {"_id": f"b{number}", "content": content}


def _targets(unit: Unit) -> dict[str, Any]:
    second = max(3200, unit.times + 600)
    high = max(1080, unit.high + 300)
    seats, integrated = sum(trade.seats for trade in unit.trades), unit.teachers * 9 // 16
    indicators = (("实训工位（个）", seats, 30, 80), ("一体化教师（人）", integrated, 4, 10))
    return {
        "year1_times": second - 400,
        "year1_high": high - 200,
        "year2_times": second,
        "year2_high": high,
        "services": "每年面向中小企业职工、退役军人、高校毕业生和农民工开展补贴性职业技能培训不少于 20 期，"
        "承办区县以上师资研修班 1 期，组织教学方法研讨和教材研发活动 4 次。",
        "indicators": [
            {
                "_id": f"i{n}",
                "name": name,
                "now": str(now),
                "year1": str(now + first),
                "year2": str(now + then),
            }
            for n, (name, now, first, then) in enumerate(indicators, 1)
        ],
    }


def _budget(unit: Unit) -> dict[str, Any]:
    national = unit.track == "national"
    given = ("180.00", "60.00", "0.00", "20.00") if national else ("0.00", "0.00", "45.00", "10.00")
    lines = (("实训设备购置", "1", given[0], given[2]), ("课程教材和师资建设", "2", given[1], given[3]))
    return {
        "items": [
            {
                "_id": f"m{n}",
                "item": item,
                "year": year,
                "central": central,
                "city": city,
                "own": f"{40 + unit.serial}.00",
            }
            for n, (item, year, central, city) in enumerate(lines, 1)
        ],
        "progress": "第一年上半年完成调研和设备招标，下半年完成安装和课程标准；第二年全面开展培训评价，年底总结验收。",
        "safeguards": "由单位主要负责人任组长，设专职项目管理人员 2 名；资金专账核算、专款专用，每季度通报进度并公开使用情况。",
    }
