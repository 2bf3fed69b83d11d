"""The sweeps: they tell once, whenever they run; nothing depends on them."""

from datetime import datetime, timedelta

import pytest

from applications.models import Application, Call
from applications.services.check import open_application, write_remark
from applications.services.decide import return_application
from applications.tasks import announce_move, remind_deadlines, sweep_calls
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document
from portal.notifications.models import Message
from tests.applications.desk_factories import checking, officer, submitted
from tests.factories import make_actor, make_call, make_unit

MONDAY = datetime(2024, 9, 2, 9, 0, tzinfo=clock.SHANGHAI)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday():
    with clock.travel(MONDAY):
        yield


def titles(user):
    return list(Message.objects.filter(user=user).order_by("id").values_list("title", flat=True))


def draft(call):
    unit = make_unit()
    member = make_actor("unit_operator", unit)
    application = Application.objects.create(
        jurisdiction=call.jurisdiction,
        call=call,
        track_key="school",
        organisation=unit,
        created_by=member.user,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    return application, member.user


def test_opening_is_told_once_to_those_it_concerns(hangzhou):
    known = submitted(make_call(hangzhou, opening_announced_at=MONDAY, closes_at=None))
    unit, office = make_actor("unit_admin", known.organisation), officer(hangzhou)
    stranger = make_actor("unit_admin", make_unit())
    call = make_call(hangzhou, opens_at=MONDAY + DAY, closes_at=MONDAY + 9 * DAY)
    sweep_calls()
    assert Message.objects.count() == 0
    with clock.travel(MONDAY + DAY):
        sweep_calls()
        sweep_calls()
    assert (titles(unit.user), titles(office.user), titles(stranger.user)) == (["申报开始"], ["申报开始"], [])
    call.refresh_from_db()
    assert call.opening_announced_at == MONDAY + DAY
    assert Event.objects.filter(action="call.opened").count() == 1


def test_a_sweep_that_comes_after_the_end_invites_nobody(hangzhou):
    office = officer(hangzhou)
    call = make_call(hangzhou, opens_at=MONDAY, closes_at=MONDAY + DAY)
    _, user = draft(call)
    submitted(call)
    with clock.travel(MONDAY + 3 * DAY):
        sweep_calls()
        sweep_calls()
    assert (titles(office.user), titles(user)) == (["申报截止"], ["申报已截止，草稿未提交"])
    assert "共收到申报 1 件" in Message.objects.get(user=office.user).body


def test_the_last_second_is_still_open(hangzhou):
    call = make_call(hangzhou, opening_announced_at=MONDAY, closes_at=MONDAY + DAY)
    with clock.travel(MONDAY + DAY + timedelta(milliseconds=999)):
        sweep_calls()
    call.refresh_from_db()
    assert call.closing_announced_at is None
    with clock.travel(MONDAY + DAY + timedelta(seconds=1)):
        sweep_calls()
    call.refresh_from_db()
    assert call.closing_announced_at is not None


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_calls_not_published_are_not_announced(hangzhou, state):
    make_call(hangzhou, state=state, closes_at=MONDAY + DAY)
    officer(hangzhou)
    with clock.travel(MONDAY + 3 * DAY):
        sweep_calls()
    assert Message.objects.count() == 0
    assert Call.objects.filter(opening_announced_at__isnull=False).count() == 0


@pytest.mark.rule("P3-22")
def test_a_draft_is_remembered_three_days_and_one_day_before(hangzhou):
    call = make_call(hangzhou, closes_at=datetime(2024, 9, 9, 18, 0, tzinfo=clock.SHANGHAI))
    _, user = draft(call)
    for day in range(8):  # Monday to Monday
        with clock.travel(MONDAY + day * DAY):
            remind_deadlines()
            remind_deadlines()
    bodies = list(Message.objects.filter(user=user).order_by("id").values_list("body", "urgent"))
    assert [(body.split("，")[-1], urgent) for body, urgent in bodies] == [
        ("还有 3 天。", False),
        ("还有 1 天。", True),
    ]


def test_a_reminder_missed_for_days_is_sent_once(hangzhou):
    call = make_call(hangzhou, closes_at=datetime(2024, 9, 9, 18, 0, tzinfo=clock.SHANGHAI))
    _, user = draft(call)
    with clock.travel(datetime(2024, 9, 9, 9, 0, tzinfo=clock.SHANGHAI)):
        remind_deadlines()
    assert titles(user) == ["申报截止提醒"]
    with clock.travel(datetime(2024, 9, 9, 18, 0, 1, tzinfo=clock.SHANGHAI)):
        remind_deadlines()
    assert len(titles(user)) == 1


def test_a_correction_is_remembered_by_its_last_day(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    member = make_actor("unit_operator", application.organisation)
    write_remark(application=application, path="basic", text="请更正", by=actor)
    return_application(application=application, days=2, by=actor)
    with clock.travel(MONDAY + 2 * DAY):  # Wednesday, the last day
        remind_deadlines()
    message = Message.objects.get(user=member.user)
    assert message.body.endswith("补正截止时间为 9月4日（周三）24:00，就在今天。")


@pytest.mark.rule("P3-04")
def test_late_files_warn_the_office_once_a_day_and_are_not_accepted(hangzhou):
    office = officer(hangzhou)
    late = submitted(make_call(hangzhou), at=MONDAY - 10 * DAY)
    for _ in range(2):
        remind_deadlines()
    assert titles(office.user) == ["受理超期提醒"]
    late.refresh_from_db()
    assert late.status == "submitted"


@pytest.mark.rule("P3-22")
def test_what_moves_is_told_after_commit_and_once(hangzhou, django_capture_on_commit_callbacks):
    actor, application = officer(hangzhou), submitted(make_call(hangzhou))
    member = make_actor("unit_admin", application.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        open_application(application=application, by=actor)
        write_remark(application=application, path="basic", text="请更正", by=actor)
        return_application(application=application, by=actor)
    assert titles(member.user) == ["已开始审核", "申报需要补正"]
    assert "有 1 条意见需要补正，请于9月14日（周六）24:00前" in Message.objects.get(title="申报需要补正").body
    announce_move(hangzhou.pk, application.current_id, "return")
    assert len(titles(member.user)) == 2


def test_a_submission_tells_both_sides(hangzhou):
    office, application = officer(hangzhou), submitted(make_call(hangzhou))
    member = make_actor("unit_admin", application.organisation)
    announce_move(hangzhou.pk, application.current_id, "submit")
    assert (titles(office.user), titles(member.user)) == (["新申报待受理"], ["申报已提交"])


def test_a_form_whose_task_was_lost_is_printed_by_the_sweep(hangzhou):
    application = submitted(make_call(hangzhou))
    sweep_calls()
    assert Document.objects.count() == 0
    with clock.travel(MONDAY + timedelta(minutes=10)):
        sweep_calls()
        sweep_calls()
    document = Document.objects.get()
    assert (document.kind, document.subject) == ("application_form", application.current)
