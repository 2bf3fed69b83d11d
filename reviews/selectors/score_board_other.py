"""What the other method of making a result would change: ranks, and who is selected in which cell. Nothing is applied."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from applications.models import Application, Call
from portal.policy.aggregation import Method
from portal.policy.facts import to_number
from portal.policy.selection import Candidate, RankBy, RankKey
from portal.policy.validation import facts_for
from reviews.enums import PlacementState
from reviews.models import Selection
from reviews.selectors.filling import outcome_of
from reviews.selectors.places import places_now
from reviews.selectors.score_board import Scores
from reviews.selectors.score_board_rows import Matrix
from reviews.selectors.standings import Standing, cells_of

NAMED = {
    Method.MEAN: "各专家评分的平均值",
    Method.TRIMMED: "去掉一个最高分、一个最低分后的平均值",
}


def other_method(matrix: Matrix, selection: Selection | None) -> list[str]:
    """Return sentences: what would change under the other method, and which one holds."""
    scores, changed = matrix.scores, len(matrix.changes)
    trimmed = max(scores.terms.trim_from, 3)
    if all(len(file.totals) < trimmed for file in matrix.files):
        found = f"各单位的评分表均不足 {trimmed} 份，去掉最高分、最低分不适用"
    elif not changed:
        found = f"改用{NAMED[scores.other.method]}，各单位名次不变"
    else:
        found = f"改用{NAMED[scores.other.method]}，{changed} 家名次变化{_cells(scores, selection)}"
    clause = scores.call.edition.aggregation.clause
    own = f"本批次的计分方法为{NAMED[scores.terms.method]}{f'（{clause}）' if clause else ''}，此处只作比较，不改变结果"
    return [found, own]


def _cells(scores: Scores, selection: Selection | None) -> str:
    if selection is None:
        return ""
    if not selection.call.edition.cells:
        return "；本批次不设名额，拟入选单位不变"
    titles = cells_changed(scores, selection)
    if not titles:
        return "，各名额的拟入选单位不变"
    return f"，{'、'.join(f'“{title}”' for title in titles)}的拟入选单位将有变化"


def cells_changed(scores: Scores, selection: Selection) -> list[str]:
    """Return the titles of the cells that the other method would fill with other files of the list, all tracks considered.

    The files are those of the list as drawn up. Where scores are equal the list's own further figures decide, as they are
    shown there: they do not depend on the method.
    """
    call, places = selection.call, places_now(selection)
    totals = {file.pk: list(file.totals.values()) for file in scores.files if file.scores}
    rows = selection.placements.exclude(state=PlacementState.OUT).values_list(
        "application_id", "application__track_key", "application__organisation_id", "application__current__answers",
        "application__current__settings", "overall", "standing",
    )  # fmt: skip
    now, then = [], []
    for pk, track, unit, answers, settings, overall, figures in rows:
        file = Application(pk=pk, track_key=track, organisation_id=unit)
        cells = cells_of(call.edition, file, facts_for(call.edition, track, answers, overrides=settings))
        by_other = _standing(call, scores.other.standing(totals.get(pk, [])), figures)
        now.append(Standing(file, Candidate(pk, cells, (-overall,)), []))
        then.append(Standing(file, Candidate(pk, cells, by_other), []))
    is_now, would_be = (outcome_of(call.edition, each, places, selection.decided)[0].selected for each in (now, then))
    return [
        cell.title for cell in call.edition.cells if set(is_now.get(cell.key, ())) != set(would_be.get(cell.key, ()))
    ]


def _standing(call: Call, score: Fraction | None, figures: Sequence[Mapping[str, str]]) -> tuple[Fraction, ...]:
    """Return a standing with the score of other terms, and the further figures of the list as they are."""
    keys = call.edition.ranking.keys if call.edition.ranking else ()
    return tuple(
        (Fraction(-1) if score is None else score) if key.by is RankBy.SCORE else _figure(key, figure["value"])
        for key, figure in zip(keys, figures, strict=True)
    )


def _figure(key: RankKey, shown: str) -> Fraction:
    value = to_number(shown)
    if value is None:
        return Fraction(-1)
    return -value if key.by is RankBy.RECOMMENDED_RANK else value
