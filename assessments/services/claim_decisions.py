"""A bureau's answer to a claim: approved by two persons over verified figures, sent back, or refused."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.services.moves import WrongState
from assessments.enums import ClaimKind, ClaimState, EntryKind, LineState
from assessments.models import Base, Claim, Grant, GrantLine
from assessments.models.money import NOTHING
from assessments.selectors import claim_checks
from assessments.selectors.money import ending_case
from assessments.services.claim_papers import issue_pay_order
from assessments.services.claims import locked_claim, reckon
from assessments.services.money_account import account_of, book
from assessments.services.money_news import tell_desk, tell_finance, tell_unit
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.funding import After, MultipleAward
from reviews.services.refusal import Refused

TURN = {ClaimState.SUBMITTED: "base.keep", ClaimState.FIRST: "base.recognise"}


@transaction.atomic
def approve_first(*, claim: Claim, words: str, findings: Mapping[str, str], by: Actor) -> Claim:
    """Approve a claim over verified figures; what only a person can judge or tolerate takes written words (`findings`)."""
    row = _at_turn(claim, ClaimState.SUBMITTED, by)
    found = reckon(row, clock.today())
    if stands := found.hindrances(verified=True):
        raise Refused("按已核数据尚不符合条件，请先核实台账，或者退回、不予通过：" + "；".join(stands), "words")
    said = {line.key: findings.get(line.key, "").strip() for line in found.lines if line.needs_words}
    for line in found.lines:
        if line.needs_words and not said[line.key]:
            raise Refused(f"请就“{line.title}”写明认定意见和依据", f"finding_{line.key}")
    if not words.strip():
        raise Refused("请填写初审意见", "words")
    row.found, row.findings, row.first_words = claim_checks.stored(found.lines), said, words.strip()
    row.parts, row.warnings = [part.stored() for part in found.verified], list(found.warnings)
    row.amount = sum((part.amount for part in found.verified), NOTHING)
    row.state, row.first_by, row.first_at = ClaimState.FIRST, by.person, clock.now()
    row.save()
    _log(row, "claim.approve_first", by, words)
    tell_desk(row)
    return row


@transaction.atomic
def approve_second(*, claim: Claim, words: str, by: Actor) -> Claim:
    """Approve a claim finally, by another person: its sums are granted and payable. Nothing while a title is at stake."""
    row = _at_turn(claim, ClaimState.FIRST, by)
    if by.person.pk in (row.first_by_id, row.created_by_id):
        raise PermissionDenied("复审人须与初审人、填写人不是同一人")
    base, account = row.base, account_of(row.base)
    refuse_while_ending(base)
    if not base.is_active:
        raise WrongState(f"该基地目前为“{base.get_state_display()}”，不能再核定资金")
    lines, parts = [], []
    for part in row.parts:
        instalment = row.line is not None and part["support"] == row.support_key
        line = _release(row.line) if instalment and row.line else _grant_award(row, part, by)
        if line.grant.account_id != account.pk:
            raise PermissionDenied("申请与账户不符")
        lines.append(line)
        parts.append({**part, "line": line.pk})
    row.parts, row.second_words = parts, words.strip()
    row.state, row.second_by, row.second_at = ClaimState.SECOND, by.person, clock.now()
    row.save()
    _log(row, "claim.approve_second", by, words)
    for line in lines:
        issue_pay_order(line=line, approved=row, by=by)
    tell_finance(lines)
    tell_unit(row)
    return row


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """Send a claim back to be mended, by whoever's turn it is."""
    return _answer(claim, ClaimState.RETURNED, reason, by)


@transaction.atomic
def refuse_claim(*, claim: Claim, reason: str, by: Actor) -> Claim:
    """Refuse a claim with a reason, by whoever's turn it is; another may be written when things have changed."""
    return _answer(claim, ClaimState.REFUSED, reason, by)


@transaction.atomic
def enter_grant(*, base: Base, support_key: str, amount: Decimal, basis: str, by: Actor) -> Claim:
    """Propose what a base is granted where the policy names no amount; another person approves it."""
    by.require("base.keep", base.jurisdiction_id)
    account_of(base)
    support = {each.key: each for each in base.edition.money_of(base.track_key)}.get(support_key)
    if support is None or not support.entered:
        raise Refused("该项补助的金额由政策规定，不由主管部门另行核定", "support_key")
    if not base.is_active:
        raise WrongState(f"该基地目前为“{base.get_state_display()}”，不能核定资金")
    if amount <= NOTHING:
        raise Refused("核定金额须大于 0 元", "amount")
    if not basis.strip():
        raise Refused("请填写核定依据（文件名称和文号）", "basis")
    now = clock.now()
    part = claim_checks.Part(support.key, support.title, amount, f"依据：{basis.strip()}")
    claim: Claim = Claim.objects.create(
        base=base, kind=ClaimKind.ENTERED, support_key=support.key, amount=amount, parts=[part.stored()],
        basis=basis.strip(), state=ClaimState.FIRST, created_by=by.person, created_at=now, submitted_by=by.person,
        submitted_at=now, first_by=by.person, first_at=now,
    )  # fmt: skip
    record(
        by=by, action="claim.enter", obj=claim, jurisdiction_id=base.jurisdiction_id,
        data={"support": support.key, "amount": f"{amount:.2f}"},
    )  # fmt: skip
    tell_desk(claim)
    return claim


def refuse_while_ending(base: Base) -> None:
    """Raise `WrongState` while a case is under way that would end the base's title."""
    case = ending_case(base)
    if case is not None:
        raise WrongState(f"该基地的“{case.consequence.title}”正在办理，办结前不能核定、拨付资金")


def _at_turn(claim: Claim, state: ClaimState, by: Actor) -> Claim:
    row = locked_claim(claim)
    by.require(TURN[state], row.base.jurisdiction_id)
    if row.state != state:
        raise WrongState(f"该申请目前为“{row.get_state_display()}”，不能办理此项操作，请刷新页面")
    return row


def _answer(claim: Claim, state: ClaimState, reason: str, by: Actor) -> Claim:
    row = locked_claim(claim)
    now = ClaimState(row.state)
    if now not in TURN:
        raise WrongState(f"该申请目前为“{row.get_state_display()}”，不能退回或者不予通过")
    by.require(TURN[now], row.base.jurisdiction_id)
    if not reason.strip():
        raise Refused("请写明原因和需要补正的内容", "reason")
    if row.kind == ClaimKind.ENTERED:
        state = ClaimState.REFUSED  # the unit did not write it, so nobody can mend it: a new one is entered
    row.state, row.answer, row.answered_by, row.answered_at = state, reason.strip(), by.person, clock.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _log(row, "claim.return" if state == ClaimState.RETURNED else "claim.refuse", by, reason)
    tell_unit(row)
    return row


def _release(line: GrantLine) -> GrantLine:
    """Let the claimed instalment be paid, from the fiscal year of its approval."""
    row: GrantLine = GrantLine.objects.select_related("grant__account__base__jurisdiction").get(pk=line.pk)
    if row.state != LineState.PLANNED:
        raise WrongState(f"“{row.title}”目前为“{row.get_state_display()}”，不能核定拨付")
    today = clock.today()
    row.state, row.payable_on, row.fiscal_year = LineState.PAYABLE, today, today.year
    row.save(update_fields=["state", "payable_on", "fiscal_year"])
    return row


def _grant_award(claim: Claim, part: Mapping[str, str], by: Actor) -> GrantLine:
    """Grant an award, or what the bureau entered: one line, payable at once."""
    base, account, today = claim.base, account_of(claim.base), clock.today()
    support = {each.key: each for each in base.edition.money_of(base.track_key)}[part["support"]]
    amount = Decimal(part["amount"])
    plaque = support.award.plaque if isinstance(support.award, MultipleAward) else ""
    try:
        with transaction.atomic():
            grant: Grant = Grant.objects.create(
                account=account, support_key=support.key, title=support.title, total=amount, entered=support.entered,
                basis=claim.basis, plaque_text=plaque, granted_on=today,
            )  # fmt: skip
    except IntegrityError as twice:
        raise WrongState(f"“{support.title}”每个基地只给予一次，该基地已经获得") from twice
    line: GrantLine = GrantLine.objects.create(
        grant=grant, key="award", title="一次性拨付", amount=amount, after=After.TARGETS.value, state=LineState.PAYABLE,
        fiscal_year=today.year, payable_on=today,
    )  # fmt: skip
    book(account=account, kind=EntryKind.GRANTED, amount=amount, obj=grant, words=support.title, by=by)
    return line


def _log(claim: Claim, action: str, by: Actor, reason: str) -> None:
    record(
        by=by, action=action, obj=claim, jurisdiction_id=claim.base.jurisdiction_id, reason=reason.strip(),
        data={"amount": f"{claim.amount:.2f}", "state": str(claim.state)},
    )  # fmt: skip
