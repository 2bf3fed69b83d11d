"""Scores far from the panel's are explained by the chair before the result can be fixed."""

from collections.abc import Mapping

from django.db import transaction

from applications.selectors.characters import refuse_undrawable
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.text import normalise
from reviews.enums import MemberState, PanelState
from reviews.models import OutlierNote, Panel, PanelMember
from reviews.permissions import own_memberships
from reviews.selectors.outliers import Outlier, find_outliers
from reviews.services.conflicts import refuse_if_conflicted
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused

MINIMUM, MAXIMUM = 10, 500
MAXIMUM_REASON = 300


@transaction.atomic
def explain_outliers(*, panel: Panel, texts: Mapping[str, str], by: Actor, reason: str = "") -> list[Outlier]:
    """Write the chair's explanations down: `texts` by `Outlier.key`, every total's, a single item's where there is one.

    Once the opinions are unsealed and until the review is closed; written again, an explanation replaces the one before,
    whose hash stays in the log. An officer may enter them in the chair's name with a `reason`. Return what stands off now.
    """
    row = locked_panel(panel)
    chair = PanelMember.objects.filter(panel=row, chair=True, state=MemberState.DECLARED)
    seat = own_memberships(chair, by).first()
    if seat is None:
        by.require("review.run", row.jurisdiction_id)
    else:
        refuse_if_conflicted(seat)
    if row.unsealed_at is None or row.state != PanelState.COMPLETE:
        raise WrongState("专家意见启封后、评审办结前，方可说明离群评分")
    if seat is None and not reason.strip():
        raise Refused("请写明由工作人员代组长登记的理由", "reason")
    for each in find_outliers(row):
        text = normalise(texts.get(each.key, "")).strip()
        if _to_write(each, text):
            _write(row, each, text, by, reason.strip()[:MAXIMUM_REASON])
    return find_outliers(row)


def _to_write(outlier: Outlier, text: str) -> bool:
    """Refuse what is missing, too short, too long or cannot be printed; say whether it is new."""
    field, named = f"text_{outlier.key}", f"{outlier.member.expert.name}的{outlier.title}"
    if not text and not outlier.must:
        return False
    if len(text) < MINIMUM:
        raise Refused(f"{named}的说明已填 {len(text)} 字，至少应填 {MINIMUM} 字", field)
    if len(text) > MAXIMUM:
        raise Refused(f"{named}的说明已填 {len(text)} 字，超过 {MAXIMUM} 字，请删减", field)
    if message := refuse_undrawable(text):
        raise Refused(message, field)
    return outlier.note is None or outlier.note.text != text


def _write(panel: Panel, outlier: Outlier, text: str, by: Actor, reason: str) -> None:
    before = outlier.note.text if outlier.note else outlier.earlier or None
    OutlierNote.objects.update_or_create(
        panel=panel,
        member=outlier.member,
        item=outlier.item,
        defaults={"text": text, "written_by": by.person, "written_at": clock.now()},
    )
    record(
        by=by, action="panel.explain", obj=panel, jurisdiction_id=panel.jurisdiction_id, reason=reason, before=before,
        after=text, data={"member": outlier.member.pk, "item": outlier.item},
    )  # fmt: skip
