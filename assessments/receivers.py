"""News from below: a recognition makes bases, after commit; the sweep finds what a lost task left behind."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from assessments.services.rounds_panel import OCCASION
from assessments.services.rounds_results import settle_by_case
from assessments.signals import case_settled
from assessments.tasks import register_recognised, take_panel_result
from reviews.signals import panel_closed, units_recognised


@receiver(units_recognised)
def register_after_commit(sender: Any, *, recognition: Any, entries: list[Any], **news: Any) -> None:
    """Enqueue one registration a unit."""

    def enqueue() -> None:
        for entry in entries:
            register_recognised.delay(recognition.jurisdiction_id, entry.pk)

    transaction.on_commit(enqueue)


@receiver(panel_closed)
def take_scores_after_commit(sender: Any, *, panel: Any, **news: Any) -> None:
    """Enqueue the taking over of what experts have scored."""
    kind, _, key = panel.occasion.partition(":")
    if kind == OCCASION and key.isdigit():
        transaction.on_commit(lambda: take_panel_result.delay(panel.jurisdiction_id, int(key)))


@receiver(case_settled)
def fix_result(sender: Any, *, case: Any, by: Any, **news: Any) -> None:
    """Fix, in the same transaction, the result that waited for the decision on what it leads to."""
    settle_by_case(case=case, by=by)
