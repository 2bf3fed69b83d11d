"""A policy still out for comment is marked 征求意见稿 on every page that shows it, one in force on none (SY-A-01)."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.selectors.printing import draft_context, form_context
from applications.selectors.workspace import load
from portal.desk.templatetags.portal_ui import draft_mark, edition_state
from portal.policy import registry
from portal.policy.edition import EDITION_LABELS, EditionStatus
from portal.tenancy.models import Jurisdiction
from tests.applications.desk_factories import approver, submitted
from tests.desk.test_public_pages import bases
from tests.factories import make_actor, make_call

MARK = '<span class="tag">征求意见稿</span>'
WORDS = EDITION_LABELS[EditionStatus.DRAFT]

pytestmark = pytest.mark.rule("SY-A-01")


@pytest.fixture(params=[EditionStatus.DRAFT, EditionStatus.IN_FORCE])
def status(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> EditionStatus:
    """The policy of the place, as a draft and in force."""
    policy = registry.current("hangzhou")
    monkeypatch.setitem(registry.registry._editions, policy.code, replace(policy, status=request.param))
    chosen: EditionStatus = request.param
    return chosen


def place_pages(place: Jurisdiction) -> dict[str, tuple[Any, str]]:
    """Return each page by its name: whose browser, and where. Everything stands under the place's one policy."""
    base = bases(place, 1)[0]
    call = make_call(place)
    file = submitted(call)
    unit = make_actor("unit_operator", file.organisation).person
    at = {"jurisdiction": place.code}
    notice = base.source.recognition.notice_id
    public = {
        "home": reverse("place:home", kwargs=at),
        "call": reverse("place:call", kwargs={**at, "pk": call.pk}),
        "rules": reverse("place:rules", kwargs=at),
        "index": reverse("desk:rules"),
        "directory": reverse("place:directory", kwargs=at),
        "base": reverse("place:base", kwargs={**at, "pk": base.pk}),
        "notices": reverse("place:notices", kwargs=at),
        "notice": reverse("reviews:notice", kwargs={**at, "pk": notice}),
    }
    own = {
        "start": reverse("applications:start", kwargs={**at, "call_pk": make_call(place).pk}),
        "tasklist": reverse("applications:tasklist", kwargs={**at, "pk": file.pk}),
        "history": reverse("applications:history", kwargs={**at, "pk": file.pk}),
        "receipt": reverse("applications:receipt", kwargs={**at, "pk": file.pk}),
    }
    at_desk = {
        "inbox": reverse("applications:inbox", kwargs=at),
        "calls": reverse("applications:calls", kwargs=at),
        "board": reverse("applications:call", kwargs={**at, "pk": call.pk}),
        "reading": reverse("applications:reading", kwargs={**at, "pk": file.pk}),
        "settings": reverse("applications:settings", kwargs=at),
    }
    found = {name: (None, url) for name, url in public.items()}
    found |= {name: (unit, url) for name, url in own.items()}
    return found | {name: (approver(place).person, url) for name, url in at_desk.items()}


def test_every_page_marks_a_draft_and_no_other_policy(hangzhou: Jurisdiction, status: EditionStatus) -> None:
    marked = set()
    pages = place_pages(hangzhou)
    for name, (user, url) in pages.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, name
        state = str(edition_state(registry.current("hangzhou")))
        text = answer.content.decode()
        if MARK in text or (status is EditionStatus.DRAFT and state in text):
            marked.add(name)
    assert marked == (set(pages) if status is EditionStatus.DRAFT else set())


def test_the_printed_form_says_so_on_its_cover(hangzhou: Jurisdiction, status: EditionStatus) -> None:
    file = submitted(make_call(hangzhou))
    expected = WORDS if status is EditionStatus.DRAFT else ""
    assert form_context(file.current)["draft_policy"] == expected
    assert draft_context(load(file))["draft_policy"] == expected


def test_a_mark_follows_the_edition_a_thing_is_kept_under_not_the_newest_one(hangzhou: Jurisdiction) -> None:
    policy = registry.current("hangzhou")
    newer = replace(
        policy, code="newer-draft", status=EditionStatus.DRAFT, effective_from=policy.effective_from.replace(year=2025)
    )
    registry.registry._editions[newer.code] = newer
    try:
        call = make_call(hangzhou, edition_code=policy.code)
        file = submitted(call)
        assert (draft_mark(hangzhou), draft_mark(newer)) == (MARK, MARK)
        assert {draft_mark(each) for each in (call, file, policy, None, "")} == {""}
    finally:
        registry.registry._editions.pop(newer.code)


def test_a_unit_that_may_apply_reads_the_mark_on_its_home(hangzhou: Jurisdiction, status: EditionStatus) -> None:
    file = submitted(make_call(hangzhou))
    client = Client()
    client.force_login(make_actor("unit_admin", file.organisation).person)
    assert (MARK in client.get("/home/").content.decode()) == (status is EditionStatus.DRAFT)
