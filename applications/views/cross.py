"""Cross-application: the commitment is shown and ticked once, then the other application stands ready to be filled in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.models import Application
from applications.selectors.cross import CrossOffer, offer_of
from applications.selectors.live import live_applications
from applications.selectors.workspace import Workspace
from applications.services.cross import cross_apply
from applications.services.draft import ExistingDraft, NotOpen
from applications.views.panels import address
from applications.views.reach import own_application
from portal.accounts.guards import capability


@capability("application.edit", methods=("GET", "POST"))
def cross(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the commitment, then make the application; 404 where the policy has no cross-application on its track.

    One made already is gone to at once. 409 with the reason when the call is closed, the rows are not ready, or the unit
    has begun an application on the other track by itself.
    """
    application = own_application(request, pk)
    rule = application.edition.cross_application
    if rule is None or rule.source != application.track_key:
        raise Http404("本批次的政策没有规定可由该申报同时申请参评其他类别")
    offer = offer_of(application, live_applications(application.organisation).filter(call=application.call))
    if offer and offer.made:
        return redirect(address(offer.made, "tasklist"))
    offer = offer or CrossOffer(rule, application, application.edition.track(rule.target).title)
    if request.method != "POST":
        return _page(request, application, offer)
    if request.POST.get("commitment") != "yes":
        return _page(request, application, offer, status=422, commitment_error="请先勾选承诺，再生成申报")
    try:
        made = cross_apply(application=application, by=request.actor)  # type: ignore[attr-defined]
    except (NotOpen, ExistingDraft) as refusal:
        errors = [{"label": "", "message": str(refusal), "anchor": ""}]
        return _page(request, application, offer, status=409, form_errors=errors)
    return redirect(address(made, "tasklist"))


def _page(
    request: HttpRequest, application: Application, offer: CrossOffer, *, status: int = 200, **more: Any
) -> HttpResponse:
    letter = application.edition.material(offer.rule.letter).title
    context = {
        "application": application,
        "cross": cross_line(offer),
        "effects": [
            f"{offer.explanation}（{offer.rule.clause}）",
            "两类申报共有的内容一并写入，写入后可以修改；原申报不受影响",
            f"{offer.title}申报经同一推荐部门报送，占该部门的{offer.title}推荐名额",
            f"{offer.title}申报须上传“{letter}”",
        ],
        "cancel_url": address(application, "tasklist"),
        **more,
    }
    return render(request, "applications/cross.html", context, status=status)


def cross_line(offer: CrossOffer | None) -> dict[str, Any] | None:
    """Return an offer as the pages take it; None where there is none."""
    if offer is None:
        return None
    return {
        "title": offer.title,
        "label": offer.label,
        "commitment": offer.rule.commitment,
        "explanation": offer.explanation,
        "clause": offer.rule.clause,
        "made": offer.made,
        "url": address(offer.made, "tasklist") if offer.made else address(offer.source, "cross"),
    }


def origin(workspace: Workspace) -> dict[str, Any] | None:
    """Return from which application a cross-application was made and what bars it; None for any other."""
    application, kept = workspace.application, workspace.kept
    if application.cross_from is None or kept is None:
        return None
    return {
        "line": application.source_line,
        "url": address(application.cross_from, "history" if application.cross_from.number else "tasklist"),
        "clause": kept.rule.clause,
        "note": kept.explanation.removesuffix(f"（{kept.rule.clause}）") if kept.locks else "",
        "letter": workspace.edition.material(kept.rule.letter).title,
        "problems": workspace.cross_problems,
    }
