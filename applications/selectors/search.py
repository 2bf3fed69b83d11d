"""Finding files by number or unit, for the bureau's search page."""

from django.db.models import Q, QuerySet

from applications.models import Application

SHORTEST = 2


def search_applications(applications: QuerySet[Application], text: str, limit: int = 20) -> list[Application]:
    """Return the newest files whose number, unit or credit code holds `text`; one query, none for less than two characters.

    `applications` are those the actor may read.
    """
    wanted = text.strip()[:60]
    if len(wanted) < SHORTEST:
        return []
    found = applications.filter(
        Q(number__icontains=wanted)
        | Q(organisation__name__icontains=wanted)
        | Q(organisation__credit_code__iexact=wanted)
    )
    rows = found.select_related("organisation", "call", "jurisdiction").defer("groups", "unlocked")
    return list(rows.order_by("-submitted_at", "-id")[:limit])
