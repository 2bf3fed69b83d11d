"""Where each file is reviewed as it comes (随申即评): one call that stays open, and a file at every stage of it."""

from datetime import date, datetime, timedelta

from applications.models import Call
from portal.calendars import clock
from portal.desk.demo import filing, reviewing
from portal.desk.demo.casting import call_for
from portal.desk.demo.filed_straight import accepted, published
from portal.desk.demo.filing import Cast, on
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """One unit in notice, one before a drawn panel, one drafting, and one that applies on two tracks together."""
    reviewing.enlist(cast, jurisdiction, samples)
    start = today - timedelta(days=60)
    call = call_for(cast, jurisdiction, on(start, 9), on(today + timedelta(days=120), 18))
    both = next((sample.key for sample in samples.units if sample.also), "")
    # The first unit has not applied yet: whoever signs in as it begins with an empty page.
    noticed, judged, drafting = [sample.key for sample in samples.units if sample.key != both][1:4]
    done = accepted(cast, (noticed,), call, start + timedelta(days=2))[noticed]
    day = on(start + timedelta(days=8), 9)
    reviewing.whole_review(cast, done, reviewing.convene_drawn(cast, done, day), day)
    title = f"{call.title}拟认定名单（一）"
    shortlist = reviewing.list_units(cast, call, title, (noticed,), on(today - timedelta(days=14), 9))
    reviewing.publish(cast, shortlist, f"关于 {title}的公示", on(published(today), 9))
    waiting = accepted(cast, (judged,), call, today - timedelta(days=18))[judged]
    panel = reviewing.convene_drawn(cast, waiting, on(today - timedelta(days=9), 9))
    reviewing.declare(cast, panel, on(today - timedelta(days=8), 10), 2)
    filing.fill(cast, drafting, call, on(today - timedelta(days=2), 14, 3), leave_out=("pledge", "#"))
    if both:
        _apply_twice(cast, both, call, on(today - timedelta(days=6), 9))


def _apply_twice(cast: Cast, key: str, call: Call, at: datetime) -> None:
    """Have a unit begin on every track it has a form for, and submit them all; begun together, none takes from another."""
    sample, actor = cast.units[key]
    forms = {"": sample.answers, **sample.also}
    begun = [(filing.begin(cast, key, call, at, track), answers) for track, answers in forms.items()]
    for application, answers in begun:
        with clock.travel(at + timedelta(hours=2)):
            filing.fill_in(cast, application, answers(clock.local_date(at)), actor, ())
        filing.hand_in(cast, key, application, at + timedelta(hours=5))
