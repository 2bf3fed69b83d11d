"""Jurisdictions and their offices, for the system administrator."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.accounts.guards import capability
from portal.desk.forms.system import JurisdictionForm, OfficeForm
from portal.desk.services.places import save_office, set_office_open, update_jurisdiction
from portal.tenancy.models import Jurisdiction, Organisation
from portal.tenancy.selectors import offices


@capability("system.configure")
def places(request: HttpRequest) -> HttpResponse:
    """List the jurisdictions within one's reach."""
    return render(request, "system/places.html", {"places": _reachable(request)})


@capability("system.configure", methods=("GET", "POST"))
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a jurisdiction and its tree; on POST change its particulars."""
    jurisdiction = get_object_or_404(_reachable(request), pk=pk)
    form = JurisdictionForm(request.POST or None, instance=get_object_or_404(_reachable(request), pk=pk))
    if request.method == "POST" and form.is_valid():
        update_jurisdiction(jurisdiction=jurisdiction, values=form.cleaned_data, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "辖区信息已保存")
        return redirect("system:place", pk=pk)
    context = {"place": jurisdiction, "form": form, "offices": offices(jurisdiction)}
    return render(request, "system/place.html", context, status=400 if form.errors else 200)


@capability("system.configure", methods=("GET", "POST"))
def new_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an office to a jurisdiction's tree."""
    return _office_page(request, get_object_or_404(_reachable(request), pk=pk), None)


@capability("system.configure", methods=("GET", "POST"))
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """Change, close or open an office."""
    found = get_object_or_404(Organisation.objects.filter(jurisdiction__in=_reachable(request)), pk=pk)
    act = request.POST.get("act")
    if request.method == "POST" and act in {"close", "open"}:
        reason = request.POST.get("reason", "").strip()[:300]
        set_office_open(office=found, is_open=act == "open", reason=reason, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "机构已停用，其成员不能再以该机构身份办理" if act == "close" else "机构已恢复")
        return redirect("system:office", pk=pk)
    return _office_page(request, found.jurisdiction, found)  # type: ignore[arg-type]


def _office_page(request: HttpRequest, jurisdiction: Jurisdiction, found: Organisation | None) -> HttpResponse:
    form = OfficeForm(request.POST or None, instance=found, jurisdiction=jurisdiction)
    if request.method == "POST" and form.is_valid():
        by = request.actor  # type: ignore[attr-defined]
        saved = save_office(jurisdiction=jurisdiction, values=form.cleaned_data, office=found, by=by)
        messages.success(request, f"{saved.name}已保存")
        return redirect("system:place", pk=jurisdiction.pk)
    context = {"place": jurisdiction, "office": found, "form": form}
    return render(request, "system/office.html", context, status=400 if form.errors else 200)


def _reachable(request: HttpRequest) -> QuerySet[Jurisdiction]:
    own = request.actor.jurisdiction_id  # type: ignore[attr-defined]
    return Jurisdiction.objects.all() if own is None else Jurisdiction.objects.filter(pk=own)
