"""News from within: what is submitted is printed, what has moved is told, after commit."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from applications.models import Application
from applications.services.messages import TO_OFFICE, TO_UNIT
from applications.signals import application_moved
from applications.tasks import announce_move, print_form


@receiver(application_moved)
def print_after_commit(sender: Any, *, application: Application, move: str, **news: Any) -> None:
    """Enqueue the printed form of a version that has just been handed in."""
    if move in ("submit", "resubmit") and application.current_id is not None:
        transaction.on_commit(partial(print_form.delay, application.jurisdiction_id, application.current_id))


@receiver(application_moved)
def announce_after_commit(sender: Any, *, application: Application, move: str, **news: Any) -> None:
    """Enqueue the messages about a move; later stages tell their own."""
    if (move in TO_UNIT or move in TO_OFFICE) and application.current_id is not None:
        transaction.on_commit(partial(announce_move.delay, application.jurisdiction_id, application.current_id, move))
