"""Before the seal is open nobody learns anything of a sheet: not a word, not a point, not by an answer that differs."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import Client
from django_scopes import scope, scopes_disabled

from portal import urls
from portal.audit.models import Event
from portal.calendars import clock
from portal.documents.models import Document
from portal.documents.services import issue
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction
from reviews.models import Panel
from reviews.selectors import printing
from reviews.selectors.paper_sheets import printed_sheet
from tests.access.world import NOW, second_tenant
from tests.reviews.blind_kit import (
    HIGH,
    LOW,
    NAMES,
    PERSONAL,
    Blind,
    ask,
    blind_world,
    registered,
    rewrite,
    walk,
)

pytestmark = pytest.mark.django_db
EXPERTS = ("expert", "chair", "colleague")
OUTSIDE = ("visitor", "unit_admin", "recommender")


@pytest.fixture(scope="module")
def blind(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Blind]:
    """The world, once for all tests here; a refusal is answered without its page, which says nothing of any object."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler403", lambda request, exception: HttpResponseForbidden())
        patch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
        patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
        patch.setattr(issue, "enqueue", lambda document_id: None)  # what a document says stands in its source
        logging.disable(logging.CRITICAL)
        with (
            django_db_blocker.unblock(), transaction.atomic(), clock.travel(NOW), second_tenant() as second, registered() as made,
        ):  # fmt: skip
            yield blind_world(Jurisdiction.objects.get(code="hangzhou"), second, made)
            transaction.set_rollback(True)
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def answers(blind: Blind, django_db_blocker: Any) -> Any:
    """Everything everybody is answered while the sealed sheets say `HIGH`."""
    with django_db_blocker.unblock():
        return walk(blind)


def found(text: str, marks: list[str]) -> list[str]:
    return [mark for mark in marks if re.search(mark, text)]


def test_the_marks_can_be_seen_by_those_whose_they_are(blind: Blind) -> None:
    """Without this, a walk that finds nothing would prove nothing."""
    for actor, path in (
        (blind.author, f"/hangzhou/expert/seats/{blind.things[0].rows['seat'].pk}/opinion/"),
        (
            blind.typist,
            f"/hangzhou/desk/panels/{blind.at_work.pk}/paper/{blind.things[0].rows['paper_entry'].member_id}/",
        ),
    ):
        client = Client()
        client.force_login(actor.user)
        assert found(ask(client, "GET", path).text, HIGH.marks) == HIGH.marks, path


@pytest.mark.rule("P3-11")
def test_no_answer_says_a_word_or_a_point(answers: Any) -> None:
    leaks = [(key, marks) for key, answer in answers.items() if (marks := found(answer.text, HIGH.marks))]
    assert leaks == []


@pytest.mark.parametrize(
    ("who", "least"),
    [("visitor", 20), ("unit_admin", 30), ("recommender", 10), ("bureau_officer", 70), ("bureau_approver", 40),
     ("supervisor", 30), ("chair", 12), ("colleague", 30)],
)  # fmt: skip
def test_the_walk_opens_pages_and_not_refusals_only(answers: Any, who: str, least: int) -> None:
    opened = [key for key, answer in answers.items() if key[0] == who and answer.text.startswith("200")]
    assert len(opened) >= least


def test_no_answer_differs_by_what_the_sheets_say_nor_the_work_it_takes(blind: Blind, answers: Any) -> None:
    """High scores and low ones: the same bytes, the same number of queries. How many are in may be seen, and nothing else.

    Asked again is whatever looked at a table of sheets: what did not cannot tell.
    """
    looked = {key for key, answer in answers.items() if answer.sealed}
    with transaction.atomic():
        rewrite(LOW)
        after = walk(blind, looked)
        transaction.set_rollback(True)
    assert len(looked) >= 40
    assert [key for key in looked if answers[key] != after[key]] == []


def test_nothing_that_is_kept_or_sent_says_it(blind: Blind) -> None:
    with scopes_disabled():
        panels = str(list(Panel.objects.values_list("conclusion", "sheet", "result")))
    kept = {
        "log": str(list(Event.objects.values_list("action", "object_label", "reason", "data", "old_hash"))),
        "messages": str(list(Message.objects.values_list("key", "title", "body", "link"))),
        "mail": str([(each.subject, each.body) for each in mail.outbox]),
        "documents": "\n".join(Document.objects.values_list("source", flat=True)),
        "panels": panels,
    }
    assert {place: marks for place, text in kept.items() if (marks := found(text, HIGH.marks))} == {}


def test_no_document_would_say_it_if_it_were_rendered_now(blind: Blind) -> None:
    for panel in (blind.at_work, blind.complete):
        with scope(jurisdiction=panel.jurisdiction):
            fresh = Panel.objects.select_related("application__call", "jurisdiction").get(pk=panel.pk)
            said = str(printing.panel_record(fresh))
            said += "".join(str(printed_sheet(member)) for member in fresh.members.select_related("panel"))
        assert found(said, HIGH.marks) == []


@pytest.mark.rule("P3-17")
def test_experts_see_no_personal_data_of_the_unit(answers: Any) -> None:
    asked = {key: answer.text for key, answer in answers.items() if key[0] in EXPERTS}
    leaks = [(key, marks) for key, text in asked.items() if (marks := found(text, PERSONAL))]
    assert leaks == []


def test_nobody_outside_learns_who_judges(answers: Any) -> None:
    asked = {key: answer.text for key, answer in answers.items() if key[0] in OUTSIDE}
    leaks = [(key, marks) for key, text in asked.items() if (marks := found(text, NAMES))]
    assert leaks == []
