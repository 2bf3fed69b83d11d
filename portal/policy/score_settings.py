"""The settings of scoring that every edition with a score sheet offers, under one set of names: `score.…`."""

from portal.policy.aggregation import BASES, METHODS, ROUNDINGS, Aggregation
from portal.policy.edition import Setting
from portal.policy.scoring import RemarkRule

PLACES = ((0, "整数"), (1, "一位小数"), (2, "两位小数"), (3, "三位小数"))


def aggregation(clause: str, default: str = "") -> Aggregation:
    """Return how the edition makes a result out of sheets, by the settings of `scoring_settings`."""
    return Aggregation(
        clause=clause,
        default=default,
        method_setting="score.method",
        trim_from_setting="score.trim_from",
        places_setting="score.places",
        rounding_setting="score.rounding",
        basis_setting="score.basis",
        outlier_setting="score.outlier",
    )


def remark_rule(clause: str) -> RemarkRule:
    """Return which points need a reason, by the settings of `scoring_settings`."""
    return RemarkRule("score.remark_below", "score.remark_above", clause)


def scoring_settings(*, note: str, default: str = "", remark_above: int = 95) -> tuple[Setting, ...]:
    """Return the settings: plain mean, two places cut off, exact order, an outlier 10 % off, reasons under 60 %.

    `note` says why they are the bureau's to choose, `default` which marked default they belong to.
    """
    return (
        Setting("score.method", "评审得分的计算方法", "mean", choices=METHODS, default=default, note=note),
        Setting(
            "score.trim_from",
            "去掉最高分、最低分的最少评分表份数",
            5,
            "份",
            default=default,
            note=f"{note}；选择去掉最高分、最低分时使用，不足的按平均值计算，至少 3 份",
        ),
        Setting("score.places", "得分保留的小数", 2, choices=PLACES, default=default, note=note),
        Setting("score.rounding", "末位小数的取舍", "down", choices=ROUNDINGS, default=default, note=note),
        Setting("score.basis", "排序依据", "exact", choices=BASES, default=default, note=note),
        Setting(
            "score.outlier",
            "须由组长说明的总分差距",
            10,
            "%",
            default=default,
            note=f"{note}；某位专家的总分与专家组中位数之差超过满分的百分之几，组长说明后方可办结；100 为不要求",
        ),
        Setting(
            "score.remark_below",
            "低于满分的百分之几须写明理由",
            60,
            "%",
            default=default,
            note=f"{note}；逐项计算，0 为不要求",
        ),
        Setting(
            "score.remark_above",
            "高于满分的百分之几须写明理由",
            remark_above,
            "%",
            default=default,
            note=f"{note}；逐项计算，100 为不要求",
        ),
    )
