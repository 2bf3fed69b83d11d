"""Seals over the whole log: what a chain of one object cannot show, that a chain was removed altogether.

A seal is an event of the log's own chain. It keeps the number and a digest of all events between two identifiers, so that
removing any of them, or a whole chain with its head, contradicts a seal that only the holder of the key can write. A seal
covers what was there when the one before it was made: events whose transactions were under way then have long been written.
"""

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from portal.audit.models import Event

ACTION = "audit.seal"


def sealed_object() -> ContentType:
    """Return the object whose chain holds the seals: the log itself."""
    return ContentType.objects.get_for_model(Event)


def seals() -> list[Event]:
    """Return the seals in order."""
    key = f"contenttypes.contenttype:{sealed_object().pk}"
    return list(Event.objects.filter(chain__key=key, action=ACTION).order_by("sequence"))


def next_seal() -> dict[str, Any] | None:
    """Return what the next seal has to say; None when nothing but seals is left to cover."""
    last = seals()[-1:]
    begin = last[0].data["until"] if last else 0
    until = last[0].data["seen"] if last else 0
    seen = Event.objects.aggregate(most=Max("id"))["most"] or 0
    if last and not Event.objects.filter(id__gt=last[0].data["until"]).exclude(action=ACTION).exists():
        return None
    count, digest = digest_of(begin, until)
    return {"begin": begin, "until": until, "seen": seen, "count": count, "digest": digest}


def digest_of(begin: int, until: int) -> tuple[int, str]:
    """Return how many events lie after `begin` up to `until`, and a SHA-256 over their hashes."""
    total, count = hashlib.sha256(), 0
    hashes = Event.objects.filter(id__gt=begin, id__lte=until).order_by("id").values_list("id", "hash")
    for identifier, event_hash in hashes.iterator(chunk_size=2000):
        total.update(f"{identifier}:{event_hash}\n".encode())
        count += 1
    return count, total.hexdigest()


def broken_seals() -> list[int]:
    """Return the numbers of the seals that no longer hold, or that do not follow the one before."""
    broken, until = [], 0
    for seal in seals():
        said = seal.data
        if said["begin"] != until or digest_of(said["begin"], said["until"]) != (said["count"], said["digest"]):
            broken.append(seal.sequence)
        until = said["until"]
    return broken
