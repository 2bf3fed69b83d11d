"""Where the bureau selects by rank: every office has handed in, every panel is done, the selection is drawn up."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from applications.models import Application, Call
from applications.services.call_windows import Span
from portal.calendars import clock
from portal.desk.demo import filing, offices, reviewing
from portal.desk.demo.casting import call_for, stage_key
from portal.desk.demo.filing import Cast, last_second, on
from portal.desk.demo.one_panel import OnePanel
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction
from reviews.services import selecting

EACH = 2
NOTHING: Mapping[StageKind, Span] = MappingProxyType({})


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """Tell it up to the draft of the selection, which a second person has yet to fix."""
    reviewing.enlist(cast, jurisdiction, samples)
    call = reviewed(cast, jurisdiction, samples, today - timedelta(days=80), review=OnePanel(cast).review)
    with clock.travel(on(today - timedelta(days=3), 15)):
        selecting.draw_up_selection(call=call, by=cast.officer)


def reviewed(
    cast: Cast, jurisdiction: Jurisdiction, samples: Samples, start: date, later: Mapping[StageKind, Span] = NOTHING,
    *, review: Callable[[Application, int, datetime], None] | None = None,
) -> Call:  # fmt: skip
    """Carry a call that opened on `start` through recommendation, acceptance and review; it takes sixty days.

    Each office hands in two files at most, in the order of the samples. `later` are the windows of what follows. `review`
    carries a file (with its number from 0 and the day) through its review; without it each has a panel of its own.
    """
    closes = on(start + timedelta(days=20), 18)
    windows = {StageKind.RECOMMENDATION: (closes, last_second(start + timedelta(days=30))), **later}
    call = call_for(cast, jurisdiction, on(start, 9), closes, windows=windows)
    stage, files = stage_key(call, StageKind.RECOMMENDATION), []
    for key, units in offices.groups_of(samples).items():
        cleared = []
        for number, unit in enumerate(units[:EACH]):
            filed = offices.file_with(cast, call, unit, on(start + timedelta(days=12), 9, 7 * number))
            cleared.append(offices.clear(cast, samples, unit, filed, on(start + timedelta(days=21), 9 + number)))
        at, by = on(start + timedelta(days=25), 10), cast.desks[key]
        offices.seal(
            cast, offices.put_forward(call, stage, cleared, samples, at=at, by=by), at + timedelta(hours=4), by
        )
        files += cleared
    for number, application in enumerate(files):
        application.refresh_from_db()
        filing.accept(cast, application, on(start + timedelta(days=34), 9, 10 * number))
        day = on(start + timedelta(days=42), 9, 15 * number)
        if review:
            review(application, number, day)
        else:
            panel = reviewing.convene_drawn(cast, application, day)
            reviewing.whole_review(cast, application, panel, day)
    return call
