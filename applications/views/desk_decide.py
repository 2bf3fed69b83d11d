"""受理, 退回补正, 不予受理: each shows exactly what will happen, to whom, with which document, and asks once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.enums import DecisionKind
from applications.forms.desk_decision import DecisionForm, ReturnForm
from applications.models import Application
from applications.permissions import holds
from applications.selectors.decisions import remarks_to_send, unmet_hard
from applications.selectors.reading import Reading, reading
from applications.selectors.spots import openings, place_label, spot_label
from applications.services.decide import (
    CORRECTION_DAYS,
    CORRECTION_SETTING,
    LETTERS,
    accept_application,
    correction_deadline,
    refuse_application,
    return_application,
)
from applications.services.moves import WrongState
from applications.services.refusals import NotReady
from applications.views.desk_reach import file_or_404, reading_address
from portal.accounts.confirmation import confirm, needs_password
from portal.accounts.guards import capability
from portal.calendars import wording
from portal.policy.procedure import Status, find_move

TITLES = {"accept": "受理", "return": "退回补正", "refuse": "不予受理"}


@capability("application.check", "application.decide", methods=("GET", "POST"))
def decide(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Confirm a decision on a file and make it."""
    if kind not in TITLES:
        raise Http404("没有这种决定")
    application = file_or_404(request, pk)
    if not decidable(request, application, kind):
        messages.error(request, f"该申报目前为“{application.bureau_label}”，不能办理{TITLES[kind]}")
        return redirect(reading_address(request, pk))
    read = reading(application)
    form = _form(request, kind, read)
    if request.method == "GET":
        return _page(request, read, kind, form)
    wrong_password = confirm(request)
    if not form.is_valid() or wrong_password:
        return _page(request, read, kind, form, password_error=wrong_password)
    try:
        _carry_out(request, application, kind, form.cleaned_data)
    except NotReady as refused:
        return _page(request, read, kind, _with_errors(form, refused))
    except WrongState as wrong:
        messages.error(request, str(wrong))
    else:
        name = LETTERS[DecisionKind(kind)][1]
        messages.success(
            request, f"已对 {application.number} 作出“{TITLES[kind]}”的处理，{name}正在生成，已通知申报单位"
        )
    return redirect(reading_address(request, pk, at="log"))


def decidable(request: HttpRequest, application: Application, kind: str) -> bool:
    """Say whether this decision is open to the actor now: an edition's table of moves names them for each desk."""
    move = find_move(application.status, kind, application.desk, application.edition.stage_kinds)
    return (
        application.status == Status.CHECKING and move is not None and holds(request.actor, application)  # type: ignore[attr-defined]
    )


def _form(request: HttpRequest, kind: str, read: Reading) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if kind != "return":
        return DecisionForm(data)
    places = [(place.path, place_label(place)) for place in read.places]
    places += [(f"#{slot.material.key}", slot.material.title) for slot in read.slots if not slot.material.sealed]
    given = read.application.call.setting_values.get(CORRECTION_SETTING, CORRECTION_DAYS)
    return ReturnForm(data, initial={"days": given}, places=places)


def _carry_out(request: HttpRequest, application: Application, kind: str, given: dict[str, Any]) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    if kind == "accept":
        accept_application(application=application, by=actor, reason=given["reason"])
    elif kind == "refuse":
        refuse_application(application=application, by=actor, reason=given["reason"])
    else:
        return_application(
            application=application, by=actor, reason=given["reason"], days=given["days"], also_open=given["also_open"]
        )


def _with_errors(form: forms.Form, refused: NotReady) -> forms.Form:
    for obstacle in refused.obstacles:
        form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.message)
    return form


def _page(
    request: HttpRequest, read: Reading, kind: str, form: forms.Form, *, password_error: str = ""
) -> HttpResponse:
    waits = {"accept": read.acceptance_waits_for, "return": read.return_waits_for}.get(kind, [])
    context = {
        "application": read.application,
        "version": read.version,
        "kind": kind,
        "title": TITLES[kind],
        "form": form,
        "waits": waits,
        "effects": _effects(read, kind),
        "letter": LETTERS[DecisionKind(kind)][1],
        "unmet": _unmet(read) if kind == "accept" else [],
        "remarks": remarks_to_send(read.application, read.version) if kind == "return" else [],
        "opened": _opened(read) if kind == "return" else [],
        "ask_password": needs_password(request),
        "password_error": password_error,
        "cancel_url": reading_address(request, read.application.pk),
    }
    return render(
        request, "applications/desk/decide.html", context, status=422 if form.errors or password_error else 200
    )


def _unmet(read: Reading) -> list[tuple[str, str]]:
    """Return the hard conditions found unmet, by their titles, with the officer's reasons."""
    edition = read.application.edition
    return [(edition.condition(check.code).title, check.reason) for check in unmet_hard(read.application, read.version)]


def _opened(read: Reading) -> list[str]:
    edition = read.application.edition
    paths = openings(edition, read.facts, [remark.path for remark in remarks_to_send(read.application, read.version)])
    return [spot_label(edition, read.facts, path) for path in paths]


def _effects(read: Reading, kind: str) -> list[str]:
    """Say what will happen, in the order in which it happens."""
    unit, number = read.application.organisation.name, read.application.number
    letter = LETTERS[DecisionKind(kind)][1]
    told = f"向“{unit}”发出站内消息，并附《{letter}》（PDF，带核验码）"
    if kind == "accept":
        return [f"{number} 第 {read.version.number} 版转为“已受理”，进入下一环节", "申报单位不能再修改或撤回", told]
    if kind == "refuse":
        return [f"{number} 转为“不予受理”，本次申报就此终止", told, "申报单位在批次截止前可以重新申报"]
    return [
        f"{number} 转为“退回补正”，全部 {len(remarks_to_send(read.application, read.version))} 条意见一次告知",
        _until(read),
        "已上传的盖章扫描件作废，补正后须重新打印、盖章、上传",
        told,
    ]


def _until(read: Reading) -> str:
    try:
        due = correction_deadline(read.application)
    except NotReady as refused:
        return str(refused)
    return (
        f"只开放下列栏目修改；按规定期限，补正截止于 {wording.period_end(due, with_year=True)}（可在下方调整工作日数）"
    )
