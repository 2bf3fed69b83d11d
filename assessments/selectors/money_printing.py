"""What the papers about money say: the claim as handed in, and the order to pay an instalment."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assessments.models import Base, Claim, GrantLine, Payment, RecoveryOrder
from assessments.selectors.claim_checks import VERDICTS, Line
from portal.calendars import clock, wording
from portal.policy.edition import Edition
from portal.policy.funding import Reclaim
from portal.policy.material import Material
from reviews.selectors.printing import contact

DIGITS, UNITS, GROUPS = "零壹贰叁肆伍陆柒捌玖", ("仟", "佰", "拾", ""), ("万亿", "亿", "万", "")


def capitals(amount: Decimal) -> str:
    """Write an amount as vouchers do: 肆拾万元整, 壹拾贰万伍仟元零伍分."""
    whole, cents = divmod(int(amount * 100), 100)
    said = f"{_whole(whole)}元" if whole else ""
    if not cents:
        return f"{said}整" if said else "零元整"
    tenth, hundredth = divmod(cents, 10)
    said += f"{DIGITS[tenth]}角" if tenth else "零" if said else ""
    return said + (f"{DIGITS[hundredth]}分" if hundredth else "整")


def _whole(number: int) -> str:
    said, digits = "", f"{number:016d}"
    for at in range(4):
        group, part = digits[at * 4 : at * 4 + 4], ""
        for digit, unit in zip(group, UNITS, strict=True):
            if digit != "0":
                part += DIGITS[int(digit)] + unit
            elif (part or said) and not part.endswith("零"):
                part += "零"
        part = part.rstrip("零")
        if part:
            gap = "零" if said and group[0] == "0" and not said.endswith("零") and not part.startswith("零") else ""
            said += gap + part + GROUPS[at]
    return said


def citation(edition: Edition) -> str:
    """Return how a paper cites the policy."""
    return edition.citation or f"《{edition.title}》"


def claim_context(claim: Claim, materials: tuple[Material, ...]) -> dict[str, Any]:
    """What the paper of a claim says."""
    base = claim.base
    titles = {each.key: each.title for each in materials}
    files = claim.files.select_related("stored").order_by("id")
    return {
        **_of_base(base),
        "heading": heading_of(claim),
        "year": claim.year,
        "amount": f"{claim.amount:,.2f}",
        "capitals": capitals(claim.amount),
        "parts": [{**part, "amount": f"{Decimal(part['amount']):,.2f}"} for part in claim.parts],
        "lines": [{**line, "claimed": VERDICTS[line["claimed"]]} for line in claim.checks],
        "warnings": claim.warnings,
        "statement": claim.statement,
        "bank": claim.bank,
        "manifest": [{"title": titles.get(file.material, "材料"), "file": file.stored} for file in files],
        "submitted_at": claim.submitted_at,
        "submitted_by": claim.submitted_by.name if claim.submitted_by else "",
    }


def self_report_context(claim: Claim, lines: Sequence[Line]) -> dict[str, Any]:
    """What the unit's own report on its targets says: target, actual, proof, its grade, what lies behind a deviation."""
    return {
        **_of_base(claim.base),
        "rows": [
            {
                "title": line.title,
                "target": line.rule.split("：", 1)[-1].split("，")[0],
                "reported": line.reported,
                "verified": line.verified,
                **{name: claim.self_report.get(line.key, {}).get(name, "") for name in ("proof", "grade", "deviation")},
            }
            for line in lines
        ],
        "statement": claim.statement,
        "made_on": clock.today(),
    }


def heading_of(claim: Claim) -> str:
    """Return what a claim is called on its paper and its page."""
    if claim.line is not None:
        return f"{claim.line.title}申请表"
    support = {each.key: each for each in claim.base.edition.money_of(claim.base.track_key)}[claim.support_key]
    return f"{support.title}{'核定表' if support.entered else '申请表'}"


def pay_order_context(line: GrantLine, approved: Claim | None) -> dict[str, Any]:
    """What the order to pay an instalment says; the account is named by its last digits."""
    account, base = line.grant.account, line.grant.account.base
    return {
        **_of_base(base),
        "title": "拨款单",
        "line": line,
        "amount": f"{line.amount:,.2f}",
        "capitals": capitals(line.amount),
        "grant": line.grant.title,
        "total": f"{line.grant.total:,.2f}",
        "fiscal_year": line.fiscal_year,
        "clause": line.grant.support.clause,
        "bank": {"holder": account.bank_holder, "bank": account.bank_name, "tail": account.bank_tail},
        "first": approved.first_by.name if approved and approved.first_by else "",
        "first_at": approved.first_at if approved else None,
        "second": approved.second_by.name if approved and approved.second_by else "",
        "second_at": approved.second_at if approved else None,
        "issued_on": clock.today(),
    }


def recovery_lines(order: RecoveryOrder) -> list[str]:
    """Return how the amount of a recovery is reckoned, line by line."""
    rule = {each.key: each for each in order.account.base.edition.recoveries}[order.recovery_key]
    lines = [
        f"决定时已拨付 {order.paid_then:,.2f} 元，专账已支出 {order.spent_then:,.2f} 元，结余 {order.paid_then - order.spent_then:,.2f} 元。"
    ]
    if order.ordered_before:
        lines.append(f"此前已决定追回 {order.ordered_before:,.2f} 元，不重复计算。")
    what = "已拨付的全部补助资金（含奖励补助）" if rule.reclaim is Reclaim.ALL else "已拨付资金的未支出部分"
    return [*lines, f"按规定追回{what}。"]


def recovery_context(order: RecoveryOrder, decision: str) -> dict[str, Any]:
    """What the notice of a recovery says (追缴决定); `decision` is the number of the decision it follows."""
    base = order.account.base
    rule = {each.key: each for each in base.edition.recoveries}[order.recovery_key]
    paid = (
        Payment.objects.filter(line__grant__account=order.account)
        .select_related("line__grant")
        .order_by("paid_on", "id")
    )
    return {
        **_of_base(base),
        "issuer": base.jurisdiction.issuer,
        "signatory": base.jurisdiction.issuer,
        "addressee": base.organisation.name,
        "decision": decision,
        "clause": order.clause,
        "rule": rule.text,
        "paid": [
            f"{each.line}，{each.paid_on:%Y-%m-%d} 拨付 {each.amount:,.2f} 元，凭证 {each.voucher}。" for each in paid
        ],
        "reckoning": recovery_lines(order),
        "amount": f"{order.amount:,.2f}",
        "capitals": capitals(order.amount),
        "due_on": wording.chinese_date(order.due_on),
        "signed_on": clock.local_date(order.at),
        "contact": contact(base.jurisdiction),
    }


def _of_base(base: Base) -> dict[str, Any]:
    return {
        "base": base.name,
        "unit": base.organisation.name,
        "credit_code": base.organisation.credit_code,
        "certificate": base.certificate_number,
        "document_number": "",
        "recognition": base.document_number,
        "recognised_on": base.recognised_on,
        "receiver": base.jurisdiction.issuer,
        "citation": citation(base.edition),
    }
