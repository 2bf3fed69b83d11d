"""Uploading documents of a claim: in pieces that can be resumed, or whole from a plain form."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect

from applications.services.moves import WrongState
from assessments.models import Claim
from assessments.services import claims
from assessments.views.claims import claim_address, claim_at
from portal.accounts.guards import capability
from portal.documents.models import Upload
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.upload import PIECE_BYTES, WrongOffset, begin_upload, finish_upload, receive_piece
from reviews.services.refusal import Refused


def _target(claim: Claim, slot: str) -> str:
    return f"claim:{claim.pk}:{slot}"


def _refused(*problems: str) -> JsonResponse:
    return JsonResponse({"problems": list(problems)}, status=422)


def _answered(work: Callable[[], JsonResponse]) -> HttpResponse:
    """Carry out one step of an upload; what stands in its way is said as the uploading script expects it."""
    try:
        return work()
    except Upload.DoesNotExist:
        raise Http404("没有这个上传") from None
    except WrongOffset as place:
        return JsonResponse({"received": place.received}, status=409)
    except FileRefused as refusal:
        return _refused(*refusal.problems)
    except (Refused, WrongState) as refusal:
        return _refused(str(refusal))


@capability("base.report", methods=("POST",))
def claim_upload_begin(request: Any, pk: int, slot: str) -> HttpResponse:
    """`{name, size}` in; token, piece size and how much has been received already out."""
    claim = claim_at(request, pk)
    try:
        asked = json.loads(request.body)
        name, size = str(asked["name"]), int(asked["size"])
    except (ValueError, KeyError, TypeError):
        return _refused("未能读懂上传请求，请重新选择文件")

    def work() -> JsonResponse:
        rules = claims.rules_for(claim, slot, request.actor)
        upload = begin_upload(name=name, size=size, target=_target(claim, slot), rules=rules, by=request.actor)
        return JsonResponse({"token": upload.token, "received": upload.received, "piece": PIECE_BYTES})

    return _answered(work)


@capability("base.report", methods=("POST",))
def claim_upload_piece(request: Any, pk: int, slot: str, token: str) -> HttpResponse:
    """The bytes of one piece at `X-Offset`; 409 with `received` when it does not fit."""
    claim, given = claim_at(request, pk), request.headers.get("X-Offset", "")
    offset = int(given) if given.isdigit() and len(given) < 15 else -1

    def work() -> JsonResponse:
        target = _target(claim, slot)
        upload = receive_piece(token=token, target=target, offset=offset, content=request.body, by=request.actor)
        return JsonResponse({"received": upload.received})

    return _answered(work)


@capability("base.report", methods=("POST",))
def claim_upload_finish(request: Any, pk: int, slot: str, token: str) -> HttpResponse:
    """Inspect the whole file and put it into its slot; what is wrong with it is said at once."""
    claim, actor = claim_at(request, pk), request.actor

    def work() -> JsonResponse:
        rules, target = claims.rules_for(claim, slot, actor), _target(claim, slot)
        stored = finish_upload(token=token, target=target, rules=rules, by=actor, organisation=actor.organisation)
        added = claims.attach(claim=claim, material=slot, stored=stored, by=actor)
        return JsonResponse({"name": stored.name, "pages": stored.pages, "size": stored.size, "id": added.pk})

    return _answered(work)


@capability("base.report", methods=("POST",))
def claim_file_add(request: Any, pk: int, slot: str) -> HttpResponse:
    """Take files from a plain form, for browsers without scripts."""
    claim, files = claim_at(request, pk), request.FILES.getlist("file")
    if not files:
        messages.error(request, "请选择文件")
    for upload in files:
        try:
            claims.add_file(claim=claim, material=slot, content=upload.file, name=upload.name, by=request.actor)
        except (Refused, WrongState) as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{claim_address(claim)}#slot-{slot}")
