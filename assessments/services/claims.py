"""A unit's claim for money: written, its documents, handed in with the checks as they stand, taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from applications.selectors.materials import rules_of
from applications.services.moves import WrongState
from assessments.enums import ClaimKind, ClaimState, LineState
from assessments.models import Account, Base, Claim, ClaimFile, GrantLine
from assessments.models.claims import LIVING
from assessments.selectors import claim_checks
from assessments.selectors.claim_checks import Reckoning
from assessments.services.claim_papers import issue_claim, issue_self_report
from assessments.services.money_account import account_of
from assessments.services.money_news import tell_desk
from portal.accounts.actor import Actor
from portal.accounts.personal import seal
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Rules
from portal.documents.models import Document, StoredFile
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from portal.policy.edition import Support
from portal.policy.funding import After, Instalment, MultipleAward
from portal.policy.material import Material
from reviews.services.refusal import Refused

SelfReport = Mapping[str, Mapping[str, str]]
WRITABLE = (ClaimState.DRAFT, ClaimState.RETURNED)


def support_of(claim: Claim) -> Support:
    """Return what the edition says of the money claimed."""
    base = claim.base
    return {each.key: each for each in base.edition.money_of(base.track_key)}[claim.support_key]


def instalment_of(claim: Claim) -> Instalment | None:
    """Return the instalment claimed, if it is one."""
    key = claim.line.key if claim.line else ""
    return next((part for part in support_of(claim).instalments if part.key == key), None)


def materials_of(claim: Claim) -> tuple[Material, ...]:
    """Return the documents a claim takes."""
    part, award = instalment_of(claim), support_of(claim).award
    if part is not None:
        return part.materials
    return award.materials if isinstance(award, MultipleAward) else ()


def reckon(claim: Claim, today: date) -> Reckoning:
    """Compute a claim's checks and sums on a day."""
    support, part = support_of(claim), instalment_of(claim)
    if part is not None:
        return claim_checks.reckon_instalment(claim.base, support, part, today)
    if isinstance(support.award, MultipleAward) and claim.year:
        return claim_checks.reckon_multiple(claim.base, support, support.award, claim.year, today)
    return Reckoning((), (), ())


@transaction.atomic
def register_bank(*, base: Base, holder: str, bank: str, number: str, by: Actor) -> Account:
    """Enter the dedicated bank account of the unit (专账); the number is kept encrypted."""
    _require_own(base, by)
    account = account_of(base)
    digits = "".join(number.split())
    if not digits.isdigit() or not 8 <= len(digits) <= 30:
        raise Refused("账号应为 8 至 30 位数字，请核对后重新填写", "number")
    account.bank_holder, account.bank_name = holder.strip(), bank.strip()
    account.bank_number, account.bank_tail = seal({"number": digits}), digits[-4:]
    account.save(update_fields=["bank_holder", "bank_name", "bank_number", "bank_tail"])
    record(
        by=by, action="money.bank", obj=base, jurisdiction_id=base.jurisdiction_id, data={"tail": account.bank_tail}
    )  # fmt: skip
    return account


@transaction.atomic
def open_claim(*, base: Base, support_key: str, by: Actor, year: int | None = None) -> Claim:
    """Begin a claim for the instalment that follows the targets, or for an award of a year; one living claim of each."""
    _require_own(base, by)
    account = account_of(base)
    support = {each.key: each for each in base.edition.money_of(base.track_key)}.get(support_key)
    if support is None or support.entered:
        raise Refused("该项补助不由单位申请", "support_key")
    if not base.is_active:
        raise WrongState(f"该基地目前为“{base.get_state_display()}”，不能再申请资金")
    living = Claim.objects.filter(base=base, support_key=support_key, state__in=LIVING).first()
    if living is not None:
        raise WrongState(f"“{support.title}”已有一份申请（{living.get_state_display()}），不能重复申请")
    line, kind = _line_to_claim(account, support), ClaimKind.INSTALMENT
    if line is None:
        kind = ClaimKind.AWARD
        _check_award(account, support, base, year)
    try:
        with transaction.atomic():
            claim: Claim = Claim.objects.create(
                base=base, kind=kind, support_key=support_key, line=line, year=year if line is None else None,
                created_by=by.person, created_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as twice:
        raise WrongState(f"“{support.title}”已有一份申请，不能重复申请") from twice
    record(
        by=by, action="claim.open", obj=claim, jurisdiction_id=base.jurisdiction_id, data={"support": support_key}
    )  # fmt: skip
    return claim


@transaction.atomic
def rules_for(claim: Claim, material: str, by: Actor) -> Rules:
    """Return what a slot of the unit's own claim accepts, while the claim may be changed."""
    row = own_claim(claim, by, WRITABLE)
    return rules_of(_slot(row, material), row.base.setting_values)


@transaction.atomic
def add_file(*, claim: Claim, material: str, content: BinaryIO, name: str, by: Actor) -> ClaimFile:
    """Keep a document of a claim in its slot; raise `Refused` with what is wrong with the file."""
    rules = rules_for(claim, material, by)
    try:
        stored = store_file(content=content, name=name, rules=rules, by=by, organisation=by.organisation)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "content") from refusal
    return attach(claim=claim, material=material, stored=stored, by=by)


@transaction.atomic
def attach(*, claim: Claim, material: str, stored: StoredFile, by: Actor) -> ClaimFile:
    """Put a stored file into a slot of a claim, once."""
    row = own_claim(claim, by, WRITABLE)
    slot = _slot(row, material)
    there: ClaimFile | None = row.files.filter(material=material, stored=stored).first()
    if there is not None:
        return there
    if row.files.filter(material=material).count() >= slot.maximum:
        raise Refused(f"“{slot.title}”最多上传 {slot.maximum} 个文件，请先移除不需要的文件", "content")
    kept: ClaimFile = ClaimFile.objects.create(
        claim=row, material=material, stored=stored, added_by=by.person, added_at=clock.now()
    )
    _log(row, "claim.attach", by, {"material": material, "sha256": stored.sha256})
    return kept


@transaction.atomic
def remove_file(*, file: ClaimFile, by: Actor) -> None:
    """Take a document out of a claim that is still being written."""
    row = own_claim(file.claim, by, WRITABLE)
    data = {"material": file.material, "sha256": file.stored.sha256}
    if row.files.filter(pk=file.pk).delete()[0]:
        _log(row, "claim.detach", by, data)


@transaction.atomic
def save_claim(*, claim: Claim, statement: str, by: Actor, self_report: SelfReport | None = None) -> Claim:
    """Keep what the unit says for itself."""
    row = own_claim(claim, by, WRITABLE)
    _said(row, statement, self_report)
    row.save(update_fields=["statement", "self_report"])
    return row


@transaction.atomic
def print_self_report(*, claim: Claim, statement: str, self_report: SelfReport, by: Actor) -> Document:
    """Keep what the unit says and issue its report on each target (绩效自评报告), to be sealed and uploaded."""
    row = save_claim(claim=claim, statement=statement, self_report=self_report, by=by)
    part = instalment_of(row)
    if part is None:
        raise Refused("该申请不需要绩效自评报告")
    _refuse_unsaid(row, part)
    return issue_self_report(claim=row, lines=_target_lines(row, part), by=by)


@transaction.atomic
def submit_claim(*, claim: Claim, statement: str, by: Actor, self_report: SelfReport | None = None) -> Claim:
    """Hand a claim in: documents complete, no check failed by the unit's own figures; the checks are frozen with it."""
    row = own_claim(claim, by, WRITABLE)
    account = account_of(row.base)
    _said(row, statement, self_report)
    if (part := instalment_of(row)) is not None:
        _refuse_unsaid(row, part)
    missing = [slot.title for slot in materials_of(row) if row.files.filter(material=slot.key).count() < slot.minimum]
    if missing:
        raise Refused(f"请先上传{'、'.join(missing)}")
    if not account.bank_tail:
        raise Refused("请先在资金页登记专账的户名、开户银行和账号")
    found = reckon(row, clock.today())
    if stands := found.hindrances(verified=False):
        raise Refused("暂不符合申请条件：" + "；".join(stands))
    row.checks, row.parts = claim_checks.stored(found.lines), [part.stored() for part in found.claimed]
    row.amount, row.warnings = sum(part.amount for part in found.claimed), list(found.warnings)
    row.bank = {"holder": account.bank_holder, "bank": account.bank_name, "tail": account.bank_tail}
    row.state, row.submitted_by, row.submitted_at = ClaimState.SUBMITTED, by.person, clock.now()
    row.answer, row.answered_by, row.answered_at = "", None, None
    row.found, row.findings, row.first_by, row.first_at, row.first_words = [], {}, None, None, ""
    row.save()
    _log(row, "claim.submit", by, {"amount": f"{row.amount:.2f}"})
    issue_claim(claim=row, materials=materials_of(row), by=by)
    tell_desk(row)
    return row


@transaction.atomic
def take_back_claim(*, claim: Claim, by: Actor) -> None:
    """Give a claim up before anybody has approved it; another may be written."""
    row = own_claim(claim, by, (*WRITABLE, ClaimState.SUBMITTED))
    row.state, row.answer = ClaimState.REFUSED, "单位撤回"
    row.answered_by, row.answered_at = by.person, clock.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _log(row, "claim.take_back", by)


def locked_claim(claim: Claim) -> Claim:
    """Return a claim under lock, after its account, with what its rules read; the caller checks who may act."""
    account_of(claim.base)
    rows = Claim.objects.select_for_update(of=("self",)).select_related(
        "base__organisation", "base__jurisdiction", "base__source__application__call", "line__grant"
    )
    found: Claim = rows.get(pk=claim.pk)
    return found


def own_claim(claim: Claim, by: Actor, states: tuple[str, ...]) -> Claim:
    """Return a unit's own claim under lock; refuse one that is past the states in which it may be changed."""
    _require_own(claim.base, by)
    row = locked_claim(claim)
    if row.state not in states:
        raise WrongState(f"该申请目前为“{row.get_state_display()}”，不能再作此项修改，请刷新页面")
    return row


def _require_own(base: Base, by: Actor) -> None:
    by.require("base.report")
    if by.organisation is None or by.organisation.pk != base.organisation_id:
        by.require("system")


def _said(row: Claim, statement: str, self_report: SelfReport | None) -> None:
    row.statement = statement.strip()
    if self_report is not None:
        row.self_report = {code: dict(said) for code, said in self_report.items()}


def _target_lines(row: Claim, part: Instalment) -> list[claim_checks.Line]:
    """The checks of targets among those of a claim."""
    return [line for line in reckon(row, clock.today()).lines if line.key in part.targets]


def _refuse_unsaid(row: Claim, part: Instalment) -> None:
    for line in _target_lines(row, part):
        said = row.self_report.get(line.key, {})
        for name, what in (("grade", "自评等级"), ("proof", "佐证")):
            if not said.get(name):
                raise Refused(f"请填写“{line.title}”的{what}", f"{name}_{line.key}")


def _slot(claim: Claim, material: str) -> Material:
    slot = {each.key: each for each in materials_of(claim)}.get(material)
    if slot is None:
        raise Refused("该申请没有这一项材料", "content")
    return slot


def _line_to_claim(account: Account, support: Support) -> GrantLine | None:
    """Return the instalment of a support that follows the targets; refuse one that is settled."""
    if not support.instalments:
        return None
    lines = GrantLine.objects.filter(grant__account=account, grant__support_key=support.key, after=After.TARGETS.value)
    line: GrantLine | None = lines.first()
    if line is None:
        raise Refused("该项补助不需要申请，条件具备后直接拨付", "support_key")
    if line.state != LineState.PLANNED:
        raise WrongState(f"“{line.title}”目前为“{line.get_state_display()}”，不能再申请")
    return line


def _check_award(account: Account, support: Support, base: Base, year: int | None) -> None:
    if not isinstance(support.award, MultipleAward):
        raise Refused("该项奖励与末次补助资金同步申领，请在末次资金申请中一并提出", "support_key")
    if account.grants.filter(support_key=support.key).exists():
        raise WrongState(f"“{support.title}”每个基地只可以申请一次，该基地已经获得")
    if year not in claim_checks.years_of(base):
        raise Refused("请选择建设年度", "year")


def _log(claim: Claim, action: str, by: Actor, data: dict[str, Any] | None = None) -> None:
    record(by=by, action=action, obj=claim, jurisdiction_id=claim.base.jurisdiction_id, data=data)
