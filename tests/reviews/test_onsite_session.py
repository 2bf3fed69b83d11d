"""Who may speak the protocol, and what a device is told when it may not: always JSON, never a page, nothing written."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escapejs

from portal.accounts.actor import Actor
from portal.calendars import clock
from reviews.models import Opinion, SheetEntry
from reviews.selectors import onsite_assets
from tests.factories import make_actor, make_office
from tests.reviews import kit
from tests.reviews.onsite_kit import Device, Work, at_work, entry
from tests.reviews.test_pages import sign_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
POSTS = ("entries", "photos", "submit")


@pytest.fixture
def work(db: Any) -> Iterator[Work]:
    with at_work() as made:
        yield made


@pytest.fixture
def device(work: Work) -> Device:
    return Device(work.people[0])


def nothing_written() -> bool:
    return not SheetEntry.objects.exists() and not Opinion.objects.exists()


def test_signed_out_is_an_answer_not_a_page(work: Work, device: Device) -> None:
    device.client = Client()
    answers = [device.client.get(device.address("day")), *(device.post(name, entries=[]) for name in POSTS)]
    assert [(each.status_code, each.json()["error"]) for each in answers] == [(401, "signed_out")] * 4
    assert nothing_written()


def test_a_session_left_alone_is_over_for_a_device_too(work: Work, device: Device) -> None:
    device.day()
    with clock.travel(clock.now() + timedelta(minutes=31)):
        answer = device.post("entries", entries=[entry(work.seat(), "score.1", "12")])
        assert (answer.status_code, answer.json()["error"]) == (401, "signed_out")
        again = Device(work.people[0])
        assert again.send(entry(work.seat(), "score.1", "12"))[0]["outcome"] == "written"


def test_who_has_not_proved_the_second_factor_is_not_in_yet(work: Work, device: Device, settings: Any) -> None:
    settings.PORTAL_REQUIRE_TOTP = True
    answer = device.client.get(device.address("day"))
    assert (answer.status_code, answer.json()["error"]) == (401, "signed_out")


def test_a_stale_token_is_answered_with_a_fresh_one_that_works(work: Work, device: Device) -> None:
    device.client = Client(enforce_csrf_checks=True)
    device.client.force_login(work.people[0].person, backend="django.contrib.auth.backends.ModelBackend")
    sent = {**device.said, "entries": [entry(work.seat(), "score.1", "12")]}
    stale = device.client.post(device.address("entries"), sent, content_type="application/json")
    assert (stale.status_code, stale.json()["error"]) == (403, "csrf")
    assert nothing_written()
    token = stale.json()["token"]
    answer = device.client.post(
        device.address("entries"), sent, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.json()["results"][0]["outcome"] == "written"
    sent["entries"] = []
    fresh = {"X-CSRFToken": answer.json()["token"]}
    assert device.client.post(device.address("entries"), sent, "application/json", headers=fresh).status_code == 200


def test_what_was_typed_under_another_account_is_not_taken(work: Work, device: Device) -> None:
    device.said["account"] = work.people[1].person.pk
    answers = [device.post("entries", entries=[entry(work.seat(), "score.1", "12")]), device.post("submit", seat=1)]
    answers.append(device.client.post(device.address("photos"), device.said))
    assert [(each.status_code, each.json()["error"]) for each in answers] == [(409, "other_account")] * 3
    del device.said["account"]
    assert device.post("entries", entries=[]).status_code == 400
    assert nothing_written()


def test_other_roles_and_other_places_are_refused(work: Work, device: Device) -> None:
    unit = make_actor("unit_admin", work.panel.application.organisation)
    for actor in (work.bureau.officer, work.bureau.approver, unit):
        other = Device(actor)
        answers = [
            other.client.get(other.address("day")),
            *(other.post(name, entries=[]) for name in ("entries", "submit")),
        ]
        assert [(each.status_code, each.json()["error"]) for each in answers] == [(403, "forbidden")] * 3, actor.label
    device.place = "hangzhou"
    assert device.client.get(device.address("day")).status_code == 403
    assert device.post("entries", entries=[entry(work.seat(), "score.1", "12")]).status_code == 403
    assert nothing_written()


def test_a_seat_of_another_place_is_nobodys(work: Work) -> None:
    """A person who judges in two places speaks for one at a time: the other's seats are unknown there."""
    seat, person = work.seat(), work.people[0].person
    from portal.tenancy.models import Jurisdiction  # the other place, outside this one's scope

    other = Jurisdiction.objects.get(code="hangzhou")
    person.memberships.all().delete()
    elsewhere = Device(make_actor("expert", make_office(other), person), "hangzhou")
    (told,) = elsewhere.send(entry(seat, "score.1", "12"))
    assert (told["outcome"], told["message"]) == ("refused", "无此评审任务")
    assert nothing_written()


def test_a_body_that_is_no_json_and_a_wrong_method_are_answered_in_json(work: Work, device: Device) -> None:
    broken = device.client.post(device.address("entries"), "{", content_type="application/json")
    form = device.client.post(device.address("entries"), {"a": "b"})
    read = device.client.get(device.address("entries"))
    assert [(each.status_code, each.json()["error"]) for each in (broken, form, read)] == [
        (400, "malformed"), (415, "malformed"), (405, "not_allowed"),
    ]  # fmt: skip
    assert device.post("entries", entries=[])["Cache-Control"] == "no-store"
    assert device.client.get(device.address("day"))["Cache-Control"] == "no-store"


def test_the_manifest_needs_no_session_and_names_nobody(work: Work) -> None:
    answer = Client().get("/kunshan/expert/onsite/app.webmanifest")
    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["start_url"], said["scope"], said["display"], said["lang"]) == (
        "/kunshan/expert/onsite/", "/kunshan/expert/onsite/", "standalone", "zh-CN",
    )  # fmt: skip
    assert [icon["sizes"] for icon in said["icons"]] == ["192x192", "512x512"]
    assert said["theme_color"] == "#6b3a74"


def test_page_and_worker_are_for_experts(work: Work) -> None:
    people: list[tuple[Actor | None, int]] = [
        (None, 302),
        (work.bureau.officer, 403),
        (kit.officer(work.bureau.place), 403),
    ]
    for actor, expected in people:
        client = sign_in(actor) if actor else Client()
        for name in ("", "worker.js"):
            assert client.get(f"/kunshan/expert/onsite/{name}").status_code == expected


def test_the_worker_keeps_all_that_the_page_and_its_scripts_ask_for(work: Work, device: Device) -> None:
    page = device.client.get(device.address("day").replace("day.json", "")).content.decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    kept = set(onsite_assets.assets())
    assert asked - kept == set()
    ours = {f"/static/js/onsite/{path.name}" for path in (ROOT / "static" / "js" / "onsite").glob("*.js")}
    assert ours - kept <= {"/static/js/onsite/leave.js"}  # of the pages outside the app, when somebody signs out
    for address in kept:
        assert (ROOT / address.removeprefix("/")).is_file(), address
    answer = device.client.get("/kunshan/expert/onsite/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    script = answer.content.decode()
    assert f'VERSION = "{onsite_assets.version()}"' in script
    assert [url for url in kept if f'"{escapejs(url)}"' not in script] == []


def test_another_file_makes_another_version(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    before, content = onsite_assets.version(), onsite_assets._content
    assert before == onsite_assets.version()
    changed = "js/onsite/api.js"
    monkeypatch.setattr(onsite_assets, "_content", lambda path: content(path) + (b" " if path == changed else b""))
    assert onsite_assets.version() != before
