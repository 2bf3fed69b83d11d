"""Makers for scoring on site: a panel at work under a policy with a sheet, and devices that speak the protocol."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from applications.models import Application
from applications.permissions import READ_FILE
from portal.accounts.actor import Actor
from portal.accounts.grants import grant
from portal.calendars import clock
from reviews.models import Expert, Opinion, Panel, PanelMember
from tests.reviews import kit
from tests.reviews.select_kit import Desk, desk, file_of, sample
from tests.reviews.test_pages import sign_in

TYPED_AT = "2024-09-02T09:58:00+08:00"


@dataclass
class Work:
    """A panel of one file at work, everybody declared."""

    bureau: Desk
    panel: Panel
    people: list[Actor]

    def seat(self, at: int = 0) -> PanelMember:
        """Return a person's seat."""
        found: PanelMember = kit.seat(self.panel, self.people[at])
        return found

    def opinion(self, at: int = 0) -> Opinion:
        """Return what a person has written, as it is in the database."""
        return Opinion.objects.get(member=self.seat(at))


@dataclass
class Device:
    """One browser of one person, signed in; `said` is what it sends beside the content."""

    actor: Actor
    place: str = "kunshan"
    client: Client = field(init=False)
    said: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.client = sign_in(self.actor)
        self.said = {"account": self.actor.person.pk, "device": str(uuid4()), "sent_at": TYPED_AT}

    def address(self, name: str) -> str:
        """Return an address of the protocol: day, entries, photos, submit."""
        return reverse(f"reviews:onsite_{name}", kwargs={"jurisdiction": self.place})

    def day(self) -> dict[str, Any]:
        """Fetch the day."""
        answer = self.client.get(self.address("day"))
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def post(self, name: str, **body: Any) -> Any:
        """Post JSON and return the response."""
        return self.client.post(self.address(name), {**self.said, **body}, content_type="application/json")

    def send(self, *entries: dict[str, Any]) -> list[dict[str, Any]]:
        """Send entries and return their results."""
        answer = self.post("entries", entries=list(entries))
        assert answer.status_code == 200, answer.content
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def submit(self, seat: PanelMember, **more: Any) -> dict[str, Any]:
        """Hand a sheet in, having seen what the server holds unless told otherwise."""
        opinion = Opinion.objects.filter(member=seat).first()
        seen = {"revisions": opinion.revisions if opinion else {}, "round": opinion.round if opinion else 0}
        body = {"operation": str(uuid4()), "seat": seat.pk, "signature": kit.signature(), **seen, **more}
        answer = self.post("submit", **body)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found


def entry(seat: PanelMember, key: str, value: str, base: int = 0, **more: Any) -> dict[str, Any]:
    """Return an entry as a device sends it."""
    said = {"operation": str(uuid4()), "seat": seat.pk, "round": 0, "sequence": 1, "typed_at": TYPED_AT}
    return {**said, "key": key, "value": value, "base": base, **more}


def whole_sheet(seat: PanelMember, points: dict[str, str]) -> list[dict[str, Any]]:
    """Return the entries of a sheet that can be handed in."""
    told = {"conclusion": "recommend", "text": kit.LONG}
    values = {f"score.{item}": value for item, value in points.items()} | told
    return [entry(seat, key, value, sequence=at) for at, (key, value) in enumerate(values.items(), start=1)]


@contextmanager
def at_work(code: str = "kunshan") -> Iterator[Work]:
    """Enter the scope of a place with a panel at work."""
    with desk(code) as bureau:
        application = file_of(bureau.call, sample(code), status="accepted")
        size = int(bureau.call.setting_values["panel.minimum"]) | 1
        panel, people = kit.working_panel(application, bureau.officer, size=size)
        kit.declare_all(panel, people)
        found = Panel.objects.select_related("application__call", "application__current").get(pk=panel.pk)
        yield Work(bureau, found, people)


def another_seat(work: Work, expert: Expert) -> PanelMember:
    """Return the expert's declared seat on one more panel at work, with a file of its own; no service is asked."""
    application: Application = file_of(work.bureau.call, sample(work.bureau.place.code), status="in_review")
    panel = Panel.objects.create(
        jurisdiction=work.bureau.place, application=application, state="working", created_by=work.bureau.officer.person,
        created_at=clock.now(), convened_at=clock.now(),
    )  # fmt: skip
    assert expert.user is not None
    grant(user=expert.user, permission=READ_FILE, to=application)
    return PanelMember.objects.create(panel=panel, expert=expert, state="declared", declared_at=clock.now())
