"""Who and what a demonstration begins with: the people of a jurisdiction, and the calls its bureau publishes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from applications.models import Call
from applications.selectors.board import next_batch, usual_title
from applications.services import calls
from applications.services.call_windows import Span
from portal.calendars import clock
from portal.desk.demo import people
from portal.desk.demo.files import Evidence
from portal.desk.demo.filing import Cast
from portal.policy import registry
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction


def assemble(jurisdiction: Jurisdiction, samples: Samples) -> Cast:
    """Return everybody who takes part, with their accounts made where they are missing."""
    prefix = people.prefix_of(jurisdiction, samples)
    units = {sample.key: (sample, people.unit(sample, prefix)) for sample in samples.units}
    first = samples.units[0]
    office = units[first.key][1].organisation
    if office is not None:
        people.sign_up(f"{prefix}{first.key}-op", "薛经办", office, "unit_operator")
    return Cast(
        units,
        people.staff(jurisdiction, prefix),
        [people.expert(sample, jurisdiction, prefix) for sample in samples.experts],
        Evidence(),
        people.recommending(jurisdiction, samples, prefix),
        people.above(jurisdiction, prefix),
    )


def call_for(
    cast: Cast,
    jurisdiction: Jurisdiction,
    opens: datetime,
    closes: datetime,
    *,
    batch: int = 1,
    windows: Mapping[StageKind, Span] = MappingProxyType({}),
) -> Call:
    """Have a call prepared by one person and published by another, the day before it opens.

    It is the batch named of its year, or the next one where calls are there already. `windows` are those of the offices.
    """
    edition, year = registry.current(jurisdiction.code), clock.local_date(opens).year
    batch = max(batch, next_batch(jurisdiction, year))
    with clock.travel(opens - timedelta(days=1)):
        made = calls.create_call(
            jurisdiction=jurisdiction,
            edition=edition,
            title=usual_title(edition, year, batch),
            year=year,
            batch=batch,
            summary="符合条件的单位在截止时间前网上填报并提交；提交后打印盖章，上传扫描件。",
            opens_at=opens,
            closes_at=closes,
            windows={stage.key: windows[stage.kind] for stage in edition.procedure if stage.kind in windows},
            by=cast.officer,
        )
        return calls.publish_call(call=made, by=cast.approver)


def stage_key(call: Call, kind: StageKind) -> str:
    """Return the key of a stage that the call's policy has."""
    stage = call.edition.stage(kind)
    if stage is None:
        raise LookupError(f"{call.edition_code} has no {kind}")
    return stage.key
