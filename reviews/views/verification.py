"""An office's own figures of a file (核查证明表): the form, and the share as it is being typed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.forms.posted import posted_answers
from applications.models import Application
from applications.permissions import holds
from applications.selectors.reading import read_application
from applications.services.moves import WrongState
from applications.views.desk_reach import files
from portal.accounts.guards import capability
from portal.policy.procedure import Status
from reviews.forms.verification import begun, verification_form
from reviews.selectors.recommendations import verifies
from reviews.selectors.verifications import VerifiedFile, verified_file
from reviews.services.verifying import read_verification, save_verification


def _found(request: HttpRequest, pk: int) -> Application:
    """Return a file whose figures an office verifies; 404 for every other."""
    try:
        application = read_application(files(request), pk)
    except Application.DoesNotExist:
        raise Http404 from None
    rule = application.edition.recommendation()
    if rule is None or not verifies(rule, application):
        raise Http404("该申报不需要填写核查数据")
    return application


def _with(application: Application, typed: dict[str, Any]) -> VerifiedFile:
    found = verified_file(application, typed)
    if found is None:
        raise Http404
    return found


@capability("recommendation.work", methods=("GET", "POST"))
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the office's figures of a file; a POST keeps them as typed, whole or not."""
    application = _found(request, pk)
    if request.method == "POST":
        return _save(request, application)
    saved = getattr(application, "verification", None)
    found = _with(application, saved.answers if saved else {})
    typed = saved.answers if saved else begun(found)
    return _page(request, found, typed, judged=saved is not None)


def _save(request: HttpRequest, application: Application) -> HttpResponse:
    found = _with(application, {})
    typed = posted_answers(found.section, request.POST)
    try:
        _, problems = save_verification(application=application, answers=typed, by=request.actor)  # type: ignore[attr-defined]
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return _page(request, _with(application, typed), typed, status=409)
    if problems:
        messages.warning(request, f"已保存，尚有 {len(problems)} 处需完善")
    else:
        messages.success(request, "核查数据已保存，可以生成证明表")
    code = request.jurisdiction.code  # type: ignore[attr-defined]
    return redirect("reviews:verification", jurisdiction=code, pk=application.pk)


@capability("recommendation.work", methods=("POST",))
def verification_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Work out the shares of what is typed; nothing is written."""
    application = _found(request, pk)
    typed = posted_answers(_with(application, {}).section, request.POST)
    found = _with(application, typed)
    form = verification_form(found, typed, [])
    return render(request, "reviews/verification_figures.html", {"found": found, "form": form})


def _page(
    request: HttpRequest, found: VerifiedFile, typed: dict[str, Any], *, judged: bool = True, status: int = 200
) -> HttpResponse:
    application = found.application
    _, problems = read_verification(application.edition, found.section, typed, application)
    actor = request.actor  # type: ignore[attr-defined]
    writable = holds(actor, application) and application.status in (Status.CHECKING, Status.QUALIFIED)
    context = {
        "application": application,
        "found": found,
        "form": verification_form(found, typed, problems if judged else []),
        "writable": writable,
        "complete": judged and not problems,
    }
    return render(request, "reviews/verification.html", context, status=status)
