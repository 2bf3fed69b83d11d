"""News from below: what a review does to an application is told to its unit, and a new applicant's experts are looked for."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from applications.signals import application_moved
from reviews.services.messages import OUTCOMES
from reviews.tasks import announce_outcome, look_for_conflicts


@receiver(application_moved)
def announce_after_commit(sender: Any, *, application: Any, move: str, **news: Any) -> None:
    """Enqueue the message about a move that belongs to reviews."""
    if move in OUTCOMES:
        transaction.on_commit(partial(announce_outcome.delay, application.jurisdiction_id, application.pk, move))


@receiver(application_moved)
def look_for_conflicts_after_commit(sender: Any, *, application: Any, move: str, **news: Any) -> None:
    """Enqueue the search for experts whose own unit has just applied."""
    if move in ("submit", "resubmit"):
        transaction.on_commit(partial(look_for_conflicts.delay, application.jurisdiction_id, application.pk))
