"""Asking the chair to explain scores that stand off, once they are open."""

from django.db import transaction
from django.urls import reverse

from portal.notifications.services import notify
from reviews.enums import MemberState
from reviews.models import Panel
from reviews.services.messages import seats_of


def tell_outliers(panel: Panel) -> None:
    """Ask the chair, after commit."""

    def send() -> None:
        from reviews.tasks import announce_outliers

        announce_outliers.delay(panel.jurisdiction_id, panel.pk)

    transaction.on_commit(send)


def of_outliers(panel: Panel) -> None:
    """Ask a panel's chair to explain; what the scores are stands on the page only."""
    chairs = panel.members.filter(chair=True, state=MemberState.DECLARED).select_related("panel", "expert")
    notify(
        memberships=seats_of(list(chairs)),
        key=f"panel:{panel.pk}:outliers",
        title="请说明离群评分",
        body=(f"{panel.label}的专家意见已启封，有专家的总分与专家组相差较大，请您作为组长说明后，方可办结评审。"),
        link=reverse("reviews:panel_outliers", kwargs={"jurisdiction": panel.jurisdiction.code, "pk": panel.pk}),
        jurisdiction=panel.jurisdiction,
        urgent=True,
    )
