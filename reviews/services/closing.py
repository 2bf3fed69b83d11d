"""What stands in the way of closing a review: an unexplained outlier, a visit or a meeting that was not held."""

from collections.abc import Sequence

from applications.services.moves import WrongState
from reviews.enums import VisitState
from reviews.models import Opinion, Panel, Visit
from reviews.selectors.meetings import has_decision
from reviews.selectors.outliers import find_outliers, unexplained


def refuse_unready(panel: Panel, opinions: Sequence[Opinion]) -> None:
    """Raise `WrongState` while something is missing; `opinions` are the panel's unsealed ones."""
    _refuse_unexplained(panel, opinions)
    if panel.rule.visits(panel.application.call.setting_values) and not _visited(panel):
        word = panel.rule.visit_word
        raise WrongState(f"{_here(panel)}要求{word}，请先登记{word}记录，再办结评审")
    if panel.needs_meeting and not has_decision(panel):
        raise WrongState("本批次要求经评审会议决，请先由评审会对该申报作出决定、签齐会议纪要，再办结评审")


def _here(panel: Panel) -> str:
    return panel.title or "本批次"


def _refuse_unexplained(panel: Panel, opinions: Sequence[Opinion]) -> None:
    missing = unexplained(find_outliers(panel, opinions))
    if missing:
        named = "、".join(
            f"{each.member.expert.name}（{each.points} 分，专家组中位数 {each.middle} 分）" for each in missing
        )
        raise WrongState(
            f"{panel.label}有专家的总分与专家组相差较大：{named}。请组长在“离群评分说明”中说明后，再办结评审"
        )


def _visited(panel: Panel) -> bool:
    return Visit.objects.filter(panel=panel, state=VisitState.DONE, record__isnull=False).exists()
