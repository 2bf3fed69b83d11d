"""An expert's side of panel meetings: those they were at, the minutes to read, the signature."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from reviews.forms.meetings import SignatureForm
from reviews.models import Meeting
from reviews.permissions import own_meetings
from reviews.selectors.meetings import meetings_of_expert
from reviews.selectors.minutes import minutes
from reviews.services.minutes import sign_minutes
from reviews.views.acts import write


@capability("review.score")
def expert_meetings(request: HttpRequest) -> HttpResponse:
    """The meetings I was at, those to sign first."""
    rows = meetings_of_expert(own_meetings(Meeting.objects.all(), request.actor), request.actor.user)
    return render(request, "reviews/expert_meetings.html", {"meetings": rows})


@capability("review.score", methods=("GET", "POST"))
def meeting_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as they are to be signed; POST signs them. 404 for who was not there, or before they are settled."""
    rows = Meeting.objects.select_related("call", "chair", "jurisdiction", "minuted_by")
    found = get_object_or_404(own_meetings(rows, request.actor), pk=pk)
    form = SignatureForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and write(form, sign_minutes, meeting=found, signature=form.value(), by=request.actor)
    ):
        return redirect("reviews:meeting_sign", jurisdiction=request.jurisdiction.code, pk=pk)
    context = {
        "meeting": found,
        "minutes": minutes(found),
        "own": found.attendance.get(expert__user=request.actor.user),
        "form": form,
        "document": documents_of(found, "minutes").first(),
    }
    return render(request, "reviews/meeting_sign.html", context, status=422 if form.errors else 200)
