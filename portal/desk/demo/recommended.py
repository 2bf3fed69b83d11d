"""Where a tier below the bureau recommends: the units' time is just over, the offices' is running."""

from datetime import date, timedelta

from portal.desk.demo import filing, offices, reviewing
from portal.desk.demo.casting import call_for, stage_key
from portal.desk.demo.crossing import cross
from portal.desk.demo.filing import Cast, last_second, on
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction

REMARK = "附件与目录不一致，缺少单位公章，请核对后重新上传完整材料。"


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """The first office has ranked two files and returned one, the second has handed in, the third is checking, the last waits.

    At the last office a unit has not finished its draft in time.
    """
    reviewing.enlist(cast, jurisdiction, samples)
    closes = on(today - timedelta(days=2), 18)
    windows = {StageKind.RECOMMENDATION: (closes, last_second(today + timedelta(days=8)))}
    call = call_for(cast, jurisdiction, on(today - timedelta(days=40), 9), closes, windows=windows)
    stage = stage_key(call, StageKind.RECOMMENDATION)
    first, second, third, last = [units[:3] for units in offices.groups_of(samples).values()]
    submitted = {}
    for number, unit in enumerate((*first, *second, *third)):
        submitted[unit.key] = offices.file_with(cast, call, unit, on(today - timedelta(days=12), 8, 5 * number))
    crossing = [unit for unit in first if unit.also and call.edition.cross_application]
    crossed = [cross(cast, unit.key, submitted[unit.key], on(today - timedelta(days=8), 9)) for unit in crossing]
    filing.fill(cast, last[0].key, call, on(today - timedelta(days=3), 16), leave_out=("pledge", "#"))
    day = on(today - timedelta(days=6), 9)
    ranked = [offices.clear(cast, samples, unit, submitted[unit.key], day) for unit in first[:2]]
    ranked += [offices.clear(cast, samples, unit, made, day) for unit, made in zip(crossing, crossed, strict=True)]
    at_work = cast.desks[first[0].recommender]
    offices.put_forward(call, stage, ranked, samples, at=on(today - timedelta(days=1), 9), by=at_work)
    for unit in first[2:]:
        path = next(f"#{each.key}" for each in call.edition.materials if each.minimum and not each.sealed)
        filing.send_back(cast, submitted[unit.key], on(today - timedelta(days=4), 10), ((path, REMARK),), at_work)
    cleared = [offices.clear(cast, samples, unit, submitted[unit.key], day) for unit in second]
    neighbour = cast.desks[second[0].recommender]
    made = offices.put_forward(call, stage, cleared, samples, at=on(today - timedelta(days=1), 10), by=neighbour)
    offices.seal(cast, made, on(today - timedelta(days=1), 15), neighbour)
    filing.judge(cast, submitted[third[0].key], on(today - timedelta(days=3), 9), cast.desks[third[0].recommender])
