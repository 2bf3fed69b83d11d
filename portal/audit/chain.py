"""Hashes of the event log. Keyed, so that whoever can write the database still cannot forge a chain."""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from portal.audit.models import Event


def canonical(value: Any) -> str:
    """Write a value as JSON with sorted keys and no blanks: equal values, equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical form; an empty string for None."""
    return "" if value is None else hashlib.sha256(canonical(value).encode()).hexdigest()


def event_hash(event: Event, chain_key: str) -> str:
    """Return the keyed hash of everything an event says and of the event before it."""
    said = [
        chain_key,
        event.sequence,
        event.previous,
        event.jurisdiction_id,
        event.at.timestamp(),
        event.actor_id,
        event.actor_label,
        event.ip or "",
        event.action,
        event.object_label,
        event.reason,
        event.old_hash,
        event.new_hash,
        event.data,
    ]
    return hmac.new(settings.AUDIT_KEY.encode(), canonical(said).encode(), hashlib.sha256).hexdigest()
