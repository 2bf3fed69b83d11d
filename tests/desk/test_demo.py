"""The demonstrations load on any day, once, through the real services."""

from collections import Counter
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from applications.models import Application, Call
from assessments.models import Account, Assessment, Base, Improvement
from assessments.services.money_account import faults_of
from portal.accounts.models import Membership, User
from portal.calendars import clock
from portal.notifications.models import Message
from portal.policy.sample import samples_of
from portal.tenancy.models import Jurisdiction
from reviews.models import (
    Draw,
    Meeting,
    Objection,
    Opinion,
    Panel,
    PublicNotice,
    Recommendation,
    Selection,
)

FIRST, HOLIDAY, SPRING = (2027, 1, 4, 9), (2031, 10, 5, 0), (2026, 3, 2, 23)
# Each place on a day of its own, two of them on a second one: a load takes seconds.
LOADS = [
    ("hangzhou", FIRST), ("hangzhou", SPRING), ("chongqing", HOLIDAY), ("shunyi", SPRING), ("shunyi", HOLIDAY),
    ("kunshan", FIRST), ("skills_foundation", HOLIDAY),
]  # fmt: skip
STAGES = {
    "hangzhou": {
        "recognised": 5, "in_notice": 3, "in_review": 1, "accepted": 1, "returned": 2, "draft": 2, "submitted": 1,
        "checking": 1,
    },
    "chongqing": {"recognised": 2, "qualified": 3, "returned": 1, "recommended": 1, "checking": 1, "draft": 1},
    "shunyi": {"recognised": 3, "in_notice": 1, "in_review": 1, "draft": 1, "submitted": 2},
    "kunshan": {"recognised": 2, "reviewed": 6},
    "skills_foundation": {"recognised": 2, "in_recheck": 1, "reported": 3},
}  # fmt: skip


def straight() -> None:
    assert Base.objects.exclude(source__application__call__year=0).count() == 2
    assert Objection.objects.count() == 1
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.attendance.filter(present=True, signed_at=None).count()) == ("closed", 0)
    assert Call.objects.filter(closes_at__gt=clock.now()).get().is_open(clock.now())


def recommending() -> None:
    call = Application.objects.filter(call__year__gt=0).order_by("-id")[0].call
    window = call.windows.get()
    assert not call.is_open(clock.now())
    assert window.is_open(clock.now())
    sealed, open_list = Recommendation.objects.order_by("-state")
    assert (sealed.state, open_list.state) == ("sealed", "draft")
    assert open_list.entries.count() == 3
    crossed = Application.objects.get(cross_from__isnull=False)
    assert crossed.organisation == crossed.cross_from.organisation
    assert crossed.track_key != crossed.cross_from.track_key


def rolling() -> None:
    notice = PublicNotice.objects.get()
    assert notice.published_at <= clock.now() < notice.ends_at
    assert Draw.objects.filter(state="drawn").count() == 2
    tracks = Application.objects.filter(status="submitted").values_list("organisation", "track_key")
    assert len({unit for unit, _ in tracks}) == 1
    assert len({track for _, track in tracks}) == 2


def selecting() -> None:
    assert Selection.objects.get().state == "draft"
    assert not Recommendation.objects.exclude(state="sealed").exists()
    assert all(opinion.scores for opinion in Opinion.objects.all())


def reported() -> None:
    assert Recommendation.objects.get(stage="report").state == "sealed"
    assert PublicNotice.objects.get().state == "closed"
    panel = Panel.objects.get(stage="recheck")
    assert panel.draws.get().state == "drawn"
    assert panel.state == "working"
    assert Opinion.objects.filter(member__panel=panel).count() == 1


PROMISES = {
    "hangzhou": straight,
    "chongqing": recommending,
    "shunyi": rolling,
    "kunshan": selecting,
    "skills_foundation": reported,
}


AFTERWARDS = {
    "hangzhou": {("biennial", "decided"), ("biennial", "panel"), ("biennial", "exempt")},
    "chongqing": {("midterm", "decided")},
    "shunyi": {("year1", "decided")},
    "kunshan": {("annual", "decided"), ("annual", "ready")},
    "skills_foundation": set(),
}


def promised_afterwards(code: str, on: date) -> None:
    """Older bases have books that balance, and what the day allows has become of them."""
    older = Base.objects.filter(source__application__call__year=0)
    assert older.count() == STAGES[code]["recognised"] - (2 if code == "hangzhou" else 0)
    assert all(not faults_of(each, each.entries.order_by("id")) for each in Account.objects.all())
    if on.month > 4:  # a round begins in February and takes until April
        assert set(Assessment.objects.values_list("scheme_key", "state")) == AFTERWARDS[code]
    if code == "shunyi":
        assert Improvement.objects.get().state == "running"
        assert Account.objects.filter(paid__gt=0, spent__gt=0).count() == 3


@pytest.mark.parametrize(("code", "day"), LOADS)
def test_a_file_stands_at_every_stage_promised(db: None, code: str, day: tuple[int, int, int, int]) -> None:
    at = datetime(*day, tzinfo=clock.SHANGHAI)
    with clock.travel(at):
        call_command("demo", "--only", code, stdout=StringIO())
        with scope(jurisdiction=Jurisdiction.objects.get(code=code)):
            assert Counter(Application.objects.values_list("status", flat=True)) == STAGES[code]
            PROMISES[code]()
            promised_afterwards(code, at.date())
        with scopes_disabled():
            assert not Application.objects.filter(updated_at__gt=at).exists()
            assert not Message.objects.filter(created_at__gt=at).exists()
            before = set(Application.objects.values_list("pk", "updated_at"))
            call_command("demo", "--only", code, stdout=StringIO())
            assert set(Application.objects.values_list("pk", "updated_at")) == before
        call_command("audit", "verify", stdout=StringIO())


def test_the_printed_accounts_are_those_that_can_sign_in(db: None) -> None:
    printed = StringIO()
    with clock.travel(datetime(2027, 1, 4, 9, tzinfo=clock.SHANGHAI)):
        call_command("demo", "--only", "chongqing", stdout=StringIO())
        call_command("demo", "--accounts", "--only", "chongqing", stdout=printed)
    names = [line.split()[0] for line in printed.getvalue().splitlines() if line.startswith("  ")]
    assert {"cq-officer", "cq-approver", "cq-yubei", "cq-expert"} <= set(names)
    assert User.objects.filter(username__in=names).count() == len(names)
    assert Membership.objects.get(user__username="cq-yubei").organisation.kind == "district"
    assert Membership.objects.get(user__username="cq-officer").organisation.parent is None


def test_the_level_above_has_its_own_people_and_the_bureau_is_not_it(db: None) -> None:
    with clock.travel(datetime(2027, 1, 4, 9, tzinfo=clock.SHANGHAI)):
        call_command("demo", "--only", "skills_foundation", stdout=StringIO())
    kinds = {
        name: Membership.objects.get(user__username=name).organisation.kind
        for name in ("gj-officer", "gj-ministry-officer", "gj-baotou")
    }
    assert kinds == {"gj-officer": "province", "gj-ministry-officer": "ministry", "gj-baotou": "league"}


def test_every_office_that_somebody_works_at_has_units_that_go_through_it() -> None:
    for code in STAGES:
        samples = samples_of(code)
        assert samples is not None
        assert all(any(unit.recommender == each.office for unit in samples.units) for each in samples.offices)
