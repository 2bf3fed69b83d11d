"""Chasing reports: by an officer's button, and by the daily sweep. Nothing becomes late by this; lateness is the clock's.

The sweep says what is due at the moment it comes by: with every worker dead for a month, the unit hears once of what is
late then, and nothing of the reminders it should have had in between.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from applications.services.moves import WrongState
from assessments.enums import BaseState
from assessments.models import Base
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from assessments.selectors.due import WAITING_FOR_UNIT, DueState, Expected, expectations, expected
from assessments.services import report_messages as messages
from portal.accounts.actor import Actor
from portal.accounts.selectors import members_of
from portal.audit.services import record
from portal.calendars import clock
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction

SOON, LAST = 3, 1
A_WEEK = 7


@transaction.atomic
def chase_report(*, base: Base, key: str, start: date, by: Actor) -> None:
    """Remind a unit of one report (催报), once a day at most. `Base.DoesNotExist` for another office's base."""
    by.require("base.keep", base.jurisdiction_id)
    today = clock.today()
    found = with_terms(readable_bases(Base.objects.all(), by)).select_for_update(of=("self",)).get(pk=base.pk)
    entries = [each for each in expected(found, today) if (each.report.key, each.period.start) == (key, start)]
    if not entries or entries[0].state not in WAITING_FOR_UNIT:
        raise WrongState("该报告目前不需要催报，请刷新页面查看最新状态")
    if not members_of(found.organisation).exists():
        raise WrongState("该单位目前没有可接收消息的人员，请按登记的联系方式联系")
    if not _chase(found, entries[:1], today, by):
        raise WrongState("今天已催报过该报告，同一报告每天只催报一次")


@transaction.atomic
def chase_late(*, bases: Iterable[Base], by: Actor, keys: Iterable[str] = ()) -> int:
    """Remind the units of everything their bases are late with, of certain kinds if given; return how many reports."""
    by.require("base.keep", by.jurisdiction_id)
    today, kinds = clock.today(), set(keys)
    rows = list(with_terms(readable_bases(Base.objects.filter(pk__in=[base.pk for base in bases]), by)))
    owed = expectations(rows, today)
    count = 0
    for base in rows:
        late = [
            each for each in owed[base.pk] if each.state is DueState.LATE and (not kinds or each.report.key in kinds)
        ]
        count += _chase(base, late, today, by)
    return count


def _chase(base: Base, entries: list[Expected], today: date, by: Actor) -> int:
    sent = _already_sent(base, today)
    fresh = [each for each in entries if messages.chase_key(base, each, today) not in sent]
    for each in fresh:
        messages.chase(base, each, today)
    if fresh:
        names = [f"{each.report.key}:{each.period.start:%Y-%m-%d}" for each in fresh]
        record(by=by, action="report.chase", obj=base, jurisdiction_id=base.jurisdiction_id, data={"reports": names})
    return len(fresh)


def _already_sent(base: Base, today: date) -> set[str]:
    mine = Q(key__startswith=f"report-chase:{base.pk}:") & Q(key__endswith=f":{today:%Y%m%d}")
    return set(Message.objects.filter(mine).values_list("key", flat=True))


def remind(*, jurisdiction: Jurisdiction) -> int:
    """Send what is due today in one jurisdiction; run twice, nobody hears twice. Return how many bases had something."""
    today = clock.today()
    rows = list(with_terms(Base.objects.filter(jurisdiction=jurisdiction, state=BaseState.ACTIVE)))
    owed = expectations(rows, today)
    return sum(_remind(base, owed[base.pk], today) for base in rows)


def _remind(base: Base, entries: list[Expected], today: date) -> bool:
    late = [each for each in entries if each.state is DueState.LATE and each.due_on]
    if newest := max((each.due_on for each in late if each.due_on), default=None):
        messages.remind_late(base, late, newest, ((today - newest).days - 1) // A_WEEK)
    soon = [each for each in entries if each.state in (DueState.OPEN, DueState.DRAFT) and each.due_on]
    soon = [each for each in soon if (each.days_left(today) or 0) <= SOON]
    for each in soon:
        left = each.days_left(today) or 0
        messages.remind_before(base, each, left, LAST if left <= LAST else SOON)
    returned = [each for each in entries if each.state is DueState.RETURNED and each.returned_at]
    for each in returned:
        week = (today - clock.local_date(each.returned_at)).days // A_WEEK if each.returned_at else 0
        if week:
            messages.remind_returned(base, each, week)
    return bool(late or soon or returned)
