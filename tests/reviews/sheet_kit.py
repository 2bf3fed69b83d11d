"""Makers for score sheets: a panel at work under a policy that scores, sheets handed in, sheets printed, typed in and checked."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from reviews.models import Opinion, Panel, PaperEntry
from reviews.services import opinions, paper_sheets
from tests.reviews import kit
from tests.reviews.select_kit import Desk, file_of, sample

FULL = {"1": "12", "2": "18.5", "3": "20", "4": "20", "5": "15", "6": "9"}
REMARKS = dict.fromkeys(FULL, "已对照材料核实")


def working(bureau: Desk) -> tuple[Panel, list[Actor]]:
    """Return a panel of five at work on a file of Kunshan, the chair first, everybody declared."""
    application = file_of(bureau.call, sample("kunshan"), status="accepted")
    panel, people = kit.working_panel(application, bureau.officer, size=5)
    kit.declare_all(panel, people)
    return fresh(panel), people


def fresh(panel: Panel) -> Panel:
    """Return the panel as it stands now."""
    rows = Panel.objects.select_related("application__call", "application__current", "application__organisation")
    found: Panel = rows.get(pk=panel.pk)
    return found


def hand_in(panel: Panel, actor: Actor, text: str = kit.LONG, **points: str) -> Opinion:
    """Let one expert hand a whole sheet in; `points` by item as `p1="10"`."""
    changed = {key.removeprefix("p"): value for key, value in points.items()}
    return opinions.submit_opinion(
        member=kit.seat(panel, actor), conclusion="recommend", text=text, signature=kit.signature(), by=actor,
        scores=FULL | changed, remarks=REMARKS,
    )  # fmt: skip


def scan(by: Actor) -> StoredFile:
    """Return a stored scan that this person has uploaded."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), (250, 250, 250)).save(picture, "JPEG")
    stored = StoredFile(
        name="评分表.jpg", content_type="image/jpeg", size=100, sha256="5" * 64, uploaded_by=by.user,
        uploaded_at=clock.now(),
    )  # fmt: skip
    stored.content.save("scan.jpg", ContentFile(picture.getvalue()), save=True)
    return stored


def entered(panel: Panel, expert: Actor, by: Actor, **changed: Any) -> PaperEntry:
    """Let an officer type one expert's paper sheet in, on today's print."""
    member = kit.seat(panel, expert)
    given = {
        "code": changed.pop("code", None) or paper_sheets.print_sheet(member=member, by=by).code,
        "scan": changed.pop("scan", None) or scan(by),
        "conclusion": "recommend",
        "text": kit.LONG,
        "scores": FULL,
        "remarks": REMARKS,
    }
    return paper_sheets.enter_paper(member=member, by=by, **(given | changed))


def confirmed(panel: Panel, expert: Actor, typist: Actor, checker: Actor, **changed: Any) -> Opinion:
    """Type a paper sheet in and have another person check it."""
    entry = entered(panel, expert, typist, **changed)
    paper_sheets.claim_check(entry=entry, by=checker)
    return paper_sheets.confirm_paper(entry=entry, by=checker)
