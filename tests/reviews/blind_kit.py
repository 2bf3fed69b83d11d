"""A sealed panel in a whole world: what its sheets say can be put in and taken out, and every page walked by everybody."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.test import Client, TestCase
from django_scopes import scope, scopes_disabled

from applications.models import Application
from portal.accounts.actor import Actor
from portal.accounts.roles import ROLES
from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.score_settings import aggregation, scoring_settings
from portal.policy.scoring import ReviewSheet, ScoreItem
from portal.policy.selection import RankBy, RankingRule, RankKey
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Opinion, OpinionVersion, Panel, PaperEntry, SheetEntry
from reviews.services import opinions, reopening
from tests.access.arguments import BODIES, FORM
from tests.access.walk import addresses, cases, methods_of
from tests.access.world import NOW, Things, World, build
from tests.applications import desk_factories
from tests.factories import make_actor, make_call, make_office
from tests.reviews import kit, sheet_kit

ASKED = "晚霞七号"
"""Stands in every sealed text, and is what everybody searches for: found or not, the answer must be the same."""
SHEET = ReviewSheet(
    key="blind",
    title="盲评评分表",
    items=(
        ScoreItem(1, "条件", "场地条件", Decimal(60), "对照场地评分", step=Decimal("0.01")),
        ScoreItem(2, "师资", "师资条件", Decimal(40), "对照师资评分", step=Decimal("0.01")),
    ),
    clause="测试条款",
)
LISTS = {
    "desk:search",
    "desk:notices",
    "applications:inbox",
    "reviews:panels",
    "reviews:panel",
    "reviews:experts",
    "audit:log",
}
TAKEN_AWAY = {
    "applications:inbox_export", "audit:export", "audit:verify", "reviews:seat_paper", "reviews:paper_print",
    "reviews:selection", "reviews:selection_print", "reviews:result", "reviews:panel_unseal", "reviews:panel_finish",
    "reviews:paper_confirm", "reviews:paper_check", "reviews:reopen_ask", "reviews:declare", "reviews:onsite_entries",
}  # fmt: skip
"""What is fetched by POST, and acts whose refusal might tell something."""


APART = ("accounts:", "system:", "api:schema", "api:policy", "healthz")
"""Begins the names of addresses that read nothing of a file: left out, for the walk is long. What frames them frames all."""


@dataclass(frozen=True)
class Secret:
    """What sealed sheets say: a text, a remark, points of both items."""

    text: str
    remark: str
    points: tuple[str, str]
    conclusion: str

    @property
    def marks(self) -> list[str]:
        """Patterns none of which may be read anywhere: words, points, their sum."""
        total = sum((Decimal(each) for each in self.points), Decimal(0))
        return [
            self.text[len(ASKED) :],
            self.remark,
            *(rf"(?<![\d.]){re.escape(str(each))}(?!\d)" for each in (*self.points, total)),
        ]


HIGH = Secret(f"{ASKED}此件甚佳密语甲文，建议优先安排，理由另述如上。", "密语甲之备注", ("57.13", "38.29"), "recommend")
LOW = Secret(f"{ASKED[:2]}此件不足密语乙文。不应列入", "乙", ("3.07", "1.11"), "against")
SEALED = tuple(f'"{model._meta.db_table}"' for model in (Opinion, OpinionVersion, PaperEntry, SheetEntry))
"""The tables `rewrite` changes: an answer for which none of them was read cannot tell."""
READERS = (
    "visitor",
    "unit_admin",
    "recommender",
    "bureau_officer",
    "bureau_approver",
    "supervisor",
    "expert",
    "audit_admin",
)
FOR_ALL = ("visitor", "unit_admin", "bureau_officer", "colleague")
"""Who is asked for the pages that are open to everybody."""
PERSONAL = ["吴师资", "测试联系人", "0571-00000001"]
NAMES = ["盲评甲某", "盲评乙某", "盲评丙某", "盲评丁某", "盲评戊某"]


def edition() -> Edition:
    """The policy of Hangzhou with a score sheet and a ranking by score."""
    model = registry.current("hangzhou")
    return replace(
        model, code="hangzhou-blind", review_sheets=(SHEET,), aggregation=aggregation("测试条款"),
        settings=(*model.settings, *scoring_settings(note="测试")), effective_from=model.effective_from.replace(year=2000),
        ranking=RankingRule((RankKey(RankBy.SCORE, "评审得分"),)),
    )  # fmt: skip


@contextmanager
def registered() -> Iterator[Edition]:
    """Register that policy for as long as the context lasts."""
    made = edition()
    registry.register(made)
    try:
        yield made
    finally:
        registry.registry._editions.pop(made.code)


Question = tuple[str, str, str]  # reader, method, path


@dataclass(frozen=True)
class Answer:
    """What came back, how many queries of reviews' tables it took, and whether one of them looked at a sealed table."""

    text: str
    queries: int
    sealed: bool


@dataclass
class Blind:
    """Who looks at what: `at_work` has a sheet in, one come back, a draft, one on paper; `complete` is whole and sealed."""

    world: World
    at_work: Panel
    complete: Panel
    readers: Mapping[str, Actor | None]
    author: Actor
    typist: Actor
    things: list[Things]


def blind_world(first: Jurisdiction, second: Jurisdiction, made: Edition) -> Blind:
    """Build it at `NOW`; every sealed sheet says `HIGH`."""
    world = build(first, second)
    with scope(jurisdiction=first), TestCase.captureOnCommitCallbacks(execute=True):  # messages go out, too
        return _sealed(world, first, made)


def _sealed(world: World, first: Jurisdiction, made: Edition) -> Blind:
    call = make_call(first, edition_code=made.code, settings=made.setting_values())
    unit, staff = world.own.unit, world.own.people
    typist = make_actor("bureau_officer", make_office(first))
    units = (unit, world.other.unit)
    files = [desk_factories.submitted(call, unit=each, status="accepted") for each in units]
    at_work, people = _panel(files[0], staff["bureau_officer"])
    _sheets(at_work, people, typist)
    complete, others = _panel(files[1], staff["bureau_officer"])
    for actor in others:
        _hand_in(complete, actor)
    own = world.own
    rows = own.rows | {
        "panel": at_work, "accepted": files[0], "seat": kit.seat(at_work, people[1]), "call": call, "tiered_call": call,
        "colleague": kit.seat(at_work, people[2]), "paper_entry": PaperEntry.objects.get(member__panel=at_work),
        "filed": files[0],
    }  # fmt: skip
    things = [
        replace(own, rows=rows),
        replace(own, rows=rows | {"seat": kit.seat(at_work, people[3]), "colleague": kit.seat(at_work, people[4])}),
        replace(
            own,
            rows=rows
            | {"panel": complete, "accepted": files[1], "filed": files[1], "seat": kit.seat(complete, others[1])},
        ),
    ]
    readers = {**{who: world.personas[who] for who in READERS}, "chair": people[0], "colleague": people[3]}
    return Blind(world, at_work, complete, readers, people[1], typist, things)


def _panel(application: Application, officer: Actor) -> tuple[Panel, list[Actor]]:
    panel, people = kit.working_panel(application, officer)
    for actor, name in zip(people, NAMES, strict=True):
        Expert.objects.filter(user=actor.user).update(name=name)
    kit.declare_all(panel, people)
    return sheet_kit.fresh(panel), people


def _hand_in(panel: Panel, actor: Actor) -> Opinion:
    one, two = HIGH.points
    return opinions.submit_opinion(
        member=kit.seat(panel, actor), conclusion=HIGH.conclusion, text=HIGH.text, signature=kit.signature(), by=actor,
        scores={"1": one, "2": two}, remarks={"1": HIGH.remark, "2": HIGH.remark},
    )  # fmt: skip


def _sheets(panel: Panel, people: list[Actor], typist: Actor) -> None:
    chair, author, drafter, _, on_paper = people
    _hand_in(panel, author)
    reopening.reopen_opinion(member=kit.seat(panel, author), reason="本人申请更正", by=chair)
    _hand_in(panel, author)
    one, two = HIGH.points
    scores, remarks = {"1": one, "2": two}, {"1": HIGH.remark, "2": HIGH.remark}
    member = kit.seat(panel, drafter)
    opinions.save_opinion(
        member=member, conclusion=HIGH.conclusion, text=HIGH.text, by=drafter, scores=scores, remarks=remarks
    )
    for at, (key, value) in enumerate((("score.1", one), ("remark.1", HIGH.remark), ("text", HIGH.text)), start=1):
        SheetEntry.objects.create(
            member=member, operation=UUID(int=at), device="d", sequence=at, key=key, value=value, stood=value,
            outcome="conflict", received_at=NOW,
        )  # fmt: skip
    sheet_kit.entered(
        panel, on_paper, typist, text=HIGH.text, scores=scores, remarks=remarks, conclusion=HIGH.conclusion
    )


def rewrite(secret: Secret) -> None:
    """Make every sealed sheet say something else, past every service: what else there is stays as it is."""
    one, two = secret.points
    said = {
        "conclusion": secret.conclusion, "text": secret.text, "scores": {"1": one, "2": two},
        "score_remarks": {"1": secret.remark, "2": secret.remark},
    }  # fmt: skip
    with scopes_disabled():
        Opinion.objects.filter(scores__has_key="1").update(**said)
        PaperEntry.objects.exclude(scores={}).update(**said)
        OpinionVersion.objects.update(said=said)
        SheetEntry.objects.update(value=secret.text, stood=secret.text)


def visits(blind: Blind) -> list[tuple[str, str, str, Any]]:
    """Every (name, method, path, view): each address with each set of things, lists searched as well."""
    seen, found = set(), []
    for things in blind.things:
        world = replace(blind.world, own=things, other=things, foreign=things)
        for name, wanted, view in addresses():
            path = next(cases(name, wanted, world))[1]
            if path in seen or name.startswith(APART):
                continue
            seen.add(path)
            found += [(name, method, path, view) for method in _methods(name, view)]
            if name in LISTS:
                found.append((name, "GET", f"{path}?q={ASKED}", view))
    return found


def _methods(name: str, view: Any) -> list[str]:
    return [each for each in methods_of(view) if each == "GET" or name in TAKEN_AWAY]


def walk(blind: Blind, again: Collection[Question] | None = None) -> dict[Question, Answer]:
    """Return what each reader was answered at each address; `again`, only these questions."""
    answers = {}
    every = visits(blind)
    for who, actor in blind.readers.items():
        client = Client(raise_request_exception=False)
        if actor is not None:
            client.force_login(actor.user)
        cookies = client.cookies.output(header="", sep=";")
        for name, method, path, view in every:
            if (again is not None and (who, method, path) not in again) or _barred(who, actor, view):
                continue
            client.cookies = SimpleCookie(cookies)
            answers[who, method, path] = ask(client, method, path, *BODIES.get(name, FORM))
    return answers


def _barred(who: str, actor: Actor | None, view: Any) -> bool:
    """Whether the guard refuses the role whatever the object (the access matrix has that), or the page is everybody's."""
    access = getattr(view, "access", "visitor")
    if access == "visitor":
        return who not in FOR_ALL
    role = ROLES[actor.membership.role_code] if actor and actor.membership else None
    return actor is not None and access != "signed_in" and not (role and set(access.split(",")) & role.capabilities)


def ask(client: Client, method: str, path: str, kind: str = FORM[0], body: str = "") -> Answer:
    """Return one answer, written down so that two can be compared, with its queries of reviews' tables."""
    count = sealed = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count, sealed
        count += '"reviews_' in sql
        sealed += any(table in sql for table in SEALED)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(counting):
        response = client.generic(method, path, body, content_type=kind)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    assert response.status_code < 500, path
    # PostgreSQL gives no number twice, not even to a paper whose making was rolled back.
    heads = [re.sub(r"\d+/$", "*/", response.headers.get(each, "")) for each in ("Location", "Content-Disposition")]
    return Answer("\n".join([str(response.status_code), *heads, readable(content)]), count, sealed > 0)


def readable(content: bytes) -> str:
    """Write a body as text: a workbook unpacked, a random token of 64 signs as a star."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in sorted(book.namelist()) if not name.startswith("docProps")]
            content = b"\n".join(book.read(name) for name in names)
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "*", content.decode("utf-8", "replace"))
