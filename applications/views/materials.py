"""The material slots: rules, files with preview, old versions, and which rows a file serves."""

from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.models import Application, MaterialFile
from applications.selectors.materials import most_bytes, rules_of, slots_of
from applications.selectors.remarks import by_path, open_remarks
from applications.selectors.workspace import load
from applications.services.materials import add_file, assign_rows, remove_file
from applications.services.moves import WrongState
from applications.views.panels import address
from applications.views.reach import frame, own_application
from portal.accounts.guards import capability
from portal.documents.services.store import Refused, store_file


@capability("application.edit")
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every slot."""
    return page(request, own_application(request, pk))


def page(
    request: HttpRequest, application: Application, *, slot: str = "", problems: tuple[str, ...] = ()
) -> HttpResponse:
    """Render the slots, `problems` said in the one they belong to."""
    workspace = load(application)
    slots = slots_of(workspace)
    remarks = by_path(open_remarks(application))
    used = sum(each.stored.size for found in slots for each in found.files)
    context = {
        **frame(workspace, "#materials"),
        "slots": [{"slot": each, "remarks": remarks.get(f"#{each.key}", [])} for each in slots],
        "used": used,
        "most": most_bytes(application),
        "wrong_slot": slot,
        "slot_problems": problems,
        "asked": request.GET.get("remove", ""),
    }
    return render(request, "applications/materials.html", context, status=422 if problems else 200)


@capability("application.edit", methods=("POST",))
def add(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Take files from a plain form, for browsers without scripts."""
    application = own_application(request, pk)
    try:
        material = application.edition.material(slot)
    except KeyError:
        raise Http404("没有这项材料") from None
    replaces = request.POST.get("replaces", "")
    files = request.FILES.getlist("file")
    problems: list[str] = [] if files else ["请选择文件"]
    for upload in files:
        try:
            rules = rules_of(material, application.call.setting_values)
            actor = request.actor  # type: ignore[attr-defined]
            stored = store_file(
                content=cast("BinaryIO", upload.file),
                name=upload.name or "",
                rules=rules,
                by=actor,
                organisation=actor.organisation,
            )
            add_file(
                application_id=pk,
                slot=slot,
                stored=stored,
                by=actor,
                replaces=int(replaces) if replaces.isdigit() and len(replaces) < 15 else None,
            )
        except Refused as refusal:
            problems += refusal.problems
        except WrongState as state:
            problems.append(str(state))
    if problems:
        return page(request, own_application(request, pk), slot=slot, problems=tuple(problems))
    return redirect(f"{address(application, 'materials')}#slot-{slot}")


@capability("application.edit", methods=("POST",))
def remove(request: HttpRequest, pk: int, material_pk: int) -> HttpResponse:
    """Take a file out of its slot."""
    application = own_application(request, pk)
    try:
        gone = remove_file(application_id=pk, material_id=material_pk, by=request.actor)  # type: ignore[attr-defined]
    except MaterialFile.DoesNotExist:
        raise Http404("该文件已不在材料中") from None
    except WrongState as refusal:
        return page(request, application, problems=(str(refusal),))
    return redirect(f"{address(application, 'materials')}#slot-{gone.slot}")


@capability("application.edit", methods=("POST",))
def rows(request: HttpRequest, pk: int, material_pk: int) -> HttpResponse:
    """Say which rows a file is evidence for."""
    application = own_application(request, pk)
    chosen = request.POST.getlist("row")
    try:
        found = assign_rows(application_id=pk, material_id=material_pk, rows=chosen, by=request.actor)  # type: ignore[attr-defined]
    except MaterialFile.DoesNotExist:
        raise Http404("该文件已不在材料中") from None
    except WrongState as refusal:
        return page(request, application, problems=(str(refusal),))
    return redirect(f"{address(application, 'materials')}#slot-{found.slot}")
