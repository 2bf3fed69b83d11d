"""What an officer does while reading a file. Each answers with the page it was done on, so it works without scripts."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from applications.services.check import give_verdict, open_application, remove_remark, settle_remark, write_remark
from applications.services.moves import WrongState
from applications.services.originals import mark_original
from applications.services.refusals import NotReady
from applications.views.desk_reach import back, file_or_404, kept
from applications.views.desk_reading import reading_page
from portal.accounts.guards import capability


@capability("application.check", methods=("POST",))
def open_file(request: HttpRequest, pk: int) -> HttpResponse:
    """开始审核: take the file into work."""
    return _answer(request, pk, lambda: open_application(application=file_or_404(request, pk), by=request.actor))  # type: ignore[attr-defined]


@capability("application.check", methods=("POST",))
def verdict(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Save the verdict on one condition at once; one that needs a reason opens the box for it first."""
    application, chosen = file_or_404(request, pk), request.POST.get("verdict", "")
    reason = request.POST.get("reason", "")
    if chosen in ("unmet", "doubt") and "reason" not in request.POST:
        return back(request, pk, pending=f"{code}:{chosen}")
    try:
        give_verdict(application=application, code=code, verdict=chosen, reason=reason, by=request.actor)  # type: ignore[attr-defined]
    except NotReady as refused:
        typed = {"pending": f"{code}:{chosen}", "reason": reason}
        held = kept(request.POST.get("back", ""))
        return reading_page(request, application, obstacles=refused.obstacles, typed=typed, back=held)
    except WrongState as wrong:
        messages.error(request, str(wrong))
    return back(request, pk)


@capability("application.check", methods=("POST",))
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Write or rewrite a remark; `act=remove` takes back one not yet sent."""
    application, asked = file_or_404(request, pk), request.POST
    number = int(asked.get("id", "")) if asked.get("id", "").isdecimal() else None
    if asked.get("act") == "remove" and number:
        return _answer(request, pk, lambda: remove_remark(application=application, remark_id=number, by=request.actor))  # type: ignore[attr-defined]
    try:
        write_remark(
            application=application,
            path=asked.get("path", ""),
            text=asked.get("text", ""),
            quote=asked.get("quote", ""),
            must_fix=asked.get("must_fix") == "on",
            remark_id=number,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except NotReady as refused:
        typed = {
            "remark": asked.get("path", ""),
            "text": asked.get("text", ""),
            "quote": asked.get("quote", ""),
            "edit": asked.get("id", ""),
        }
        return reading_page(
            request, application, obstacles=refused.obstacles, typed=typed, back=kept(asked.get("back", ""))
        )
    except WrongState as wrong:
        messages.error(request, str(wrong))
    return back(request, pk)


@capability("application.check", methods=("POST",))
def settle(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Mark a remark of the last round settled or still open."""
    settled = request.POST.get("settled") == "1"
    application = file_or_404(request, pk)
    return _answer(
        request,
        pk,
        lambda: settle_remark(application=application, remark_id=remark_pk, settled=settled, by=request.actor),  # type: ignore[attr-defined]
    )


@capability("application.check", methods=("POST",))
def original(request: HttpRequest, pk: int, material_pk: int) -> HttpResponse:
    """Tick 原件已核, or take the tick away."""
    seen = request.POST.get("seen") == "1"
    application = file_or_404(request, pk)
    return _answer(
        request,
        pk,
        lambda: mark_original(application=application, material_id=material_pk, seen=seen, by=request.actor),  # type: ignore[attr-defined]
    )


def _answer(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (NotReady, WrongState) as refused:
        messages.error(request, str(refused))
    return back(request, pk)
