"""The bureau's selection (择优排序): drawn up by one person, equals ordered and places moved with reasons, fixed by another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Call
from applications.views.desk_export import as_xlsx
from portal.accounts.guards import capability
from portal.documents.selectors import documents_of
from portal.tenancy.enums import Tier
from reviews.forms.selection import OrderForm, PlacesForm
from reviews.models import Selection
from reviews.permissions import readable_selections
from reviews.selectors.places import places_now
from reviews.selectors.selections import (
    calls_to_select,
    not_placed,
    outcome,
    placements_of,
    rule_lines,
    sheet_head,
    sheet_rows,
    tie_groups,
)
from reviews.services import selecting as services
from reviews.services.papers import issue_placement
from reviews.views.acts import Act, perform, tell, write


def _url(request: HttpRequest, call_pk: int) -> str:
    return reverse("reviews:selection", kwargs={"jurisdiction": request.jurisdiction.code, "call_pk": call_pk})


def _own(request: HttpRequest, pk: int) -> Selection:
    rows = Selection.objects.select_related("call", "jurisdiction", "drawn_up_by", "fixed_by")
    return get_object_or_404(readable_selections(rows, request.actor), pk=pk)


@capability("shortlist.read")
def selections(request: HttpRequest) -> HttpResponse:
    """The calls whose policy ranks, and how far each selection has come."""
    calls = calls_to_select(request.jurisdiction)[:50]
    return render(request, "reviews/selections.html", {"calls": calls})


@capability("shortlist.read", methods=("GET", "POST"), writes="shortlist.draft")
def selection(request: HttpRequest, call_pk: int) -> HttpResponse:
    """One call's selection; POST draws it up, or anew while it is a draft."""
    call = get_object_or_404(calls_to_select(request.jurisdiction), pk=call_pk)
    if request.method == "POST":
        tell(request, "拟入选和备选名单已拟制", services.draw_up_selection, call=call, by=request.actor)
        return redirect(_url(request, call_pk))
    found = readable_selections(Selection.objects.filter(call=call), request.actor)
    row = found.select_related("call", "drawn_up_by", "fixed_by", "jurisdiction").first()
    return render(request, "reviews/selection.html", _context(request, call, row))


def _context(request: HttpRequest, call: Call, row: Selection | None, order: OrderForm | None = None) -> dict[str, Any]:
    actor = request.actor
    context: dict[str, Any] = {
        "call": call,
        "selection": row,
        "ranking": call.edition.ranking,
        "rules": rule_lines(call.edition, call.setting_values),
        "may_draft": actor.can("shortlist.draft"),
        "may_fix": actor.can("shortlist.approve") and actor.tier is Tier.BUREAU,
    }
    if row is None:
        return context
    rows = placements_of(row)
    drafting = row.state == "draft" and actor.can("shortlist.draft")
    groups = tie_groups(row, rows) if drafting else []
    cells = {cell.key: cell.title for cell in call.edition.cells}
    return context | {
        "tracks": outcome(row, rows, places_now(row)),
        "columns": 5 + len(context["rules"]),
        "drafting": drafting,
        "tied": {pk for group in row.ties for pk in group},
        "order_form": order or (OrderForm(groups=groups, initial={"reason": row.decided_reason}) if groups else None),
        "moves": [{"move": each, "source": cells[each.source], "target": cells[each.target]}
                  for each in row.moves.select_related("decided_by")],
        "later": list(not_placed(row)) if drafting else [],
        "may_move": drafting and len(cells) > 1,
        "own_draft": actor.user == row.drawn_up_by,
        "documents": documents_of(row, "placement"),
    }  # fmt: skip


@capability("shortlist.draft", methods=("POST",))
def selection_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order files of equal standing."""
    row = _own(request, pk)
    form = OrderForm(request.POST, groups=tie_groups(row, placements_of(row)))
    if form.is_valid():
        answers = form.cleaned_data
        if write(form, services.decide_order, selection=row, order=answers["order"], reason=answers["reason"],
                 by=request.actor):  # fmt: skip
            return redirect(_url(request, row.call_id))
    call = get_object_or_404(calls_to_select(request.jurisdiction), pk=row.call_id)
    return render(request, "reviews/selection.html", _context(request, call, row, form), status=422)


@capability("shortlist.draft", methods=("GET", "POST"))
def selection_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move places between cells."""
    row = _own(request, pk)
    left = places_now(row)
    form = PlacesForm(request.POST or None, cells=[(cell, left[cell.key]) for cell in row.call.edition.cells])
    act = Act(
        title="名额调剂", submit_label="调剂", cancel_url=_url(request, row.call_id), form=form, done="名额已调剂，名单已重新拟制",
        lead=row.call.title, effects=["未作调剂决定的空缺名额保持空缺", "调剂的依据、理由和决定人记入名单和日志"], official=False,
        do=lambda: services.move_places(
            selection=row, source=form.cleaned_data["source"], target=form.cleaned_data["target"],
            places=form.cleaned_data["places"], reason=form.cleaned_data["reason"], by=request.actor,
        ),
    )  # fmt: skip
    return perform(request, act)


@capability("shortlist.approve", methods=("GET", "POST"))
def selection_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the outcome as a second person."""
    row = _own(request, pk)
    rows = placements_of(row)
    chosen = [each.application.organisation.name for each in rows if each.state == "selected"]
    waiting = sum(each.state == "alternate" for each in rows)
    act = Act(
        title="确定拟入选和备选名单", submit_label="确定名单", cancel_url=_url(request, row.call_id), done="拟入选和备选名单已确定",
        lead=row.call.title,
        effects=[f"拟入选 {len(chosen)} 家：{'、'.join(chosen) or '无'}", f"备选 {waiting} 家，按次序递补",
                 f"拟制人：{row.drawn_up_by.name}；确定后不能再修改", "生成拟入选和备选名单（PDF）；拟入选单位可列入公示名单"],
        do=lambda: services.fix_selection(selection=row, by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("shortlist.draft", methods=("POST",))
def selection_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the list as it stands: a draft with its watermark, or the fixed one."""
    row = _own(request, pk)
    tell(request, "名单正在生成，稍后刷新页面下载", issue_placement, selection=row, by=request.actor)
    return redirect(_url(request, row.call_id))


@capability("shortlist.read")
def selection_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The outcome as a workbook."""
    row = _own(request, pk)
    edition = row.call.edition
    rows = sheet_rows(edition, outcome(row, placements_of(row), places_now(row)))
    return as_xlsx(f"{row.call.title} 拟入选和备选名单", sheet_head(edition), rows)
