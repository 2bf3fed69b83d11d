"""Experts assess a recognised base with everything they have for reviewing an application; the application stays as it is."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from applications.permissions import readable_applications
from applications.services.moves import WrongState
from portal.audit.models import Event
from reviews.models import Panel
from reviews.services.assessment_panels import change_assessment_sheet
from reviews.services.refusal import Refused
from reviews.signals import panel_closed
from tests.reviews import assess_kit, kit

pytestmark = pytest.mark.django_db


def test_five_sheets_become_a_mean_for_each_item_and_the_application_stays_recognised() -> None:
    heard: list[Panel] = []

    def hear(sender: type[Panel], *, panel: Panel, **news: object) -> None:
        heard.append(panel)

    panel_closed.connect(hear)
    try:
        with assess_kit.recognised() as (bureau, application):
            panel, people = assess_kit.working(application, bureau.officer)
            for points, actor in zip(("38", "38", "38", "36", "35"), people, strict=True):
                assess_kit.hand_in(panel, actor, p3=points)
            closed = assess_kit.closed(panel, bureau.officer)
            application.refresh_from_db()
            moved = Event.objects.filter(action__startswith="application.", chain__key__endswith=f":{application.pk}")
            assert (application.status, moved.exists()) == ("recognised", False)
    finally:
        panel_closed.disconnect(hear)
    assert heard == [closed]
    result = closed.result
    assert result is not None
    assert (result["maximum"], result["shown"], result["exact"]) == ("120", "109.00", "109/1")
    assert [(each["number"], each["exact"], each["shown"], each["bonus"]) for each in result["items"]] == [
        (1, "40/1", "40.00", False), (2, "20/1", "20.00", False), (3, "37/1", "37.00", False), (4, "12/1", "12.00", True),
    ]  # fmt: skip
    assert sum(Fraction(each["exact"]) for each in result["items"]) == Fraction(result["exact"])
    assert (closed.state, closed.conclusion) == ("closed", "运行规范，考核评估材料属实。")


def test_the_sheet_is_frozen_as_it_comes_and_forming_twice_is_forming_once() -> None:
    with assess_kit.recognised() as (bureau, application):
        panel = assess_kit.formed(application, bureau.officer)
        assert assess_kit.formed(application, bureau.officer) == panel
        other = assess_kit.formed(application, bureau.officer, "assessment:2")
        assert (other != panel, application.panels.count()) == (True, 2)
        assert [line["proposal"] for line in panel.sheet["lines"]] == ["40", "20", None, None]
        assert panel.sheet["lines"][0]["calculation"] == ["2024年 620 人次"]
        with pytest.raises(PermissionDenied):
            assess_kit.formed(application, kit.make_expert(bureau.place)[1], "assessment:3")
        with pytest.raises(ValueError, match="occasion"):
            assess_kit.formed(application, bureau.officer, "")


def test_a_sheet_is_changed_with_a_reason_until_the_experts_begin() -> None:
    with assess_kit.recognised() as (bureau, application):
        panel, sheet = assess_kit.formed(application, bureau.officer), assess_kit.sheet()
        less = replace(sheet, lines=(replace(sheet.lines[0], proposal=Decimal(20)), *sheet.lines[1:]))
        with pytest.raises(Refused, match="理由"):
            change_assessment_sheet(panel=panel, sheet=less, reason="", by=bureau.officer)
        changed = change_assessment_sheet(panel=panel, sheet=less, reason="台账更正", by=bureau.officer)
        assert changed.sheet["lines"][0]["proposal"] == "20"
        working, _ = assess_kit.working(application, bureau.officer)
        with pytest.raises(WrongState, match="评审中"):
            change_assessment_sheet(panel=working, sheet=sheet, reason="台账更正", by=bureau.officer)


def test_no_conclusion_is_asked_and_one_that_is_sent_is_not_kept() -> None:
    with assess_kit.recognised() as (bureau, application):
        panel, people = assess_kit.working(application, bureau.officer)
        assert assess_kit.hand_in(panel, people[0]).conclusion == ""
        with pytest.raises(Refused, match="系统计分"):
            assess_kit.hand_in(panel, people[1], p1="39")


def test_closing_one_occasion_leaves_the_file_open_for_the_other() -> None:
    with assess_kit.recognised() as (bureau, application):
        panel, people = assess_kit.working(application, bureau.officer)
        assess_kit.working(application, bureau.officer, "assessment:2", people)
        for actor in people:
            assess_kit.hand_in(panel, actor)
        assess_kit.closed(panel, bureau.officer)
        assert readable_applications(type(application).objects.all(), people[0]).filter(pk=application.pk).exists()
