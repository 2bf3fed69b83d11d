"""The one sealed submission of a whole recommendation, and its return from above."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Application, Call
from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import StageKind, find_move
from portal.tenancy.enums import Tier
from reviews.enums import RecommendationState
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.hindrances import Hindrance, hindrances
from reviews.selectors.recommendations import content, content_hash, full, stage_of
from reviews.services.recommend_news import tell_returned, tell_sealed
from reviews.services.recommending import capability_of
from reviews.services.refusal import Refused

ACTION = {StageKind.RECOMMENDATION: "recommend", StageKind.REPORT: "report"}
# Who may send back what was handed in at a stage: the level that receives it, by this capability.
RETURNS = {
    StageKind.RECOMMENDATION: (Tier.BUREAU, "application.check"),
    StageKind.REPORT: (Tier.SUPERIOR, "review.run"),
}


class NotSealable(Exception):
    """Something stands in the way of sealing; nothing has been written. `hindrances` says what, and where to mend it."""

    def __init__(self, found: list[Hindrance]) -> None:
        self.hindrances = found
        super().__init__(f"尚有 {len(found)} 处需完善，完善后方可报送")


@transaction.atomic
def seal_recommendation(*, recommendation: Recommendation, by: Actor) -> Recommendation:
    """Hand the whole recommendation in, once.

    In order: the recommendation and its files are locked; a second press is told that the first has done it; window, quotas,
    ranks, verified figures and stamped papers are checked as the database has them under the lock, with one instant of the
    clock; every file moves on; what was sealed is hashed and logged; the bureau is told. Raises `NotSealable`, `WrongState`,
    `PermissionDenied`; then nothing is written.
    """
    # The locks come first and alone; what is then read, is read as others left it before they let go of them.
    list(Recommendation.objects.select_for_update().filter(pk=recommendation.pk).values_list("pk"))
    files = RecommendationEntry.objects.filter(recommendation=recommendation.pk).values("application")
    list(Application.objects.select_for_update().filter(pk__in=files).order_by("pk").values_list("pk"))
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    stage = stage_of(row.call.edition, row.stage)
    by.require(capability_of(stage), row.jurisdiction_id)
    if by.organisation is None or row.office_id != by.organisation.pk:
        raise PermissionDenied("只能报送本部门的推荐")
    if row.state == RecommendationState.SEALED:
        raise WrongState("本部门的推荐已经报送，不能重复报送")
    now = clock.now()
    if found := hindrances(row, now):
        raise NotSealable(found)
    row.round += 1
    row.state, row.sealed_by, row.sealed_at, row.due_at = RecommendationState.SEALED, by.person, now, None
    row.sha256 = content_hash(row)
    row.save()
    for entry in row.entries.all():
        if entry.sealed_round is None:
            move(application=locked(entry.application), action=ACTION[stage.kind], by=by, data={"rank": entry.rank})
    row.entries.filter(sealed_round__isnull=True).update(sealed_round=row.round)
    record(
        by=by, action="recommendation.seal", obj=row, jurisdiction_id=row.jurisdiction_id, after=content(row),
        data={"sha256": row.sha256, "round": row.round},
    )  # fmt: skip
    tell_sealed(row)
    return row


@transaction.atomic
def return_recommendation(
    *, recommendation: Recommendation, applications: list[Application], reason: str, due_at: datetime, by: Actor
) -> Recommendation:
    """Send a sealed recommendation back to its office, with the files that are to be looked at again.

    The rest of the list stands as sealed. `due_at` (exclusive) is the time until which it may be sealed again, whatever the
    window says; it is the receiving level's own decision and is logged with the reason.
    """
    row: Recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("call", "office")
        .get(pk=recommendation.pk)
    )
    tier, capability = RETURNS[stage_of(row.call.edition, row.stage).kind]
    by.require(capability, row.jurisdiction_id)
    if by.tier is not tier:
        raise PermissionDenied("推荐由接收部门退回")
    if row.state != RecommendationState.SEALED:
        raise WrongState("该推荐目前不在已报送状态，不能退回")
    if not reason.strip():
        raise Refused("请写明退回理由", "reason")
    if due_at <= clock.now():
        raise Refused("重新报送的期限应晚于现在", "due_at")
    chosen = {each.pk for each in applications}
    entries = [entry for entry in row.entries.select_related("application") if entry.application_id in chosen]
    if not entries or len(entries) != len(chosen):
        raise Refused("请选择要退回的申报", "applications")
    for entry in entries:
        hand_back(application=entry.application, reason=reason, by=by)
    row.entries.filter(pk__in=[entry.pk for entry in entries]).update(sealed_round=None)
    row.state, row.due_at, row.return_reason = RecommendationState.RETURNED, due_at, reason.strip()[:500]
    row.returned_by, row.returned_at = by.person, clock.now()
    row.save()
    record(
        by=by, action="recommendation.return", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        data={"applications": sorted(chosen), "due_at": due_at.isoformat()},
    )  # fmt: skip
    tell_returned(row)
    return row


def hand_back(*, application: Application, reason: str, by: Actor) -> Application:
    """Give one recommended file back to its office; call inside the transaction that returns the recommendation."""
    applied = locked(application)
    row = find_move(applied.status, "hand_back", applied.desk, applied.edition.stage_kinds)
    if row is None:
        raise WrongState(f"“{applied.organisation}”目前为“{applied.bureau_label}”，不能退回")
    return move(application=applied, action="hand_back", by=by, reason=reason)


def sealed_of(call: Call, stage: str) -> list[Recommendation]:
    """Return the sealed recommendations of a call, loaded whole."""
    return list(full(Recommendation.objects.filter(call=call, stage=stage, round__gt=0)).order_by("office__name"))
