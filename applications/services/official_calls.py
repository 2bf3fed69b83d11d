"""The calls the sources themselves announced, with their true dates: installed as past calls, for the record."""

from django.db import transaction
from django_scopes import scope

from applications.enums import CallState
from applications.models import Call, CallWindow
from portal.policy import registry
from portal.policy.edition import Edition, OfficialCall
from portal.tenancy.models import Jurisdiction


@transaction.atomic
def install_official_calls() -> list[Call]:
    """Create every edition's official calls where they are missing; run after migrations, as often as you like.

    Nobody here prepared or published them, so they name nobody; they cite the source's own dates.
    """
    made = []
    for edition in registry.registry:
        place = Jurisdiction.objects.filter(code=edition.jurisdiction).first()
        if place is None or not edition.official_calls:
            continue
        with scope(jurisdiction=place):
            made += [call for official in edition.official_calls if (call := _install(place, edition, official))]
    return made


def _install(place: Jurisdiction, edition: Edition, official: OfficialCall) -> Call | None:
    call, made = Call.objects.get_or_create(
        jurisdiction=place,
        year=official.year,
        batch=official.batch,
        defaults={
            "edition_code": edition.code,
            "title": official.title,
            "summary": official.summary,
            "opens_at": official.opens_at,
            "closes_at": official.closes_at,
            "state": CallState.PUBLISHED,
            "published_at": official.opens_at,
            # Long past: nobody is told of it.
            "opening_announced_at": official.opens_at,
            "closing_announced_at": official.closes_at,
        },
    )
    if not made:
        return None
    CallWindow.objects.bulk_create(
        CallWindow(call=call, stage=window.stage, opens_at=window.opens_at, closes_at=window.closes_at)
        for window in official.windows
    )
    return call
