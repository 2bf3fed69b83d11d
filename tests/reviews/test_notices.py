"""Notices: their end comes from the official calendar, their content is what was published, their time is the clock's."""

import hashlib
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from applications.models import Application
from applications.services.moves import WrongState
from portal.audit.chain import canonical
from portal.calendars import clock
from portal.calendars.working_days import MissingCalendarYear
from portal.documents.models import Document, StoredFile
from portal.notifications.models import Message
from reviews.models import PublicNotice
from reviews.selectors.notices import phase
from reviews.services import notices, shortlists
from reviews.tasks import sweep_notices
from tests.reviews.kit import a_call, approver, listed, officer, published
from tests.reviews.test_pages import sign_in, url


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=clock.SHANGHAI)


@pytest.mark.rule("P3-12")
@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2024-08-05", "2024-08-12"),
        ("2024-09-12", "2024-09-20"),
        ("2024-09-27", "2024-10-10"),
        ("2025-09-26", "2025-10-10"),
    ],
)
def test_the_period_ends_with_the_nth_official_working_day(hangzhou: Any, day: str, last: str) -> None:
    with clock.travel(at(day)):
        notice = published(a_call(hangzhou), officer(hangzhou), approver(hangzhou))
    assert notice.ends_at == clock.end_of_day(date.fromisoformat(last))
    assert notice.days == 5


def test_a_year_without_a_calendar_is_refused_and_nothing_written(hangzhou: Any) -> None:
    by, boss = officer(hangzhou), approver(hangzhou)
    with clock.travel(at("2028-12-28")):
        shortlist = listed(a_call(hangzhou), by)
        shortlists.propose_shortlist(shortlist=shortlist, by=by)
        shortlists.approve_shortlist(shortlist=shortlist, by=boss)
        with pytest.raises(MissingCalendarYear, match="缺少2028年工作日历"):
            notices.publish_notice(shortlist=shortlist, title="公示", by=boss)
        boss.user.password_changed_at = clock.now()  # or that year would first ask for a new password
        boss.user.save()
        page = sign_in(boss).get(url("reviews:shortlist_publish", pk=shortlist.pk)).content.decode()
    shortlist.refresh_from_db()
    assert "缺少2028年工作日历" in page
    assert shortlist.state == "approved"
    assert (PublicNotice.objects.count(), StoredFile.objects.count(), Document.objects.count()) == (0, 0, 0)
    assert set(Application.objects.values_list("status", flat=True)) == {"shortlisted"}


def test_only_an_approved_list_is_published_by_who_may(hangzhou: Any) -> None:
    by, boss = officer(hangzhou), approver(hangzhou)
    shortlist = listed(a_call(hangzhou), by)
    with pytest.raises(WrongState):
        notices.publish_notice(shortlist=shortlist, title="公示", by=boss)
    shortlists.propose_shortlist(shortlist=shortlist, by=by)
    shortlists.approve_shortlist(shortlist=shortlist, by=boss)
    with pytest.raises(PermissionDenied):
        notices.publish_notice(shortlist=shortlist, title="公示", by=by)
    with clock.travel(at("2024-09-12")):
        notice = notices.publish_notice(shortlist=shortlist, title="公示", by=boss)
        with pytest.raises(WrongState):
            notices.publish_notice(shortlist=shortlist, title="公示", by=boss)
    assert set(Application.objects.values_list("status", flat=True)) == {"in_notice"}
    assert notice.shortlist == shortlist


@pytest.mark.rule("P3-12")
def test_what_was_published_stays_as_it_was(hangzhou: Any) -> None:
    with clock.travel(at("2024-09-12")):
        notice = published(a_call(hangzhou), officer(hangzhou), approver(hangzhou), 2)
    assert notice.sha256 == hashlib.sha256(canonical(notice.snapshot).encode()).hexdigest()
    unit = notice.shortlist.entries.first().application.organisation
    name, unit.name = unit.name, "改了名的学院"
    unit.save()
    with clock.travel(at("2024-09-18")):
        page = sign_in(officer(hangzhou)).get(url("reviews:notice", pk=notice.pk)).content.decode()
    assert name in page
    assert "改了名的学院" not in page
    assert "吴师资" not in page  # no member of staff is named in a notice (P3-17)
    with notice.listing.content.open("rb") as stream:
        sheet = load_workbook(io.BytesIO(stream.read())).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [
        entry["unit"] for entry in notice.snapshot["entries"]
    ]
    assert name in Document.objects.get(kind="public_notice").source


def test_the_phase_is_the_clocks_whatever_a_sweep_has_done(hangzhou: Any) -> None:
    with clock.travel(at("2024-09-12")):
        notice = published(a_call(hangzhou), officer(hangzhou), approver(hangzhou))
    assert phase(notice, at("2024-09-20"))[1] == "公示中"
    assert phase(notice, notice.ends_at)[1] == "公示期满"


def test_a_notice_is_closed_after_its_time_by_who_may(hangzhou: Any) -> None:
    boss = approver(hangzhou)
    with clock.travel(at("2024-09-12")):
        notice = published(a_call(hangzhou), officer(hangzhou), boss)
    with clock.travel(at("2024-09-20")), pytest.raises(WrongState, match="尚未届满"):
        notices.close_notice(notice=notice, by=boss)
    with clock.travel(notice.ends_at):
        with pytest.raises(PermissionDenied):
            notices.close_notice(notice=notice, by=officer(hangzhou))
        assert notices.close_notice(notice=notice, by=boss).state == "closed"


def test_the_sweep_announces_an_ended_notice_once(hangzhou: Any, django_capture_on_commit_callbacks: Any) -> None:
    boss = approver(hangzhou)
    with clock.travel(at("2024-09-12")):
        notice = published(a_call(hangzhou), officer(hangzhou), boss)
        sweep_notices()
    notice.refresh_from_db()
    assert notice.end_announced_at is None
    for _ in range(2):
        with clock.travel(notice.ends_at), django_capture_on_commit_callbacks(execute=True):
            sweep_notices()
    notice.refresh_from_db()
    assert notice.state == "ended"
    assert Message.objects.filter(key=f"notice:{notice.pk}:ended", user=boss.user).count() == 1


def test_publishing_asks_for_the_password(hangzhou: Any) -> None:
    by, boss = officer(hangzhou), approver(hangzhou)
    with clock.travel(at("2024-09-12")):
        shortlist = listed(a_call(hangzhou), by)
        shortlists.propose_shortlist(shortlist=shortlist, by=by)
        shortlists.approve_shortlist(shortlist=shortlist, by=boss)
        answer = sign_in(boss).post(
            url("reviews:shortlist_publish", pk=shortlist.pk), {"title": "公示", "password": "wrong"}
        )
    assert answer.status_code == 422
    assert PublicNotice.objects.count() == 0
