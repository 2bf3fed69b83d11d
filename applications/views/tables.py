"""Tables as .xlsx: template, export, and import in two steps, the first of which changes nothing."""

from typing import BinaryIO, cast
from urllib.parse import quote

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.forms.importing import preview_of, unseal
from applications.forms.workbook import CONTENT_TYPE, MOST_BYTES, Unreadable, read, write
from applications.selectors.workspace import Workspace, load
from applications.services.draft import Conflict, save_section
from applications.services.moves import WrongState
from applications.views.panels import address, group_label
from applications.views.reach import frame, own_application
from portal.accounts.guards import capability
from portal.policy.form import Table
from portal.policy.validation import SectionPlace


def _find(request: HttpRequest, pk: int, path: str) -> tuple[Workspace, SectionPlace, Table]:
    workspace = load(own_application(request, pk))
    page, _, key = path.rpartition("/")
    try:
        place = workspace.place(page)
        table = place.section.item(key)
    except KeyError:
        raise Http404("申报表中没有这张表") from None
    if not isinstance(table, Table):
        raise Http404("申报表中没有这张表")
    return workspace, place, table


def _workbook(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    return response


@capability("application.edit")
def template(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Download the empty table with its heads, lists and notes."""
    _, _, table = _find(request, pk, path)
    return _workbook(f"{table.label}（模板）", write(table, []))


@capability("application.edit")
def export(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Download the table as it stands."""
    workspace, place, table = _find(request, pk, path)
    rows = place.answers(workspace.answers).get(table.key) or []
    return _workbook(f"{place.group_title}{table.label}", write(table, rows))


@capability("application.edit", methods=("GET", "POST"))
def import_table(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """Take a file and show what it would do; take the sealed parcel of that preview and do it."""
    workspace, place, table = _find(request, pk, path)
    context = {
        **frame(workspace, place.path),
        "place": place,
        "place_label": group_label(place),
        "table": table,
        "path": path,
        "existing": len(place.answers(workspace.answers).get(table.key) or []),
        "section_url": address(workspace.application, "section", path=place.path),
    }
    if table.rows_setting:
        problem = "该表各行已经给定，请直接在页面上填写"
        return render(request, "applications/import.html", context | {"problem": problem}, status=409)
    if not workspace.opening.whole(path):
        return render(request, "applications/import.html", context | {"problem": "该表目前不能修改"}, status=409)
    if request.method != "POST":
        return render(request, "applications/import.html", context)
    if "parcel" in request.POST:
        return _carry_out(request, workspace, place, table, context)
    try:
        upload = request.FILES.get("file")
        if upload is None:
            raise Unreadable("请选择要导入的 Excel 文件（.xlsx）")
        if (upload.size or 0) > MOST_BYTES:
            raise Unreadable(f"文件超过 {MOST_BYTES // 1024**2} MB，请只保留要导入的表")
        context["preview"] = preview_of(workspace, place, table, read(table, cast("BinaryIO", upload)))
    except Unreadable as trouble:
        return render(request, "applications/import.html", context | {"problem": str(trouble)}, status=422)
    return render(request, "applications/import.html", context)


def _carry_out(
    request: HttpRequest, workspace: Workspace, place: SectionPlace, table: Table, context: dict[str, object]
) -> HttpResponse:
    path = f"{place.path}/{table.key}"
    try:
        rows = unseal(workspace, path, request.POST["parcel"])
        answers = place.answers(workspace.answers)
        kept = [] if request.POST.get("mode") == "replace" else list(answers.get(table.key) or [])
        draft = workspace.drafts.get(place.path)
        saved = save_section(
            application_id=workspace.application.pk,
            path=place.path,
            answers={**answers, table.key: kept + rows},
            revision=draft.revision if draft else 0,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except signing.BadSignature:
        problem = "预览已失效，请重新选择文件"
    except Conflict:
        problem = "预览期间本节被他人修改，尚未导入，请重新选择文件"
    except WrongState as refusal:
        problem = str(refusal)
    else:
        if saved.notice:
            messages.warning(request, saved.notice)
        return redirect(f"{address(workspace.application, 'section', path=place.path)}#f-{table.key}")
    return render(request, "applications/import.html", context | {"problem": problem}, status=409)
