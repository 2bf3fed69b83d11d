"""Planning on the calendar: what hinders a member is refused with the reason, what may be minded is told, everybody hears of changes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from portal.audit.models import Event
from portal.calendars import clock
from portal.notifications.models import Message
from reviews.models import Panel, PanelMember, Visit
from reviews.selectors.availability import Kind, Span, trouble
from reviews.selectors.travel import Roads, pair
from reviews.selectors.visits import cautions
from reviews.services import panels, visits
from reviews.services.refusal import Refused
from reviews.services.travel import set_travel
from tests.factories import make_actor
from tests.reviews.kit import BY_HAND, a_call, declare_all, make_application, make_expert, officer, seat, working_panel
from tests.reviews.test_pages import sign_in, url

MONDAY = datetime(2024, 9, 2, 8, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.travel(MONDAY):
        yield


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 9, day, hour, minute, tzinfo=clock.SHANGHAI)


def plan(day: int, since: int, until: int, **more: Any) -> dict[str, Any]:
    return {"starts_at": at(day, since), "ends_at": at(day, until), "place": "测试路 1 号", **more}


@pytest.fixture
def two(hangzhou: Any) -> Any:
    """An officer, and two panels at work that share one expert: in 余杭区 and in 西湖区."""
    by, call = officer(hangzhou), a_call(hangzhou)
    first, people = working_panel(make_application(call), by)
    second, _ = working_panel(make_application(call, district="西湖区"), by, 7)
    shared = seat(first, people[0]).expert
    panels.add_member(panel=second, expert=shared, by=by, reason=BY_HAND)
    return by, first, second, shared, people


def test_whoever_is_away_that_day_is_not_planned(two: Any) -> None:
    by, first, _, shared, _ = two
    shared.absences = [{"since": "2024-09-04", "until": "2024-09-05"}]
    shared.save()
    for day, hour in ((4, 9), (5, 14)):
        with pytest.raises(Refused, match=f"{shared.name}2024年9月4日至9月5日不能参加") as refusal:
            visits.plan_visit(panel=first, by=by, **plan(day, hour, hour + 2))
        assert refusal.value.field == "starts_at"
    overnight = plan(3, 9, 12) | {"ends_at": at(4, 9)}
    with pytest.raises(Refused, match="不能参加"):
        visits.plan_visit(panel=first, by=by, **overnight)
    assert visits.plan_visit(panel=first, by=by, **plan(6, 9, 12)).district == "余杭区"


def test_two_visits_leave_time_for_the_road(hangzhou: Any, two: Any) -> None:
    by, first, second, shared, _ = two
    set_travel(jurisdiction=hangzhou, minutes={("余杭区", "西湖区"): 61}, by=by)
    visits.plan_visit(panel=first, by=by, **plan(3, 9, 12))
    for since, until in ((13, 15), (7, 8)):
        with pytest.raises(Refused, match="余杭区至西湖区路程约 61 分钟，间隔只有 60 分钟"):
            visits.plan_visit(
                panel=second,
                by=by,
                **plan(3, since, until) | {"starts_at": at(3, since, 1)} if since < 9 else plan(3, since, until),
            )
    set_travel(jurisdiction=hangzhou, minutes={("余杭区", "西湖区"): 60}, by=by)
    made = visits.plan_visit(panel=second, by=by, **plan(3, 13, 15))
    with pytest.raises(Refused, match=f"专家{shared.name}在该时段另有现场考察（9月3日（周二）09:00—12:00，余杭区）"):
        visits.change_visit(visit=made, by=by, **plan(3, 11, 15))


def test_nobody_joins_a_panel_whose_visit_they_cannot_come_to(two: Any) -> None:
    by, first, second, _, people = two
    visits.plan_visit(panel=first, by=by, **plan(3, 9, 12))
    visits.plan_visit(panel=second, by=by, **plan(3, 14, 16))
    busy = seat(first, people[1]).expert
    panels.add_member(panel=second, expert=busy, by=by, reason=BY_HAND)
    visits.change_visit(visit=second.visit, by=by, **plan(4, 9, 12))
    other = seat(first, people[2]).expert
    other.absences = [{"since": "2024-09-04", "until": "2024-09-04"}]
    other.save()
    with pytest.raises(Refused, match="2024年9月4日不能参加（专家库登记）。请另选专家，或先调整本件的现场考察时间"):
        panels.add_member(panel=second, expert=other, by=by, reason=BY_HAND)
    assert not second.members.filter(expert=other).exists()


def test_the_reason_is_the_gravest_and_the_road_counts_both_ways() -> None:
    from types import SimpleNamespace as Thing

    rule = Thing(visit_word="现场答辩")
    other = Thing(starts_at=at(3, 9), ends_at=at(3, 12), district="甲区", panel=Thing(rule=rule))
    who = Thing(name="某某", absences=[{"since": "2024-09-05", "until": "2024-09-05"}])
    roads = Roads({pair("乙区", "甲区"): 30, pair("甲区", "甲区"): 10})
    said = {}
    for name, span in {
        "away": Span(at(5, 9), at(5, 12), "甲区"),
        "busy": Span(at(3, 11), at(3, 13), "甲区"),
        "touching": Span(at(3, 12), at(3, 13), "甲区"),
        "far": Span(at(3, 12, 20), at(3, 13), "乙区"),
        "far before": Span(at(3, 8), at(3, 8, 31), "乙区"),
        "far enough": Span(at(3, 12, 30), at(3, 13), "乙区"),
        "unknown road": Span(at(3, 12), at(3, 13), "丙区"),
    }.items():
        found = trouble(who, [other], span, roads)  # type: ignore[arg-type]
        said[name] = found and found.kind
    assert said == {
        "away": Kind.ABSENT, "busy": Kind.BUSY, "touching": Kind.NEAR, "far": Kind.NEAR, "far before": Kind.NEAR,
        "far enough": None, "unknown road": None,
    }  # fmt: skip


def test_a_day_off_and_an_unknown_road_are_told_and_allowed(two: Any) -> None:
    by, first, second, _, _ = two
    sunday = visits.plan_visit(panel=first, by=by, **plan(8, 9, 12))
    assert cautions(first, Span(sunday.starts_at, sunday.ends_at, sunday.district)) == [
        "2024年9月8日（周日）为休息日，请确认专家和单位均可安排"
    ]
    page = sign_in(by).post(
        f"{url('reviews:visit_plan', pk=second.pk)}?slot=2024-09-08T14:00",
        {"starts_at": "2024-09-08T12:30", "ends_at": "2024-09-08T15:00", "place": "测试路 2 号", "district": "西湖区"},
        follow=True,
    )
    assert [str(each) for each in page.context["messages"]] == [
        f"{second.application.organisation.name}现场考察已安排：9月8日（周日）12:30—15:00",
        "2024年9月8日（周日）为休息日，请确认专家和单位均可安排",
        "未登记两地路程：余杭区至西湖区路程，请自行核对成员是否赶得及",
    ]
    assert page.request["PATH_INFO"] == url("reviews:visit_calendar_desk")
    assert "缺少2031年工作日历" in cautions(first, Span(at(8, 9).replace(year=2031), at(8, 12).replace(year=2031)))[0]


def test_a_change_is_told_before_and_after(two: Any, django_capture_on_commit_callbacks: Any) -> None:
    by, first, _, _, people = two
    declare_all(first, people)
    with django_capture_on_commit_callbacks(execute=True):
        visit = visits.plan_visit(panel=first, by=by, **plan(3, 9, 12, meeting_point="南门"))
    with django_capture_on_commit_callbacks(execute=True):
        visits.change_visit(visit=visit, by=by, **plan(4, 14, 16, route="先看车间") | {"place": "新址"})
    with django_capture_on_commit_callbacks(execute=True):
        visits.cancel_visit(visit=visit, reason="台风", by=by)
    unit = first.application.organisation
    rest = "地点由“测试路 1 号”改为“新址”；集合地点取消；路线安排有调整，详见路线单"
    told = Message.objects.filter(user=unit.memberships.get().user, key__startswith="visit:").order_by("id")
    assert list(told.values_list("title", "body")) == [
        ("现场考察安排", f"{unit.name}，2024年9月3日（周二）09:00—12:00，测试路 1 号。"),
        (
            "现场考察安排有调整",
            f"{unit.name}，2024年9月4日（周三）14:00—16:00，新址。时间由9月3日（周二）09:00—12:00改为9月4日（周三）14:00—16:00；{rest}。",
        ),
        ("现场考察已取消", f"{unit.name}，2024年9月4日（周三）14:00—16:00，新址。取消原因：台风。"),
    ]
    assert Message.objects.filter(key=f"visit:{visit.pk}:1").count() == 6
    assert Event.objects.filter(action="visit.change").count() == 1


def test_every_ones_calendar_file_holds_changes_and_cancellations(two: Any) -> None:
    by, first, second, shared, people = two
    declare_all(first, people)
    visit = visits.plan_visit(panel=first, by=by, **plan(3, 9, 12))
    visits.change_visit(visit=visit, by=by, **plan(4, 9, 12))
    visits.cancel_visit(visit=visit, reason="台风", by=by)
    visits.plan_visit(panel=second, by=by, **plan(5, 9, 12))
    unit = make_actor("unit_operator", first.application.organisation)
    files = [
        sign_in(unit).get(url("reviews:unit_calendar")).content,
        sign_in(people[0]).get(url("reviews:expert_calendar")).content,
    ]
    for content in files:
        found = Calendar.from_ical(content)
        (event,) = found.walk("VEVENT")
        assert (str(found["METHOD"]), str(found.walk("VTIMEZONE")[0]["TZID"])) == ("PUBLISH", "Asia/Shanghai")
        assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (2, "CANCELLED")
        assert (event["DTSTART"].params["TZID"], event["DTSTART"].dt) == ("Asia/Shanghai", at(4, 9))
    assert b"DTSTART;TZID=Asia/Shanghai:20240904T090000" in files[0]
    assert shared.name not in files[0].decode()
    stranger = make_actor("unit_operator", second.application.organisation)
    assert (
        Calendar.from_ical(sign_in(stranger).get(url("reviews:unit_calendar")).content).walk("VEVENT")[0]["STATUS"]
        == "CONFIRMED"
    )


def test_the_week_shows_who_can_come_and_one_click_fills_the_form(two: Any) -> None:
    by, first, second, shared, _ = two
    visits.plan_visit(panel=first, by=by, **plan(4, 9, 12))
    shared.absences = [{"since": "2024-09-06", "until": "2024-09-06"}]
    shared.save()
    client = sign_in(by)
    page = client.get(f"{url('reviews:visit_calendar_desk')}?file={second.pk}&on=2024-09-05")
    week = page.context["weeks"][0]
    assert (week[0].date, week[-1].date, page.context["chosen"]) == (date(2024, 9, 2), date(2024, 9, 8), second)
    free = [(day.date.day, slot.key) for day in week for slot in day.slots if slot.free]
    every = [(day, half) for day in range(2, 9) for half in ("am", "pm")]
    assert free == [each for each in every if each not in {(4, "am"), (6, "am"), (6, "pm")}]
    row = next(each for each in page.context["rows"] if each.member.expert_id == shared.pk)
    assert [cell.word if cell else "" for _, cell in row.cells[4:10]] == [
        "另有安排",
        "",
        "",
        "",
        "不能参加",
        "不能参加",
    ]
    text = page.content.decode()
    link = f"{url('reviews:visit_plan', pk=second.pk)}?slot=2024-09-04T14:00"
    assert (text.count(f'href="{link}"'), "slot=2024-09-04T09:00" in text) == (2, False)
    form = client.get(link).context["form"]
    begins = {name: form[name].value() for name in ("starts_at", "ends_at", "district", "place")}
    assert begins == {
        "starts_at": datetime(2024, 9, 4, 14),
        "ends_at": datetime(2024, 9, 4, 17),
        "district": "西湖区",
        "place": "杭州市余杭区测试路 1 号",
    }
    assert 'value="2024-09-04T14:00"' in client.get(link).content.decode()


def test_half_days_gone_are_not_offered(two: Any) -> None:
    by, first, _, _, _ = two
    with clock.travel(at(4, 10)):
        page = sign_in(by).get(f"{url('reviews:visit_calendar_desk')}?file={first.pk}")
    offered = [(day.date.day, slot.key) for day in page.context["weeks"][0] for slot in day.slots if slot.free]
    assert offered[0] == (4, "pm")


def test_what_waits_is_listed_by_district_and_filters_hold(hangzhou: Any, two: Any) -> None:
    by, first, second, shared, people = two
    client, address = sign_in(by), url("reviews:visit_calendar_desk")

    def waiting(query: str = "") -> list[tuple[str, list[Panel]]]:
        found: list[tuple[str, list[Panel]]] = client.get(f"{address}?{query}").context["waiting"]
        return found

    def shown(query: str) -> list[int]:
        return [
            entry.visit.panel_id
            for week in client.get(f"{address}?{query}").context["weeks"]
            for day in week
            for entry in day.entries
        ]

    assert waiting() == [("西湖区", [second]), ("余杭区", [first])], "in the order of the place's own districts"
    assert waiting("district=余杭区") == [("余杭区", [first])]
    assert waiting(f"expert={seat(first, people[1]).expert_id}") == [("余杭区", [first])]
    assert waiting("call=999999") == []
    visit = visits.plan_visit(panel=first, by=by, **plan(3, 9, 12))
    assert waiting() == [("西湖区", [second])]
    for query, expected in (
        ("", [first.pk]), ("view=month&on=2024-09-30", [first.pk]), ("district=西湖区", []), ("on=2024-09-09", []),
        (f"expert={shared.pk}", [first.pk]), (f"call={first.application.call_id}&district=余杭区", [first.pk]), ("call=x&on=9999-99-99", [first.pk]),
    ):  # fmt: skip
        assert shown(query) == expected, query
    visits.cancel_visit(visit=visit, reason="台风", by=by)
    assert [panel.called_off for _, group in waiting("district=余杭区") for panel in group] == [True]
    assert shown("") == []


def test_what_came_in_the_way_later_is_marked(two: Any) -> None:
    by, first, _, shared, _ = two
    visits.plan_visit(panel=first, by=by, **plan(3, 9, 12))
    shared.absences = [{"since": "2024-09-03", "until": "2024-09-03"}]
    shared.save()
    page = sign_in(by).get(url("reviews:visit_calendar_desk"))
    (entry,) = page.context["weeks"][0][1].entries
    assert [each.expert for each in entry.troubles] == [shared]
    assert "有冲突" in page.content.decode()


def test_more_visits_cost_no_more_queries(hangzhou: Any) -> None:
    by, call = officer(hangzhou), a_call(hangzhou)
    client, experts, made = sign_in(by), [make_expert(hangzhou)[0] for _ in range(5)], []
    pages = [
        f"{url('reviews:visit_calendar_desk')}?view=month&on=2024-09-03",
        f"{url('reviews:visit_calendar_desk')}?on=2024-09-03",
        url("reviews:visit_day", day="2024-09-03"),
    ]

    def more(count: int) -> None:
        for at_work in range(2 * count):
            panel = Panel.objects.create(
                jurisdiction=hangzhou, application=make_application(call), state="working", created_by=by.user,
                created_at=MONDAY, convened_at=MONDAY,
            )  # fmt: skip
            PanelMember.objects.bulk_create(PanelMember(panel=panel, expert=each) for each in experts)
            made.append(panel)
            if at_work % 2:
                Visit.objects.create(panel=panel, planned_by=by.user, district="余杭区", **plan(3, 9, 12))

    def cost() -> list[int]:
        found = []
        for address in [*pages, f"{pages[1]}&file={made[0].pk}"]:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            asked = [each["sql"] for each in queries if "reviews_" in each["sql"] or "applications_" in each["sql"]]
            found.append(len(asked))
        return found

    more(3)
    before = cost()
    more(30)
    assert cost() == before


def test_a_days_routes_go_by_group_and_by_expert(hangzhou: Any, two: Any) -> None:
    by, first, second, _, people = two
    declare_all(first, people)
    set_travel(jurisdiction=hangzhou, minutes={("余杭区", "西湖区"): 35}, by=by)
    third = panels.form_panel(application=make_application(first.application.call, district="西湖区"), by=by)
    for place, actor in enumerate(people):
        panels.add_member(panel=third, expert=seat(first, actor).expert, by=by, chair=place == 0, reason=BY_HAND)
    third = panels.convene(panel=third, by=by)
    declare_all(third, people)
    visits.plan_visit(panel=third, by=by, **plan(3, 14, 16, contact="某联系人 0571-0000 0001"))
    visits.plan_visit(panel=first, by=by, **plan(3, 9, 12, meeting_point="局南门"))
    visits.plan_visit(panel=second, by=by, **plan(4, 9, 12))
    groups = sign_in(by).get(url("reviews:visit_day", day="2024-09-03")).context["groups"]
    assert [[(stop.visit.panel, stop.road, stop.gap) for stop in group.stops] for group in groups] == [
        [(first, None, None), (third, 35, 120)]
    ]
    page = sign_in(people[0]).get(url("reviews:expert_day", day="2024-09-03"))
    assert [(stop.visit.panel, stop.origin, stop.road) for stop in page.context["stops"]] == [
        (first, "西湖区", 35), (third, "余杭区", 35)
    ]  # fmt: skip
    assert "某联系人" in page.content.decode()
    assert [
        len(sign_in(people[0]).get(url("reviews:expert_day", day=f"2024-09-0{day}")).context["stops"]) for day in (2, 4)
    ] == [0, 0]
    unit = make_actor("unit_operator", first.application.organisation)
    for actor, name, status in (
        (unit, "visit_day", 403),
        (unit, "expert_day", 403),
        (by, "expert_day", 403),
        (by, "visit_day", 200),
    ):
        assert sign_in(actor).get(url(f"reviews:{name}", day="2024-09-03")).status_code == status
    assert sign_in(by).get(url("reviews:visit_day", day="heute")).status_code == 404
