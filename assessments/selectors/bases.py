"""Reading the register of bases."""

from django.db.models import Q, QuerySet

from assessments.models import Base
from reviews.models import RecognitionEntry

SORTS = ("recognised_on", "name", "district", "certificate_number", "organisation__name")


def with_terms(bases: QuerySet[Base]) -> QuerySet[Base]:
    """Bases with what their settings and their unit are read from, in the same query."""
    return bases.select_related("organisation", "jurisdiction", "source__recognition", "source__application__call")


def bases_in_list(
    bases: QuerySet[Base],
    *,
    words: str = "",
    district: str = "",
    track: str = "",
    state: str = "",
    plaque: str = "",
    sort: str = "",
) -> QuerySet[Base]:
    """The register filtered and sorted; an unknown sort key falls back to the newest first."""
    found = _search(bases.select_related("organisation", "jurisdiction"), words)
    for name, value in (("district", district), ("track_key", track), ("state", state), ("plaque_state", plaque)):
        if value:
            found = found.filter(**{name: value})
    return found.order_by(sort, "id") if sort.removeprefix("-") in SORTS else found.order_by("-recognised_on", "id")


def entries_without_base() -> QuerySet[RecognitionEntry]:
    """Recognised units that are not in the register yet."""
    return RecognitionEntry.objects.filter(base__isnull=True)


def districts_of(bases: QuerySet[Base]) -> list[str]:
    """The districts that occur, for a filter."""
    return list(bases.exclude(district="").order_by("district").values_list("district", flat=True).distinct())


def _search(bases: QuerySet[Base], words: str) -> QuerySet[Base]:
    for word in words.split():
        bases = bases.filter(
            Q(name__icontains=word) | Q(organisation__name__icontains=word) | Q(certificate_number__icontains=word)
            | Q(profile__projects_text__icontains=word)
        )  # fmt: skip
    return bases
