"""What a journey lets happen off stage: run in the portal's own process by `Portal.script`, through the services people use.

People are those of the demonstration; files are filled in with the policy's samples. A call of the journey's own stands
beside those of the demonstration, so that every stage can be walked from the draft on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from celery import Task

from applications.models import Application, Call
from applications.selectors.versions import conditions_to_judge
from applications.services import check
from applications.services.settings import change_setting
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo import casting, filing, offices, reviewing
from portal.desk.demo.filing import Cast, on
from portal.policy import registry
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples, samples_of
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Panel
from reviews.services import declarations, recommending, visits


def samples_at(code: str) -> Samples:
    """Return the sample material of a place."""
    found = samples_of(code)
    assert found is not None
    return found


def cast_of(code: str) -> Cast:
    """Return the people of a place, as the demonstration has them; what this process enqueues from now on is dropped.

    Nobody looks at the papers and messages of what happens off stage, and those of the journey need not wait for them.
    """
    Task.apply_async = lambda *arguments, **options: None
    return casting.assemble(Jurisdiction.objects.get(code=code), samples_at(code))


def open_call(
    cast: Cast, code: str, *, hours: int = 3, later: dict[StageKind, tuple[datetime, datetime]] | None = None
) -> Call:
    """Have a call published that opened 40 days ago and closes in some hours; offices may hand in an hour longer."""
    place, now = Jurisdiction.objects.get(code=code), clock.now()
    opens, closes = on(clock.today() - timedelta(days=40), 9), now + timedelta(hours=hours)
    windows = {StageKind.RECOMMENDATION: (opens, closes + timedelta(hours=1)), **(later or {})}
    return casting.call_for(cast, place, opens, closes, windows=windows)


def set_value(cast: Cast, code: str, key: str, value: str) -> None:
    """Change a setting of a place for the calls to come."""
    place, edition = Jurisdiction.objects.get(code=code), registry.current(code)
    change_setting(
        jurisdiction=place, edition=edition, key=key, value=value, reason="按本年度计划确定", by=cast.approver
    )


def cleared(cast: Cast, code: str, call: Call, keys: Sequence[str], days_ago: int = 6) -> list[Application]:
    """Have units submit, and their offices check and clear the files, within three days."""
    day, found = clock.today() - timedelta(days=days_ago), []
    for number, key in enumerate(keys):
        unit = cast.units[key][0]
        filed = offices.file_with(cast, call, unit, on(day, 8, 9 * number))
        found.append(offices.clear(cast, samples_at(code), unit, filed, on(day + timedelta(days=2), 9)))
    return found


def sealed(cast: Cast, code: str, call: Call, keys: Sequence[str]) -> list[Application]:
    """Have units cleared, ranked in this order and handed in by the office they share, until yesterday."""
    files = cleared(cast, code, call, keys)
    by, at = cast.desks[cast.units[keys[0]][0].recommender], on(clock.today() - timedelta(days=2), 10)
    stage = casting.stage_key(call, StageKind.RECOMMENDATION)
    made = offices.put_forward(call, stage, files, samples_at(code), at=at, by=by)
    offices.seal(cast, made, at + timedelta(hours=4), by)
    return files


def judge_rest(application: Application, by: Actor) -> None:
    """Find every condition met that has no verdict yet, now."""
    version = application.current
    assert version is not None
    given = set(version.checks.values_list("code", flat=True))
    for condition in conditions_to_judge(application, version):
        if condition.code not in given:
            check.give_verdict(application=application, code=condition.code, verdict="met", by=by)


def justify_rest(application: Application, by: Actor) -> None:
    """Say, where the policy wants it, why a file is put forward in spite of each standard it misses, now."""
    rule = application.edition.recommendation()
    for code in recommending.missed_standards(application) if rule and rule.justify else ():
        recommending.justify(application=application, code=code, text=offices.MISSED, by=by)


def accept_all(cast: Cast, call: Call, at: datetime, *, but: int) -> None:
    """Receive, check and accept every file that has been recommended but one, at an instant."""
    for application in Application.objects.filter(call=call, status="recommended").exclude(pk=but).order_by("id"):
        filing.accept(cast, application, at)


def review_all(cast: Cast, call: Call, at: datetime) -> None:
    """Draw a panel for every accepted file and carry its review to the end, in a fortnight from an instant."""
    for number, application in enumerate(Application.objects.filter(call=call, status="accepted").order_by("id")):
        day = at + timedelta(minutes=15 * number)
        reviewing.whole_review(cast, application, reviewing.convene_drawn(cast, application, day), day)


def review_again(cast: Cast, application: Application) -> None:
    """Let the panel of the level above look at a reported file, from the draw to the last opinion, now."""
    assert cast.superior is not None
    panel = reviewing.convene_drawn(cast, application, clock.now() - timedelta(hours=1), cast.superior)
    reviewing.declare(cast, panel, clock.now())
    reviewing.opine(cast, panel, clock.now(), ("recommend",) * panel.members.count())


def declare_rest(cast: Cast, panel: Panel, *, but: int = 1) -> list[str]:
    """Let all members but the first few declare, now; return the usernames of those few."""
    members = list(panel.members.select_related("expert__user"))
    for member in members[but:]:
        declarations.declare(
            member=member, conflicts=[], explanation="", undertaking=True, by=_expert(cast, member.expert)
        )
    return [member.expert.user.username for member in members[:but] if member.expert.user]


def record_visit(cast: Cast, panel: Panel) -> None:
    """Write down what the panel's visit saw, now."""
    visits.record_visit(
        visit=panel.visit,
        attendance="专家组全体成员、受理处室工作人员、单位负责人",
        facts="实训场地与申报一致，主要设备在位并能正常运行；抽查设备台账 10 件，账物相符。",
        originals_seen=True,
        by=cast.officer,
    )


def opine_rest(cast: Cast, panel: Panel, *, but: str) -> None:
    """Let every member recommend, now, but for the one of that username."""
    for member in panel.members.select_related("expert__user").exclude(expert__user__username=but):
        reviewing.opine_as(cast, panel, member)


def at_work(cast: Cast, code: str, keys: Sequence[str]) -> list[Panel]:
    """Have the files of units that share an office scored by one panel on site, today one after the other; all have declared."""
    now, samples, place = clock.now(), samples_at(code), Jurisdiction.objects.get(code=code)
    opens, closes = now - timedelta(days=40), now - timedelta(days=25)
    call = casting.call_for(
        cast, place, opens, closes, windows={StageKind.RECOMMENDATION: (closes, now - timedelta(days=12))}
    )
    stage, files = casting.stage_key(call, StageKind.RECOMMENDATION), []
    for number, key in enumerate(keys):
        filed = offices.file_with(cast, call, cast.units[key][0], on(clock.today() - timedelta(days=30), 9, 9 * number))
        files.append(offices.clear(cast, samples, cast.units[key][0], filed, on(clock.today() - timedelta(days=22), 9)))
    at, by = on(clock.today() - timedelta(days=18), 10), cast.desks[cast.units[keys[0]][0].recommender]
    offices.seal(cast, offices.put_forward(call, stage, files, samples, at=at, by=by), at + timedelta(hours=4), by)
    panels = []
    for number, application in enumerate(files):
        application.refresh_from_db()
        filing.accept(cast, application, on(clock.today() - timedelta(days=10), 9))
        chosen = list(Expert.objects.filter(jurisdiction=place).order_by("id")[:5])
        panel = reviewing.convene(cast, application, chosen, now - timedelta(days=5))
        reviewing.declare(cast, panel, now - timedelta(days=4))
        reviewing.visit(cast, panel, now - timedelta(days=3), on(clock.today(), 9 + 5 * number), done=False)
        panels.append(panel)
    return panels


def _expert(cast: Cast, expert: Expert) -> Actor:
    return next(actor for actor in cast.experts if actor.user == expert.user)
