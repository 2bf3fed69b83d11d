"""Complete forms made of the invented units' figures."""

from datetime import date
from typing import Any

from portal.jurisdictions.shunyi.sample_types import (
    by_type,
    chosen_subject,
    contents,
    indicators,
    premises,
)
from portal.jurisdictions.shunyi.sample_units import Trade, Unit
from portal.jurisdictions.shunyi.targets import CAPACITY, FIRST_YEAR, TWO_YEARS
from portal.jurisdictions.shunyi.tracks import CY, DS, TS
from portal.policy.values import complete_credit_code

GIVEN = ("守正", "明哲", "知行", "若水", "怀德", "思齐", "景澄", "闻道", "修远", "敏行", "致和", "慎思")
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕"


def credit_code(unit: Unit) -> str:
    """Return the unit's synthetic code: an enterprise's or an institution's, of the district."""
    head = "91110113MA" if unit.nature == "enterprise" else "52110113MJ"
    return complete_credit_code(f"{head}{unit.serial:07d}")


def person(seed: int) -> str:
    """Return an invented name."""
    return SURNAMES[seed % len(SURNAMES)] + GIVEN[seed * 5 % len(GIVEN)]


def answers(unit: Unit, day: date) -> dict[str, Any]:
    """Return a form that meets every hard condition, as of a day."""
    phone = f"010-0000 {1000 + unit.serial}"
    return {
        "cover": {
            "unit_name": unit.name,
            "occupations": [{"_id": f"o{n}", "name": trade.name} for n, trade in enumerate(unit.trades, 1)],
            "contact": unit.contact,
            "phone": phone,
            "filled_on": day.isoformat(),
        },
        "basic": _basic(unit, phone),
        "background": {"background": _background(unit), "foundation": _foundation(unit, day)},
        "ideas": {
            "guidance": (
                "贯彻落实“十四五”职业技能培训规划，围绕区域主导产业急需紧缺岗位，以用促训、以评促学，"
                f"为{_fields(unit)}领域培养留得住、用得上的技能人才，服务稳定就业和产业升级。"
            ),
            "approach": (
                "坚持校企合作、产训结合、示范引领、融合发展。按岗位需求设课，按生产流程编训，按国家职业标准评价；"
                "先完善课程和设备，再扩大规模，最后总结推广，两年形成可复制的培养模式。"
            ),
        },
        "targets": {"overall": _overall(unit), "stages": _stages(unit), **indicators(unit)},
        "work": [_work(unit, trade, f"w{n}") for n, trade in enumerate(unit.trades, 1)],
        "safeguards": _safeguards(unit),
        "qualification": {
            "registered": "yes",
            "town": unit.town,
            **chosen_subject(unit),
            "permit": "no" if unit.nature == "enterprise" else "yes",
            "criminal": 0,
            "administrative": 0,
            "dishonest": 0,
        },
        "premises": premises(unit),
        **by_type(unit, day),
        "budget": {"lines": _budget(unit)},
    }


def _fields(unit: Unit) -> str:
    return "、".join(dict.fromkeys(trade.field for trade in unit.trades))


def _basic(unit: Unit, phone: str) -> dict[str, Any]:
    return {
        "unit_name": unit.name,
        "ownership": {"vocational": "government", "college": "government"}.get(unit.nature, "industry"),
        "unit_code": credit_code(unit),
        "address": f"北京市顺义区{unit.address}",
        "legal_name": person(unit.serial),
        "legal_post": "院（校）长" if unit.nature in ("vocational", "college", "training") else "董事长",
        "legal_phone": f"010-0000 {2000 + unit.serial}",
        "legal_mobile": f"1390000{2000 + unit.serial}",
        "contact_name": unit.contact,
        "contact_post": "培训部主任",
        "contact_phone": phone,
        "contact_mobile": f"1390000{1000 + unit.serial}",
        "account": f"02000000{unit.serial:011d}",
        "bank": "首都实业银行顺义支行",
        "features": (
            f"{unit.name}位于北京市顺义区{unit.town}，面向{_fields(unit)}领域开展职业技能培训和评价。"
            "单位建立了培训、财务、资产、风险四类管理制度，实行开班审批、过程抽查、结业评估的闭环管理。\n"
            "现有专兼职教师 40 余人，其中高级技师、技师占六成以上；与产业链企业共建实训岗位，"
            "近三年承办或协办区级以上技能竞赛多次，学员满意率保持在 96% 以上。"
        ),
    }


def _background(unit: Unit) -> str:
    return (
        f"顺义区以{_fields(unit)}等产业为重点，企业加快数字化改造，一线岗位对复合型技能人才的需求持续上升。"
        "据本单位走访的 46 家企业反映，高级工以上岗位平均空缺时间超过三个月，企业自主培训能力不足。\n"
        "现有培训资源以通用工种为主，与产业链岗位衔接不够，需要建设面向产业、开放共享的技能人才培训基地。"
    )


def _foundation(unit: Unit, day: date) -> str:
    parts = [
        f"{trade.name}：建有{trade.room} {trade.area:,} 平方米，主要设备{'、'.join(each[0] for each in trade.equipment)}，"
        f"{day.year - 2} 年以来连续开班，形成了理论、仿真、实操三段式课程。"
        for trade in unit.trades
    ]
    return "\n".join(parts)


def _overall(unit: Unit) -> str:
    if unit.track == DS:
        return (
            "两年内建成满足市级以上竞赛集训需要的训练场地和技术团队，承办区级及以上职业技能竞赛 2 场，"
            "参赛选手 360 人，为行业选拔一批优秀技能人才。"
        )
    return (
        f"两年内累计取证 {TWO_YEARS[unit.track] + 60:,} 人次以上，学员培训满意率达到 96% 以上，取证率达到 92% 以上；"
        f"建设期满形成年培养 {CAPACITY[unit.track] + 30} 人次的能力。"
    )


def _stages(unit: Unit) -> str:
    if unit.track == DS:
        return "第一年完成场地改造和团队组建，承办区级竞赛 1 场；第二年完成集训资源库，再承办竞赛 1 场并总结推广。"
    first = FIRST_YEAR[unit.track] + 20
    return (
        f"第一年完成课程开发和设备升级，取证 {first} 人次；"
        f"第二年扩大规模，取证 {TWO_YEARS[unit.track] + 60 - first:,} 人次，总结培养经验。"
    )


def _work(unit: Unit, trade: Trade, identifier: str) -> dict[str, Any]:
    seed = unit.serial * 3 + trade.area
    members = [
        {"_id": f"{identifier}m{n}", "name": person(seed + n), "post": post, "duty": duty}
        for n, (post, duty) in enumerate(
            (("专业教研室", "课程开发"), ("实训中心", "设备运维"), ("合作企业", "岗位实训")), 1
        )
    ]
    goals = (
        f"建成{trade.name}课程包 1 套、岗位实训项目 12 个；教师到企业实践每人每年不少于 20 天；"
        "实训设备完好率不低于 98%，每期学员满意率不低于 95%。"
    )
    key = "contest_content" if unit.track == DS else "content"
    team = {"name": trade.name, "leader": person(seed), "members": members, "goals": goals}
    return {"_id": identifier, "team": team, key: contents(unit, trade, identifier)}


def _safeguards(unit: Unit) -> dict[str, Any]:
    return {
        "organisation": (
            "成立基地建设领导小组，由法定代表人任组长，下设办公室、培训部、财务部和安全部，岗位职责写入年度考核。"
            "每季度召开一次调度会，对未达进度的事项限期整改，考核结果与绩效挂钩。"
        ),
        "mechanism": (
            "建立需求调研、联合制定方案、过程督导、结业评价和跟踪回访的培训机制；"
            "制定学员管理、教师管理、设备管理和应急管理办法，定期开展安全检查。"
        ),
        "funding": (
            "补助资金设立专账、专款专用，主要用于课程开发、设备改造和师资培训；"
            f"{unit.name}按不低于补助资金的比例自筹配套，合作企业以设备和耗材投入。"
        ),
    }


def _budget(unit: Unit) -> list[dict[str, Any]]:
    grant = {TS: (40, 60), CY: (20, 30), DS: (6, 4)}[unit.track]
    lines = []
    for year, yuan in zip(("first", "second"), grant, strict=True):
        kinds = ("contest", "equipment") if unit.track == DS else ("curriculum", "training")
        for at, item in enumerate(kinds):
            lines.append(
                {
                    "_id": f"b{year}{at}",
                    "year": year,
                    "item": item,
                    "purpose": "按建设内容与进度表逐项支出，留存合同、发票和验收单",
                    "grant": f"{yuan / 2:.2f}",
                    "own": f"{yuan / 4:.2f}",
                }
            )
    return lines
