"""Makers for the applicant's side: people of a unit, drafts page by page, signed-in browsers."""

from typing import Any

from django.test import Client

from applications.models import Application, Call, DraftSection
from applications.services.draft import start_application
from portal.accounts.actor import Actor
from portal.accounts.confirmation import CONFIRMED_KEY
from portal.calendars import clock
from portal.policy.form import Group
from tests.applications.desk_answers import school_answers
from tests.applications.desk_factories import FILES, add_file
from tests.factories import make_actor, make_unit


def operator(unit: Any = None) -> Actor:
    """Return a 经办人 of a unit."""
    return make_actor("unit_operator", unit or make_unit())


def browser(by: Actor, *, fresh: bool = True) -> Client:
    """Return a signed-in browser; a `fresh` session need not give the password again."""
    client = Client()
    client.force_login(by.user)
    session = client.session
    session[CONFIRMED_KEY] = clock.now().timestamp() if fresh else 0
    session.save()
    return client


def begin(call: Call, by: Actor, track: str = "school") -> Application:
    """Begin an application."""
    return start_application(call=call, track_key=track, by=by)


def fill(application: Application, answers: dict[str, Any]) -> Application:
    """Write whole answers into the pages of a draft, as if typed and confirmed."""
    DraftSection.objects.filter(application=application).delete()
    pages: dict[str, Any] = {}
    for part in application.edition.form.parts:
        if isinstance(part, Group):
            application.groups[part.key] = [each["_id"] for each in answers[part.key]]
            for each in answers[part.key]:
                for section in part.sections:
                    pages[f"{part.key}/{each['_id']}/{section.key}"] = each.get(section.key, {})
        else:
            pages[part.key] = answers.get(part.key, {})
    application.save()
    DraftSection.objects.bulk_create(
        DraftSection(application=application, path=path, answers=page, revision=1, saved_at=clock.now())
        for path, page in pages.items()
    )
    return application


def complete(call: Call, by: Actor, **standard: Any) -> Application:
    """Return a draft on the school track that may be submitted; `standard` replaces answers of the self-assessment."""
    application = begin(call, by)
    unit = application.organisation
    answers = school_answers(unit.name, unit.credit_code)
    answers["standard"] |= standard
    fill(application, answers)
    for slot, count in FILES.items():
        for _ in range(count):
            add_file(application, slot)
    return application
