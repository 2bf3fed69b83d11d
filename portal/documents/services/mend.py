"""Documents that could not be rendered: given up after some attempts, taken up again by a person."""

from django.db import transaction

from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.documents.models import Document, DocumentState
from portal.documents.selectors import mendable_by
from portal.documents.services.issue import MAX_ATTEMPTS, enqueue

LOST = "生成过程多次中断，未能完成，请联系平台运行管理人员"


def give_up_lost() -> int:
    """Mark as failed what was tried often enough and never ended (its worker was killed each time); return how many."""
    lost = Document.objects.filter(state=DocumentState.PENDING, attempts__gte=MAX_ATTEMPTS)
    return lost.update(state=DocumentState.FAILED, problem=LOST)


@transaction.atomic
def retry_document(*, document: Document, by: Actor) -> Document:
    """Have a failed document rendered again from its source, with all its attempts; a finished one stays as it is.

    `Document.DoesNotExist` for a document of another office.
    """
    by.require("document.mend")
    fresh = Document.objects.select_for_update().filter(mendable_by(by)).get(pk=document.pk)
    if fresh.state == DocumentState.READY:
        return fresh
    before = {"state": fresh.state, "problem": fresh.problem, "attempts": fresh.attempts}
    fresh.state, fresh.problem, fresh.attempts = DocumentState.PENDING, "", 0
    fresh.save(update_fields=["state", "problem", "attempts"])
    record(by=by, action="document.retry", obj=fresh, jurisdiction_id=fresh.jurisdiction_id, before=before, data=before)
    transaction.on_commit(lambda: enqueue(fresh.pk))
    return fresh
