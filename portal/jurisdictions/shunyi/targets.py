"""What a base owes in its years of building (三（一）–（三）): targets after recognition, never a bar to applying.

The requirements list them without codes; SY-K is this edition's own numbering. Before recognition the plan of 表2-2 is set
beside each, so that a goal below its target is seen early.
"""

from portal.jurisdictions.shunyi.tracks import CY, DS, TS
from portal.policy.condition import Condition, Kind, Severity, Test
from portal.policy.measures import Total
from portal.policy.tests import AllOf, AnyOf, Compare, SettingIs

FIRST_YEAR = {TS: 600, CY: 300}
TWO_YEARS = {TS: 1800, CY: 900}
CAPACITY = {TS: 900, CY: 450}
_CLAUSES = {TS: "三（一）", CY: "三（二）", DS: "三（三）"}


def planned(indicator: str, *years: str, table: str = "indicators") -> Total:
    """What the unit itself put down in 表2-2 for these years."""
    when = (("year", years),) if years else ()
    return Total(f"targets.{table}", "value", (("indicator", (indicator,)), *when))


def _target(
    code: str, title: str, text: str, track: str, *, test: Test, note: str = "", default: str = ""
) -> Condition:
    return Condition(
        code,
        title,
        text,
        _CLAUSES[track],
        Severity.TARGET,
        (Kind.AUTO,),
        test,
        applies_to=(track,),
        note=note or "认定后按实际完成情况核验；申报时与表2-2的目标对照。",
        default=default,
    )


def _two_years(track: str) -> Test:
    """The total, or nine tenths of it where the bureau has opened 原则上 (SY-A-07)."""
    both, total = planned("certificates", "first", "second"), TWO_YEARS[track]
    return AnyOf(
        (
            Compare(both, ">=", total, "人次"),
            AllOf((SettingIs("final.tolerance", ("ninety",)), Compare(both, ">=", total * 9 // 10, "人次"))),
        )
    )


def _of_training(start: int, track: str) -> tuple[Condition, ...]:
    codes = [f"SY-K{number:02}" for number in range(start, start + 5)]
    first, total, capacity = FIRST_YEAR[track], TWO_YEARS[track], CAPACITY[track]
    return (
        _target(
            codes[0],
            "建设当年取证人数",
            f"建设当年基地取证（含国家职业资格证书、职业技能等级证书、专项职业能力证书或培训合格证书，下同）人数应达到{first}人次"
            if track == TS
            else f"建设当年基地取证人数应达到{first}人次",
            track,
            test=Compare(planned("certificates", "first"), ">=", first, "人次"),
            default="SY-A-02",
        ),
        _target(
            codes[1],
            "两年内取证总人数",
            f"两年内取证总人数原则上应达到{total}人次",
            track,
            test=_two_years(track),
            default="SY-A-07",
        ),
        _target(
            codes[2],
            "学员培训满意率",
            "学员培训满意率应达到95%以上",
            track,
            test=Compare(planned("satisfaction", "first"), ">=", 95, "%"),
            note="满意人数除以受访人数，按未取整的比率核对；申报时与第一年目标对照。",
            default="SY-A-14",
        ),
        _target(
            codes[3],
            "参加培训学员取证率",
            "参加培训的学员取证率应达到90%以上",
            track,
            test=Compare(planned("pass_rate", "first"), ">=", 90, "%"),
            note="取证人次除以参加培训人次，按未取整的比率核对；申报时与第一年目标对照。",
            default="SY-A-14",
        ),
        _target(
            codes[4],
            "建设期满后培养能力",
            f"建设期满后相应专业（职业、工种）应形成技能人才培训体系，基地技能人才培养能力不少于{capacity}人次/年",
            track,
            test=Compare(planned("capacity"), ">=", capacity, "人次/年"),
            note="是否形成技能人才培训体系由专家认定。",
        ),
    )


OF_CONTEST = (
    _target(
        "SY-K11",
        "承办竞赛",
        "2年建设期内应至少承办1场区级及以上职业技能竞赛",
        DS,
        test=Compare(planned("contests", table="contest_indicators"), ">=", 1, "场"),
        default="SY-A-10",
    ),
    _target(
        "SY-K12",
        "参赛选手人数",
        "参赛选手人数不少于300人，为行业领域选拔出优秀技能人才",
        DS,
        test=Compare(planned("entrants", table="contest_indicators"), ">=", 300, "人"),
        default="SY-A-10",
    ),
)

TARGETS = (*_of_training(1, TS), *_of_training(6, CY), *OF_CONTEST)
