"""Where units file straight with the bureau: three calls, and a file at every stage on the day it is loaded."""

from datetime import date, timedelta

from applications.models import Application, Call
from applications.services import check
from portal.calendars import clock
from portal.calendars.selectors import add_working_days
from portal.desk.demo import filing, meeting, reviewing
from portal.desk.demo.casting import call_for
from portal.desk.demo.filing import Cast, on
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Panel

REMARKS = (
    ("standard/social_trainees", "台账第 6 行为本校学生，不属社会人员，请核实后更正填报数或补充台账。"),
    ("#rules_assets", "《固定资产管理制度》缺第 3 页，请重新上传完整文件。"),
)
REMARKS_TO_ENTERPRISE = (
    ("standard/industry_note", "认定文件只写了名称，请写明文号和认定年度，并与产业归属证明一致。"),
    REMARKS[1],
)


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """Tell the story: one call finished, one under way, one open."""
    chosen = reviewing.enlist(cast, jurisdiction, samples)
    _finished(cast, jurisdiction, samples, today)
    _under_way(cast, jurisdiction, chosen, today)
    _open(cast, jurisdiction, today)


def accepted(cast: Cast, keys: tuple[str, ...], call: Call, day: date) -> dict[str, Application]:
    """Have units submit and be accepted, one a day."""
    found = {}
    for number, key in enumerate(keys):
        filled = filing.fill(cast, key, call, on(day + timedelta(days=number), 9, 12))
        submitted = filing.hand_in(cast, key, filled, on(day + timedelta(days=number), 16, 42 - number))
        found[key] = filing.accept(cast, submitted, on(day + timedelta(days=number + 3), 10))
    return found


def _finished(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """A call that ended with two bases and one refusal."""
    start = today - timedelta(days=210)
    call = call_for(cast, jurisdiction, on(start, 9), on(start + timedelta(days=40), 18))
    units = [sample.key for sample in samples.units]
    done = accepted(cast, (units[1], units[2]), call, start + timedelta(days=20))
    day = on(start + timedelta(days=50), 9)
    for application in done.values():
        reviewing.whole_review(cast, application, reviewing.convene_drawn(cast, application, day), day)
    panels = list(Panel.objects.filter(application__in=done.values()))
    meeting.held(cast, call, panels, on(start + timedelta(days=65), 9, 30))
    shortlist = reviewing.list_units(
        cast, call, f"{call.title}拟认定名单", (units[1], units[2]), on(start + timedelta(days=70), 10)
    )
    notice = reviewing.publish(cast, shortlist, f"关于 {call.title}拟认定名单的公示", on(start + timedelta(days=72), 9))
    year = clock.local_date(notice.ends_at).year
    reviewing.recognise(cast, notice, f"{samples.document_series}〔{year}〕12号", f"关于认定 {call.title}的通知")


def _under_way(cast: Cast, jurisdiction: Jurisdiction, chosen: list[Expert], today: date) -> None:
    """A closed call: three units in public notice with an objection to one, others in review, one late with a correction."""
    keys = list(cast.units)
    start = today - timedelta(days=95)
    call = call_for(cast, jurisdiction, on(start, 9), on(start + timedelta(days=40), 18), batch=2)
    done = accepted(cast, tuple(keys[3:8]), call, start + timedelta(days=25))
    noticed = tuple(keys[3:6])
    for number, key in enumerate(noticed):
        day = on(start + timedelta(days=45), 8 + number)
        panel = reviewing.convene(cast, done[key], chosen[number : number + 5], day)
        reviewing.whole_review(cast, done[key], panel, day)
    panel = reviewing.convene(cast, done[keys[6]], chosen[:5], on(today - timedelta(days=9), 9))
    reviewing.declare(cast, panel, on(today - timedelta(days=8), 10), 4)
    reviewing.visit(cast, panel, on(today - timedelta(days=7), 9), on(today + timedelta(days=2), 9), done=False)
    title = f"{call.title}拟认定名单"
    shortlist = reviewing.list_units(cast, call, title, noticed, on(today - timedelta(days=8), 9))
    notice = reviewing.publish(cast, shortlist, f"关于 {title}的公示", on(published(today), 9))
    entry = notice.shortlist.entries.get(application=done[noticed[2]])
    reviewing.object_to(cast, notice, entry, min(on(published(today), 15), clock.now() - timedelta(hours=4)))
    late = filing.hand_in(
        cast,
        keys[8],
        filing.fill(cast, keys[8], call, on(start + timedelta(days=30), 9)),
        on(start + timedelta(days=38), 17, 58),
    )
    filing.send_back(cast, late, on(start + timedelta(days=44), 10), REMARKS)


def published(today: date) -> date:
    """The last day but one on which a notice could be published and still run: two or three days ago."""
    day = today - timedelta(days=3)
    while add_working_days(day, 1) > today:
        day -= timedelta(days=1)
    return day


def _open(cast: Cast, jurisdiction: Jurisdiction, today: date) -> None:
    """The open call: a draft well under way, one just begun, one submitted, one being checked, one returned."""
    keys = list(cast.units)
    start = today - timedelta(days=12)
    call = call_for(cast, jurisdiction, on(start, 9), on(today + timedelta(days=26), 18), batch=3)
    filing.fill(cast, keys[0], call, on(today - timedelta(days=2), 14, 3), leave_out=("pledge", "#"))
    # Begun by a unit that applied before: what its last application said is taken over, each value marked until confirmed.
    begun = ("cover", "basic", "training", "project", "standard", "pledge", "#")
    filing.fill(cast, keys[8], call, on(today - timedelta(days=1), 11), leave_out=begun)
    for number, key in enumerate(keys[9:11]):
        filled = filing.fill(cast, key, call, on(today - timedelta(days=6 - number), 9))
        submitted = filing.hand_in(cast, key, filled, on(today - timedelta(days=6 - number), 16, 20))
        if number == 1:
            with clock.travel(on(today - timedelta(days=3), 9)):
                check.open_application(application=submitted, by=cast.officer)
    back = filing.hand_in(
        cast,
        keys[11],
        filing.fill(cast, keys[11], call, on(today - timedelta(days=9), 9)),
        on(today - timedelta(days=8), 10),
    )
    filing.send_back(cast, back, on(today - timedelta(days=4), 10), REMARKS_TO_ENTERPRISE)
