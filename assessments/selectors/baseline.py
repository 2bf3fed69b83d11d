"""What the reviewed version says of a base: its figures at recognition, and what the unit itself planned for each target."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from applications.models import Application
from applications.selectors.versions import version_facts
from reviews.selectors.snapshot import project_names


def profile_of(application: Application) -> dict[str, Any]:
    """Return what was known at recognition: projects, site, equipment and staff, and the version it was read from."""
    version, projects = application.current, project_names(application)
    return {
        "projects": projects,
        "projects_text": "；".join(projects),  # a plain text can be searched on every database, a list cannot
        "version": version.number if version else None,
        "sha256": version.sha256 if version else "",
        "record": _record(application),
    }


def baseline_of(application: Application) -> dict[str, str]:
    """Return the planned figure of each target that the form asks for, exact, under the target's code."""
    if application.current is None:
        return {}
    facts, found = version_facts(application, application.current), {}
    for target in application.edition.targets:
        applies = not target.tracks or application.track_key in target.tracks
        planned = target.planned.measure(facts) if applies and target.planned else None
        if planned is not None:
            found[target.code] = _text(planned)
    return found


def _record(application: Application) -> list[dict[str, str]]:
    if application.current is None:
        return []
    facts, lines = version_facts(application, application.current), []
    for item in application.edition.record:
        applies = not item.tracks or application.track_key in item.tracks
        if applies and item.measure.measure(facts):
            lines.append(
                {"group": item.group, "title": item.title, "value": item.measure.show(facts), "unit": item.unit}
            )
    return lines


def _text(number: Fraction) -> str:
    """Write a number so that it is read back exactly; a fraction that never ends is cut off far behind what anybody plans."""
    return (
        str(number.numerator)
        if number.denominator == 1
        else str(Decimal(number.numerator) / Decimal(number.denominator))
    )
