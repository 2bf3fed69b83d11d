"""What is wrong with the score sheets, the grounds of revocation and the names of a declaration."""

from collections.abc import Iterator
from dataclasses import fields

from portal.policy.aggregation import BASES, METHODS, ROUNDINGS
from portal.policy.edition import Edition
from portal.policy.notice import NamingPattern
from portal.policy.procedure import StageKind
from portal.policy.scoring import ByConditions, Mode
from portal.policy.selection import RankBy


def sheets(edition: Edition) -> Iterator[str]:
    """Yield points by a condition nobody declared, points nothing computes, and settings nobody declared."""
    codes = {condition.code for condition in edition.conditions}
    settings = {setting.key for setting in edition.settings}
    for sheet in edition.review_sheets:
        for key in (sheet.remark.below_setting, sheet.remark.above_setting):
            if key and key not in settings:
                yield f"the setting {key} is used but not declared"
        for item in sheet.items:
            if item.mode is not Mode.EXPERT and not isinstance(item.formula, ByConditions):
                yield f"item {item.number} of review sheet {sheet.key} is computed by nothing"
            if isinstance(item.formula, ByConditions):
                for code, _ in item.formula.weights:
                    if code not in codes:
                        yield f"review sheet {sheet.key} gives points by the unknown condition {code}"
            key = f"{sheet.settings_prefix}.{item.number}"
            if sheet.settings_prefix and key not in settings:
                yield f"the setting {key} is used but not declared"


def aggregation(edition: Edition) -> Iterator[str]:
    """Yield settings of the aggregation nobody declared, values it cannot take, and scores nobody says how to count."""
    rule, values = edition.aggregation, edition.setting_values()
    keys = [getattr(rule, field.name) for field in fields(rule) if field.name.endswith("_setting")]
    for key in keys:
        if key and key not in values:
            yield f"the setting {key} is used but not declared"
    for key, known in (
        (rule.method_setting, METHODS),
        (rule.rounding_setting, ROUNDINGS),
        (rule.basis_setting, BASES),
    ):
        if key in values and values[key] not in [value for value, _ in known]:
            yield f"the setting {key} is {values[key]}, which the aggregation does not know"
    ranked = edition.ranking is not None and any(key.by is RankBy.SCORE for key in edition.ranking.keys)
    if (edition.review_sheets or ranked) and not all(keys):
        yield "experts score, but the aggregation does not name a setting for each of its choices"


def grounds(edition: Edition) -> Iterator[str]:
    """Yield grounds that stand outside the revocation, or twice, or without a clause."""
    for stage in edition.procedure:
        if stage.grounds and stage.kind is not StageKind.REVOCATION:
            yield f"stage {stage.key}: grounds belong to a revocation stage"
        codes = [ground.code for ground in stage.grounds]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield f"ground {code} is declared twice"
        for ground in stage.grounds:
            if not ground.clause:
                yield f"ground {ground.code} cites no clause"


def names(edition: Edition) -> Iterator[str]:
    """Yield patterns that have no place for the core of a name."""
    patterns: list[NamingPattern] = [edition.naming, *(track.naming for track in edition.tracks if track.naming)]
    for naming in patterns:
        if "{core}" not in naming.pattern or (naming.bracket and "{core}" not in naming.bracket):
            yield f"the naming pattern {naming.pattern} has no place for the core"
