"""The eight chapters of an invented unit, in the length and manner such chapters have."""

from collections.abc import Iterator
from typing import Any

from portal.jurisdictions.skills_foundation.sample_units import Unit

_EVIDENCE = (
    ("关于推进制造业技能人才队伍建设的实施意见", "1—8"),
    ("实训场地产权证明和设备台账", "9—26"),
    ("专兼职教师和专家聘书", "27—48"),
    ("2019—2021 年培训台账汇总", "49—72"),
    ("技能等级认定机构备案文件", "73—80"),
    ("技能竞赛获奖证书和办赛通知", "81—95"),
    ("校企合作和对外交流协议", "96—118"),
    ("建设规划和经费预算", "119—136"),
)


def chapters(unit: Unit) -> dict[str, Any]:
    """Return `chapter1` … `chapter8`, each with the pages of its evidence, the last with indicators to 2027."""
    found: dict[str, Any] = {
        f"chapter{number}": {"text": text, "evidence": [{"_id": "e1", "name": name, "pages": pages}]}
        for number, (text, (name, pages)) in enumerate(zip(_texts(unit), _EVIDENCE, strict=True), start=1)
    }
    found["chapter8"]["indicators"] = _indicators(unit)
    return found


def _texts(unit: Unit) -> Iterator[str]:
    trades = "、".join(trade.name for trade in unit.trades)
    fields = "、".join(dict.fromkeys(trade.field for trade in unit.trades))
    (first, _), (second, _), (latest, advanced) = unit.trained
    kind = "学校" if unit.is_school else "公司"
    yield (
        f"{unit.league}正加快建设现代装备制造产业集群，{fields}等领域企业集中扩产，对{trades}等职业（工种）"
        "高级工以上技能人才的需求持续增长。据人力资源市场监测，2021 年上述岗位求人倍率保持在 1.8 以上，"
        "技师、高级技师岗位空缺时间平均超过 60 天。\n"
        "近年来，本地职业技能培训计划逐年落实，但面向产业链上下游中小微企业职工的高端培训供给不足，"
        "亟需一个集技能培训、技能评价、师资研修、技术技能推广为一体的综合型服务平台。"
    )
    yield (
        f"{unit.name}位于{unit.league}{unit.address}，现有教学与实训场所建筑面积 {latest * 6 + unit.serial * 10:,} 平方米，"
        f"教学实训设备总值 {unit.value} 万元，建有{'、'.join(trade.field for trade in unit.trades)}三个实训区，"
        f"主要设备包括{'；'.join(trade.equipment for trade in unit.trades)}。\n"
        f"{kind}建立了培训管理、财务管理、风险管理等制度，制定突发事件应急预案；培训经费列入年度预算，专账管理，"
        "日常运行经费有稳定来源。"
    )
    yield (
        f"现有专任教师 {60 + 2 * unit.serial} 人，其中一体化（双师型）教师 {34 + unit.serial} 人；实习指导教师 {24 + unit.serial} 人。"
        f"每个职业（工种）聘有 {unit.experts} 名专家，由制造业行业专家、企业实践专家、职业技能培训专家和实习实训指导专家组成，"
        "参与课程开发、训练指导和技术创新。\n"
        "按照“高级工程师+高级技师”的模式培养双师型师资，教师每两年到企业实践不少于两个月，企业技师到校任教实行课时津贴。"
    )
    yield (
        f"以{trades}为重点工种开展培训，2019 年至 2021 年分别培训 {first:,}、{second:,}、{latest:,} 人次，"
        f"2021 年高级工及以上 {advanced:,} 人次。实行以工作任务为导向的工学一体化培训，开发模块化课程资源包 {12 + unit.serial % 6} 个，"
        "建成数字化培训资源库和信息化管理平台。\n"
        "面向高校毕业生、退役军人、农民工等重点人群开设定制班，面向中小微企业送教上门；培训合格率和企业、劳动者满意率均在 90% 以上。"
    )
    yield (
        "2020 年取得职业技能等级认定资质，配备专职考评人员和质量督导人员，建立题库、考场、档案全过程管理制度，"
        f"近三年组织制造类职业（工种）技能等级认定 {latest // 3:,} 人次，没有发生违规事件。\n"
        "考核场地与培训场地分开排班，理论考试实行机考，技能考核全程录像并保存三年。"
    )
    yield (
        f"近三年承办盟市级以上职业技能竞赛 {2 + unit.serial % 3} 次，涉及{trades}等项目，具备同时容纳 120 名选手的赛场条件。"
        "选手在自治区级以上竞赛中获奖 11 人次。\n"
        "竞赛结束后，将竞赛试题、评分标准和操作规范转化为培训模块，供本地企业和院校无偿使用，并承担自治区集训队的集训服务。"
    )
    yield (
        "与国外职业教育机构合作引进装备制造类课程标准两套，组织教师线上研修，消化后形成本地化教学方案。"
        f"与本地制造业企业共建实训车间和技能大师工作室，每年面向中小微企业职工举办新技术、新工艺推广活动 {4 + unit.serial % 4} 期。\n"
        "建立技术交流互动平台，定期发布典型工艺案例，参与企业技术攻关和产品试制。"
    )
    yield (
        "到 2027 年底，坚持聚焦制造、高端引领、产教融合、合作共建、工学一体、高质量发展，"
        "建成立足本地、辐射自治区的制造业高技能人才培训基地。\n"
        "阶段目标：2023 年至 2024 年补齐实训设备和专家力量，完善课程资源包；2025 年至 2026 年扩大技师、高级技师培训研修规模，"
        "形成区域特色培训品牌；2027 年总结推广。各年度数据指标见下表。"
    )


def _indicators(unit: Unit) -> list[dict[str, Any]]:
    latest, advanced = unit.trained[-1]
    lines = (
        ("年培训规模", "人次", max(2100, latest), 200),
        ("高级工及以上培训", "人次", max(440, advanced), 80),
        ("技能等级认定", "人次", latest // 3, 60),
        ("开发课程资源包", "个", 4, 1),
        ("服务中小微企业", "家", 20 + unit.serial, 5),
    )
    return [
        {"_id": f"i{number}", "name": name, "unit": measured}
        | {f"y{year}": f"{start + step * (year - 2023)}.00" for year in range(2023, 2028)}
        for number, (name, measured, start, step) in enumerate(lines, start=1)
    ]
