"""Opening files and documents, after asking who may."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from portal.accounts.guards import capability, visitor
from portal.documents.access import may_read_document, may_read_file
from portal.documents.models import Document, DocumentState, StoredFile
from portal.documents.selectors import failed_documents, mendable_by
from portal.documents.services.mend import retry_document

# What a browser may show in place; everything else is only ever downloaded.
INLINE = {"application/pdf", "image/png", "image/jpeg"}
A_PAGE = 50


@xframe_options_sameorigin
@visitor()
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send an uploaded file to whoever may read what it hangs on; 404 for everyone else."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not may_read_file(request.actor, stored):  # type: ignore[attr-defined]
        raise Http404("没有这个文件")
    return _send(request, stored.content, stored.name, stored.content_type)


@xframe_options_sameorigin
@visitor()
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a rendered document, or a page that waits for it (202); the page asks again by itself until the PDF is there."""
    found = get_object_or_404(Document.objects.defer("source"), pk=pk)
    if not may_read_document(request.actor, found):  # type: ignore[attr-defined]
        raise Http404("没有这份文书")
    if found.state != DocumentState.READY:
        staff = Document.objects.filter(mendable_by(request.actor), pk=pk).exists()  # type: ignore[attr-defined]
        return render(request, "documents/waiting.html", {"document": found, "staff": staff}, status=202)
    if request.headers.get("HX-Request"):  # the waiting page: a PDF cannot be swapped in, so it goes there
        return HttpResponse(status=204, headers={"HX-Redirect": request.get_full_path()})
    return _send(request, found.content, f"{found.title}.pdf", "application/pdf")


@capability("document.mend")
def failed(request: HttpRequest) -> HttpResponse:
    """List the documents that could not be rendered, each with its reason."""
    found = failed_documents(request.actor)  # type: ignore[attr-defined]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/failed.html", {"page": page})


@capability("document.mend", methods=("POST",))
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a failed document rendered again."""
    found = get_object_or_404(Document.objects.filter(mendable_by(request.actor)), pk=pk)  # type: ignore[attr-defined]
    retry_document(document=found, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, f"已重新安排生成“{found.title}”")
    return redirect("documents:document", pk=pk)


def _send(request: HttpRequest, content: object, name: str, content_type: str) -> HttpResponseBase:
    inline = content_type in INLINE and "download" not in request.GET
    opened = content.open("rb")  # type: ignore[attr-defined]
    response = FileResponse(opened, as_attachment=not inline, filename=name, content_type=content_type)
    # A file is data, whatever it says it is: no script in it runs with the portal's rights.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if content_type == "application/pdf":  # the browser's own viewer does not open in a sandbox
        response["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, no-store"
    return response
