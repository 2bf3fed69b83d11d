"""Every address × every role × own and other tenant × own, other's and foreign object, against the recorded table.

A new address appears as a difference: look at its lines, and when they are right, `python -m tests.access.record`.
"""

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import Client

from portal import urls
from portal.accounts import middleware
from portal.accounts.models import Membership, User
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from tests.access.arguments import Unmapped
from tests.access.walk import addresses, cases, methods_of, walk
from tests.access.world import NOW, World, build, second_tenant

pytestmark = pytest.mark.django_db  # without it there is no test database, and the fixture would find another
RECORD = Path(__file__).with_name("matrix.txt")


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Iterator[World]:
    """The world, once for all tests here; afterwards the database is as it was.

    A refusal is answered without its page, which other tests look at: drawing it thousands of times would take a minute.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler403", lambda request, exception: HttpResponseForbidden())
        patch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
        # A session in its cookie outlives the roll-back of a sign-out, and costs no query.
        patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
        patch.setattr(middleware, "usable_memberships", remembered(middleware.usable_memberships))
        yield from _world(django_db_blocker)


def remembered(found_for: Callable[[User], Iterable[Membership]]) -> Callable[[User], list[Membership]]:
    """Ask once for each person: what a request changes is rolled back. Every request gets a copy of its own to change."""
    known: dict[int, bytes] = {}

    def found(user: User) -> list[Membership]:
        if user.pk not in known:
            known[user.pk] = pickle.dumps(list(found_for(user)))
        copy: list[Membership] = pickle.loads(known[user.pk])  # noqa: S301 - pickled here
        return copy

    return found


def _world(django_db_blocker: Any) -> Iterator[World]:
    logging.disable(logging.CRITICAL)  # thousands of refusals are the point here
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(NOW), second_tenant() as second:
        yield build(Jurisdiction.objects.get(code="hangzhou"), second)
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_every_argument_of_an_address_has_a_meaning(world: World) -> None:
    unmapped = []
    for name, wanted, _ in addresses():
        try:
            list(cases(name, wanted, world))
        except Unmapped as found:
            unmapped.append(str(found))
    assert unmapped == []


def test_every_answer_is_as_recorded(world: World) -> None:
    lines = walk(world)
    if os.environ.get("RECORD_ACCESS"):
        RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")
    recorded = RECORD.read_text(encoding="utf-8").splitlines()
    broken = [line for line in lines if "error at" in line]
    assert not broken, "\n".join(broken)
    new, gone = sorted(set(lines) - set(recorded)), sorted(set(recorded) - set(lines))
    assert (new, gone) == ([], []), "\n".join(["now:", *new, "recorded:", *gone])


def test_no_view_takes_a_method_it_does_not_declare(world: World) -> None:
    client = Client()
    client.force_login(world.own.people["unit_admin"].user)
    wrong = [
        f"{method} {name}"
        for name, wanted, view in addresses()
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(methods_of(view))
        if client.generic(method, next(cases(name, wanted, world))[1]).status_code not in {403, 404, 405}
    ]
    assert wrong == []


def test_nobody_reaches_a_foreign_object(world: World) -> None:
    """Whatever the table says: behind a capability, the only answers to a foreign object or tenant are refusals."""
    guarded = {
        name for name, _, view in addresses() if getattr(view, "access", "visitor") not in {"visitor", "signed_in"}
    }
    # One calendar serves all; an applicant unit belongs to no jurisdiction, applies everywhere and has its own visits and bases there.
    open_to_all = {"system:calendar_year", "applications:start", "reviews:unit_calendar", "assessments:my_bases"}
    reached = []
    for line in RECORD.read_text(encoding="utf-8").splitlines():
        name, label, _, _, answers = line.split(" ", 4)
        if name in guarded - open_to_all and label in {"foreign", "abroad"} and answers.startswith("ok"):
            reached.append(line)
    assert reached == []


def test_a_supervisor_changes_nothing() -> None:
    """监督 reads all and writes only what is their own: the account, the messages; what is given out or checked is logged."""
    changed = set()
    for line in RECORD.read_text(encoding="utf-8").splitlines():
        name, _, method, _, answers = line.split(" ", 4)
        admitted = answers.partition(";")[0]
        if method == "POST" and admitted.startswith("ok:") and "supervisor" in admitted:
            changed.add(name)
    own = {name for name in changed if name.partition(":")[0] in {"accounts", "notifications"}}
    given_out = {f"assessments:{name}_export" for name in ("duplicates", "records", "payments")}
    assert changed - own == {"applications:inbox_export", "audit:verify", *given_out}
