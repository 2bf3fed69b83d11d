"""Finding the application a request is about, among those its actor may see."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from applications.models import Application
from applications.permissions import readable_applications
from applications.selectors.workspace import Workspace
from applications.views.panels import address, aside, navigation
from portal.calendars import clock
from portal.calendars.selectors import remaining
from portal.policy.procedure import Status


def own_application(request: HttpRequest, pk: int) -> Application:
    """Return one of the acting unit's applications; 404 for anybody else's."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Application.objects.select_related("call", "organisation", "jurisdiction", "current", "recommender")
    return get_object_or_404(readable_applications(rows, actor).filter(organisation=actor.organisation), pk=pk)


def frame(workspace: Workspace, current: str) -> dict[str, Any]:
    """Return what every page of the workspace shows around its paper."""
    application = workspace.application
    call = application.call
    due_at = application.correction_due_at if application.status == Status.RETURNED else call.closes_at
    left = remaining(clock.now(), due_at) if due_at else None
    return {
        "application": application,
        "call": call,
        "workdays_left": left.working_days if left else None,
        "nav": navigation(workspace, current),
        "aside": aside(workspace, current),
        "current": current,
        "urls": {name: address(application, name) for name in ("tasklist", "materials", "preview", "history")},
    }
