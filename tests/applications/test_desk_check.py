"""Opening a file, verdicts, remarks: who may, in which state, with which reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, Check, Remark
from applications.selectors.versions import conditions_to_judge
from applications.services.check import give_verdict, open_application, remove_remark, settle_remark, write_remark
from applications.services.moves import WrongState
from applications.services.originals import mark_original
from applications.services.refusals import NotReady
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.managers import scope, scopes_disabled
from portal.tenancy.models import Jurisdiction
from tests.applications.desk_factories import add_file, approver, checking, judge_all, make_version, officer, submitted
from tests.factories import make_actor, make_call, make_unit


def test_opening_takes_the_file_into_work(hangzhou):
    actor, application = officer(hangzhou), submitted(make_call(hangzhou))
    opened = open_application(application=application, by=actor)
    assert (opened.status, opened.opened_by) == ("checking", actor.user)
    assert Event.objects.filter(action="application.open", actor=actor.user).count() == 1


def test_a_file_is_opened_once(hangzhou):
    actor, application = officer(hangzhou), submitted(make_call(hangzhou))
    open_application(application=application, by=actor)
    with pytest.raises(WrongState):
        open_application(application=application, by=actor)


def test_only_an_officer_of_the_same_place_opens(hangzhou):
    application = submitted(make_call(hangzhou))
    with scopes_disabled():
        other = (
            next(each for each in Jurisdiction.objects.all() if each != hangzhou)
            if Jurisdiction.objects.count() > 1
            else (
                Jurisdiction.objects.create(
                    code="elsewhere",
                    name="别处",
                    short_name="别处",
                    mark="别",
                    platform_title="别处",
                    issuer="别处人社局",
                    receipt_prefix="BC",
                )
            )
        )
        stranger = officer(other)
    unit = make_actor("unit_admin", make_unit())
    for actor in (stranger, unit, approver(hangzhou)):
        with scope(jurisdiction=hangzhou), pytest.raises(PermissionDenied):
            open_application(application=application, by=actor)
    application.refresh_from_db()
    assert application.status == "submitted"


@pytest.mark.rule("G-14")
def test_a_verdict_is_kept_with_what_the_portal_found(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    give_verdict(application=application, code="HZ-S02", verdict="met", by=actor)
    check = give_verdict(
        application=application, code="HZ-S02", verdict="doubt", reason="台账第 6 行为本校学生", by=actor
    )
    assert Check.objects.count() == 1
    assert (check.verdict, check.reason, check.automatic["verdict"]) == ("doubt", "台账第 6 行为本校学生", "met")
    assert Event.objects.filter(action="application.check").count() == 2


@pytest.mark.parametrize("verdict", ["unmet", "doubt"])
def test_doubt_and_denial_need_a_reason(hangzhou, verdict):
    with pytest.raises(NotReady) as refused:
        give_verdict(application=checking(hangzhou), code="HZ-S02", verdict=verdict, reason="　 ", by=officer(hangzhou))
    assert refused.value.obstacles[0].field == "reason"
    assert Check.objects.count() == 0


def test_a_condition_of_another_track_is_not_judged(hangzhou):
    with pytest.raises(NotReady):
        give_verdict(application=checking(hangzhou), code="HZ-E01", verdict="met", by=officer(hangzhou))


def test_nothing_is_judged_before_the_file_is_opened(hangzhou):
    application = submitted(make_call(hangzhou))
    with pytest.raises(WrongState):
        give_verdict(application=application, code="HZ-S02", verdict="met", by=officer(hangzhou))


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("basic", "一、基本情况"),
        ("standard/social_trainees", "认定标准自评 年培训社会人员规模"),
        ("project/a1/equipment/items", "项目一 （二）实训设备 实训设备"),
        ("project/a1/equipment/items/r2", "项目一 （二）实训设备 实训设备第 2 行"),
        ("project/a1/equipment/items/r2/model", "项目一 （二）实训设备 实训设备第 2 行“型号规格”"),
        ("#licence", "法人登记证书或营业执照"),
        ("@HZ-S02", "年培训规模"),
    ],
)
def test_a_remark_is_pinned_to_a_place_with_its_name(hangzhou, path, label):
    remark = write_remark(
        application=checking(hangzhou), path=path, text="请更正", quote="台账.pdf 第 3 页", by=officer(hangzhou)
    )
    assert (remark.label, remark.state, remark.quote) == (label, "draft", "台账.pdf 第 3 页")


@pytest.mark.parametrize(
    "path", ["nowhere", "basic/nothing", "project/zz/site", "project/a1/equipment/items/r9", "#none", "@X", ""]
)
def test_a_remark_needs_a_place_that_exists(hangzhou, path):
    with pytest.raises(NotReady):
        write_remark(application=checking(hangzhou), path=path, text="请更正", by=officer(hangzhou))


def test_a_draft_remark_is_rewritten_and_removed(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    remark = write_remark(application=application, path="basic", text="一", by=actor)
    again = write_remark(
        application=application, path="basic/postcode", text="二", must_fix=False, remark_id=remark.pk, by=actor
    )
    assert (again.pk, again.path, again.text, again.must_fix) == (remark.pk, "basic/postcode", "二", False)
    remove_remark(application=application, remark_id=remark.pk, by=actor)
    assert Remark.objects.count() == 0


def test_a_sent_remark_is_settled_not_rewritten(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    remark = write_remark(application=application, path="basic", text="一", by=actor)
    Remark.objects.update(state="sent")
    with pytest.raises(WrongState):
        settle_remark(application=application, remark_id=remark.pk, settled=True, by=actor)
    make_version(application, application.current.answers, application.created_by)
    with pytest.raises(WrongState):
        remove_remark(application=application, remark_id=remark.pk, by=actor)
    assert settle_remark(application=application, remark_id=remark.pk, settled=True, by=actor).state == "settled"
    assert settle_remark(application=application, remark_id=remark.pk, settled=False, by=actor).state == "open"


def test_the_original_is_ticked_only_where_the_policy_asks(hangzhou):
    actor, application = officer(hangzhou), checking(hangzhou)
    licence, rules = add_file(application, "licence"), add_file(application, "rules_training")
    assert (
        mark_original(application=application, material_id=licence.pk, seen=True, by=actor).original_seen_by
        == actor.user
    )
    assert mark_original(application=application, material_id=licence.pk, seen=False, by=actor).original_seen_at is None
    with pytest.raises(WrongState):
        mark_original(application=application, material_id=rules.pk, seen=True, by=actor)
    Application.objects.filter(pk=application.pk).update(status="accepted")
    with pytest.raises(WrongState):
        mark_original(application=application, material_id=licence.pk, seen=True, by=actor)


def corrected(hangzhou, actor, path, **standard):
    """Return a file corrected after one remark at `path`, opened again, with the codes whose verdicts were taken over."""
    application = checking(hangzhou)
    judge_all(application, actor)
    write_remark(application=application, path=path, text="请更正", by=actor)
    Remark.objects.update(state="sent")
    answers = application.current.answers
    answers["standard"] |= standard
    with clock.travel(clock.now() + timedelta(days=1)):
        make_version(application, answers, application.created_by)
    application.status = "resubmitted"
    application.save()
    open_application(application=application, by=actor)
    return application, set(Check.objects.filter(version=application.current).values_list("code", flat=True))


def test_verdicts_nothing_has_touched_are_taken_over(hangzhou):
    application, carried = corrected(hangzhou, officer(hangzhou), "standard/practice_teachers", social_trainees=612)
    judged = {condition.code for condition in conditions_to_judge(application, application.current)}
    by_people_alone = {condition.code for condition in application.edition.conditions if condition.test is None}
    assert judged - carried == {"HZ-S02", "HZ-S06"} | (judged & by_people_alone)
    assert {
        check.checked_at < application.current.submitted_at
        for check in Check.objects.filter(version=application.current)
    } == {True}


def test_a_new_file_ends_the_verdicts_that_rest_on_its_slot(hangzhou):
    actor = officer(hangzhou)
    application = checking(hangzhou)
    judge_all(application, actor)
    with clock.travel(clock.now() + timedelta(hours=1)):
        add_file(application, "licence")
    with clock.travel(clock.now() + timedelta(days=1)):
        make_version(application, application.current.answers, application.created_by)
    application.status = "resubmitted"
    application.save()
    open_application(application=application, by=actor)
    carried = set(Check.objects.filter(version=application.current).values_list("code", flat=True))
    assert "HZ-C01" not in carried
    assert "HZ-C02" in carried


def test_doubts_are_not_taken_over(hangzhou):
    actor = officer(hangzhou)
    application = checking(hangzhou)
    judge_all(application, actor, "doubt")
    make_version(application, application.current.answers, application.created_by)
    application.status = "resubmitted"
    application.save()
    open_application(application=application, by=actor)
    assert Check.objects.filter(version=application.current).count() == 0
