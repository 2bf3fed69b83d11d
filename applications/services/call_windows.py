"""The windows of a call: when the office of each recommending or reporting stage may act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from applications.models import Call
from applications.services.refusals import Obstacle
from portal.policy.edition import Edition
from portal.policy.procedure import Stage

Span = tuple[datetime, datetime]  # opens, closes; the end is inclusive to the second


def windowed_stages(edition: Edition) -> list[Stage]:
    """Return the stages of a policy whose offices act within a window, in the order of the procedure."""
    return [stage for stage in edition.procedure if stage.recommendation is not None]


def window_obstacles(call: Call, windows: Mapping[str, Span]) -> list[Obstacle]:
    """Return what is wrong with windows, beside the field: each opens after the step before it, none ends before the filing."""
    found, before, earlier = [], call.opens_at, "申报"
    for stage in windowed_stages(call.edition):
        if stage.key not in windows:
            continue
        opens, closes = windows[stage.key]
        if opens < before:
            found.append(Obstacle(f"{stage.title}的开始时间不能早于{earlier}的开始时间", f"{stage.key}_opens"))
        if closes <= opens:
            found.append(Obstacle(f"{stage.title}的截止时间应晚于开始时间", f"{stage.key}_closes"))
        elif call.closes_at and closes < call.closes_at:
            found.append(Obstacle(f"{stage.title}的截止时间不能早于申报截止时间", f"{stage.key}_closes"))
        before, earlier = opens, stage.title
    return found


def missing_windows(call: Call) -> list[Obstacle]:
    """Return, beside its field, each stage of a saved call whose office would not know until when to act."""
    there = {window.stage for window in call.windows.all()}
    return [
        Obstacle(f"请先填写{stage.title}的起止时间", f"{stage.key}_opens")
        for stage in windowed_stages(call.edition)
        if stage.key not in there
    ]


def write_windows(call: Call, windows: Mapping[str, Span]) -> None:
    """Write the windows of a saved call. KeyError: the policy has no such stage."""
    stages = {stage.key: stage for stage in windowed_stages(call.edition)}
    for key, (opens, closes) in windows.items():
        values = {"opens_at": opens, "closes_at": closes}
        call.windows.update_or_create(stage=stages[key].key, defaults=values)


def window_data(call: Call) -> dict[str, Any]:
    """Return the windows as the event log keeps them: stage, and both ends in ISO form."""
    return {each.stage: [each.opens_at.isoformat(), each.closes_at.isoformat()] for each in call.windows.all()}
