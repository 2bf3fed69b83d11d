"""Calls and settings: prepared by one, published by another, changed only before they open, settings with reasons."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import Call, SettingChange
from applications.selectors.settings import bureau_values
from applications.services.calls import cancel_call, create_call, publish_call, update_call
from applications.services.moves import WrongState
from applications.services.refusals import NotReady
from applications.services.settings import change_call_setting, change_setting
from portal.audit.models import Event
from portal.calendars import clock
from portal.policy import registry
from tests.applications.desk_factories import approver, officer, submitted
from tests.factories import PASSWORD, make_actor, make_call, make_unit

EDITION = registry.current("hangzhou")


def given(**fields):
    now = clock.now()
    values = {
        "title": "2026年第3批申报",
        "year": 2026,
        "batch": 3,
        "opens_at": now + timedelta(days=2),
        "closes_at": now + timedelta(days=30),
    }
    return values | fields


def prepared(hangzhou, by, **fields):
    return create_call(jurisdiction=hangzhou, edition=EDITION, by=by, **given(**fields))


def address(name, **kwargs):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": "hangzhou", **kwargs})


def test_a_call_is_published_by_a_second_person(hangzhou):
    maker, other = approver(hangzhou), approver(hangzhou)
    call = prepared(hangzhou, maker)
    assert (call.state, call.settings) == ("draft", EDITION.setting_values())
    with pytest.raises(NotReady):
        publish_call(call=call, by=maker)
    with pytest.raises(PermissionDenied):
        publish_call(call=call, by=officer(hangzhou))
    published = publish_call(call=call, by=other)
    assert (published.state, published.published_by) == ("published", other.user)
    with pytest.raises(WrongState):
        publish_call(call=call, by=other)
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == ["call.create", "call.publish"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "名" * 121}, "title"),
        ({"year": 1999}, "year"),
        ({"batch": 0}, "batch"),
        ({"closes_at": clock.now()}, "closes_at"),
        ({"batch": 1}, "batch"),
    ],
)
def test_a_call_says_what_is_wrong_with_it(hangzhou, fields, field):
    actor = officer(hangzhou)
    prepared(hangzhou, actor, batch=1)
    with pytest.raises(NotReady) as refused:
        prepared(hangzhou, actor, **({"batch": 2} | fields))
    assert [obstacle.field for obstacle in refused.value.obstacles] == [field]
    assert Call.objects.count() == 1


def test_a_published_call_that_changes_must_be_published_again(hangzhou):
    maker, other = officer(hangzhou), approver(hangzhou)
    call = publish_call(call=prepared(hangzhou, maker), by=other)
    changed = update_call(call=call, by=other, **given(summary="延期"))
    assert (changed.state, changed.published_by) == ("draft", None)
    with pytest.raises(NotReady):
        publish_call(call=changed, by=other)  # the last to change it is its maker now
    again = publish_call(call=changed, by=approver(hangzhou))
    with clock.travel(again.opens_at), pytest.raises(WrongState):
        update_call(call=again, by=maker, **given())


def test_a_call_past_its_end_is_not_published(hangzhou):
    call = prepared(hangzhou, officer(hangzhou))
    with clock.travel(call.closes_at), pytest.raises(NotReady):
        publish_call(call=call, by=approver(hangzhou))


def test_a_call_with_files_is_not_cancelled(hangzhou):
    actor = approver(hangzhou)
    call = make_call(hangzhou)
    with pytest.raises(NotReady):
        cancel_call(call=call, reason="", by=actor)
    submitted(call)
    with pytest.raises(NotReady) as refused:
        cancel_call(call=call, reason="政策调整", by=actor)
    assert "已有 1 件" in str(refused.value)
    empty = make_call(hangzhou)
    assert cancel_call(call=empty, reason="政策调整", by=actor).state == "cancelled"


@pytest.mark.rule("G-10")
def test_a_setting_changes_for_later_calls_only(hangzhou):
    actor = approver(hangzhou)
    before = prepared(hangzhou, officer(hangzhou), batch=1)
    change_setting(
        jurisdiction=hangzhou,
        edition=EDITION,
        key="correction.days",
        value="15",
        reason="申报单位普遍反映时间不足",
        by=actor,
    )
    after = prepared(hangzhou, officer(hangzhou), batch=2)
    before.refresh_from_db()
    assert (before.setting_values["correction.days"], after.setting_values["correction.days"]) == (10, 15)
    assert Event.objects.get(action="edition.setting").reason == "申报单位普遍反映时间不足"


@pytest.mark.parametrize(
    ("key", "value", "reason", "field"),
    [
        ("correction.days", "十", "理由", "value"),
        ("correction.days", "-1", "理由", "value"),
        ("correction.days", "1.5", "理由", "value"),
        ("correction.days", "10", "理由", "value"),
        ("correction.days", "12", " ", "reason"),
        ("panel.odd", "maybe", "理由", "value"),
        ("notice.place", "", "理由", "value"),
        ("nothing", "1", "理由", ""),
        ("grade.sixty", "合格", "只有一种做法", "value"),
    ],
)
def test_a_wrong_value_is_refused_in_words(hangzhou, key, value, reason, field):
    with pytest.raises(NotReady) as refused:
        change_setting(
            jurisdiction=hangzhou, edition=EDITION, key=key, value=value, reason=reason, by=approver(hangzhou)
        )
    assert refused.value.obstacles[0].field == field
    assert SettingChange.objects.count() == 0


def test_only_the_approver_changes_settings(hangzhou):
    for actor in (officer(hangzhou), make_actor("unit_admin", make_unit())):
        with pytest.raises(PermissionDenied):
            change_setting(
                jurisdiction=hangzhou, edition=EDITION, key="panel.odd", value="False", reason="理由", by=actor
            )
    change_setting(
        jurisdiction=hangzhou, edition=EDITION, key="panel.odd", value="False", reason="理由", by=approver(hangzhou)
    )
    assert bureau_values(hangzhou, EDITION)["panel.odd"] is False


def test_one_call_may_differ_until_it_is_published(hangzhou):
    actor = officer(hangzhou)
    call = prepared(hangzhou, actor)
    changed = change_call_setting(call=call, key="acceptance.days", value="7", reason="申报量大", by=actor)
    assert changed.setting_values["acceptance.days"] == 7
    assert bureau_values(hangzhou, EDITION)["acceptance.days"] == 5
    publish_call(call=call, by=approver(hangzhou))
    with pytest.raises(WrongState):
        change_call_setting(call=call, key="acceptance.days", value="8", reason="申报量大", by=actor)


def test_the_pages_prepare_publish_and_cancel(hangzhou, client):
    maker, other = officer(hangzhou), approver(hangzhou)
    client.force_login(maker.user)
    page = client.get(address("call_new"))
    assert page.status_code == 200
    year = (clock.today() + timedelta(days=7)).year
    assert page.context["form"]["title"].value() == f"{year} 年第一批{EDITION.short_title}"
    typed = {
        "title": "第9批<script>",
        "year": "2026",
        "batch": "9",
        "opens_at": "2026-12-01T09:00",
        "closes_at": "2026-12-31T18:00",
    }
    wrong = client.post(address("call_new"), typed | {"closes_at": "2026-11-01T18:00"})
    assert wrong.status_code == 422
    assert "截止时间应晚于开始时间" in wrong.content.decode()
    assert "第9批&lt;script&gt;" in wrong.content.decode()
    client.post(address("call_new"), typed)
    call = Call.objects.get()
    assert clock.local(call.closes_at).isoformat() == "2026-12-31T18:00:00+08:00"
    assert "<script>" not in client.get(address("call", pk=call.pk)).content.decode().replace(
        "<script src", ""
    ).replace("<script type", "")
    client.post(address("call_edit", pk=call.pk), typed | {"title": "第9批"})
    assert client.get(address("call_publish", pk=call.pk)).status_code == 403
    client.force_login(other.user)
    assert client.post(address("call_publish", pk=call.pk)).status_code == 422
    client.post(address("call_publish", pk=call.pk), {"password": PASSWORD})
    call.refresh_from_db()
    assert (call.title, call.state, call.published_by) == ("第9批", "published", other.user)
    client.post(address("call_cancel", pk=call.pk), {"reason": "政策调整"})
    call.refresh_from_db()
    assert call.state == "cancelled"


def test_the_board_counts_by_stage(hangzhou, client, django_assert_max_num_queries):
    call = make_call(hangzhou)
    for status in ("submitted", "submitted", "checking", "accepted", "refused"):
        submitted(call, status=status)
    client.force_login(officer(hangzhou).user)
    client.get(address("call", pk=call.pk))  # the first page of a session also writes the session
    with django_assert_max_num_queries(9):
        response = client.get(address("call", pk=call.pk))
    counts = {stage.title: stage.count for stage in response.context["stages"]}
    assert (counts["申报受理"], counts["现场考察和评估"], response.context["total"]) == (3, 1, 5)


def test_the_settings_page_shows_every_question_and_takes_a_change(hangzhou, client):
    client.force_login(approver(hangzhou).user)
    shown = client.get(address("settings")).content.decode()
    used = {setting.default for setting in EDITION.settings if setting.default}
    assert all(code in shown for code in used)
    assert client.post(address("setting", key="correction.days"), {"value": "x", "reason": "理由"}).status_code == 422
    client.post(address("setting", key="correction.days"), {"value": "12", "reason": "理由<b>"})
    assert "理由&lt;b&gt;" in client.get(address("settings")).content.decode()
    assert client.get(address("setting", key="nothing")).status_code == 404
    client.force_login(officer(hangzhou).user)
    assert client.get(address("settings")).status_code == 200
    assert client.get(address("setting", key="correction.days")).status_code == 403
