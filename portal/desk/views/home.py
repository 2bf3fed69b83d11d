"""The home page of a signed-in person: what waits for them, in the capacity they act in."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.selectors.dashboard import dashboard
from assessments.models import Base
from assessments.selectors.bases import with_terms
from assessments.selectors.cases import answerable_cases
from assessments.selectors.claim_pages import waiting_claims
from assessments.selectors.due import duties_of_unit
from assessments.selectors.rounds import waiting_of_unit
from portal.accounts.actor import Actor
from portal.accounts.guards import signed_in
from portal.calendars import clock
from portal.desk import homes, selectors
from portal.tenancy.models import Jurisdiction


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """Choose the home page by what the present role may do."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    organisation = actor.organisation
    if organisation is not None and organisation.is_unit:
        return render(request, "desk/home_unit.html", _unit(actor))
    place = organisation.jurisdiction if organisation else None
    if place is not None and actor.can("review.score"):
        return redirect("reviews:expert_home", jurisdiction=place.code)
    return render(request, "desk/home_staff.html", _staff(actor, place))


def _unit(actor: Actor) -> dict[str, Any]:
    organisation = actor.organisation
    assert organisation is not None  # noqa: S101 - the caller has looked
    lines = selectors.call_lines(selectors.published_calls(), closed_for_days=0)
    board = dashboard(organisation)
    return {
        "organisation": organisation,
        "cards": board.cards,
        "ended": board.ended,
        "bases": _standing_first(selectors.directory().filter(organisation=organisation)),
        "report_duties": duties_of_unit(with_terms(Base.objects.filter(organisation=organisation)), clock.today()),
        "claims": waiting_claims(Base.objects.filter(organisation=organisation), clock.today()),
        "open_cases": answerable_cases(organisation, clock.now()),
        "self_assessments": waiting_of_unit(organisation),
        "lines": [line for line in lines if line.shape in ("open", "attention", "todo")],
    }


def _standing_first(bases: QuerySet[Base]) -> QuerySet[Base]:
    return bases.order_by(F("ended_on").asc(nulls_first=True), "-recognised_on", "id")


def _staff(actor: Actor, place: Jurisdiction | None) -> dict[str, Any]:
    context: dict[str, Any] = {"organisation": actor.organisation, "staff_rooms": homes.staff_rooms(actor)}
    if place is not None:
        context |= {"place": place, "duties": homes.duties(actor, place), "rooms": homes.rooms(actor, place)}
        if actor.can("application.read"):
            context["progress"] = homes.call_progress(actor, place)
    return context
