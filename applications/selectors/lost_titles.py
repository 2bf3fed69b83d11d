"""Titles a unit has lost, in whatever jurisdiction: information for people, with its source; no rule reads it."""

from datetime import date

from applications.models import LostTitle
from portal.tenancy.models import Jurisdiction, Organisation


def lost_titles(organisation: Organisation) -> list[LostTitle]:
    """Return what the unit has lost anywhere, by its credit code, newest first."""
    if not organisation.credit_code:
        return []
    return list(LostTitle.objects.filter(credit_code=organisation.credit_code).select_related("jurisdiction"))


def standing_bars(organisation: Organisation, place: Jurisdiction, today: date) -> list[LostTitle]:
    """Return those by which the policy of a place says that the unit may not apply again yet."""
    mine = [each for each in lost_titles(organisation) if each.jurisdiction_id == place.pk]
    return [each for each in mine if each.barred_until is not None and today <= each.barred_until]
