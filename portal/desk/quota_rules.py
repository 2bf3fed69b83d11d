"""What the rules page says of tiers, quotas, experts and places: each line with its clause, numbers as the bureau has set them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from portal.policy.edition import Edition
from portal.policy.procedure import PanelRule, Stage, StageKind
from portal.policy.selection import RankBy


class Line(NamedTuple):
    """One rule: its name, what it says, where it stands (with the default that fills a gap, if any)."""

    title: str
    text: str
    clause: str
    default: str = ""


class Part(NamedTuple):
    """Rules under one heading."""

    title: str
    lines: list[Line]


Settings = Mapping[str, Any]
TIMING = {True: "；受理一件评审一件", False: "；各环节期限届满后集中评审"}
CROSS = {"keep_first": "按原顺序带入并锁定", "reserve_first": "留在原申报，只能使用其后的"}


def quota_rules(edition: Edition, settings: Settings) -> list[Part]:
    """Return the parts the edition has something to say in."""
    parts = [
        *(Part(stage.title, list(_tier(stage, settings))) for stage in edition.procedure),
        Part("几个类别之间", list(_between(edition, settings))),
        Part("专家组", list(_experts(edition, settings))),
        Part("评分和计分", list(_scores(edition, settings))),
        Part("名额和排序", list(_places(edition, settings))),
    ]
    return [part for part in parts if part.lines]


def _tier(stage: Stage, settings: Settings) -> Iterator[Line]:
    rule = stage.recommendation
    if rule is None:
        return
    for route in rule.routes:
        yield Line(route.title, route.text or f"由{route.title}的{rule.tier}受理", route.clause or rule.clause)
    for line in rule.lines:
        places = f"每个{rule.tier}不超过 {settings[line.places_setting]} 个" if line.places_setting else "不限名额"
        order = "，须排出次序" if line.ranked else "，不排序"
        beyond = "；确需超过的，须记录依据" if line.exceed_with_basis else ""
        yield Line(line.title, f"{places}{order}{beyond}", line.clause or rule.clause)
    for paper in rule.papers:
        text = "由平台生成，盖章后一并报送" if paper.stamped else "由平台生成"
        yield Line(paper.title, text, paper.clause, paper.default)


def _between(edition: Edition, settings: Settings) -> Iterator[Line]:
    for exclusive in edition.exclusive:
        yield Line(
            f"{_tracks(edition, exclusive.tracks)}不可同时申报", exclusive.text, exclusive.clause, exclusive.default
        )
    for both in edition.combinable:
        yield Line(f"{_tracks(edition, both.tracks)}可以同时申报", both.text, both.clause, both.default)
    cross = edition.cross_application
    if cross:
        name = f"由{edition.track(cross.source).title}交叉申报{edition.track(cross.target).title}"
        kept = f"前 {cross.keep} 个专业（职业）{CROSS[settings[cross.mode_setting]]}"
        yield Line(name, f"承诺“{cross.commitment}”；{kept}", cross.clause, cross.default)
    for release in edition.releases:
        won, freed = edition.track(release.winner).title, edition.track(release.loser).title
        yield Line(f"入选{won}的", f"释放其{freed}名额，由备选单位依次递补", release.clause, release.default)


def _tracks(edition: Edition, keys: tuple[str, ...]) -> str:
    return "、".join(edition.track(key).title for key in keys)


def _experts(edition: Edition, settings: Settings) -> Iterator[Line]:
    for stage in edition.procedure:
        if stage.kind not in (StageKind.EXPERT_REVIEW, StageKind.RECHECK):
            continue
        rule = edition.panel_of(stage.kind)
        timing = TIMING[rule.rolling] if stage.kind is StageKind.EXPERT_REVIEW else ""
        yield Line(f"{stage.title}的专家组", f"{_size(rule, settings)}{timing}", rule.clause)
        if rule.draw:
            drawn = f"从专家库中随机抽取 {settings[rule.draw.size_setting]} 人"
            spare = rule.draw.alternates_setting
            text = f"{drawn}，另抽候补 {settings[spare]} 人" if spare else drawn
            yield Line(
                "专家抽取", f"{text}；先公布种子哈希，再锁定名单，结果可以复核", rule.draw.clause, rule.draw.default
            )


def _size(rule: PanelRule, settings: Settings) -> str:
    most = f"、不超过 {settings[rule.maximum_setting]} 人" if rule.maximum_setting else ""
    odd = "，人数为单数" if settings[rule.odd_setting] else ""
    return f"不少于 {settings[rule.minimum_setting]} 人{most}{odd}"


def _scores(edition: Edition, settings: Settings) -> Iterator[Line]:
    rule, ranking = edition.aggregation, edition.ranking
    if not edition.review_sheets and not (ranking and any(key.by is RankBy.SCORE for key in ranking.keys)):
        return
    terms = rule.terms(settings)
    yield Line("得分的计算", terms.told(), rule.clause, rule.default)
    if terms.told_outlier():
        yield Line("相差较大的评分", terms.told_outlier(), rule.clause, rule.default)
    for text in dict.fromkeys(sheet.remark.told(settings) for sheet in edition.review_sheets):
        if text:
            yield Line("评分理由", f"{text}；与系统建议分不同的，一律写明理由", rule.clause, rule.default)


def _places(edition: Edition, settings: Settings) -> Iterator[Line]:
    for cell in edition.cells:
        yield Line(cell.title, f"{settings[cell.places_setting]} 个", cell.clause, cell.default)
    rule = edition.ranking
    if rule:
        keys = "；".join(key.title for key in rule.keys)
        yield Line("排序", f"依次比较：{keys}。仍相同的，由主管部门书面决定并记录", rule.clause, rule.default)
