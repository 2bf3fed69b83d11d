"""Recognition: the document that names the units, their names, plaques and certificates."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Application, Call
from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import Desk, StageKind, Status
from portal.tenancy.enums import Tier
from portal.tenancy.models import Jurisdiction
from reviews.models import Panel, PublicNotice, Recognition, RecognitionEntry, ShortlistEntry
from reviews.selectors.naming import naming_of, taken_names
from reviews.selectors.notices import held_up
from reviews.selectors.numbers import with_check
from reviews.services.document_numbers import take_document_number
from reviews.services.numbering import next_number
from reviews.services.papers import issue_certificate, issue_recognition_decision
from reviews.services.refusal import Refused
from reviews.services.shortlists import require_places
from reviews.signals import units_recognised


@transaction.atomic
def recognise(
    *,
    notice: PublicNotice,
    entries: list[ShortlistEntry],
    document_number: str,
    title: str,
    issued_on: date,
    by: Actor,
) -> Recognition:
    """Recognise units whose notice period is over and whom no open objection holds up; the others follow later.

    In order: time, number and units are checked; the decision and one certificate number a unit are written; each
    application moves on; the documents are issued; `units_recognised` is sent.
    """
    row: PublicNotice = (
        PublicNotice.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "shortlist__call")
        .get(pk=notice.pk)
    )
    by.require("base.recognise", row.jurisdiction_id)
    if clock.now() < row.ends_at:
        raise WrongState("公示期尚未届满，不能认定")
    number = _checked_number(row.jurisdiction, document_number, issued_on)
    if issued_on < clock.local_date(row.ends_at):
        raise Refused(f"成文日期应在公示期满之后（{clock.local_date(row.ends_at):%Y-%m-%d} 起）", "issued_on")
    _require_title(title)
    chosen = _checked_entries(row, entries)
    recognition = Recognition.objects.create(
        jurisdiction=row.jurisdiction, notice=row, document_number=number, title=title.strip(), issued_on=issued_on,
        decided_by=by.person, decided_at=clock.now(),
    )  # fmt: skip
    return _issue(recognition, chosen, by)


@transaction.atomic
def recognise_rechecked(
    *, call: Call, applications: list[Application], document_number: str, title: str, issued_on: date, by: Actor
) -> Recognition:
    """Let the level above recognise files of one call that it has looked at again (复核后公布), without a second notice.

    What is granted is the name the unit bore on the bureau's published list.
    """
    by.require("base.recognise", call.jurisdiction_id)
    if by.tier is not Tier.SUPERIOR or by.organisation is None:
        raise PermissionDenied("复核后的公布由上级部门办理")
    number = _checked_number(call.jurisdiction, document_number, issued_on)
    _require_title(title)
    chosen = _rechecked_entries(call, applications, issued_on)
    recognition = Recognition.objects.create(
        jurisdiction=call.jurisdiction, office=by.organisation, document_number=number, title=title.strip(),
        issued_on=issued_on, decided_by=by.person, decided_at=clock.now(),
    )  # fmt: skip
    return _issue(recognition, chosen, by)


def _issue(recognition: Recognition, chosen: list[ShortlistEntry], by: Actor) -> Recognition:
    made = [_recognise_one(recognition, entry, by) for entry in chosen]
    record(
        by=by, action="recognition.issue", obj=recognition, jurisdiction_id=recognition.jurisdiction_id,
        data={
            "number": recognition.document_number,
            "units": [[entry.application_id, entry.name, entry.certificate_number] for entry in made],
        },
    )  # fmt: skip
    issue_recognition_decision(recognition=recognition, by=by)
    for entry in made:
        issue_certificate(entry=entry, by=by)
    units_recognised.send(sender=Recognition, recognition=recognition, entries=made, by=by)
    return recognition


def _require_title(title: str) -> None:
    if not title.strip():
        raise Refused("请填写认定文件标题", "title")


def _checked_number(jurisdiction: Jurisdiction, document_number: str, issued_on: date) -> str:
    if issued_on > clock.today():
        raise Refused("成文日期不能晚于今天", "issued_on")
    return take_document_number(jurisdiction=jurisdiction, number=document_number, on=issued_on, subject="认定文件")


def _rechecked_entries(call: Call, applications: list[Application], issued_on: date) -> list[ShortlistEntry]:
    wanted = {application.pk for application in applications}
    standing = ShortlistEntry.objects.filter(
        application__in=wanted, application__call=call, application__desk=Desk.SUPERIOR,
        application__status=Status.RECHECKED.value, removed=False, recognised__isnull=True,
    )  # fmt: skip
    chosen = list(standing.select_for_update(of=("self",)).order_by("application_id"))
    if not chosen:
        raise Refused("请至少选择一家单位", "applications")
    if len(chosen) != len(wanted):
        raise Refused("所选单位中有的尚未复核完成或已公布，请刷新页面后重新选择", "applications")
    panels = Panel.objects.filter(application__in=wanted, stage=StageKind.RECHECK.value, closed_at__isnull=False)
    closed = [clock.local_date(panel.closed_at) for panel in panels if panel.closed_at]
    last = max(closed, default=issued_on)
    if issued_on < last:
        raise Refused(f"成文日期不能早于复核办结日期（{last:%Y-%m-%d}）", "issued_on")
    return chosen


def _checked_entries(notice: PublicNotice, entries: list[ShortlistEntry]) -> list[ShortlistEntry]:
    wanted = {entry.pk for entry in entries}
    standing = notice.shortlist.entries.filter(pk__in=wanted, removed=False, recognised__isnull=True)
    chosen = list(standing.select_for_update(of=("self",)).order_by("application_id"))
    if not chosen:
        raise Refused("请至少选择一家单位", "entries")
    if len(chosen) != len(wanted):
        raise Refused("所选单位中有的已移出名单或已认定，请刷新页面后重新选择", "entries")
    waiting = held_up(notice)
    require_places(notice.shortlist)
    for entry in chosen:
        if entry.pk in waiting:
            raise Refused(f"“{entry.granted_name}”有未办结的异议，办结前暂缓认定；其他单位不受影响", "entries")
    return chosen


def _recognise_one(recognition: Recognition, entry: ShortlistEntry, by: Actor) -> RecognitionEntry:
    application = locked(entry.application)
    shared = bool(naming_of(application).bracket)
    if not shared and taken_names([entry.granted_name], recognition.jurisdiction_id, application.pk):
        raise Refused(f"名称“{entry.granted_name}”已被占用，不能重复授予", "entries")
    year = recognition.issued_on.year
    serial = next_number(recognition.jurisdiction, f"certificate:{year}")
    made = RecognitionEntry.objects.create(
        recognition=recognition, entry=entry, application=application, name=entry.granted_name,
        plaque=naming_of(application).plaque,
        certificate_number=with_check(f"{recognition.jurisdiction.receipt_prefix}-{year}-{serial:04d}"),
    )  # fmt: skip
    move(application=application, action="recognise", by=by, data={"recognition": recognition.pk, "name": made.name})
    return made
