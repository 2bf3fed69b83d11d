"""Reading the expert list."""

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from portal.tenancy.models import Jurisdiction
from reviews.enums import PanelState
from reviews.models import Expert

SORTS = ("name", "unit_name", "district", "grade", "state", "seat_count")


def experts_in_list(
    experts: QuerySet[Expert], *, words: str = "", state: str = "", district: str = "", field: str = "", sort: str = ""
) -> QuerySet[Expert]:
    """The list filtered and sorted, each with `seat_count` (panels at work now). Words look in name, unit and fields."""
    found = experts.select_related("user").annotate(
        seat_count=Count("memberships", filter=Q(memberships__panel__state=PanelState.WORKING), distinct=True)
    )
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(unit_name__icontains=word) | Q(title__icontains=word))
    if state:
        found = found.filter(state=state)
    if district:
        found = found.filter(district=district)
    if field:
        found = found.filter(pk__in=[pk for pk, known in experts.values_list("pk", "fields") if field in known])
    return found.order_by(sort, "id") if sort.removeprefix("-") in SORTS else found.order_by("id")


def known_fields(experts: QuerySet[Expert]) -> list[str]:
    """Every professional field that occurs, sorted."""
    return sorted({field for known in experts.values_list("fields", flat=True) for field in known})


def known_districts(experts: QuerySet[Expert]) -> list[str]:
    """Every district that occurs."""
    return list(experts.exclude(district="").order_by("district").values_list("district", flat=True).distinct())


def linkable_users(jurisdiction: Jurisdiction) -> QuerySet[User]:
    """People who act as experts in the jurisdiction and are linked to no one on its list."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__role_code="expert",
            memberships__active=True,
            memberships__organisation__jurisdiction=jurisdiction,
        )
        .exclude(pk__in=Expert.objects.filter(jurisdiction=jurisdiction, user__isnull=False).values("user"))
        .distinct()
    )
