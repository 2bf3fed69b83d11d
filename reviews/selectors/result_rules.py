"""The rules a result follows, in words, each with the clause or the marked default that says so."""

from collections.abc import Mapping
from typing import Any

from portal.policy.aggregation import BASES, METHODS, ROUNDINGS, Aggregation, Method, Terms
from portal.policy.edition import Edition
from portal.policy.selection import RankBy
from reviews.selectors.selections import rule_lines

Lines = list[dict[str, str]]


def rules_of(edition: Edition, settings: Mapping[str, Any]) -> Lines:
    """Return {label, text, source} of each rule: the arithmetic, the order, what becomes of equals, how places are filled."""
    lines = _arithmetic(edition, settings) if gives_points(edition) else []
    ranking = edition.ranking
    if ranking is None:
        return lines
    source = sourced(ranking.clause, ranking.default)
    lines += [
        {"label": f"排序第 {at} 项", "text": f"{rule['title']}：{rule['how']}", "source": source}
        for at, rule in enumerate(rule_lines(edition, settings), start=1)
    ]
    lines.append(
        {"label": "同分处理", "text": "依次比较以上各项；全部相同的，由经办人员写明理由后决定次序", "source": source}
    )
    filling = (
        "名次在前的先取所报名额，名额已满的按名次备选" if edition.cells else "不设名额，参加排序的单位全部列为拟入选"
    )
    lines.append({"label": "名额", "text": filling, "source": source})
    return lines


def sourced(clause: str, default: str) -> str:
    """Name a clause; where the source is silent, the default that stands in."""
    if not default:
        return clause or "平台默认"
    return f"{clause}（文件未写明，默认口径 {default}）" if clause else f"默认口径 {default}"


def gives_points(edition: Edition) -> bool:
    """Say whether experts give points under an edition."""
    ranks = edition.ranking is not None and any(key.by is RankBy.SCORE for key in edition.ranking.keys)
    return ranks or bool(edition.review_sheets)


def _arithmetic(edition: Edition, settings: Mapping[str, Any]) -> Lines:
    rule: Aggregation = edition.aggregation
    terms = rule.terms(settings)
    labels = {setting.key: (setting.label, setting.default) for setting in edition.settings}
    rows = [("计算方法", _method(terms), rule.method_setting)]
    if terms.method is Method.TRIMMED:
        rows.append(("去掉最高分、最低分的最少份数", f"{max(terms.trim_from, 3)} 份", rule.trim_from_setting))
    rows += [
        ("保留小数", f"{terms.places} 位", rule.places_setting),
        ("末位取舍", dict(ROUNDINGS)[terms.rounding], rule.rounding_setting),
        ("排序口径", dict(BASES)[terms.basis], rule.basis_setting),
    ]
    found = []
    for label, text, key in rows:
        own, default = labels.get(key, (label, rule.default))
        found.append({"label": own, "text": text, "source": sourced(rule.clause, default or rule.default)})
    return found


def _method(terms: Terms) -> str:
    return dict(METHODS)[terms.method.value]
