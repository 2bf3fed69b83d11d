"""What is done to rows of ledgers: typed and withdrawn by the unit, verified or not accepted by the bureau."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from assessments.forms.records import ReasonForm, RowForm
from assessments.models import Base, LedgerRow
from assessments.services import records as services
from assessments.views.base_pages import own_base
from assessments.views.records import address, filtered, own_ledger, own_row, posted
from portal.accounts.guards import capability
from portal.accounts.services.reveal import MAXIMUM_REASON, MINIMUM_REASON
from portal.policy.ledger import Ledger
from reviews.services.refusal import Refused
from reviews.views.acts import Act, perform, write


@capability("base.report", methods=("GET", "POST"))
def record_new(request: HttpRequest, pk: int, ledger: str) -> HttpResponse:
    """Type one row."""
    base = own_base(request, pk)
    declared = own_ledger(base, ledger)
    form = RowForm(posted(request), base=base, ledger=declared)
    if request.method == "POST" and form.is_valid():
        made = write(
            form, services.add_row, base=base, ledger=ledger, values=form.cleaned_data, by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        if made:
            messages.success(request, f"已登记，状态为“自报”（第 {made.pk} 号记录）")
            if "again" in request.POST:
                return redirect(address("record_new", base, ledger=ledger))
            return redirect(f"{address('my_records', base)}?ledger={ledger}")
    return _form(request, base, declared, form)


@capability("base.report", methods=("GET", "POST"))
def record_edit(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Change a row that is not verified."""
    base = own_base(request, pk)
    row = own_row(base, row_pk)
    declared = own_ledger(base, row.ledger)
    form = RowForm(posted(request), base=base, ledger=declared, row=row)
    if request.method == "POST" and form.is_valid():
        changed = write(form, services.change_row, row=row, values=form.cleaned_data, by=request.actor)  # type: ignore[attr-defined]
        if changed:
            messages.success(request, "修改已保存，状态为“自报”")
            return redirect(address("my_record_row", base, row_pk=row_pk))
    return _form(request, base, declared, form, row)


@capability("base.report", methods=("GET", "POST"))
def record_withdraw(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Take a row that is not verified out of the ledger."""
    base = own_base(request, pk)
    row = own_row(base, row_pk)
    form = ReasonForm(posted(request))
    act = Act(
        title="撤回记录",
        submit_label="撤回",
        cancel_url=address("my_record_row", base, row_pk=row_pk),
        effects=[f"撤回{row.declared.title}第 {row.pk} 号记录，不再计入各项数据", "记录和撤回原因保留备查，不能恢复"],
        do=lambda: services.withdraw_row(row=row, reason=form.cleaned_data["reason"], by=request.actor),  # type: ignore[attr-defined]
        done="记录已撤回",
        success_url=f"{address('my_records', base)}?ledger={row.ledger}",
        form=form,
        risky=True,
        official=False,
    )
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
def records_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify, not accept or put back the rows chosen, or all rows the address asks for."""
    base = own_base(request, pk)
    ledger = own_ledger(base, request.GET.get("ledger", ""))
    rows = _chosen(request, base, ledger)
    count = rows.count()
    form = None if request.GET.get("act") == "verify" else ReasonForm(posted(request))
    title, effect, service = _settling(request.GET.get("act", ""))

    def do() -> None:
        said = {"reason": form.cleaned_data["reason"]} if form else {}
        service(rows=rows, by=request.actor, **said)  # type: ignore[attr-defined]

    act = Act(
        title=title,
        submit_label=f"{title} {count:,} {ledger.noun}" if count else title,
        cancel_url=f"{address('records', base)}?ledger={ledger.key}",
        effects=[f"{base.name} · {ledger.title}：{count:,} {ledger.noun}记录", effect],
        do=do,
        done=f"已{title} {count:,} {ledger.noun}",
        form=form,
        risky=request.GET.get("act") == "reject",
        official=False,
    )
    return perform(request, act)


@capability("base.keep", methods=("GET", "POST"))
@never_cache
def row_reveal(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """A trainee's number in full, for the bureau and for once."""
    return _reveal(request, own_base(request, pk), row_pk, "record_row")


@capability("base.report", methods=("GET", "POST"))
@never_cache
def my_row_reveal(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """A trainee's number in full, for the unit that entered it and for once."""
    return _reveal(request, own_base(request, pk), row_pk, "my_record_row")


def _settling(name: str) -> tuple[str, str, Callable[..., Any]]:
    acts: dict[str, tuple[str, str, Callable[..., Any]]] = {
        "verify": ("核实", "状态改为“已核”，计入已核数据；单位不能再修改或撤回", services.verify_rows),
        "reject": ("不予采信", "不再计入任何数据；单位能看到理由，修改后可重新报送", services.reject_rows),
        "reopen": ("退回自报", "状态改回“自报”，单位可以修改或撤回", services.reopen_rows),
    }
    if name not in acts:
        raise Http404("没有此项操作")
    return acts[name]


def _chosen(request: HttpRequest, base: Base, ledger: Ledger) -> QuerySet[LedgerRow]:
    """The rows ticked, or with `all` those the list shows over all its pages."""
    if "all" in request.GET:
        rows = filtered(request, base, ledger)
    else:
        pks = [pk for pk in request.GET.getlist("row") if pk.isdigit()]
        rows = LedgerRow.objects.filter(base=base, ledger=ledger.key, pk__in=pks)
    rows = rows.filter(withdrawn_at=None)
    name = request.GET.get("act")
    if name == "verify":
        return rows.filter(state="reported")
    return rows.exclude(state="rejected") if name == "reject" else rows.exclude(state="reported")


def _form(
    request: HttpRequest, base: Base, ledger: Ledger, form: RowForm, row: LedgerRow | None = None
) -> HttpResponse:
    context = {
        "base": base,
        "ledger": ledger,
        "form": form,
        "row": row,
        "list_url": f"{address('my_records', base)}?ledger={ledger.key}",
    }
    return render(request, "assessments/record_form.html", context, status=422 if form.errors else 200)


def _reveal(request: HttpRequest, base: Base, row_pk: int, back: str) -> HttpResponse:
    row = own_row(base, row_pk)
    reason, values, problem = request.POST.get("reason", ""), [], ""
    if request.method == "POST":
        try:
            values = services.reveal_row(row=row, reason=reason, by=request.actor)  # type: ignore[attr-defined]
        except Refused as refused:
            problem = refused.message
    context = {
        "base": base,
        "row": row,
        "values": values,
        "reason": reason,
        "masked": [
            (column.label, row.masked[column.key]) for column in row.declared.columns if column.key in row.masked
        ],
        "errors": [{"label": "查看原因", "message": problem, "anchor": "reason"}] if problem else [],
        "least": MINIMUM_REASON,
        "most": MAXIMUM_REASON,
        "back": address(back, base, row_pk=row_pk),
    }
    return render(request, "assessments/record_reveal.html", context, status=422 if problem else 200)
