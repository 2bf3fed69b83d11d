"""Two hundred experts back on line at the same moment: each device asks for the day, sends a whole sheet, and hands it in.

Counted are seconds as a device has them, its own repetitions included; and that nothing was lost, nothing doubled. Run alone:
`python -m benchmarks --rush`.
"""

import http.client
import json
import os
import sys
import threading
import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.db import connection
from django_scopes import scope

from applications.models import Application, ApplicationVersion
from applications.permissions import READ_FILE
from benchmarks import data
from benchmarks.measure import Session, Timing, timing
from benchmarks.statements import browser
from portal.accounts.actor import Actor
from portal.accounts.grants import grant
from portal.accounts.models import Membership, User
from portal.calendars import clock
from portal.policy.registry import current, profiles
from portal.policy.scoring import ScoreItem
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Expert, Opinion, Panel, PanelMember, SheetEntry
from reviews.selectors.scores import PanelSheet, SheetLine, frozen

EXPERTS, SIZE, ITEMS = 200, 7, 14
AGAIN = 10  # every tenth device sends its entries a second time, as one does that never got the answer
TRIES, PAUSE = 30, 1.0  # how often a device asks anew, and after how many seconds
TEXT = "现场考察情况与申报材料一致，场地、设备和师资符合要求，建议认定。" * 10
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


@dataclass
class Device:
    """One expert's device: what waits on it, and what came of it. Seconds by request: day, entries, submit, all."""

    place: str
    account: int
    seat: int
    name: str
    session: Session
    points: dict[str, str]
    took: dict[str, float] = field(default_factory=dict)
    repeated: int = 0
    problem: str = ""

    def work(self, number: int, gate: threading.Barrier) -> None:
        """Wait for the others, then do what the app does when the connection is back."""
        gate.wait(60)
        began = time.perf_counter()
        try:
            self._send(number)
        except RuntimeError as failure:
            self.problem = str(failure)
        self.took["all"] = time.perf_counter() - began
        self.session.connection.close()

    def _send(self, number: int) -> None:
        self._ask("day", "day.json")
        results = self._ask("entries", "entries/", self._entries(operations := [str(uuid4()) for _ in self.values()]))
        if number % AGAIN == 0:
            again = self._ask("entries again", "entries/", self._entries(operations))
            if again["results"] != results["results"]:
                raise RuntimeError("another answer to the same entries")
        outcomes = {each["outcome"] for each in results["results"]}
        if outcomes != {"written"}:
            raise RuntimeError(f"entries became {outcomes}")
        revisions = {each["key"]: each["revision"] for each in results["results"]}
        body = {"operation": str(uuid4()), "seat": self.seat, "round": 0, "revisions": revisions}
        handed = self._ask("submit", "submit/", {**body, "signature": f"typed:{self.name}"})
        if handed["outcome"] not in ("written", "same"):
            raise RuntimeError(f"handing in became {handed}")

    def values(self) -> dict[str, str]:
        """Return what the expert typed, by key."""
        return {f"score.{item}": points for item, points in self.points.items()} | {
            "conclusion": "recommend",
            "text": TEXT,
        }

    def _entries(self, operations: list[str]) -> dict[str, Any]:
        rows = zip(operations, self.values().items(), strict=True)
        return {
            "entries": [
                {"operation": operation, "seat": self.seat, "round": 0, "sequence": at, "key": key, "value": value, "base": 0,
                 "typed_at": "2024-09-02T09:58:00+08:00"}
                for at, (operation, (key, value)) in enumerate(rows, start=1)
            ]
        }  # fmt: skip

    def _ask(self, label: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask until there is an answer, as the app does; what was sent keeps its numbers."""
        content = None if body is None else json.dumps({"account": self.account, "device": self.name, **body}).encode()
        began, status, said = time.perf_counter(), 0, b""
        for _ in range(TRIES):
            try:
                status, said = self.session.ask(
                    "GET" if content is None else "POST", f"/{self.place}/expert/onsite/{path}", content, JSON
                )
            except (OSError, http.client.HTTPException) as failure:
                status, said = 0, repr(failure).encode()
                self.session.connection.close()
            if status == 200:
                self.took[label] = time.perf_counter() - began
                found: dict[str, Any] = json.loads(said)
                return found
            self.repeated += 1
            time.sleep(PAUSE)
        raise RuntimeError(f"{path} answered {status}: {said[:200]!r}")


def fill(place: Jurisdiction, port: int, count: int) -> list[Device]:
    """Make so many experts on panels of seven, everybody declared, nobody has written anything; and their sessions."""
    edition = current(place.code)
    call, office = data.make_call(place, edition, 90), Organisation.objects.filter(jurisdiction=place).order_by("id")[0]
    answers = dict(data.sample(edition).answers(clock.today()))
    officer = User.objects.create(username="bench-rush", name="测量")
    devices = []
    for unit in data.units(950_000, -(-count // SIZE)):
        panel = _panel(call, unit, officer, answers)
        for at in range(min(SIZE, count - len(devices))):
            devices.append(_device(panel, office, f"专家{len(devices)}", at, port))
    return devices


def _panel(call: Any, unit: Organisation, officer: User, answers: dict[str, Any]) -> Panel:
    now, track = clock.now(), data.sample(call.edition).track
    row = Application.objects.create(
        jurisdiction=call.jurisdiction, call=call, track_key=track, organisation=unit, created_by=officer, created_at=now,
        updated_at=now,
    )  # fmt: skip
    row.current = ApplicationVersion.objects.create(
        application=row, number=1, answers=answers, manifest=[], results=[], settings=call.settings, declaration="",
        sha256=f"{row.pk:064d}", submitted_by=officer, submitted_at=now,
    )  # fmt: skip
    row.submitted_at, row.status, row.number = now, "in_review", f"BENCH-R-{row.pk:08d}"
    row.save()
    panel: Panel = Panel.objects.create(
        jurisdiction=call.jurisdiction, application=row, state="working", created_by=officer, created_at=now,
        convened_at=now, sheet=_sheet(),
    )  # fmt: skip
    return panel


def _sheet() -> dict[str, Any]:
    rule = "按申报材料和现场考察情况评分；" * 6
    items = (ScoreItem(at, "组", f"评分项目{at}", Decimal(7), rule) for at in range(1, ITEMS + 1))
    return frozen(PanelSheet("rush", "测量评分表", "测量", tuple(SheetLine(item, item.max_points) for item in items)))


def _device(panel: Panel, office: Organisation, name: str, at: int, port: int) -> Device:
    user = User.objects.create(username=f"rush-{panel.pk}-{at}", name=name, password_changed_at=clock.now())
    membership = Membership.objects.create(user=user, organisation=office, role_code="expert")
    by = Actor(user=user, membership=membership)
    expert = Expert.objects.create(
        jurisdiction=panel.jurisdiction, user=user, name=name, unit_name=f"测量大学{user.pk}"
    )
    seat = PanelMember.objects.create(
        panel=panel, expert=expert, chair=at == 0, state="declared", declared_at=clock.now()
    )
    grant(user=by.person, permission=READ_FILE, to=panel.application)
    session = Session(port)
    session.cookies[settings.SESSION_COOKIE_NAME] = browser(user).cookies[settings.SESSION_COOKIE_NAME].value
    points = {str(item): str((seat.pk + item) % 13 / 2) for item in range(1, ITEMS + 1)}
    return Device(panel.jurisdiction.code, user.pk, seat.pk, name, session, points)


def rush(devices: list[Device]) -> float:
    """Let all of them go at once; return the seconds until the last one is through."""
    gate = threading.Barrier(len(devices) + 1)
    threads = [threading.Thread(target=each.work, args=(at, gate)) for at, each in enumerate(devices)]
    for thread in threads:
        thread.start()
    gate.wait(60)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def lost(devices: list[Device]) -> list[str]:
    """Return everything that is not in the database exactly once and as it was typed."""
    opinions = {each.member_id: each for each in Opinion.objects.filter(member__in=[each.seat for each in devices])}
    found = [f"{each.name}: {each.problem}" for each in devices if each.problem]
    for each in devices:
        opinion = opinions.get(each.seat)
        if opinion is None or opinion.submitted_at is None:
            found.append(f"{each.name}: not handed in")
        elif {key: Decimal(value) for key, value in opinion.scores.items()} != {
            key: Decimal(value) for key, value in each.points.items()
        } or (opinion.conclusion, opinion.text) != ("recommend", TEXT):
            found.append(f"{each.name}: not what was typed")
    rows = SheetEntry.objects.filter(member__in=opinions, outcome="written").exclude(key="submit").count()
    wanted = sum(len(each.values()) for each in devices)
    return found if rows == wanted else [*found, f"{rows} entries instead of {wanted}"]


def measure(place: Jurisdiction, port: int, count: int) -> tuple[str, bool]:
    """Fill, let them rush, look; return the lines to print, and whether everything arrived once."""
    with scope(jurisdiction=place):
        devices = fill(place, port, count)
        seconds = rush(devices)
        missing = lost(devices)
    lines = [
        f"{connection.vendor}: {count} experts × ({ITEMS} scores, conclusion, text, hand-in) at once, {seconds:.1f} s in all; s"
    ]
    for label in ("day", "entries", "entries again", "submit", "all"):
        times = [each.took[label] for each in devices if label in each.took]
        if times:
            lines.append(_line(label, timing(times)))
    repeated = sum(each.repeated for each in devices)
    lines.append(f"asked anew {repeated} times; lost or doubled: {len(missing) or 'none'}")
    return "\n".join([*lines, *missing[:20]]), not missing


def _line(label: str, found: Timing) -> str:
    return f"{label:<16} p50 {found.p50:>7.2f}   p95 {found.p95:>7.2f}   of {found.count}"


def main() -> int:
    """Run alone, with fewer experts at a smaller scale; 1 when anything was lost."""
    place = Jurisdiction.objects.get(code=profiles()[0].code)
    count = max(SIZE, EXPERTS // int(os.environ.get("BENCH_SCALE", "1")))
    said, whole = measure(place, int(os.environ["BENCH_PORT"]), count)
    print(said)
    return int(not whole)


if __name__ == "__main__":
    sys.exit(main())
