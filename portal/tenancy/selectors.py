"""Reading jurisdictions and organisations."""

from django.db.models import QuerySet

from portal.tenancy.enums import OrganisationKind
from portal.tenancy.models import Jurisdiction, Organisation


def active_jurisdictions() -> list[Jurisdiction]:
    """Return the jurisdictions that are switched on; one query, a handful of rows."""
    return list(Jurisdiction.objects.filter(active=True))


def jurisdiction_by_code(code: str) -> Jurisdiction:
    """Return a jurisdiction; `Jurisdiction.DoesNotExist` when there is none."""
    return Jurisdiction.objects.get(code=code)


def offices(jurisdiction: Jurisdiction) -> QuerySet[Organisation]:
    """Return the offices of a jurisdiction's tree."""
    return Organisation.objects.filter(jurisdiction=jurisdiction).select_related("parent")


def units() -> QuerySet[Organisation]:
    """Return every applicant unit."""
    return Organisation.objects.filter(kind=OrganisationKind.UNIT)
