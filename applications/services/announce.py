"""Telling that a call has opened or closed: once, whenever the sweep comes by. Nothing opens or closes by this."""

from django.db import transaction

from applications.enums import CallState
from applications.models import Application, Call
from applications.selectors.due import drafts_left_behind, has_closed
from applications.services import messages
from portal.accounts.actor import SYSTEM
from portal.audit.services import record
from portal.calendars import clock


@transaction.atomic
def announce_call(*, call_id: int) -> None:
    """Announce what has happened to a call since the last sweep.

    A sweep that comes only after the end tells of the end alone: nobody is invited to what is over.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=call_id)
    now, closed = clock.now(), has_closed(call)
    if call.state != CallState.PUBLISHED:
        return
    if call.opening_announced_at is None and now >= call.opens_at:
        call.opening_announced_at = now
        if not closed:
            messages.of_opening(call)
        _record(call, "call.opened")
    if call.closing_announced_at is None and closed:
        call.closing_announced_at = now
        filed = Application.objects.filter(call=call, submitted_at__isnull=False).count()
        messages.of_closing(call, filed, drafts_left_behind(call))
        _record(call, "call.closed", filed=filed)
    call.save(update_fields=["opening_announced_at", "closing_announced_at"])


def _record(call: Call, action: str, **data: int) -> None:
    record(by=SYSTEM, action=action, obj=call, jurisdiction_id=call.jurisdiction_id, data=data)
