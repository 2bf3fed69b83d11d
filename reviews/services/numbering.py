"""Gapless numbers, each taken under the lock of its counter."""

from applications.models import Counter
from portal.tenancy.models import Jurisdiction


def next_number(jurisdiction: Jurisdiction, key: str) -> int:
    """Return the next value of a sequence; call inside the transaction that uses it, so that none is lost."""
    Counter.objects.get_or_create(jurisdiction=jurisdiction, key=key)
    counter: Counter = Counter.objects.select_for_update().get(jurisdiction=jurisdiction, key=key)
    counter.value += 1
    counter.save(update_fields=["value"])
    value: int = counter.value
    return value
