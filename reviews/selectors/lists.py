"""Reading shortlists and what may go on them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from applications.models import Application
from portal.policy.procedure import StageKind, Status
from reviews.models import Panel, Shortlist, ShortlistEntry
from reviews.selectors.selections import selected_for


def shortlists_in_list(shortlists: QuerySet[Shortlist]) -> QuerySet[Shortlist]:
    """Lists with their call, people and number of units."""
    return (
        shortlists.select_related("call", "drafted_by", "approved_by", "notice")
        .order_by("-id")
        .annotate(unit_count=Count("entries", filter=Q(entries__removed=False)))
    )


def entries_of(shortlist: Shortlist) -> QuerySet[ShortlistEntry]:
    """The standing entries with everything a line shows."""
    return (
        shortlist.entries.filter(removed=False)
        .select_related("application__organisation", "application__call")
        .annotate(panel_conclusion=_conclusion("application"))
    )


def candidates_for(shortlist: Shortlist, applications: QuerySet[Application]) -> QuerySet[Application]:
    """The reviewed applications of the list's call that are on no list; where the policy ranks, those selected alone."""
    reviewed = applications.filter(call=shortlist.call_id, status=Status.REVIEWED.value)
    if shortlist.call.edition.ranking is not None:
        selected = selected_for(shortlist)
        reviewed = reviewed.filter(pk__in=selected.values("application")).order_by("placement__overall", "pk")
    return reviewed.select_related("organisation", "call").annotate(panel_conclusion=_conclusion("pk"))


def _conclusion(path: str) -> Subquery:
    """What the bureau's own panel said of the application at `path`."""
    panels = Panel.objects.filter(application=OuterRef(path), stage=StageKind.EXPERT_REVIEW.value)
    return Subquery(panels.values("conclusion")[:1])
