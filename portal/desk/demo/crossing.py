"""Applying on a second track out of an application (交叉申报), in the demonstration."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from applications.models import Application
from applications.services.cross import cross_apply
from portal.calendars import clock
from portal.desk.demo import filing
from portal.desk.demo.filing import Cast


def cross(cast: Cast, key: str, source: Application, at: datetime) -> Application:
    """Make the application out of `source`, fill in what it did not take over, and submit it."""
    sample, actor = cast.units[key]
    with clock.travel(at):
        made = cross_apply(application=source, by=actor)
        taken = {draft.path: draft.answers for draft in made.drafts.all()}
        asked = sample.also[made.track_key](clock.local_date(at))
        whole = {part: _laid_over(given, taken[part]) if part in taken else given for part, given in asked.items()}
        filing.fill_in(cast, made, whole, actor, ())
    return filing.hand_in(cast, key, made, at + timedelta(hours=1))


def _laid_over(given: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    """Complete what was taken over by what the sample says; of a table, the rows taken over and no others."""
    return {**given, **{name: _completed(given.get(name), value) for name, value in taken.items() if value}}


def _completed(given: Any, taken: Any) -> Any:
    """Complete the rows of a table each by its own; any other answer stays as it was taken over."""
    if isinstance(taken, list) and isinstance(given, list) and all(isinstance(row, dict) for row in taken):
        return [{**row, **known} for row, known in zip(given, taken, strict=False)]
    return taken
