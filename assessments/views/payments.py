"""The desk of finance: what is payable, what was paid, what has to come back, and the workbook of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.forms.money import CorrectionForm, PayForm, ReceiptForm
from assessments.models import GrantLine, Payment
from assessments.models.corrections import facts_of
from assessments.selectors.money import open_orders, payable_lines, payments, reachable_lines
from assessments.selectors.payment_sheet import payment_workbook
from assessments.services.money import receive_back
from assessments.services.payment_corrections import correct_payment
from assessments.services.payments import export_payments, order_payment, record_payment
from assessments.views.bases import XLSX
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.views.acts import Act, perform


def _page(request: Any) -> str:
    return reverse("assessments:payments", kwargs={"jurisdiction": request.jurisdiction.code})


def _filters(request: Any) -> dict[str, str]:
    return {"words": request.GET.get("q", ""), "year": request.GET.get("year", "")}


@capability("base.read")
def payments_desk(request: Any) -> HttpResponse:
    """What waits to be paid, what was paid, what has to come back."""
    asked, this_year = _filters(request), clock.today().year
    years = [(str(year), f"{year} 年") for year in range(this_year, this_year - 5, -1)]
    context = {
        "payable": payable_lines(request.actor, **asked),
        "page": Paginator(payments(request.actor, **asked), 50).get_page(request.GET.get("page")),
        "orders": open_orders(request.actor),
        "may_pay": request.actor.can("payment.make"),
        "may_order": request.actor.can("payment.make") or request.actor.can("base.keep"),
        "filters": [
            {"name": "year", "label": "年度", "value": asked["year"], "options": [("", "全部年度"), *years]},
        ],
        "today": clock.today(),
    }
    return render(request, "assessments/payments.html", context)


@capability("base.read", methods=("POST",))
def payments_export(request: Any) -> HttpResponse:
    """The workbook for finance; it is a POST because full account numbers leave the portal and that is recorded."""
    asked = _filters(request)
    lines = list(payable_lines(request.actor, **asked))
    paid = list(payments(request.actor, **asked).select_related("line__grant__account__base__organisation", "by"))
    full = export_payments(place=request.jurisdiction, rows=len(lines) + len(paid), by=request.actor)
    response = HttpResponse(payment_workbook(lines, paid, full=full), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="payments.xlsx"'
    return response


@capability("payment.make", methods=("GET", "POST"))
def pay(request: Any, pk: int) -> HttpResponse:
    """Record a payment."""
    line = get_object_or_404(reachable_lines(request.actor), pk=pk)
    form = PayForm(request.POST or None, initial={"paid_on": clock.today()})
    base = line.grant.account.base
    act = Act(
        title="登记拨付", submit_label="登记拨付", form=form, cancel_url=_page(request), done="拨付已登记",
        lead=f"{base.organisation.name}：{line}，{line.amount:,.2f} 元",
        effects=["每期资金只登记一次，足额拨付", "计入该基地的资金账户，通知单位"],
        do=lambda: record_payment(line=line, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("payment.make", methods=("GET", "POST"))
def payment_correct(request: Any, pk: int) -> HttpResponse:
    """Put right what was mistyped in a recorded payment."""
    payment: Payment = get_object_or_404(payments(request.actor), pk=pk)
    form = CorrectionForm(request.POST or None, initial=facts_of(payment))
    act = Act(
        title="更正拨付记录", submit_label="更正", form=form, cancel_url=_page(request), done="拨付记录已更正",
        lead=f"{payment.line.grant.account.base.organisation.name}：{payment.line}，{payment.amount:,.2f} 元",
        effects=["只更正日期、凭证号和文号，金额和资金账户不变", "更正前后的内容、理由和办理人留存并记入审计日志，通知单位"],
        do=lambda: correct_payment(payment=payment, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("payment.make", "base.keep", methods=("POST",))
def pay_order(request: Any, pk: int) -> HttpResponse:
    """Issue the order to pay, and open it."""
    line: GrantLine = get_object_or_404(reachable_lines(request.actor), pk=pk)
    document = documents_of(line, "pay_order").first() or order_payment(line=line, by=request.actor)
    return redirect("documents:document", pk=document.pk)


@capability("payment.make", methods=("GET", "POST"))
def receive(request: Any, pk: int) -> HttpResponse:
    """Record money that came back."""
    order = get_object_or_404(open_orders(request.actor), pk=pk)
    form = ReceiptForm(request.POST or None, initial={"received_on": clock.today(), "amount": order.outstanding})
    act = Act(
        title="登记退回资金", submit_label="登记", form=form, cancel_url=_page(request), done="退回资金已登记",
        lead=f"{order.account.base.organisation.name}：应追回 {order.amount:,.2f} 元，尚未退回 {order.outstanding:,.2f} 元",
        effects=["可以分次登记，累计不超过应追回金额"],
        do=lambda: receive_back(order=order, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)
