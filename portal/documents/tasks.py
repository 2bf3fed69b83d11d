"""Rendering, in workers of its own queue; a sweep finds what was left behind."""

from datetime import timedelta

from celery import shared_task

from portal.calendars import clock
from portal.documents.selectors import unfinished
from portal.documents.services.issue import MAX_ATTEMPTS, render_pending
from portal.documents.services.mend import give_up_lost
from portal.documents.services.upload import discard_stale

AT_ONCE = 200
FRESH = timedelta(seconds=50)
"""Younger documents are still on their way through the queue."""


@shared_task
def render_document(document_id: int) -> None:
    """Render one document."""
    render_pending(document_id=document_id)


@shared_task
def sweep_documents() -> None:
    """Enqueue every document that waits, or failed and may be tried again; give up those that were tried enough.

    Uploads that nobody finished within a day are forgotten on the same round.
    """
    give_up_lost()
    discard_stale()
    waiting = unfinished(attempts=MAX_ATTEMPTS, before=clock.now() - FRESH)
    for document_id in waiting.order_by("id").values_list("pk", flat=True)[:AT_ONCE]:
        render_document.delay(document_id)
