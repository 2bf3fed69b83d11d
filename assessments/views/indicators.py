"""Indicators of one base: its room, for the bureau and its unit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Base
from assessments.selectors.due import DueState, expected
from assessments.selectors.series import monthly, progress_of
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock


@capability("base.read")
def base_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Targets and indicators of a base, as the bureau sees them."""
    return _room(request, own_base(request, pk))


@capability("base.report")
def my_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Targets and indicators of a base, as its unit sees them."""
    return _room(request, own_base(request, pk))


def _room(request: Any, base: Base) -> HttpResponse:
    today = clock.today()
    owed = expected(base, today)
    coming = sorted((each for each in owed if each.due_on and each.due_on >= today and not each.submitted_at), key=_due)
    context = {
        "base": base,
        "today": today,
        "targets": progress_of(base, today),
        "indicators": monthly(base, today),
        "late": [each for each in owed if each.state is DueState.LATE],
        "next": coming[0] if coming else None,
    }
    return render(request, "assessments/base_indicators.html", context)


def _due(entry: Any) -> Any:
    return entry.due_on
