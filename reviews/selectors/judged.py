"""Whose people keep off a panel: the unit that applied, and of a base whoever holds it now or held it before.

Another app knows who holds what it assesses; it registers a resolver when it is ready.
"""

from collections.abc import Callable, Sequence

from portal.tenancy.models import Organisation
from reviews.models import Panel

Holders = Callable[[Panel], Sequence[Organisation]]
_resolvers: dict[str, Holders] = {}


def register_holders(prefix: str, resolver: Holders) -> None:
    """Let `resolver(panel)` tell who holds what a panel with the occasion `prefix:…` assesses, the present holder first."""
    _resolvers[prefix] = resolver


def units_judged(panel: Panel) -> list[Organisation]:
    """Return the units a panel judges, the one that answers for it today first; no query where an application is reviewed."""
    resolver = _resolvers.get(panel.occasion.partition(":")[0]) if panel.occasion else None
    found = [*(resolver(panel) if resolver else ()), panel.application.organisation]
    return list({unit.pk: unit for unit in found}.values())
