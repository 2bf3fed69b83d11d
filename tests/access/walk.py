"""Walks every address as every persona and says what happened: `ok`, `login`, `403`, `404`, or `error`."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver

from portal import urls
from tests.access.arguments import BODIES, FORM, arguments
from tests.access.world import World

# Read from the route: Django shares the dictionary of converters among equal routes, and adds to it as it goes.
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
CASES = (
    ("own", "own", "own"),
    ("other", "own", "other"),
    ("foreign", "own", "foreign"),
    ("abroad", "foreign", "foreign"),
)


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str], Any]]:
    """Yield every address: its full name, its arguments, its view."""
    resolver = resolver or get_resolver()
    for each in resolver.url_patterns:
        names = (*above, *ARGUMENT.findall(str(each.pattern)))
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", sorted(names), each.callback
        else:
            yield from addresses(each, f"{space}{each.namespace}:" if each.namespace else space, names)


def methods_of(view: Any) -> tuple[str, ...]:
    """Return the methods a view declares; the API only reads."""
    return tuple(getattr(view, "methods", ("GET",)))


def cases(name: str, wanted: list[str], world: World) -> Iterator[tuple[str, str]]:
    """Yield (case, path) for each distinct path: own, other's and foreign objects, and the foreign tenant's own prefix."""
    seen = set()
    for label, place, owner in CASES:
        things = getattr(world, owner)
        values = arguments(name, [each for each in wanted if each != "jurisdiction"], things)
        if "jurisdiction" in wanted:
            values["jurisdiction"] = getattr(world, place).jurisdiction.code
        path = reverse(name, kwargs=values)
        if path not in seen:
            seen.add(path)
            yield label, path


def walk(world: World) -> list[str]:
    """Return one line for each address, case and method: which personas got which answer.

    Most answers are refusals: their pages, which have tests of their own, are not drawn.
    """
    with ExitStack() as plainly:
        for status in (403, 404):
            plainly.enter_context(patch.object(urls, f"handler{status}", partial(_refusal, status=status)))
        return _walk(world)


def _refusal(request: Any, exception: Exception, *, status: int) -> HttpResponse:
    return HttpResponse(status=status)


def _walk(world: World) -> list[str]:
    visits = [
        (name, label, method, path)
        for name, wanted, view in addresses()
        for label, path in cases(name, wanted, world)
        for method in methods_of(view)
    ]
    answers: dict[tuple[str, str, str], dict[str, list[str]]] = {visit[:3]: defaultdict(list) for visit in visits}
    for persona, actor in world.personas.items():
        client = Client(raise_request_exception=False)
        if actor is not None:
            client.force_login(actor.user)
        cookies = client.cookies.output(header="", sep=";")
        for name, label, method, path in visits:
            client.cookies = SimpleCookie(cookies)
            kind, body = BODIES.get(name, FORM)
            answers[name, label, method][_answer(client, method, path, kind, body)].append(persona)
    return sorted(_line(*key, found) for key, found in answers.items())


def _answer(client: Client, method: str, path: str, kind: str, body: str) -> str:
    with transaction.atomic():
        response = client.generic(method, path, body, content_type=kind)
        if response.streaming:
            b"".join(response.streaming_content)  # read to the end: the client then closes it without the connection
        transaction.set_rollback(True)
    if response.status_code == 401 or (
        response.status_code == 302 and response.url.startswith(reverse(settings.LOGIN_URL))
    ):
        return "login"
    if response.status_code >= 500:
        return f"error at {resolve(path).view_name}"
    return str(response.status_code) if response.status_code in {403, 404, 405} else "ok"


def _line(name: str, label: str, method: str, found: dict[str, list[str]]) -> str:
    said = "; ".join(f"{answer}: {_people(found, answer)}" for answer in sorted(found, key=_rank))
    return f"{name} {label} {method} | {said}"


def _people(found: dict[str, list[str]], answer: str) -> str:
    return "everyone" if len(found) == 1 else " ".join(found[answer])


def _rank(answer: str) -> tuple[int, str]:
    order = ("ok", "login", "403", "404")
    return (order.index(answer) if answer in order else len(order), answer)
