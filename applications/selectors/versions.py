"""Reading a submitted version: its facts, what the portal found on each condition, which conditions an officer judges."""

from typing import Any

from applications.models import Application, ApplicationVersion
from portal.policy.condition import Condition, Severity, Verdict
from portal.policy.facts import Facts
from portal.policy.validation import facts_for

JUDGED_BY_OFFICERS = (Severity.HARD, Severity.SOFT, Severity.JUDGED)


def version_facts(application: Application, version: ApplicationVersion) -> Facts:
    """Return what a version says, under the settings it was filed with."""
    return facts_for(application.edition, application.track_key, version.answers, overrides=version.settings)


def results_by_code(version: ApplicationVersion) -> dict[str, dict[str, Any]]:
    """Return the stored automatic results under their condition codes."""
    return {result["code"]: result for result in version.results}


def conditions_to_judge(application: Application, version: ApplicationVersion) -> list[Condition]:
    """Return the conditions an officer gives a verdict on: those that apply and decide about acceptance.

    Preferences break ties and targets come after recognition; neither is judged here.
    """
    results = results_by_code(version)
    return [
        condition
        for condition in application.edition.conditions
        if condition.severity in JUDGED_BY_OFFICERS
        and results.get(condition.code, {}).get("verdict") not in (None, Verdict.NOT_APPLICABLE.value)
    ]
