"""Recognition: after the time is over, under a number of its own, one certificate a unit, one base a certificate."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.services.moves import WrongState
from assessments.models import Base
from assessments.tasks import sweep_bases
from portal.calendars import clock
from portal.documents.models import Document
from reviews.models import PublicNotice, Recognition, RecognitionEntry
from reviews.selectors.numbers import is_well_formed
from reviews.services import objections
from reviews.services.recognition import recognise
from reviews.services.refusal import Refused
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, officer, published
from tests.reviews.test_objections import lodge, rule


@pytest.fixture
def notice(hangzhou: Any) -> PublicNotice:
    """A notice with three units."""
    with clock.travel(SUNDAY_NOON):
        return published(a_call(hangzhou), officer(hangzhou), approver(hangzhou), 3)


def issue(notice: PublicNotice, entries: Any = None, number: str = "测人社发〔2024〕12号", **more: Any) -> Recognition:
    standing = list(notice.shortlist.entries.filter(removed=False)) if entries is None else entries
    said = {"title": "关于认定分基地的通知", "issued_on": clock.today(), "by": approver(notice.jurisdiction)}
    return recognise(notice=notice, entries=standing, document_number=number, **(said | more))


def test_not_before_the_time_is_over(notice: PublicNotice) -> None:
    with clock.travel(notice.ends_at - timedelta(seconds=1)), pytest.raises(WrongState, match="尚未届满"):
        issue(notice)
    assert Recognition.objects.count() == 0


def test_only_who_may(notice: PublicNotice) -> None:
    with clock.travel(notice.ends_at), pytest.raises(PermissionDenied):
        issue(notice, by=officer(notice.jurisdiction))


@pytest.mark.rule("P3-13")
@pytest.mark.parametrize(
    "number", ["", "测人社发[2024]12号", "测人社发〔2024〕第12号", "测人社发〔2024〕012号", "测人社发〔2023〕12号"]
)
def test_the_number_is_written_as_official_numbers_are(notice: PublicNotice, number: str) -> None:
    with clock.travel(notice.ends_at), pytest.raises(Refused):
        issue(notice, number=number)
    assert Recognition.objects.count() == 0


@pytest.mark.rule("P3-13")
def test_the_number_is_used_once_and_the_date_lies_between(notice: PublicNotice) -> None:
    first, *others = notice.shortlist.entries.all()
    with clock.travel(notice.ends_at + timedelta(days=2)):
        issue(notice, [first])
        with pytest.raises(Refused, match="已被使用"):
            issue(notice, others)
        for day in (clock.today() + timedelta(days=1), clock.local_date(notice.ends_at) - timedelta(days=1)):
            with pytest.raises(Refused, match="成文日期"):
                issue(notice, others, "测人社发〔2024〕13号", issued_on=day)
        issue(notice, others, "测人社发〔2024〕13号")
    assert RecognitionEntry.objects.count() == 3


def test_a_unit_is_recognised_once(notice: PublicNotice) -> None:
    first = notice.shortlist.entries.first()
    with clock.travel(notice.ends_at):
        issue(notice, [first])
        with pytest.raises(Refused):
            issue(notice, [first], "测人社发〔2024〕13号")
        with pytest.raises(Refused, match="至少选择"):
            issue(notice, [], "测人社发〔2024〕13号")


def test_one_units_objection_holds_up_that_unit_alone(notice: PublicNotice) -> None:
    first, *others = notice.shortlist.entries.all()
    objection, _ = lodge(notice, entry=first)
    with clock.travel(notice.ends_at):
        with pytest.raises(Refused, match="未办结的异议"):
            issue(notice)
        assert Recognition.objects.count() == 0
        issue(notice, others)
    rule(objection, "dismissed")
    with clock.travel(notice.ends_at + timedelta(days=9)):
        issue(notice, [first], "测人社发〔2024〕20号")
    assert set(RecognitionEntry.objects.values_list("application__status", flat=True)) == {"recognised"}


def test_a_unit_taken_off_is_not_recognised(notice: PublicNotice) -> None:
    first = notice.shortlist.entries.first()
    objection, _ = lodge(notice, entry=first)
    objections.handle_objection(objection=objection, finding="属实", by=officer(notice.jurisdiction))
    objections.rule_objection(objection=objection, outcome="upheld", ruling="取消", by=approver(notice.jurisdiction))
    first.refresh_from_db()
    with clock.travel(notice.ends_at), pytest.raises(Refused, match="已移出"):
        issue(notice, [first, notice.shortlist.entries.last()])


def test_certificates_are_numbered_without_gaps_and_checked(notice: PublicNotice) -> None:
    with clock.travel(notice.ends_at):
        issue(notice)
    numbers = list(RecognitionEntry.objects.order_by("certificate_number").values_list("certificate_number", flat=True))
    assert [number[:12] for number in numbers] == ["HZ-2024-0001", "HZ-2024-0002", "HZ-2024-0003"]
    assert all(is_well_formed(number) for number in numbers)
    assert Document.objects.filter(kind="certificate", public=True).count() == 3


def test_bases_follow_by_task_or_by_sweep_and_once(
    notice: PublicNotice, django_capture_on_commit_callbacks: Any
) -> None:
    first, *others = notice.shortlist.entries.all()
    with clock.travel(notice.ends_at):
        with django_capture_on_commit_callbacks(execute=True):
            issue(notice, [first])
        issue(notice, others, "测人社发〔2024〕13号")  # its tasks are lost
        assert Base.objects.count() == 1
        sweep_bases()
        sweep_bases()
    assert Base.objects.count() == 3
    base = Base.objects.get(source__entry=first)
    assert (base.recognised_on, base.state, base.plaque_state) == (date(2024, 9, 7), "active", "to_make")
    assert (base.name, base.organisation) == (first.granted_name, first.application.organisation)
