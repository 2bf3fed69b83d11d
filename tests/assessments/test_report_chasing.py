"""Reminders of reports: three days and one day before, the day after, weekly; twice is once; an officer's own, once a day."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from assessments.models import Base
from assessments.services.report_chasing import chase_late, chase_report
from assessments.services.reports import return_report
from assessments.tasks import chase_reports
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction
from tests.assessments.ledger_kit import make_base, reporter
from tests.assessments.reports_kit import MARCH, at, handed_in
from tests.factories import make_actor, make_office
from tests.reviews.kit import approver, officer


@pytest.fixture
def base(hangzhou: Any) -> Base:
    return make_base(hangzhou, "school")


def titles(by: Actor, day: datetime) -> list[str]:
    """Return the messages that the sweep of a day adds, run twice."""
    known = set(Message.objects.filter(user=by.user).values_list("pk", flat=True))
    with clock.travel(day):
        chase_reports()
        chase_reports()
    return [each.title for each in Message.objects.filter(user=by.user).exclude(pk__in=known).order_by("pk")]


@pytest.mark.rule("P3-22")
def test_the_sweep_reminds_before_and_after_and_twice_is_once(base: Base) -> None:
    by = reporter(base)
    days = [at(2024, 4, day) for day in (6, 7, 8, 9, 10, 11, 12, 17, 18)]
    before, after = "报告报送提醒", "报告逾期未报"
    assert [titles(by, day) for day in days] == [[], [before], [], [before], [], [after], [], [], [after]]
    last = Message.objects.filter(user=by.user).latest("pk")
    assert "1 份报告逾期未报：月度实训统计（2024 年 3 月）" in last.body
    assert last.link == f"/hangzhou/bases/mine/{base.pk}/reports/"


def test_after_weeks_without_workers_only_what_is_late_now_is_told_once(base: Base) -> None:
    by = reporter(base)
    assert titles(by, at(2024, 6, 20)) == ["报告逾期未报"]
    assert "3 份报告逾期未报" in Message.objects.get(user=by.user).body
    assert titles(by, at(2024, 6, 21)) == []


def test_who_has_handed_in_hears_nothing_and_an_ended_base_neither(base: Base) -> None:
    by = reporter(base)
    with clock.travel(at(2024, 4, 3)):
        report = handed_in(base, by)
    assert titles(by, at(2024, 4, 9)) == []
    with clock.travel(at(2024, 4, 9)):
        return_report(report=report, reason="请更正", by=officer(base.jurisdiction))
    assert titles(by, at(2024, 4, 16)) == ["退回的报告尚未重新报送"]
    Base.objects.filter(pk=base.pk).update(state="revoked", ended_on=date(2024, 6, 1))
    assert titles(by, at(2024, 6, 20)) == []


def test_an_officer_chases_a_report_once_a_day(base: Base) -> None:
    by, boss = reporter(base), officer(base.jurisdiction)
    said = {"base": base, "key": "monthly", "start": MARCH, "by": boss}
    with clock.travel(at(2024, 4, 20)):
        chase_report(**said)
        with pytest.raises(WrongState, match="每天只催报一次"):
            chase_report(**said)
        assert chase_late(bases=[base], by=boss) == 0
        elsewhere = make_actor("bureau_officer", make_office(Jurisdiction.objects.get(code="kunshan")))
        for other in (approver(base.jurisdiction), elsewhere):
            with pytest.raises(PermissionDenied):
                chase_report(**said | {"by": other})
        assert chase_late(bases=[base], by=elsewhere) == 0
    with clock.travel(at(2024, 5, 20)):
        assert chase_late(bases=[base], by=boss, keys=["monthly"]) == 2
        handed_in(base, by)
        with pytest.raises(WrongState, match="不需要催报"):
            chase_report(**said)
    assert Message.objects.filter(user=by.user, title__endswith="催报").count() == 3


def test_chasing_a_unit_without_people_says_so(base: Base) -> None:
    with clock.travel(at(2024, 4, 20)), pytest.raises(WrongState, match="没有可接收消息的人员"):
        chase_report(base=base, key="monthly", start=MARCH, by=officer(base.jurisdiction))
