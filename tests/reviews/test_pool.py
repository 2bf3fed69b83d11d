"""The pool: what is known of an expert, typed or imported, and the conflicts that show later."""

import io
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from applications.services.moves import WrongState
from applications.signals import application_moved
from portal.audit.models import Event
from portal.notifications.models import Message
from reviews.forms.expert_rows import preview_of
from reviews.forms.periods import absences_text, read_absences, read_services, services_text
from reviews.models import ConflictAlarm, Expert
from reviews.selectors import expert_sheet
from reviews.selectors.agreement import agreement_sha256
from reviews.selectors.conflicts import seats_at_risk
from reviews.services import conflicts, experts, opinions
from reviews.services.refusal import Refused
from reviews.tasks import sweep_conflicts
from tests.reviews.kit import (
    LONG,
    a_call,
    approver,
    declare_all,
    hand_in_all,
    make_application,
    make_expert,
    officer,
    seat,
    visited,
    working_panel,
)
from tests.reviews.test_experts import HEAD, workbook
from tests.reviews.test_pages import sign_in, url

SERVICES = [
    {"unit": "某某公司", "since": "2020-03-01", "until": "2023-06-30"},
    {"unit": "另一 学院", "since": "2021-01-15", "until": ""},
]


@pytest.mark.parametrize(
    "text",
    [
        "某某公司 2020-03 至 2023-06\n另一 学院 2021-01-15 至 今",
        "某某公司（2020年3月至2023年6月）；另一 学院：2021.1.15到今",
        "某某公司，2020/3 ～ 2023/6；\n\n另一 学院 2021年1月15日—今",
    ],
)
def test_services_are_read_as_people_write_them(text: str) -> None:
    assert read_services(text) == SERVICES
    assert read_services(services_text(SERVICES)) == SERVICES


def test_absences_are_read_and_need_an_end() -> None:
    found = [{"since": "2024-09-01", "until": "2024-09-15"}, {"since": "2024-02-01", "until": "2024-02-29"}]
    assert read_absences("2024-09-01 至 2024-09-15；2024-02至2024-02") == found
    assert read_absences(absences_text(found)) == found
    with pytest.raises(forms.ValidationError, match="暂停"):
        read_absences("2024-09-01 至 今")


@pytest.mark.parametrize(
    "text",
    ["某某公司", "2020-03 至 2023-06", "某某公司 2020-13 至 2023-06", "某某公司 2023-06 至 2020-03", "某 2020 至 2021"],
)
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        read_services(text)


def test_a_workbook_brings_everything_and_an_export_takes_it_back(hangzhou: Any) -> None:
    line = [
        "甲", "测试一大学", "", "教授", "数控加工、焊接", "西湖区", "13800000001", "测试集团", "省级", 2,
        "某某公司 2020-03 至 2023-06\n另一 学院 2021-01-15 至 今", "2024-09-01 至 2024-09-15",
    ]  # fmt: skip
    wrong = ["乙", "测试二大学", "", "", "焊接", "", "", "", "特级", "很多", "某某公司", ""]
    rows, problem = expert_sheet.LAYOUT.read(workbook(line, wrong))
    preview = preview_of(rows)
    assert problem == ""
    number, text = preview.problems[0]
    assert number == 3
    assert all(label in text for label in ("专家级别", "同时承担上限", "近年任职和服务单位"))
    by = officer(hangzhou)
    experts.import_experts(jurisdiction=hangzhou, rows=preview.rows, by=by)
    kept = Expert.objects.get()
    assert (kept.group, kept.grade, kept.most_at_once, kept.services) == ("测试集团", "provincial", 2, SERVICES)
    content = sign_in(by).get(url("reviews:experts_export")).content
    sheet = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert list(sheet[0]) == HEAD
    again = preview_of(expert_sheet.LAYOUT.read(io.BytesIO(content))[0])
    assert again.rows == preview.rows


def test_the_page_shows_and_keeps_what_is_typed(hangzhou: Any) -> None:
    expert, _ = make_expert(hangzhou, services=SERVICES, grade="municipal", most_at_once=3)
    client = sign_in(officer(hangzhou))
    page = client.get(url("reviews:expert", pk=expert.pk))
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert "某某公司 2020-03-01 至 2023-06-30" in page.content.decode()
    assert client.post(url("reviews:expert", pk=expert.pk), typed | {"group": "测试集团"}).status_code == 302
    kept = Expert.objects.get(pk=expert.pk)
    assert (kept.services, kept.grade, kept.most_at_once, kept.group) == (SERVICES, "municipal", 3, "测试集团")
    assert client.post(url("reviews:expert", pk=expert.pk), typed | {"services_text": "某某"}).status_code == 422


@pytest.fixture
def at_work(hangzhou: Any) -> Any:
    """An officer, a declared panel, its experts' actors."""
    by = officer(hangzhou)
    panel, people = working_panel(make_application(a_call(hangzhou)), by)
    declare_all(panel, people)
    return by, panel, people


def write(panel: Any, actor: Any) -> Any:
    return opinions.save_opinion(member=seat(panel, actor), conclusion="recommend", text=LONG, by=actor)


def test_a_declaration_keeps_which_agreement_was_accepted(at_work: Any) -> None:
    _, panel, people = at_work
    assert seat(panel, people[0]).agreement_sha256 == agreement_sha256()
    assert Event.objects.filter(action="panel.declare")[0].data["agreement"] == agreement_sha256()


def test_a_changed_profile_raises_an_alarm_and_locks_until_it_is_ruled_on(at_work: Any) -> None:
    by, panel, people = at_work
    write(panel, people[1])
    expert, unit = seat(panel, people[1]).expert, panel.application.organisation
    served = [{"unit": unit.name, "since": "2022-01-01", "until": ""}]
    values = {name: getattr(expert, name) for name in experts.FIELDS}
    for _ in range(2):
        experts.edit_expert(expert=expert, by=by, **(values | {"services": served}))
    alarm = ConflictAlarm.objects.get()
    assert (alarm.kind, alarm.ruling) == ("recent_service", "open")
    with pytest.raises(WrongState, match="暂时锁定"):
        write(panel, people[1])
    assert write(panel, people[2]).text == LONG
    with pytest.raises(Refused, match="理由"):
        conflicts.rule_on_alarm(alarm=alarm, recuse=False, reason="", by=by)
    conflicts.rule_on_alarm(alarm=alarm, recuse=False, reason="仅为一次公开讲座", by=by)
    assert write(panel, people[1]).text == LONG
    with pytest.raises(WrongState):
        conflicts.rule_on_alarm(alarm=alarm, recuse=True, reason="再议", by=by)
    assert conflicts.raise_alarms(members=seats_at_risk(), by=by) == 0


def test_a_units_own_application_locks_its_expert_at_once_and_by_the_task(
    at_work: Any, django_capture_on_commit_callbacks: Any
) -> None:
    by, panel, people = at_work
    expert = seat(panel, people[1]).expert
    rival = make_application(panel.application.call, status="submitted", name=expert.unit_name)
    with pytest.raises(WrongState, match="本批次申报单位"):
        write(panel, people[1])  # with every worker dead
    with django_capture_on_commit_callbacks(execute=True):
        application_moved.send(sender=type(rival), application=rival, move="submit", by=by)
    assert ConflictAlarm.objects.get().member == seat(panel, people[1])
    sweep_conflicts()
    assert ConflictAlarm.objects.count() == 1
    assert Message.objects.filter(title__startswith="专家出现利害关系警示").exists()
    elsewhere = make_application(a_call(panel.jurisdiction), name=seat(panel, people[2]).expert.unit_name)
    assert elsewhere.call != panel.application.call
    assert write(panel, people[2]).text == LONG


def test_recusing_after_all_are_in_puts_the_panel_back_to_work(at_work: Any) -> None:
    by, panel, people = at_work
    hand_in_all(panel, people)
    visited(panel, by)
    make_application(panel.application.call, name=seat(panel, people[1]).expert.unit_name)
    sweep_conflicts()
    with pytest.raises(WrongState, match="警示尚未处理"):
        opinions.unseal(panel=panel, by=by)
    with pytest.raises(PermissionDenied):
        conflicts.rule_on_alarm(
            alarm=ConflictAlarm.objects.get(), recuse=True, reason="回避", by=approver(panel.jurisdiction)
        )
    conflicts.rule_on_alarm(alarm=ConflictAlarm.objects.get(), recuse=True, reason="所在单位同批申报", by=by)
    panel.refresh_from_db()
    member = seat(panel, people[1])
    assert (panel.state, member.state) == ("working", "recused")
    assert not people[1].user.has_perm("applications.read_file", panel.application)
    with pytest.raises(WrongState):
        opinions.unseal(panel=panel, by=by)
