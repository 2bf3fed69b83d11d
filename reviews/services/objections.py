"""Objections: by name and with a receipt; found out by one person, ruled on by another (G-12)."""

import secrets
from typing import BinaryIO

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.enums import NoticeState, ObjectionState
from reviews.models import Objection, ObjectionFile, PublicNotice, ShortlistEntry
from reviews.selectors.numbers import ALPHABET, with_check
from reviews.services.news import tell_objection
from reviews.services.numbering import next_number
from reviews.services.papers import issue_objection_receipt
from reviews.services.promotion import drop_out
from reviews.services.refusal import Refused
from reviews.services.shortlists import take_off

EVIDENCE_RULES = Rules(allowed=frozenset({Kind.PDF, Kind.OFD, Kind.JPEG, Kind.PNG}), max_bytes=20 * 1024**2)
MAXIMUM_FILES = 10
MINIMUM_TEXT = 20
MAXIMUM_TEXT = 3000
RULINGS = (ObjectionState.INADMISSIBLE, ObjectionState.DISMISSED, ObjectionState.UPHELD, ObjectionState.REVIEW)
ANONYMOUS = {"匿名", "不愿透露", "不具名", "无名", "群众", "热心群众", "知情人", "知情人士"}


@transaction.atomic
def lodge_objection(
    *,
    notice: PublicNotice,
    name: str,
    is_unit: bool,
    phone: str,
    text: str,
    by: Actor,
    entry: ShortlistEntry | None = None,
    email: str = "",
    files: list[tuple[str, BinaryIO]] | None = None,
) -> tuple[Objection, str]:
    """Register an objection while the notice runs, by the clock under the notice's lock; return it and its query code.

    The query code is shown once and kept only as a hash. Raise `Refused` for an anonymous, late or unreadable one.
    """
    row = _locked_notice(notice)
    if row.state == NoticeState.CLOSED or clock.now() >= row.ends_at:
        raise WrongState("公示期已届满，不再受理异议；如发现新的情况，请按页面联系方式向受理处室反映")
    _check_form(name, phone, text, files or [])
    if entry is not None and not row.shortlist.entries.filter(pk=entry.pk).exists():
        raise Refused("所涉单位不在本公示名单中，请重新选择", "entry")
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    serial = next_number(row.jurisdiction, f"objection:{clock.today().year}")
    objection = Objection.objects.create(
        notice=row, entry=entry, number=with_check(f"{row.jurisdiction.receipt_prefix}-YY-{clock.today().year}-{serial:04d}"),
        name=name.strip(), is_unit=is_unit, phone=phone.strip(), email=email.strip(), text=text.strip(),
        query_hash=make_password(code), received_at=clock.now(),
    )  # fmt: skip
    for file_name, content in files or []:
        _attach(objection, file_name, content, by)
    record(
        by=by, action="objection.lodge", obj=objection, jurisdiction_id=row.jurisdiction_id,
        data={"notice": row.pk, "entry": entry.pk if entry else None, "files": len(files or [])},
    )  # fmt: skip
    issue_objection_receipt(objection=objection, by=by)
    tell_objection(objection)
    return objection, code


@transaction.atomic
def handle_objection(
    *, objection: Objection, finding: str, by: Actor, entry: ShortlistEntry | None = None
) -> Objection:
    """Write down what was found out, and which unit it concerns if the objector named none."""
    _, row = _open(objection)
    by.require("objection.handle", row.notice.jurisdiction_id)
    if not finding.strip():
        raise Refused("请填写核查情况", "finding")
    if entry is not None:
        if not row.notice.shortlist.entries.filter(pk=entry.pk).exists():
            raise Refused("所涉单位不在本公示名单中，请重新选择", "entry")
        row.entry = entry
    before, row.state = row.finding, ObjectionState.HANDLING
    row.finding, row.handled_by = finding.strip(), by.person
    row.save()
    record(
        by=by, action="objection.handle", obj=row, jurisdiction_id=row.notice.jurisdiction_id, before=before,
        after=row.finding, data={"entry": row.entry_id},
    )  # fmt: skip
    return row


@transaction.atomic
def rule_objection(*, objection: Objection, outcome: str, ruling: str, by: Actor) -> Objection:
    """Decide an objection that has been looked into. A second person does; 成立 takes the unit off the list for good.

    需复核 keeps the unit waiting: the officer looks into it again, and it is ruled on once more.
    """
    notice, row = _open(objection)
    by.require("objection.rule", row.notice.jurisdiction_id)
    if row.state != ObjectionState.HANDLING:
        raise WrongState("请先由经办人登记核查情况，再作处理")
    if by.user is None or row.handled_by_id == by.user.pk:
        raise PermissionDenied("核查人不能处理自己核查的异议，请由另一位审批人办理")
    if outcome not in RULINGS:
        raise Refused("请选择处理结果", "outcome")
    if not ruling.strip():
        raise Refused("请填写处理意见", "ruling")
    if outcome == ObjectionState.UPHELD:
        _uphold(notice, row, ruling, by)
    row.state, row.ruling, row.ruled_by, row.ruled_at = ObjectionState(outcome), ruling.strip(), by.user, clock.now()
    row.save()
    record(
        by=by, action="objection.rule", obj=row, jurisdiction_id=notice.jurisdiction_id, reason=row.ruling,
        data={"outcome": outcome, "entry": row.entry_id},
    )  # fmt: skip
    return row


def _uphold(notice: PublicNotice, objection: Objection, ruling: str, by: Actor) -> None:
    entry = objection.entry
    if entry is None:
        raise Refused("该异议未指明所涉单位，请经办人核查并指明单位后再认定成立", "outcome")
    if entry.removed:
        return  # another objection has taken it off already
    take_off(entry, f"异议成立：{ruling.strip()}")
    move(
        application=locked(entry.application), action="decline", by=by,
        reason=f"公示期间异议成立：{ruling.strip()}", data={"objection": objection.pk, "notice": notice.pk},
    )  # fmt: skip
    drop_out(application=entry.application, reason=f"异议成立：{ruling.strip()}", by=by)


def _check_form(name: str, phone: str, text: str, files: list[tuple[str, BinaryIO]]) -> None:
    if not name.strip() or name.strip() in ANONYMOUS:
        raise Refused("须实名提出异议，请填写真实姓名或单位全称；匿名反映不作为异议办理，也不影响公示", "name")
    if sum(character.isdigit() for character in phone) < 7:
        raise Refused("请填写能联系到您的电话号码", "phone")
    words = len(text.strip())
    if words < MINIMUM_TEXT:
        raise Refused(f"请写明事实和理由，至少 {MINIMUM_TEXT} 字，已填 {words} 字", "text")
    if words > MAXIMUM_TEXT:
        raise Refused(f"已填 {words:,} 字，超过 {MAXIMUM_TEXT:,} 字，请删减 {words - MAXIMUM_TEXT:,} 字", "text")
    if len(files) > MAXIMUM_FILES:
        raise Refused(f"最多上传 {MAXIMUM_FILES} 个文件", "files")


def _attach(objection: Objection, name: str, content: BinaryIO, by: Actor) -> None:
    try:
        stored = store_file(content=content, name=name, rules=EVIDENCE_RULES, by=by)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "files") from refusal
    ObjectionFile.objects.create(objection=objection, stored=stored)


def _locked_notice(notice: PublicNotice) -> PublicNotice:
    rows = PublicNotice.objects.select_for_update(of=("self",)).select_related("jurisdiction", "shortlist")
    row: PublicNotice = rows.get(pk=notice.pk)
    return row


def _open(objection: Objection) -> tuple[PublicNotice, Objection]:
    """Lock the notice, then the objection; refuse one that is final."""
    notice = _locked_notice(objection.notice)
    row: Objection = (
        Objection.objects.select_for_update(of=("self",)).select_related("notice__shortlist").get(pk=objection.pk)
    )
    if row.state not in (ObjectionState.RECEIVED, ObjectionState.HANDLING, ObjectionState.REVIEW):
        raise WrongState(f"该异议已办结（{row.get_state_display()}），不能再办理")
    return notice, row
