"""Reading messages."""

from typing import Any

from django.db.models import Q, QuerySet

from portal.notifications.models import Message


def unread_count(actor: Any) -> int:
    """Return how many messages a person has not read; 0 for a visitor."""
    if actor is None or actor.user is None:
        return 0
    return Message.objects.filter(user=actor.user, read_at__isnull=True).count()


def messages_of(actor: Any) -> QuerySet[Message]:
    """Return a person's messages in all their capacities: the unread first, then the newest."""
    return (
        Message.objects.filter(user=actor.user)
        .select_related("jurisdiction", "membership__organisation")
        .annotate(is_unread=Q(read_at__isnull=True))
        .order_by("-is_unread", "-id")
    )
