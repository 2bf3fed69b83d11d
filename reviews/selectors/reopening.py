"""Sheets that were handed back: who may do it, what stands in the record, and what was different before."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portal.accounts.actor import Actor
from reviews.enums import Conclusion, MemberState, PanelState
from reviews.models import Opinion, OpinionVersion, Panel, PanelMember
from reviews.permissions import own_memberships
from reviews.selectors.panels import ACTING
from reviews.selectors.scores import sheet_lines

Values = dict[str, Any]
LATE = "启封后退回"


def chair_seats(actor: Actor) -> QuerySet[PanelMember]:
    """The seats in which an expert chairs a panel, once they have declared."""
    return own_memberships(PanelMember.objects.all(), actor).filter(chair=True, state=MemberState.DECLARED)


def late_reopening_allowed(panel: Panel) -> bool:
    """Say whether a sheet may be handed back when everybody has seen the scores; a marked default says no."""
    return bool(panel.application.call.setting_values.get("review.reopen_after_unseal", False))


def may_still_reopen(panel: Panel) -> bool:
    """Say whether any sheet of a panel may be handed back now."""
    at_work = panel.state in (PanelState.WORKING, PanelState.COMPLETE)
    return at_work and (panel.unsealed_at is None or late_reopening_allowed(panel))


def members_for_chair(panel: Panel) -> QuerySet[PanelMember]:
    """The acting members with their opinion's times and hashes deferred away: whether it is in and since when, never what."""
    handed_in = Opinion.objects.filter(member=OuterRef("pk"), submitted_at__isnull=False)
    rows = PanelMember.objects.filter(panel=panel, state__in=ACTING).select_related("expert")
    return rows.annotate(
        handed_in=Exists(handed_in), in_at=handed_in.values("submitted_at")[:1], asked_at=handed_in.values("reopen_asked_at")[:1]
    )  # fmt: skip


def reopenings_of(panel: Panel) -> list[Values]:
    """What was handed back, when, by whom and why: no content. `late` after the seal was open."""
    return [
        {
            "name": each.opinion.member.expert.name,
            "round": each.round + 1,
            "submitted_at": each.submitted_at,
            "at": each.reopened_at,
            "by": each.reopened_by.name,
            "reason": each.reason,
            "sha256": each.sha256,
            "late": panel.unsealed_at is not None and each.reopened_at > panel.unsealed_at,
        }
        for each in _versions(panel)
    ]


def versions_of(panel: Panel) -> list[Values]:
    """The same with what each sheet said and what became different; nothing of that before the seal is open."""
    if panel.unsealed_at is None:
        return reopenings_of(panel)
    labels = {line.key: f"{line.item.number} {line.item.title}" for line in sheet_lines(panel)}
    versions = _versions(panel)
    later: dict[int, Mapping[str, Any]] = {}
    said: list[Values] = []
    for each in reversed(versions):
        after = later.get(each.opinion_id, _now(each.opinion))
        said.append({"said": _said(each), "changes": _changes(each.said, after, labels)})
        later[each.opinion_id] = each.said
    return [told | own for told, own in zip(reopenings_of(panel), reversed(said), strict=True)]


def _versions(panel: Panel) -> list[OpinionVersion]:
    rows = OpinionVersion.objects.filter(opinion__member__panel=panel)
    return list(rows.select_related("opinion__member__expert", "reopened_by").order_by("reopened_at", "id"))


def _now(opinion: Opinion) -> Mapping[str, Any]:
    """What an opinion says now, if it has been handed in again; a draft is nobody's to see."""
    if opinion.submitted_at is None:
        return {}
    return {"conclusion": opinion.conclusion, "text": opinion.text, "scores": opinion.scores}


def _said(version: OpinionVersion) -> Values:
    said = version.said
    return {
        "conclusion": dict(Conclusion.choices).get(said["conclusion"], said["conclusion"]),
        "text": said["text"],
        "paper": "paper" in said,
    }


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, str]) -> list[str] | None:
    """Each item whose points became others, the conclusion, the text; None while nothing has come in again."""
    if not after:
        return None
    old, new = before.get("scores", {}), after.get("scores", {})
    changed = [
        f"{label}：{old.get(key, '—')} → {new.get(key, '—')}"
        for key, label in labels.items()
        if old.get(key) != new.get(key)
    ]
    words = dict(Conclusion.choices)
    if before["conclusion"] != after["conclusion"]:
        changed.append(f"评估结论：{words.get(before['conclusion'])} → {words.get(after['conclusion'])}")
    if before["text"] != after["text"]:
        changed.append("评估意见文字已修改")
    return changed
