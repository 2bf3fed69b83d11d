"""Uploads in pieces: begin, pieces by offset, finish; each answer says where the upload stands, so it can be resumed."""

import json

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from applications.models import Application
from applications.selectors.materials import rules_of
from applications.services.materials import add_file, open_slot
from applications.services.moves import WrongState
from applications.views.reach import own_application
from portal.accounts.guards import capability
from portal.documents.inspection.rules import Rules
from portal.documents.models import Upload
from portal.documents.services.store import Refused
from portal.documents.services.upload import PIECE_BYTES, WrongOffset, begin_upload, finish_upload, receive_piece


def _rules(application: Application, slot: str) -> Rules:
    try:
        return rules_of(application.edition.material(slot), application.call.setting_values)
    except KeyError:
        raise Http404("没有这项材料") from None


def _target(application: Application, slot: str) -> str:
    return f"application:{application.pk}:{slot}"


def _refused(problems: tuple[str, ...]) -> JsonResponse:
    return JsonResponse({"problems": list(problems)}, status=422)


@capability("application.edit", methods=("POST",))
def begin(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """`{name, size}` in; token, piece size and how much has been received already out."""
    application = own_application(request, pk)
    rules = _rules(application, slot)
    try:
        asked = json.loads(request.body)
        name, size = str(asked["name"]), int(asked["size"])
    except (ValueError, KeyError, TypeError):
        return _refused(("未能读懂上传请求，请重新选择文件",))
    try:
        with transaction.atomic():
            open_slot(pk, slot, request.actor)  # type: ignore[attr-defined]
        upload = begin_upload(name=name, size=size, target=_target(application, slot), rules=rules, by=request.actor)  # type: ignore[attr-defined]
    except WrongState as state:
        return _refused((str(state),))
    except Refused as refusal:
        return _refused(refusal.problems)
    return JsonResponse({"token": upload.token, "received": upload.received, "piece": PIECE_BYTES})


@capability("application.edit", methods=("POST",))
def piece(request: HttpRequest, pk: int, slot: str, token: str) -> HttpResponse:
    """The bytes of one piece at `X-Offset`; 409 with `received` when it does not fit."""
    application = own_application(request, pk)
    given = request.headers.get("X-Offset", "")
    offset = int(given) if given.isdigit() and len(given) < 15 else -1
    try:
        upload = receive_piece(
            token=token,
            target=_target(application, slot),
            offset=offset,
            content=request.body,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Upload.DoesNotExist:
        raise Http404("没有这个上传") from None
    except WrongOffset as place:
        return JsonResponse({"received": place.received}, status=409)
    except Refused as refusal:
        return _refused(refusal.problems)
    return JsonResponse({"received": upload.received})


@capability("application.edit", methods=("POST",))
def finish(request: HttpRequest, pk: int, slot: str, token: str) -> HttpResponse:
    """Inspect the whole file and put it into its slot; what is wrong with it is said at once."""
    application = own_application(request, pk)
    rules, target, actor = _rules(application, slot), _target(application, slot), request.actor  # type: ignore[attr-defined]
    replaces = request.headers.get("X-Replaces", "")
    try:
        stored = finish_upload(token=token, target=target, rules=rules, by=actor, organisation=actor.organisation)
        added = add_file(
            application_id=pk,
            slot=slot,
            stored=stored,
            by=actor,
            replaces=int(replaces) if replaces.isdigit() and len(replaces) < 15 else None,
        )
    except Upload.DoesNotExist:
        raise Http404("没有这个上传") from None
    except WrongOffset as place:
        return JsonResponse({"received": place.received}, status=409)
    except Refused as refusal:
        return _refused(refusal.problems)
    except WrongState as state:
        return _refused((str(state),))
    return JsonResponse({"name": stored.name, "pages": stored.pages, "size": stored.size, "id": added.pk})
