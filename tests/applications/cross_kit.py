"""Makers for cross-applications: a unit with its application on the source track, the rows and ids both sides hold."""

from typing import Any

from applications.models import Application, Call, DraftSection
from applications.services.draft import start_application
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction, Organisation
from tests.applications.applicant_kit import fill, operator
from tests.applications.desk_factories import add_file
from tests.factories import make_call, make_unit
from tests.jurisdictions.chongqing_answers import answers, merits

CODE = "chongqing"


def office(jurisdiction: Jurisdiction) -> Organisation:
    """Return the recommending office of one district."""
    return Organisation.objects.get(jurisdiction=jurisdiction, name__startswith="渝北区")


def sourced(jurisdiction: Jurisdiction, mode: str = "keep_first", **sections: Any) -> tuple[Actor, Application]:
    """Return a 经办人 and a complete national draft of the unit in a new call of this mode."""
    call = make_call(jurisdiction)
    call.settings["crossapply.mode"] = mode
    call.save()
    by = operator(make_unit(district="渝北区"))
    source = begin(call, by, "national")
    fill(source, whole(source, "national", **sections))
    add_file(source, "evidence")
    return by, source


def begin(call: Call, by: Actor, track: str) -> Application:
    """Begin an application through the district's office."""
    return start_application(call=call, track_key=track, by=by, recommender=office(call.jurisdiction), route="place")


def whole(application: Application, track: str, **sections: Any) -> dict[str, Any]:
    """Return answers that may be submitted, in the unit's own name."""
    given = answers(track, merits=merits(), **sections)
    unit = application.organisation
    given["cover"]["unit_name"] = unit.name
    given["management"]["credit_report_on"] = clock.today().isoformat()
    given["unit"] |= {"name": unit.name, "credit_code": unit.credit_code}
    return given


def page(application: Application, path: str) -> DraftSection:
    """Return one page of a draft as it is stored."""
    return DraftSection.objects.get(application=application, path=path)


def rows(application: Application) -> list[dict[str, Any]]:
    """Return the professions as they are stored."""
    return list(page(application, "professions").answers["items"])


def names(application: Application) -> list[str]:
    """Return the names of the professions in order."""
    return [row["name"] for row in rows(application)]


def finish(application: Application) -> Application:
    """Fill in what only the target asks: category, joint development, the letter, one figure of the teachers."""
    level = page(application, "municipal")
    level.answers |= {"category": "digital", "support": "funded", "adjust": "yes"}
    level.save()
    for path in list(application.drafts.values_list("path", flat=True)):
        draft = page(application, path)
        draft.prefilled = {}
        if path == "professions":
            draft.answers["items"] = [{**row, "developed": "yes"} for row in draft.answers["items"]]
        if path == "teachers":
            draft.answers["senior_qualified"] = "18"
        draft.save()
    add_file(application, "evidence")
    add_file(application, "commitment_letter")
    return application
