"""Makers for assessments: a base of any place with its record, a round at any stage, a panel that is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from assessments.enums import RowState
from assessments.models import Assessment, Base, Figure, LedgerRow, Round
from assessments.services import rounds, rounds_panel, rounds_self
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.sample import samples_of
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, PanelMember, Recognition, RecognitionEntry
from tests.factories import make_actor
from tests.reviews import kit, select_kit

_serial = count(1)
RECOGNISED = date(2023, 12, 20)
JANUARY = datetime(2026, 1, 15, 10, tzinfo=clock.SHANGHAI)
SELF = {
    "self": {
        "site": "yes", "owned": "500", "leased": "0", "manager": "yes", "maintainer": "yes", "funds": "20",
        "rules": "制度、流程和职责齐全。", "summary": "两年来运行正常。",
    }
}  # fmt: skip


@dataclass
class Place:
    """A jurisdiction with an officer, an approver and a second officer who approves nothing."""

    place: Jurisdiction
    officer: Actor
    approver: Actor
    desk: select_kit.Desk


@contextmanager
def at(code: str, when: datetime = JANUARY) -> Iterator[Place]:
    """Enter a place at an instant."""
    with select_kit.desk(code) as desk, clock.travel(when):
        yield Place(desk.place, desk.officer, desk.approver, desk)


def make_base(here: Place, *, on: date = RECOGNISED, track: str = "", **settings: Any) -> Base:
    """Return a base that was recognised on a day; `settings` are the call's, dots written as two underscores."""
    serial, desk = next(_serial), here.desk
    found = samples_of(here.place.code)
    assert found is not None
    unit = next(each for each in found.units if not track or each.track == track)
    application = select_kit.file_of(desk.call, unit, status="recognised")
    if settings:
        changed = {key.replace("__", "."): value for key, value in settings.items()}
        call = application.call
        call.settings = call.settings | changed
        call.save()
    paper = Recognition.objects.create(
        jurisdiction=here.place, taken_over=True, document_number=f"测人社发〔{on.year}〕{700 + serial}号", title="认定",
        issued_on=on, decided_by=here.approver.person, decided_at=clock.now(),
    )  # fmt: skip
    entry = RecognitionEntry.objects.create(
        recognition=paper,
        application=application,
        name=f"考核测试基地{serial}",
        plaque="测试",
        certificate_number=f"R-{serial}",
    )
    return Base.objects.create(
        jurisdiction=here.place, organisation=application.organisation, source=entry, edition_code=desk.call.edition_code,
        track_key=application.track_key, name=entry.name, plaque_text="测试", certificate_number=entry.certificate_number,
        document_number=paper.document_number, recognised_on=on, created_at=clock.now(),
        profile={"projects": ["数控加工", "焊接"]},
    )  # fmt: skip


def figure(base: Base, tally: str, month: date, verified: int, reported: int | None = None) -> None:
    """Put down a month's figure."""
    Figure.objects.create(
        base=base, tally=tally, month=month, verified=verified, reported=verified if reported is None else reported
    )


def row(base: Base, ledger: str, on: date, by: Actor, **data: str) -> LedgerRow:
    """Put down a verified row that counts nowhere by itself: the figures are put down apart."""
    return LedgerRow.objects.create(
        base=base, ledger=ledger, on=on, data=data, state=RowState.VERIFIED, recorded_by=by.person,
        recorded_at=clock.now(),
    )  # fmt: skip


def recorded(base: Base, by: Actor, *, first: int = 400, second: int = 1600, **events: int) -> None:
    """Give a base two verified years of service to others, and events in the second year."""
    for year, quantity in ((2024, first), (2025, second)):
        figure(base, "service_external", date(year, 5, 1), quantity)
        row(base, "service", date(year, 5, 6), by, application="yes", agreement="yes", booking="yes", trainees="yes")
    for tally, number in events.items():
        figure(base, tally, date(2025, 6, 1), number)


def unit_of(base: Base) -> Actor:
    """Return a person of the base's unit."""
    return make_actor("unit_admin", base.organisation)


def set_up(here: Place, scheme: str = "biennial", first_year: int = 2024) -> Round:
    """Return a round that is not open yet."""
    return rounds.set_up_round(
        place=here.place, edition_code=here.desk.call.edition_code, scheme_key=scheme, first_year=first_year,
        by=here.officer,
    )  # fmt: skip


def opened(here: Place, base: Base, scheme: str = "biennial", first_year: int = 2024) -> Assessment:
    """Return the base's assessment in a round just opened."""
    found = rounds.open_round(found=set_up(here, scheme, first_year), by=here.officer)
    return found.assessments.get(base=base)


def submitted(here: Place, base: Base, **more: Any) -> Assessment:
    """Return an assessment with its self-assessment in."""
    return rounds_self.submit_self(assessment=opened(here, base, **more), answers=SELF, by=unit_of(base))


def scored(here: Place, assessment: Assessment, means: dict[int, str], note: str = "") -> Assessment:
    """Let a panel be formed and closed with these means; a mean that is not given is the item's proposal, else nought."""
    panel = rounds_panel.form_panel(assessment=assessment, by=here.officer, note=note)
    items = []
    for line in panel.sheet["lines"]:
        given = means.get(line["number"], line["proposal"] or "0")
        items.append({"number": line["number"], "exact": given, "title": line["title"], "bonus": line["bonus"]})
    expert, _ = kit.make_expert(here.place)
    PanelMember.objects.create(panel=panel, expert=expert, chair=True, state="declared", declared_at=clock.now())
    panel.state, panel.closed_at, panel.result = "closed", clock.now(), {"items": items}
    panel.save()
    return rounds_panel.take_panel(assessment=assessment, by=here.officer)


def chair_of(assessment: Assessment) -> Actor:
    """Return the chair of an assessment's panel."""
    assert assessment.panel is not None
    seat = assessment.panel.members.select_related("expert__user").get(chair=True)
    expert: Expert = seat.expert
    assert expert.user is not None
    membership = expert.user.memberships.get(role_code="expert")
    return Actor(user=expert.user, membership=membership, ip="127.0.0.1")


def proof(by: Actor) -> StoredFile:
    """Return a kept file."""
    return StoredFile.objects.create(
        name="核实记录.pdf", content_type="application/pdf", size=10, sha256=f"{next(_serial):064d}",
        uploaded_by=by.person, uploaded_at=clock.now(),
    )  # fmt: skip
