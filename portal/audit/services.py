"""Writing the event log."""

import json
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from portal.accounts.actor import SYSTEM, Actor
from portal.audit.chain import canonical, digest, event_hash
from portal.audit.export import MOST, as_csv, as_xlsx
from portal.audit.models import Chain, Event
from portal.audit.seals import ACTION as SEAL
from portal.audit.seals import next_seal, sealed_object
from portal.audit.verification import Report, verify
from portal.calendars import clock


def chain_key(obj: models.Model) -> str:
    """Return the key of an object's chain, `app.model:pk`."""
    return f"{obj._meta.label_lower}:{obj.pk}"


@transaction.atomic
def record(
    *,
    by: Actor,
    action: str,
    obj: models.Model,
    jurisdiction_id: int | None = None,
    reason: str = "",
    before: Any = None,
    after: Any = None,
    data: dict[str, Any] | None = None,
    actor_label: str = "",
) -> Event:
    """Append one event to the chain of `obj`, in the caller's transaction.

    `action` is a verb such as `application.submit`; `before` and `after` are JSON-ready values of which only the hashes are
    kept; `data` is kept as it is and must hold no personal data beyond what the page may show. `actor_label` names someone the
    system acts for, where only their name is known.
    """
    Chain.objects.get_or_create(key=chain_key(obj))
    chain = Chain.objects.select_for_update().get(key=chain_key(obj))
    event = Event(
        chain=chain,
        sequence=chain.length + 1,
        jurisdiction_id=jurisdiction_id or by.jurisdiction_id,
        at=clock.now(),
        actor=by.user,
        actor_label=(actor_label or by.label)[:200],
        ip=by.ip or None,
        action=action,
        object_label=str(obj)[:200],
        reason=reason,
        old_hash=digest(before),
        new_hash=digest(after),
        data=json.loads(canonical(data or {})),
        previous=chain.head,
    )
    event.hash = event_hash(event, chain.key)
    event.save(force_insert=True)
    chain.length, chain.head = event.sequence, event.hash
    chain.save(update_fields=["length", "head"])
    return event


@transaction.atomic
def seal_log() -> Event | None:
    """Append a seal over the events since the last one; None when there is nothing new. Running it twice changes nothing."""
    log = sealed_object()
    Chain.objects.select_for_update().filter(key=chain_key(log)).first()
    data = next_seal()
    return None if data is None else record(by=SYSTEM, action=SEAL, obj=log, data=data)


def verify_log(*, chains: QuerySet[Chain], most: int, by: Actor, whole: bool = False) -> Report:
    """Verify chains for an auditor, at most `most` events, and record that it was done and what came of it.

    `whole` holds the seals over the entire log against it as well.
    """
    by.require("audit.read")
    report = verify(chains, most=most, whole=whole)
    if by.user is not None:
        data = {"chains": report.chains, "events": report.events, "findings": len(report.findings)}
        record(by=by, action="audit.verify", obj=by.user, data=data)
    return report


@transaction.atomic
def export_log(*, events: QuerySet[Event], kind: str, by: Actor) -> bytes:
    """Return the events as a file, `kind` csv or xlsx, and record how many left the portal."""
    by.require("audit.export")
    chosen = list(events[:MOST])
    if by.user is not None:
        record(by=by, action="audit.export", obj=by.user, data={"format": kind, "events": len(chosen)})
    return as_xlsx(chosen) if kind == "xlsx" else as_csv(chosen)
