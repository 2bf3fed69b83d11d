"""Makers for draws: a pool, a panel being formed, a draw carried out."""

from datetime import date
from typing import Any

from portal.accounts.actor import Actor
from portal.tenancy.models import Jurisdiction
from reviews.models import Draw, Panel
from reviews.services import draws, panels
from tests.reviews.kit import a_call, make_application, make_expert, officer

LOCK: dict[str, Any] = {
    "required": (), "related": (), "regions": (), "since": date(2024, 9, 2), "until": date(2024, 9, 30),
}  # fmt: skip


def a_desk(jurisdiction: Jurisdiction) -> tuple[Actor, list[Any], Panel]:
    """Return an officer, a pool of twelve (one welder) with their actors, a panel being formed."""
    by = officer(jurisdiction)
    pool = [make_expert(jurisdiction, fields=["焊接"] if at == 0 else ["数控加工"]) for at in range(12)]
    return by, pool, panels.form_panel(application=make_application(a_call(jurisdiction)), by=by)


def drawn(panel: Panel, by: Actor, **changes: Any) -> Draw:
    """Carry out a first draw, watched, with a number called out."""
    draw = draws.commit_draw(panel=panel, by=by)
    draws.lock_draw(draw=draw, by=by, **(LOCK | changes))
    return draws.run_draw(draw=draw, by=by, supervisor="监督员甲", called="27")
