"""The level above: files that have been reported, looked at again by its own experts, and published or declined."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from applications.models import Application, Call
from applications.permissions import readable_applications
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.policy.procedure import StageKind, Status
from portal.tenancy.enums import Tier
from reviews.forms.lists import PublishAboveForm
from reviews.selectors.naming import kinds_of
from reviews.selectors.rechecks import STEPS, calls_above, files_above
from reviews.services.recognition import recognise_rechecked
from reviews.views.acts import Act, perform


def _files(request: HttpRequest) -> QuerySet[Application]:
    """The files that lie with the level above; its own people only."""
    if request.actor.tier is not Tier.SUPERIOR:
        raise PermissionDenied("复核和公布由上级部门办理")
    return readable_applications(Application.objects.filter(jurisdiction=request.jurisdiction), request.actor)


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(calls_above(_files(request)), pk=pk)


@capability("review.read")
def rechecks(request: HttpRequest) -> HttpResponse:
    """The calls that have been reported, with how far each has come."""
    lines = [
        {"call": call, "counts": [(label, getattr(call, f"n_{key}")) for key, label, _ in STEPS]}
        for call in calls_above(_files(request))[:50]
    ]
    return render(request, "reviews/rechecks.html", {"lines": lines})


@capability("review.read")
def recheck(request: HttpRequest, call_pk: int) -> HttpResponse:
    """One call's files: the bureau's order, the re-check, what comes next."""
    call = _call(request, call_pk)
    files = list(files_above(_files(request), call))
    context = {
        "call": call,
        "files": files,
        "ready": sum(each.status == Status.RECHECKED for each in files),
        "may_recognise": request.actor.can("base.recognise"),
        "may_decline": request.actor.can("shortlist.approve"),
    }
    return render(request, "reviews/recheck.html", context)


@capability("base.recognise", methods=("GET", "POST"))
def recheck_recognise(request: HttpRequest, call_pk: int) -> HttpResponse:
    """Publish files that have been looked at again."""
    call = _call(request, call_pk)
    act_word = call.edition.act
    stage = call.edition.stage(StageKind.RECOGNITION)
    issuer = stage.actor if stage else request.actor.organisation.name
    ready = files_above(_files(request), call).filter(status=Status.RECHECKED.value)
    initial = {
        "title": f"关于{act_word}{kinds_of(ready)}的通知",
        "issued_on": clock.today(),
        "applications": [each.pk for each in ready],
    }
    form = PublishAboveForm(request.POST or None, initial=initial, applications=ready)
    url = reverse("reviews:recheck", kwargs={"jurisdiction": request.jurisdiction.code, "call_pk": call.pk})
    act = Act(
        title=act_word, submit_label=act_word, cancel_url=url, form=form, lead=call.title, done="文件已签发，证书正在生成",
        effects=["所选单位转为“已认定”，登记入基地名册", f"以{issuer}名义生成文件和每家单位的证书（PDF），可公开核验",
                 "申报单位和报送部门可以看到结果"],
        do=lambda: recognise_rechecked(
            call=call, applications=list(form.cleaned_data["applications"]), document_number=form.cleaned_data["document_number"],
            title=form.cleaned_data["title"], issued_on=form.cleaned_data["issued_on"], by=request.actor,
        ),
    )  # fmt: skip
    return perform(request, act)
