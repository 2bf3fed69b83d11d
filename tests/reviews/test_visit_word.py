"""A policy may call the meeting of experts and unit something else (现场答辩): then every page, paper and message says that."""

import html
import re
from datetime import timedelta
from typing import Any

from icalendar import Calendar

from portal.calendars import clock
from portal.documents.models import Document
from portal.notifications.models import Message
from portal.policy import registry
from portal.policy.procedure import paper_label
from reviews.services import opinions, visits
from reviews.services.refusal import Refused
from tests.factories import make_actor
from tests.reviews import kit, select_kit
from tests.reviews.test_pages import sign_in

OTHER = "考察"
START = select_kit.MONDAY + timedelta(days=1)
PLAN = {"starts_at": START, "ends_at": START + timedelta(hours=3), "place": "市局三楼会议室"}


def shown(client: Any, name: str, **arguments: Any) -> str:
    """What a page says, without its markup."""
    from django.urls import reverse

    query = arguments.pop("query", "")
    answer = client.get(reverse(f"reviews:{name}", kwargs={"jurisdiction": "chongqing", **arguments}) + query)
    assert answer.status_code == 200, name
    return html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_every_page_and_paper_bears_the_policys_word(db: Any, django_capture_on_commit_callbacks: Any) -> None:
    with select_kit.desk("chongqing", review__defence=True) as desk:
        unit = select_kit.sample("chongqing", track="national")
        application = select_kit.file_of(desk.call, unit, status="accepted")
        panel, people = kit.working_panel(application, desk.officer)
        kit.declare_all(panel, people)
        office, expert = sign_in(desk.officer), sign_in(people[0])
        said = {
            "waiting": shown(office, "visit_calendar_desk", query=f"?file={panel.pk}"),
            "panel": shown(office, "panel", pk=application.pk),
            "plan": shown(office, "visit_plan", pk=panel.pk),
        }
        with django_capture_on_commit_callbacks(execute=True):
            visit = visits.plan_visit(panel=panel, by=desk.officer, **PLAN)
        seat, day = kit.seat(panel, people[0]), f"{clock.local_date(START):%Y-%m-%d}"
        said |= {
            "week": shown(office, "visit_calendar_desk"), "month": shown(office, "visit_calendar_desk", query="?view=month"),
            "day": shown(office, "visit_day", day=day), "roads": shown(office, "travel"), "panels": shown(office, "panels"),
            "sheet": shown(office, "visit_sheet", pk=visit.pk), "change": shown(office, "visit_plan", pk=panel.pk),
            "cancel": shown(office, "visit_cancel", pk=visit.pk), "record": shown(office, "visit_record", pk=visit.pk),
            "planned panel": shown(office, "panel", pk=application.pk), "home": shown(expert, "expert_home"),
            "file": shown(expert, "file", pk=seat.pk), "opinion": shown(expert, "opinion", pk=seat.pk),
            "own day": shown(expert, "expert_day", day=day),
            "unit": shown(sign_in(make_actor("unit_operator", application.organisation)), "visit_sheet", pk=visit.pk),
        }  # fmt: skip
        assert [name for name, text in said.items() if OTHER in text] == []
        assert [name for name, text in said.items() if "答辩" not in text] == []
        with clock.travel(START + timedelta(hours=4)):
            visits.record_visit(visit=visit, attendance="全体", facts="已答辩", originals_seen=True, by=desk.officer)
        document = Document.objects.get(kind="visit_record")
        assert (document.title, OTHER in document.source, "答辩时间" in document.source) == (
            "现场答辩记录",
            False,
            True,
        )
        title = Message.objects.filter(key=f"visit:{visit.pk}:0").values_list("title", flat=True).distinct().get()
        assert title == "现场答辩安排"
        (event,) = Calendar.from_ical(expert.get(f"/chongqing/visits/{visit.pk}/visit.ics").content).walk("VEVENT")
        assert str(event["SUMMARY"]).startswith("现场答辩：")


def test_what_is_refused_is_refused_in_the_policys_word(db: Any) -> None:
    with select_kit.desk("chongqing", review__defence=True) as desk:
        unit = select_kit.sample("chongqing", track="national")
        first, second = (select_kit.file_of(desk.call, unit, status="accepted") for _ in range(2))
        panel, people = kit.working_panel(first, desk.officer)
        visits.plan_visit(panel=panel, by=desk.officer, **PLAN)
        other, _ = kit.working_panel(second, desk.officer)
        expert = kit.seat(panel, people[0]).expert
        other.members.filter(chair=False).first().delete()
        other.members.create(panel=other, expert=expert)
        told = []
        for act in (
            lambda: visits.plan_visit(panel=panel, by=desk.officer, **PLAN),
            lambda: visits.plan_visit(panel=other, by=desk.officer, **PLAN),
            lambda: visits.record_visit(visit=panel.visit, attendance="全体", facts="略", originals_seen=True, by=desk.officer),
        ):  # fmt: skip
            try:
                act()
            except (Refused, opinions.WrongState) as refusal:
                told.append(str(refusal))
        assert len(told) == 3
        assert [OTHER in each or "答辩" not in each for each in told] == [False] * 3


def test_the_record_is_named_after_the_word_and_other_papers_are_not() -> None:
    rules = {code: registry.current(code).panel for code in ("hangzhou", "chongqing")}
    assert {code: paper_label("visit_record", rule) for code, rule in rules.items()} == {
        "hangzhou": "现场考察记录", "chongqing": "现场答辩记录"
    }  # fmt: skip
    assert {paper_label("certificate", rule) for rule in rules.values()} == {"认定证书"}
    assert [(rule.visit_word, rule.visit_short) for rule in rules.values()] == [
        ("现场考察", "考察"),
        ("现场答辩", "答辩"),
    ]
