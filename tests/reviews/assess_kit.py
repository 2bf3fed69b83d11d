"""Makers for panels that assess a recognised base: a sheet of computed and given points with a bonus, a panel at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from applications.models import Application
from portal.accounts.actor import Actor
from portal.policy.scoring import Mode, ScoreItem
from reviews.models import Expert, Opinion, Panel
from reviews.selectors.scores import PanelSheet, SheetLine
from reviews.services import declarations, opinions, panels
from reviews.services.assessment_panels import form_assessment_panel
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, file_of, sample

TITLE = "2024—2025年度考核评估"
FULL = {"1": "40", "2": "20", "3": "38", "4": "12"}


def _item(number: int, group: str, title: str, points: int, mode: Mode = Mode.EXPERT, **more: Any) -> ScoreItem:
    return ScoreItem(number, group, title, Decimal(points), f"{title}的评分规则", mode, **more)


def sheet() -> PanelSheet:
    """Return a sheet of 100 points and 20 of bonus; the portal gives item 1 and proposes 20 for item 2."""
    lines = (
        SheetLine(_item(1, "公共服务", "对外服务人次", 40, Mode.AUTO), Decimal(40), Decimal(40), ("2024年 620 人次",)),
        SheetLine(_item(2, "基本建设", "实训场地", 20, Mode.PROPOSED), Decimal(20), Decimal(20), ("面积达标",)),
        SheetLine(_item(3, "实训管理", "日常管理", 40), Decimal(40), remark_below=Decimal(24)),
        SheetLine(_item(4, "加分", "承办技能大赛", 20, bonus=True), Decimal(20)),
    )
    return PanelSheet("assessment", "考核评估评分表", "附件3", lines)


@contextmanager
def recognised(code: str = "hangzhou") -> Iterator[tuple[Desk, Application]]:
    """Enter the scope of a place with a base recognised there."""
    with desk(code) as bureau:
        yield bureau, file_of(bureau.call, sample(code), status="recognised")


def formed(application: Application, by: Actor, occasion: str = "assessment:1") -> Panel:
    """Return the panel of one occasion, without members."""
    return form_assessment_panel(application=application, occasion=occasion, title=TITLE, sheet=sheet(), by=by)


def working(
    application: Application, by: Actor, occasion: str = "assessment:1", people: list[Actor] | None = None
) -> tuple[Panel, list[Actor]]:
    """Return a panel of five at work, the chair first, everybody declared; `people` sit on it again."""
    panel, again = formed(application, by, occasion), people or []
    for at in range(5):
        if people is None:
            expert, actor = kit.make_expert(application.jurisdiction)
            again.append(actor)
        else:
            expert = Expert.objects.get(user=again[at].user)
        panels.add_member(panel=panel, expert=expert, by=by, chair=at == 0, reason=kit.BY_HAND)
    panel = panels.convene(panel=panel, by=by)
    for actor in again:
        declarations.declare(
            member=kit.seat(panel, actor), conflicts=[], explanation="", undertaking=True, by=actor
        )  # fmt: skip
    return panel, again


def hand_in(panel: Panel, actor: Actor, **points: str) -> Opinion:
    """Let one expert hand in; `points` by item as `p3="30"`."""
    given = FULL | {key.removeprefix("p"): value for key, value in points.items()}
    return opinions.submit_opinion(
        member=kit.seat(panel, actor), conclusion="", text=kit.LONG, signature=f"typed:{actor.person.name}", by=actor,
        scores=given, remarks={"2": "面积按实测"},
    )  # fmt: skip


def closed(panel: Panel, by: Actor) -> Panel:
    """Record the visit, open the seal and close a complete panel."""
    kit.visited(panel, by)
    panel.refresh_from_db()
    opinions.unseal(panel=panel, by=by)
    return opinions.finish_review(panel=panel, conclusion="运行规范，考核评估材料属实。", by=by)
