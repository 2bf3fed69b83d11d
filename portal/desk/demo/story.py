"""Telling the demonstration of a jurisdiction, on any day: which story it is follows from what its edition declares."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django_scopes import scope

from applications.models import Application
from portal.calendars import clock
from portal.calendars.services import ensure_demo_year
from portal.desk.demo import filed_straight, outcomes, recommended, reported, rolling, selecting
from portal.desk.demo.casting import assemble
from portal.desk.demo.filing import Cast
from portal.desk.demo.travel import enter_roads
from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction

SCENES: dict[str, Callable[[Cast, Jurisdiction, Samples, date], None]] = {
    "filed_straight": filed_straight.play,
    "rolling": rolling.play,
    "recommending": recommended.play,
    "selecting": selecting.play,
    "reported": reported.play,
}


def load(jurisdiction: Jurisdiction, samples: Samples) -> bool:
    """Make the demonstration of one jurisdiction; return False when applications are there already."""
    today = clock.today()
    for year in range(today.year - 3, today.year + 2):
        ensure_demo_year(year=year, by="演示")
    with scope(jurisdiction=jurisdiction):
        if Application.objects.exists():
            return False
        with transaction.atomic():
            play = SCENES[samples.scene or scene_of(registry.current(jurisdiction.code))]
            cast = assemble(jurisdiction, samples)
            enter_roads(cast, jurisdiction)
            play(cast, jurisdiction, samples, today)
            outcomes.play(cast, jurisdiction, samples, today)
    return True


def scene_of(edition: Edition) -> str:
    """Return the scene that shows most of a procedure."""
    if edition.has_stage(StageKind.REPORT):
        return "reported"
    return "recommending" if edition.has_stage(StageKind.RECOMMENDATION) else "filed_straight"
