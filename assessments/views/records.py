"""The ledgers of a base: lists as filtered by their address, one row, and exports of exactly what is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from assessments.models import Base, LedgerRow
from assessments.selectors.figures import decimal_of, declared, sums
from assessments.selectors.ledger_sheet import export
from assessments.selectors.ledgers import (
    STATES,
    Claims,
    claims_elsewhere,
    ledger_of,
    ledgers_of,
    months_of,
    rows_in_list,
)
from assessments.services.ledger_exports import note_export
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.policy.form import Field
from portal.policy.ledger import Ledger, Period, Tally
from portal.policy.values import show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = 8  # a table shows so many columns, the others stand on the row's own page


@dataclass(frozen=True)
class Shown:
    """One row as a page shows it."""

    row: LedgerRow
    cells: list[tuple[Field, str]]
    claims: Claims | None


@capability("base.read")
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledgers of a base as its bureau reads and verifies them."""
    return _list(request, own_base(request, pk), of_unit=False)


@capability("base.report")
def my_records(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledgers of a base as its unit keeps them."""
    return _list(request, own_base(request, pk), of_unit=True)


@capability("base.read", methods=("POST",))
def records_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A ledger exactly as filtered, masked; that it was taken is recorded."""
    return _export(request, own_base(request, pk))


@capability("base.report", methods=("POST",))
def my_records_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's own ledger exactly as filtered, masked; that it was taken is recorded."""
    return _export(request, own_base(request, pk))


@capability("base.read")
def record_row(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """One row with where it comes from, who looked at it, and who else claims the same."""
    return _row_page(request, own_base(request, pk), row_pk, of_unit=False)


@capability("base.report")
def my_record_row(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """One row as its unit sees it."""
    return _row_page(request, own_base(request, pk), row_pk, of_unit=True)


def own_ledger(base: Base, key: str) -> Ledger:
    """Return one of a base's ledgers; 404 for any other name."""
    if (found := ledger_of(base, key)) is None:
        raise Http404("该基地没有这本台账")
    return found


def own_row(base: Base, row_pk: int) -> LedgerRow:
    """Return one row of a base, which it carries with it; 404 for any other."""
    rows = LedgerRow.objects.select_related("recorded_by", "verified_by", "withdrawn_by", "source__stored")
    row: LedgerRow = get_object_or_404(rows, pk=row_pk, base=base)
    row.base = base
    return row


def posted(request: HttpRequest) -> Any:
    """Return what was sent, even nothing at all; None while a page is only opened."""
    return request.POST if request.method == "POST" else None


def filtered(request: HttpRequest, base: Base, ledger: Ledger) -> QuerySet[LedgerRow]:
    """Return the rows that the address asks for."""
    return rows_in_list(base, ledger, request.GET)


def shown(ledger: Ledger, rows: Iterable[LedgerRow], claims: dict[int, Claims]) -> list[Shown]:
    """Return rows with their columns in words."""
    return [
        Shown(row, [(column, show(column, row.shown.get(column.key))) for column in ledger.columns], claims.get(row.pk))
        for row in rows
    ]


def workbook(name: str, content: bytes) -> HttpResponse:
    """Return a workbook to keep."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename=\"ledger.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def address(name: str, base: Base, **more: Any) -> str:
    """Return the address of a page of a base."""
    return reverse(f"assessments:{name}", kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk, **more})


def _chosen(request: HttpRequest, base: Base) -> Ledger:
    kept = ledgers_of(base)
    if not kept:
        raise Http404("该政策没有规定台账")
    return own_ledger(base, request.GET.get("ledger") or kept[0].key)


def _list(request: HttpRequest, base: Base, *, of_unit: bool) -> HttpResponse:
    ledger = _chosen(request, base)
    page = Paginator(filtered(request, base, ledger), 50).get_page(request.GET.get("page"))
    own: list[LedgerRow] = list(page.object_list)
    claims = claims_elsewhere(own, base.jurisdiction_id)
    query = request.GET.copy()
    query.pop("page", None)
    query["ledger"] = ledger.key
    context = {
        "base": base,
        "ledger": ledger,
        "heads": ledger.columns[:WIDE],
        "page": page,
        "rows": [Shown(each.row, each.cells[:WIDE], each.claims) for each in shown(ledger, own, claims)],
        "ledger_tabs": [(each.title, f"?ledger={each.key}", each.key == ledger.key, None) for each in ledgers_of(base)],
        "filters": _filters(request, base, ledger, of_unit=of_unit),
        "keep": [("ledger", ledger.key)],
        "export_url": f"{address('my_records_export' if of_unit else 'records_export', base)}?{query.urlencode()}",
        "of_unit": of_unit,
        "query": query.urlencode(),
        "totals": _totals(base, ledger),
        "year": clock.today().year,
        "may_settle": not of_unit and request.actor.can("base.keep"),  # type: ignore[attr-defined]
        "acts": [("verify", "核实", False), ("reject", "不予采信", True), ("reopen", "退回自报", False)],
    }
    return render(request, "assessments/records.html", context)


def _filters(request: HttpRequest, base: Base, ledger: Ledger, *, of_unit: bool) -> list[dict[str, Any]]:
    months = [(f"{month:%Y-%m}", f"{month.year} 年 {month.month} 月") for month in months_of(base, ledger)]
    counted = [(tally.key, tally.title) for tally in _tallies(base, ledger)]
    asked = [("month", "月份", months), ("state", "状态", list(STATES)), ("tally", "数据", counted)]
    if not of_unit:
        asked.append(("claimed", "是否重复", [("1", "与其他基地重复")]))
    return [
        {
            "name": name,
            "label": label,
            "value": request.GET.get(name, ""),
            "options": [("", "不限是否重复" if name == "claimed" else f"全部{label}"), *options],
        }
        for name, label, options in asked
    ]


def _totals(base: Base, ledger: Ledger) -> list[dict[str, Any]]:
    """This year's sums of what the policy counts in the ledger."""
    year, tallies = clock.today().year, _tallies(base, ledger)
    found = sums(base, [tally.key for tally in tallies], Period(date(year, 1, 1), date(year, 12, 31)))
    return [
        {
            "tally": tally,
            "reported": decimal_of(found[tally.key].reported),
            "verified": decimal_of(found[tally.key].verified),
        }
        for tally in tallies
    ]


def _tallies(base: Base, ledger: Ledger) -> list[Tally]:
    """What the policy counts in the ledger."""
    return [tally for tally in base.edition.tallies if tally.ledger == ledger.key]


def _export(request: HttpRequest, base: Base) -> HttpResponse:
    ledger = _chosen(request, base)
    rows = filtered(request, base, ledger).defer("personal", "words")
    actor = request.actor  # type: ignore[attr-defined]
    note_export(base=base, ledger=ledger.key, rows=rows.count(), query=request.GET.urlencode(), by=actor)
    return workbook(f"{base.name}{ledger.title}", export(ledger, rows.iterator(1_000)))


def _row_page(request: HttpRequest, base: Base, row_pk: int, *, of_unit: bool) -> HttpResponse:
    row = own_row(base, row_pk)
    ledger = own_ledger(base, row.ledger)
    actor = request.actor  # type: ignore[attr-defined]
    (each,) = shown(ledger, [row], claims_elsewhere([row], base.jurisdiction_id))
    tallies = [tally.title for tally in declared(base, row.counted.split())]
    context = {
        "base": base,
        "ledger": ledger,
        "row": row,
        "cells": each.cells,
        "claims": each.claims,
        "tallies": tallies,
        "of_unit": of_unit,
        "may_change": of_unit and row.withdrawn_at is None and row.state != "verified",
        "may_settle": not of_unit and row.withdrawn_at is None and actor.can("base.keep"),
        "may_reveal": bool(row.personal) and (of_unit or actor.can("base.keep")),
    }
    return render(request, "assessments/record_row.html", context)
