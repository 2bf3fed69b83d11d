"""受理, 退回补正, 不予受理: what each waits for, what it writes, what it opens."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import Decision, Remark
from applications.selectors.history import Letter, decisions_with_letters
from applications.services.check import settle_remark, write_remark
from applications.services.decide import accept_application, refuse_application, return_application
from applications.services.moves import WrongState
from applications.services.refusals import NotReady
from portal.audit.models import Event
from portal.calendars import clock
from portal.calendars.models import CalendarYear
from portal.documents.selectors import documents_of
from tests.applications.desk_factories import add_file, approver, checking, judge_all, make_version, officer, submitted
from tests.factories import PASSWORD, make_call

TUESDAY = datetime(2024, 9, 3, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _tuesday():
    with clock.travel(TUESDAY):
        yield


def ready(hangzhou, actor):
    application = checking(hangzhou)
    judge_all(application, actor)
    add_file(application, "application_form", sealed_version=1)
    return application


def messages_of(refused):
    return [obstacle.message for obstacle in refused.value.obstacles]


def test_acceptance_moves_the_file_and_issues_its_letter(hangzhou):
    actor = officer(hangzhou)
    decision = accept_application(application=ready(hangzhou, actor), by=actor)
    decision.application.refresh_from_db()
    assert (decision.kind, decision.application.status, decision.application.unlocked) == ("accept", "accepted", [])
    assert [each.kind for each in documents_of(decision)] == ["acceptance_notice"]
    assert Event.objects.filter(action="application.accept").get().data["decision"] == decision.pk
    letter = documents_of(decision).get()
    assert decisions_with_letters(decision.application) == [(decision, [Letter(letter.pk, letter.title, letter.state)])]


def test_acceptance_waits_for_verdicts_and_for_the_sealed_scan(hangzhou):
    with pytest.raises(NotReady) as refused:
        accept_application(application=checking(hangzhou), by=officer(hangzhou))
    verdicts, seal = messages_of(refused)
    assert verdicts.startswith("尚有 18 条条件未认定")
    assert "第 1 版" in seal
    assert "盖章" in seal


@pytest.mark.rule("P3-07")
def test_a_scan_sealed_for_an_older_version_does_not_count(hangzhou):
    actor = officer(hangzhou)
    application = ready(hangzhou, actor)
    make_version(application, application.current.answers, application.created_by)
    judge_all(application, actor)
    with pytest.raises(NotReady) as refused:
        accept_application(application=application, by=actor)
    assert len(messages_of(refused)) == 1


def test_accepting_against_a_hard_condition_needs_a_reason(hangzhou):
    actor = officer(hangzhou)
    application = checking(hangzhou)
    judge_all(application, actor, "unmet")
    add_file(application, "application_form", sealed_version=1)
    with pytest.raises(NotReady) as refused:
        accept_application(application=application, by=actor)
    assert refused.value.obstacles[0].field == "reason"
    decision = accept_application(application=application, reason="经局长办公会研究同意", by=actor)
    assert decision.reason == "经局长办公会研究同意"


def test_remarks_not_sent_stand_in_the_way_of_acceptance(hangzhou):
    actor = officer(hangzhou)
    application = ready(hangzhou, actor)
    write_remark(application=application, path="basic", text="请更正", by=actor)
    with pytest.raises(NotReady) as refused:
        accept_application(application=application, by=actor)
    assert "意见尚未发出" in messages_of(refused)[0]


@pytest.mark.rule("P3-03")
def test_a_return_sends_every_remark_once_and_opens_only_their_places(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    write_remark(application=application, path="@HZ-S02", text="剔除在校生后不足 500 人", by=actor)
    write_remark(application=application, path="#rules_assets", text="缺页", must_fix=False, by=actor)
    decision = return_application(application=application, also_open=["basic", "nowhere"], by=actor)
    application.refresh_from_db()
    assert application.status == "returned"
    assert application.unlocked == [
        "standard/social_trainees",
        "standard/scarce_major",
        "standard/relax_note",
        "#rules_assets",
        "basic",
    ]
    # Ten working days from Tuesday 3 September 2024: 14 September works, 15 to 17 are off; 18 September, 24:00.
    assert application.correction_due_at == clock.end_of_day(datetime(2024, 9, 18, tzinfo=clock.SHANGHAI).date())
    assert list(Remark.objects.values_list("state", "decision")) == [("sent", decision.pk)] * 2
    assert [each.kind for each in documents_of(decision)] == ["correction_notice"]


def test_a_return_needs_a_remark_that_must_be_fixed(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    write_remark(application=application, path="basic", text="建议补充", must_fix=False, by=actor)
    with pytest.raises(NotReady):
        return_application(application=application, by=actor)
    assert Decision.objects.count() == 0


def test_a_remark_that_opens_nothing_needs_a_place_to_be_opened(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    write_remark(application=application, path="@HZ-C07", text="请说明成效", by=actor)
    with pytest.raises(NotReady) as refused:
        return_application(application=application, by=actor)
    assert refused.value.obstacles[0].field == "also_open"
    return_application(application=application, also_open=["training"], by=actor)
    application.refresh_from_db()
    assert application.unlocked == ["training"]


def test_a_year_without_a_calendar_is_refused_in_words(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    write_remark(application=application, path="basic", text="请更正", by=actor)
    CalendarYear.objects.filter(year=2024).delete()
    with pytest.raises(NotReady) as refused:
        return_application(application=application, by=actor)
    assert refused.value.obstacles[0].field == "days"
    assert "缺少2024年工作日历" in str(refused.value)
    application.refresh_from_db()
    assert application.status == "checking"


@pytest.mark.parametrize("days", [0, 91])
def test_absurd_periods_are_refused(hangzhou, days):
    actor, application = officer(hangzhou), checking(hangzhou)
    write_remark(application=application, path="basic", text="请更正", by=actor)
    with pytest.raises(NotReady):
        return_application(application=application, days=days, by=actor)


def test_what_the_first_round_left_open_is_said_again(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    for path in ("basic/intro", "training/results"):
        write_remark(application=application, path=path, text="请更正", by=actor)
    return_application(application=application, by=actor)
    application.refresh_from_db()
    make_version(application, application.current.answers, application.created_by)
    application.status = "checking"
    application.save()
    first, second = Remark.objects.order_by("pk")
    with pytest.raises(NotReady) as refused:
        return_application(application=application, by=actor)
    assert "未复核" in messages_of(refused)[0]
    settle_remark(application=application, remark_id=first.pk, settled=True, by=actor)
    settle_remark(application=application, remark_id=second.pk, settled=False, by=actor)
    again = return_application(application=application, by=actor)
    assert list(Remark.objects.filter(decision=again).values_list("path", "state")) == [("training/results", "sent")]
    second.refresh_from_db()
    assert second.state == "open"


def test_a_refusal_needs_a_reason_and_ends_the_file(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    with pytest.raises(NotReady):
        refuse_application(application=application, reason="　", by=actor)
    decision = refuse_application(application=application, reason="不具备独立法人资格", by=actor)
    application.refresh_from_db()
    assert application.status == "refused"
    assert [each.kind for each in documents_of(decision)] == ["refusal_notice"]


def test_nothing_is_decided_twice_or_by_the_wrong_person(hangzhou):
    actor = officer(hangzhou)
    application = ready(hangzhou, actor)
    with pytest.raises(PermissionDenied):
        accept_application(application=application, by=approver(hangzhou))
    accept_application(application=application, by=actor)
    with pytest.raises(WrongState):
        refuse_application(application=application, reason="改主意", by=actor)
    with pytest.raises(WrongState):
        accept_application(application=submitted(make_call(hangzhou)), by=actor)


class TestPages:
    """The confirmation says exactly what will happen; typed words and the password are asked for in place."""

    @pytest.fixture
    def desk(self, hangzhou, client):
        actor = officer(hangzhou)
        client.force_login(actor.user)
        client.actor = actor
        return client

    def url(self, application, kind):
        return reverse("applications:decide", kwargs={"jurisdiction": "hangzhou", "pk": application.pk, "kind": kind})

    def test_the_return_is_shown_in_full_and_made(self, hangzhou, desk):
        application = checking(hangzhou)
        write_remark(application=application, path="@HZ-S02", text="<b>请核实</b>", by=desk.actor)
        shown = desk.get(self.url(application, "return")).content.decode()
        for words in (
            "全部 1 条意见一次告知",
            "2024年9月18日（周三）24:00",
            "&lt;b&gt;请核实",
            "认定标准自评 年培训社会人员规模",
            application.organisation.name,
        ):
            assert words in shown
        wrong = desk.post(self.url(application, "return"), {"days": "5", "reason": "请一次补齐"})
        assert wrong.status_code == 422
        assert "请输入登录密码" in wrong.content.decode()
        assert "请一次补齐" in wrong.content.decode()
        given = {"days": "5", "reason": "请一次补齐", "also_open": ["basic"], "password": PASSWORD}
        response = desk.post(self.url(application, "return"), given, follow=True)
        assert "补正告知书" in response.content.decode()
        application.refresh_from_db()
        assert (application.status, "basic" in application.unlocked) == ("returned", True)
        assert application.correction_due_at == clock.end_of_day(datetime(2024, 9, 10, tzinfo=clock.SHANGHAI).date())

    def test_a_missing_calendar_is_said_on_the_page(self, hangzhou, desk):
        application = checking(hangzhou)
        write_remark(application=application, path="basic", text="请更正", by=desk.actor)
        CalendarYear.objects.filter(year=2024).delete()
        assert "缺少2024年工作日历" in desk.get(self.url(application, "return")).content.decode()
        refused = desk.post(self.url(application, "return"), {"days": "5", "password": PASSWORD})
        assert refused.status_code == 422
        assert "缺少2024年工作日历" in refused.content.decode()

    def test_acceptance_lists_what_it_waits_for(self, hangzhou, desk):
        application = checking(hangzhou)
        shown = desk.get(self.url(application, "accept")).content.decode()
        assert "尚有 18 条条件未认定" in shown
        assert "disabled" in shown
        refused = desk.post(self.url(application, "accept"), {"password": PASSWORD})
        assert refused.status_code == 422
        assert "尚未上传，须由申报单位上传盖章扫描件" in refused.content.decode()

    def test_acceptance_and_refusal_are_made(self, hangzhou, desk):
        application = ready(hangzhou, desk.actor)
        desk.post(self.url(application, "accept"), {"password": PASSWORD})
        application.refresh_from_db()
        assert application.status == "accepted"
        other = checking(hangzhou)
        assert desk.post(self.url(other, "refuse"), {"reason": ""}).status_code == 422
        desk.post(self.url(other, "refuse"), {"reason": "不具备独立法人资格"})
        other.refresh_from_db()
        assert other.status == "refused"

    def test_a_second_click_changes_nothing(self, hangzhou, desk):
        application = ready(hangzhou, desk.actor)
        for _ in range(2):
            response = desk.post(self.url(application, "accept"), {"password": PASSWORD}, follow=True)
        assert "不能办理受理" in response.content.decode()
        assert Decision.objects.count() == 1

    def test_only_an_officer_decides(self, hangzhou, client):
        application = checking(hangzhou)
        client.force_login(approver(hangzhou).user)
        assert client.get(self.url(application, "accept")).status_code == 403
        client.force_login(officer(hangzhou).user)
        assert client.get(self.url(application, "approve")).status_code == 404


def test_a_call_may_accept_before_the_sealed_scan(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    application.call.settings = {**application.call.setting_values, "acceptance.sealed_scan": False}
    application.call.save()
    judge_all(application, actor)
    assert accept_application(application=application, by=actor).kind == "accept"
