"""Uploading beside a report: slots on its page, files in pieces that can be resumed, or whole from a plain form."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from applications.selectors.materials import rules_of
from applications.services.moves import WrongState
from assessments.models import Base, ReportFile
from assessments.selectors.reports import Paper
from assessments.services.report_files import add_file, remove_file
from assessments.services.report_messages import report_address
from assessments.services.reports import open_paper
from portal.accounts.guards import capability
from portal.documents.inspection.rules import Rules
from portal.documents.models import Upload
from portal.documents.services.store import Refused, store_file
from portal.documents.services.upload import PIECE_BYTES, WrongOffset, begin_upload, finish_upload, receive_piece
from portal.policy.material import Material


@dataclass(frozen=True)
class ReportSlot:
    """One slot with its files and what it takes."""

    material: Material
    rules: Rules
    files: list[ReportFile]

    @property
    def full(self) -> bool:
        """Whether it takes no further file."""
        return len(self.files) >= self.material.maximum

    @property
    def accept(self) -> str:
        """What the file dialog offers."""
        return ",".join(f".{kind.value}" for kind in self.rules.allowed)


def slots_of(paper: Paper) -> list[ReportSlot]:
    """Return the slots of a report with their files."""
    values = paper.base.setting_values
    return [
        ReportSlot(each, rules_of(each, values), [file for file in paper.files if file.slot == each.key])
        for each in paper.form.materials
    ]


def _writable(request: Any, pk: int, key: str, start: str) -> Paper:
    """Return a report that may be written now; call inside a transaction."""
    try:
        return open_paper(base_id=pk, key=key, start=date.fromisoformat(start), by=request.actor)
    except (Base.DoesNotExist, KeyError, ValueError):
        raise Http404("没有这份报告") from None


def _rules(paper: Paper, slot: str) -> Rules:
    try:
        return rules_of(paper.material(slot), paper.base.setting_values)
    except KeyError:
        raise Http404("没有这项材料") from None


def _target(paper: Paper, slot: str) -> str:
    return f"report:{paper.base.pk}:{paper.form.key}:{paper.period.start:%Y%m%d}:{slot}"


def _refused(problems: tuple[str, ...]) -> JsonResponse:
    return JsonResponse({"problems": list(problems)}, status=422)


def _answered(work: Callable[[], JsonResponse]) -> HttpResponse:
    """Carry out one step of an upload; what stands in its way is said as the uploading script expects it."""
    try:
        return work()
    except Upload.DoesNotExist:
        raise Http404("没有这个上传") from None
    except WrongOffset as place:
        return JsonResponse({"received": place.received}, status=409)
    except Refused as refusal:
        return _refused(refusal.problems)
    except WrongState as state:
        return _refused((str(state),))


@capability("base.report", methods=("POST",))
def begin(request: HttpRequest, pk: int, key: str, start: str, slot: str) -> HttpResponse:
    """`{name, size}` in; token, piece size and how much has been received already out."""
    try:
        asked = json.loads(request.body)
        name, size = str(asked["name"]), int(asked["size"])
    except (ValueError, KeyError, TypeError):
        return _refused(("未能读懂上传请求，请重新选择文件",))

    def work() -> JsonResponse:
        with transaction.atomic():
            paper = _writable(request, pk, key, start)
        upload = begin_upload(
            name=name, size=size, target=_target(paper, slot), rules=_rules(paper, slot), by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        return JsonResponse({"token": upload.token, "received": upload.received, "piece": PIECE_BYTES})

    return _answered(work)


@capability("base.report", methods=("POST",))
def piece(request: HttpRequest, *, pk: int, key: str, start: str, slot: str, token: str) -> HttpResponse:
    """The bytes of one piece at `X-Offset`; 409 with `received` when it does not fit."""
    given = request.headers.get("X-Offset", "")
    offset = int(given) if given.isdigit() and len(given) < 15 else -1

    def work() -> JsonResponse:
        with transaction.atomic():
            paper = _writable(request, pk, key, start)
        upload = receive_piece(
            token=token, target=_target(paper, slot), offset=offset, content=request.body, by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        return JsonResponse({"received": upload.received})

    return _answered(work)


@capability("base.report", methods=("POST",))
def finish(request: HttpRequest, *, pk: int, key: str, start: str, slot: str, token: str) -> HttpResponse:
    """Inspect the whole file and put it into its slot; what is wrong with it is said at once."""
    actor = request.actor  # type: ignore[attr-defined]

    def work() -> JsonResponse:
        with transaction.atomic():
            paper = _writable(request, pk, key, start)
        rules, target = _rules(paper, slot), _target(paper, slot)
        stored = finish_upload(token=token, target=target, rules=rules, by=actor, organisation=actor.organisation)
        added = add_file(base_id=pk, key=key, start=paper.period.start, slot=slot, stored=stored, by=actor)
        return JsonResponse({"name": stored.name, "pages": stored.pages, "size": stored.size, "id": added.pk})

    return _answered(work)


@capability("base.report", methods=("POST",))
def add(request: HttpRequest, pk: int, key: str, start: str, slot: str) -> HttpResponse:
    """Take files from a plain form, for browsers without scripts."""
    actor = request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        try:
            paper = _writable(request, pk, key, start)
        except WrongState as state:
            messages.error(request, str(state))
            return redirect(_back(request, pk, key, start))
    rules = _rules(paper, slot)
    files = request.FILES.getlist("file")
    problems: list[str] = [] if files else ["请选择文件"]
    for upload in files:
        try:
            content = cast("BinaryIO", upload.file)
            stored = store_file(
                content=content, name=upload.name or "", rules=rules, by=actor, organisation=actor.organisation
            )
            add_file(base_id=pk, key=key, start=paper.period.start, slot=slot, stored=stored, by=actor)
        except Refused as refusal:
            problems += refusal.problems
        except WrongState as state:
            problems.append(str(state))
    for problem in problems:
        messages.error(request, problem)
    return redirect(f"{report_address(paper.base, key, paper.period.start)}#slot-{slot}")


@capability("base.report", methods=("POST",))
def remove(request: HttpRequest, pk: int, key: str, start: str, file: int) -> HttpResponse:
    """Take a file out of its slot."""
    try:
        day = date.fromisoformat(start)
        gone = remove_file(base_id=pk, key=key, start=day, file_id=file, by=request.actor)  # type: ignore[attr-defined]
    except (Base.DoesNotExist, ReportFile.DoesNotExist, KeyError, ValueError):
        raise Http404("该文件已不在材料中") from None
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request, pk, key, start))
    return redirect(f"{_back(request, pk, key, start)}#slot-{gone.slot}")


def _back(request: Any, pk: int, key: str, start: str) -> str:
    base = Base(pk=pk, jurisdiction=request.jurisdiction)
    return report_address(base, key, date.fromisoformat(start))
