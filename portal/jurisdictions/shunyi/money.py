"""三（一）–（五） and 工作要求（三）（四）: grants, awards, what is recovered, and the years of building. Amounts in yuan."""

from decimal import Decimal

from portal.jurisdictions.shunyi.targets import FIRST_YEAR, TWO_YEARS
from portal.jurisdictions.shunyi.tracks import CY, DS, TRAINING, TS
from portal.policy.edition import Support
from portal.policy.funding import After, Instalment, MultipleAward, Reclaim, Recovery, StepAward
from portal.policy.material import Material
from portal.policy.term import BuildPeriod

_HALVES = "建设当年拨付40%，完成产出指标任务后拨付另外60%"
_FINAL_PAPERS = (
    Material("summary", "基地建设工作总结", "两年建设期的工作总结，加盖公章。", "工作要求（二）", types=("pdf", "ofd")),
    Material(
        "self_report",
        "绩效自评报告",
        "逐项写明指标、目标、实际完成、佐证、自评等级和偏差原因，加盖公章。",
        "工作要求（二）",
        types=("pdf", "ofd"),
    ),
    Material(
        "outputs",
        "产出佐证材料",
        "取证名册、满意度调查、培训体系建设成果等佐证材料。",
        "工作要求（二）",
        types=("pdf", "ofd", "jpg", "png", "xlsx"),
    ),
)
_BRAND_PAPERS = (
    Material(
        "trained",
        "年度培训人次佐证材料",
        "当年开班名册、培训签到等佐证材料，加盖公章。",
        "三（四）",
        types=("pdf", "ofd", "jpg", "png", "xlsx"),
    ),
)


def _grant(track: str, title: str, yuan: int, clause: str, first: int) -> Support:
    """A grant of a training base: 40 % in the first year, 60 % when its outputs are done."""
    return Support(
        f"{title}建设补助",
        f"{title}建设补助为{yuan // 10_000}万元，{_HALVES}。",
        clause,
        "SY-F1",
        (track,),
        Decimal(yuan),
        (
            Instalment(
                "first",
                "首期补助资金",
                Decimal(yuan) * 40 / 100,
                40,
                "发文公布后，在发文所在年度拨付",
                clause,
                "SY-A-02",
            ),
            Instalment(
                "final",
                "末次补助资金",
                Decimal(yuan) * 60 / 100,
                60,
                "完成产出指标任务、末次资金申请审核通过后拨付",
                clause,
                after=After.TARGETS,
                targets=tuple(f"SY-K{number:02}" for number in range(first, first + 5)),
                materials=_FINAL_PAPERS,
            ),
        ),
        key="grant",
    )


SUPPORT = (
    _grant(TS, "职业技能提升培训基地", 1_000_000, "三（一）", 1),
    _grant(CY, "产业链企业培训基地", 500_000, "三（二）", 6),
    Support(
        "技能大赛集训基地建设补助",
        "技能大赛集训基地建设补助为10万元，基地认定挂牌后一次性拨付完成。",
        "三（三）",
        "SY-F1",
        (DS,),
        Decimal(100_000),
        (
            Instalment(
                "whole",
                "一次性补助资金",
                Decimal(100_000),
                100,
                "认定挂牌后一次性拨付",
                "三（三）",
                after=After.PLAQUE,
            ),
        ),
        key="grant",
    ),
    Support(
        "特色劳务品牌奖励补助",
        "在完成基本产出指标的基础上，年度培训人次达到基本产出指标2倍以上的，给予特色劳务品牌奖励补助5万元，并授予"
        "“顺义区特色劳务品牌”铭牌；每个基地只可以申请一次，符合条件的基地可随时申请。",
        "三（四）",
        "SY-F2",
        TRAINING,
        award=MultipleAward(
            Decimal(50_000),
            2,
            # The second year's target is what the first leaves of the total (SY-A-05).
            tuple((track, (FIRST_YEAR[track], TWO_YEARS[track] - FIRST_YEAR[track])) for track in TRAINING),
            "brand.base",
            "certified",
            "trained",
            _BRAND_PAPERS,
            "顺义区特色劳务品牌",
        ),
        default="SY-A-05",
        key="brand",
    ),
    Support(
        "高技能人才评价奖励补助",
        "在两年建设期总产出指标基础上，高级工及以上取证人数每增加100人，给予基地建设单位5万元补助，"
        "每个基地申领此项补助最高不超过50万元。",
        "三（五）",
        "SY-F3",
        TRAINING,
        award=StepAward(
            100,
            Decimal(50_000),
            Decimal(500_000),
            tuple(TWO_YEARS.items()),
            "award.baseline",
            "certified",
            "certified_high",
            "final",
        ),
        default="SY-A-06",
        key="high_skill",
    ),
    Support(
        "评价奖励补助的申领时间",
        "高技能人才评价奖励补助与基地建设补助末次资金同步申领发放，只能在末次资金申请中提出。",
        "三（五）",
        "SY-F4",
        TRAINING,
    ),
    Support(
        "末次资金的拨付条件",
        "建设当年取证人数、两年内取证总人数、学员培训满意率、参加培训学员取证率和培养能力全部达到，并形成技能人才培训体系；"
        "提交基地建设工作总结、绩效自评报告及产出佐证材料。",
        "三（一）（二）；工作要求（二）",
        "SY-F5",
        TRAINING,
        default="SY-A-07",
    ),
    Support(
        "项目资金专账",
        "建立专账合理使用项目资金，逐笔登记支出；结余为已拨付减去已支出，终止建设时按结余追回。",
        "工作要求（四）",
        "SY-F6",
    ),
    Support(
        "优先考虑",
        "产出指标完成效果好的单位将作为今后人社部门评优评先、政策倾斜的优先考虑对象。",
        "工作要求（三）",
    ),
)

RECOVERIES = (
    Recovery(
        "missed",
        "改进后指标仍未达到",
        "终止项目建设，取消基地称号，追回剩余补助资金，并不再发放末次补助资金。",
        "工作要求（三）",
        Reclaim.UNSPENT,
        "SY-A-10",
    ),
    Recovery(
        "misconduct",
        "挪用、侵占、私分建设补助资金，或弄虚作假、谎报成果",
        "撤销其相应资格并追回所有补助资金（含奖励补助）。",
        "工作要求（三）",
        Reclaim.ALL,
    ),
)

BUILD_PERIOD = BuildPeriod(
    24,
    12,
    "year1.mode",
    "improve.cap",
    "技能人才培训基地建设期不超过2年，自发文公布之日起算；建设当年未达到产出指标，或完成建设当年标准但未完成两年内产出指标的，"
    "均给予一年改进期。",
    "工作要求（二）（三）",
    "SY-A-03",
)
