"""Payments as a workbook for finance: what is payable and what was paid, with the payee and its account."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assessments.models import Account, GrantLine, Payment
from portal.accounts.personal import unseal

COLUMNS = (
    ("状态", 10),
    ("收款单位", 34),
    ("统一社会信用代码", 22),
    ("户名", 34),
    ("开户银行", 28),
    ("账号", 26),
    ("基地名称", 34),
    ("补助", 28),
    ("期次", 18),
    ("金额（元）", 16),
    ("预算年度", 10),
    ("可拨付日期", 12),
    ("拨付日期", 12),
    ("凭证号", 18),
    ("拨款文号", 24),
)
AMOUNT = 10


def payment_workbook(lines: Iterable[GrantLine], paid: Iterable[Payment], *, full: bool) -> bytes:
    """Return an .xlsx; account numbers by their last digits unless `full`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("补助资金拨付")
    sheet.append([label for label, _ in COLUMNS])
    for line in lines:
        sheet.append(_row(line, None, full=full))
    for payment in paid:
        sheet.append(_row(payment.line, payment, full=full))
    for at, (_, width) in enumerate(COLUMNS, start=1):
        sheet.cell(row=1, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row in sheet.iter_rows(min_row=2, min_col=AMOUNT, max_col=AMOUNT):
        row[0].number_format = "#,##0.00"
    sheet.freeze_panes = "C2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def account_number(account: Account, *, full: bool) -> str:
    """Return the bank account's number, or its last digits."""
    if not account.bank_tail:
        return ""
    return unseal(account.bank_number)["number"] if full else f"****{account.bank_tail}"


def _row(line: GrantLine, payment: Payment | None, *, full: bool) -> list[Any]:
    account = line.grant.account
    base = account.base
    return [
        line.get_state_display(),
        base.organisation.name,
        base.organisation.credit_code,
        account.bank_holder,
        account.bank_name,
        account_number(account, full=full),
        base.name,
        line.grant.title,
        line.title,
        line.amount,
        line.fiscal_year or "",
        f"{line.payable_on:%Y-%m-%d}" if line.payable_on else "",
        f"{payment.paid_on:%Y-%m-%d}" if payment else "",
        payment.voucher if payment else "",
        payment.document_number if payment else "",
    ]
