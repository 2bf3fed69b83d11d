"""The inbox: the list, taking files into work, exporting what is shown."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from applications.enums import BUREAU_LABELS, RECOMMENDER_LABELS
from applications.models import Application, Call
from applications.selectors.inbox import (
    COUNT_CAP,
    InboxQuery,
    calls_of_office,
    for_listing,
    inbox,
    list_page,
    tabs_for,
    with_calls,
)
from applications.selectors.inbox_columns import Column, chosen_columns, make_row, offered_columns
from applications.selectors.service_time import days_around
from applications.services.check import open_application
from applications.services.exports import note_export
from applications.services.moves import WrongState
from applications.views.desk_cells import table_rows
from applications.views.desk_export import as_csv, as_xlsx
from applications.views.desk_reach import address, calls, files
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.calendars.working_days import Days
from portal.policy.procedure import Status
from portal.tenancy.enums import Tier

WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
MOST_EXPORTED = 50_000


@capability("application.read")
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the inbox."""
    query, days, offices = (
        InboxQuery.read(request.GET.dict()),
        days_around(clock.today()),
        calls_of_office(calls(request)),
    )
    found = inbox(files(request), query, actor=request.actor, calls=offices, days=days)  # type: ignore[attr-defined]
    number = request.GET.get("page", "1")
    listed = _without(request.GET, "page").urlencode()
    link = urlencode({"list": listed}) if listed else ""
    page = list_page(found, offices, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1)
    columns = _columns(request, request.GET.getlist("cols"), offices)
    context = {
        "query": query,
        "page": page,
        "rows": table_rows(request, [make_row(each, days) for each in page.rows], columns, link),
        "columns": columns,
        "all_columns": offered_columns(offices),
        "tabs": _tabs(request, query),
        "filters": _filters(query, offices, _labels(request)),
        "recommends": request.actor.tier is Tier.RECOMMENDER,  # type: ignore[attr-defined]
        "chips": _chips(request, query, offices),
        "listed": listed,
        "cap": COUNT_CAP,
        "may_take": request.actor.can("application.check"),  # type: ignore[attr-defined]
        "calendar_missing": not days,
    }
    return render(request, "applications/desk/inbox.html", context)


@capability("application.check", methods=("POST",))
def take(request: HttpRequest) -> HttpResponse:
    """开始审核 for every chosen file that is still waiting; the others are named."""
    pks = [int(each) for each in request.POST.getlist("pk")[:200] if each.isdecimal()]
    taken, refused = 0, []
    for application in files(request).filter(pk__in=pks).only("pk", "number").order_by("pk"):
        try:
            open_application(application=application, by=request.actor)  # type: ignore[attr-defined]
            taken += 1
        except (WrongState, PermissionDenied):
            refused.append(application.number)
    if taken:
        messages.success(request, f"已开始审核 {taken} 件")
    if refused:
        messages.warning(request, f"{'、'.join(refused[:5])} 已由他人开始审核或已办结，未作处理")
    if not pks:
        messages.warning(request, "请先勾选要审核的申报，再点“开始审核”")
    listed = QueryDict(request.POST.get("list", "")).urlencode()
    return redirect(f"{address(request, 'inbox')}?{listed}")


@capability("application.read", methods=("POST",))
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Write the list as filtered, sorted and cut to columns; all its pages. Exports are kept in the event log."""
    if form not in WRITERS:
        raise Http404("没有这种格式")
    params = QueryDict(request.POST.get("list", ""))
    days = days_around(clock.today())
    query, offices = InboxQuery.read(params.dict()), calls_of_office(calls(request))
    columns = _columns(request, params.getlist("cols"), offices)
    found = inbox(files(request), query, actor=request.actor, calls=offices, days=days)  # type: ignore[attr-defined]
    note_export(
        jurisdiction=request.jurisdiction,  # type: ignore[attr-defined]
        what="inbox",
        query=params.urlencode(),
        form=form,
        by=request.actor,  # type: ignore[attr-defined]
    )
    rows = _texts(with_calls(for_listing(found)[:MOST_EXPORTED], offices), columns, days)
    return WRITERS[form](f"申报受理{clock.today():%Y%m%d}", [column.label for column in columns], rows)


def _columns(request: HttpRequest, asked: list[str], offices: list[Call]) -> list[Column]:
    recommends = request.actor.tier is Tier.RECOMMENDER  # type: ignore[attr-defined]
    return chosen_columns(asked, offered_columns(offices), recommends=recommends)


def _texts(applications: list[Application], columns: list[Column], days: Days) -> Iterator[list[str]]:
    for application in applications:
        row = make_row(application, days)
        yield [column.text(row) for column in columns]


def _without(params: QueryDict, *names: str) -> QueryDict:
    copied = params.copy()
    for name in names:
        copied.pop(name, None)
    return copied


def _tabs(request: HttpRequest, query: InboxQuery) -> list[tuple[str, str, bool, None]]:
    found = []
    for key, label in tabs_for(request.actor).items():  # type: ignore[attr-defined]
        params = _without(request.GET, "page", "status")
        params["tab"] = key
        found.append((label, f"?{params.urlencode()}", query.tab == key and not query.status, None))
    return found


def _labels(request: HttpRequest) -> dict[Status, str]:
    recommends = request.actor.tier is Tier.RECOMMENDER  # type: ignore[attr-defined]
    return RECOMMENDER_LABELS if recommends else BUREAU_LABELS


def _filters(query: InboxQuery, offices: list[Any], labels: dict[Status, str]) -> list[dict[str, Any]]:
    tracks = {track.key: track.title for call in offices for track in call.edition.tracks}
    statuses = [(status.value, label) for status, label in labels.items() if status is not Status.DRAFT]
    return [
        {
            "name": "call",
            "label": "批次",
            "value": str(query.call or ""),
            "options": [("", "全部批次"), *((str(call.pk), call.title) for call in offices)],
        },
        {"name": "track", "label": "申报类别", "value": query.track, "options": [("", "全部类别"), *tracks.items()]},
        {"name": "status", "label": "状态", "value": query.status, "options": [("", "本栏全部状态"), *statuses]},
        {
            "name": "overdue",
            "label": "期限",
            "value": "1" if query.overdue else "",
            "options": [("", "不限期限"), ("1", "只看超期")],
        },
        {
            "name": "mine",
            "label": "经办",
            "value": "1" if query.mine else "",
            "options": [("", "全部经办人"), ("1", "只看本人经办")],
        },
    ]


def _chips(request: HttpRequest, query: InboxQuery, offices: list[Any]) -> list[tuple[str, str]]:
    words = {
        "q": f"搜索：{query.text}" if query.text else "",
        "call": next((call.title for call in offices if call.pk == query.call), ""),
        "track": query.track
        and next((track.title for call in offices for track in call.edition.tracks if track.key == query.track), ""),
        "status": _labels(request)[Status(query.status)] if query.status else "",
        "overdue": "只看超期" if query.overdue else "",
        "mine": "只看本人经办" if query.mine else "",
    }
    return [(text, f"?{_without(request.GET, name, 'page').urlencode()}") for name, text in words.items() if text]
