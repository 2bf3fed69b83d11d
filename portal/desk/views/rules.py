"""The rules of a jurisdiction in plain words, each with its clause: the edition, shown."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from applications.models import Call
from applications.selectors.settings import bureau_values
from applications.selectors.stage_periods import StagePeriod, running_call, stage_periods
from portal.accounts.guards import visitor
from portal.desk.after_rules import after_lines, consequence_rows, target_rows
from portal.desk.quota_rules import quota_rules
from portal.desk.selectors import published_calls
from portal.policy import registry
from portal.policy.condition import Condition
from portal.policy.edition import Edition
from portal.policy.procedure import Stage, paper_label


@visitor()
def index(request: HttpRequest) -> HttpResponse:
    """The policies of all jurisdictions."""
    places = [(each, registry.of(each.code)) for each in request.jurisdictions]  # type: ignore[attr-defined]
    return render(request, "desk/rules_index.html", {"places": [(place, found) for place, found in places if found]})


@visitor()
def rules(request: HttpRequest) -> HttpResponse:
    """One edition; the current one unless `edition` names another."""
    editions = registry.of(request.jurisdiction.code)  # type: ignore[attr-defined]
    wanted = request.GET.get("edition")
    edition = next((each for each in editions if each.code == wanted), editions[0] if editions and not wanted else None)
    if edition is None:
        raise Http404("没有这个政策版本")
    call = running_call(published_calls().filter(jurisdiction=request.jurisdiction), edition)  # type: ignore[attr-defined]
    context = {
        "edition": edition,
        "editions": editions,
        "groups": _by_applicant(edition),
        "call": call,
        "stages": _stages(edition, call),
        "sheet": edition.assessment,
        "tables": _tables(edition, bureau_values(request.jurisdiction, edition)),  # type: ignore[attr-defined]
        "quota_rules": quota_rules(edition, bureau_values(request.jurisdiction, edition)),  # type: ignore[attr-defined]
        "after_lines": after_lines(edition, bureau_values(request.jurisdiction, edition)),  # type: ignore[attr-defined]
        "target_rows": target_rows(edition),
        "consequence_rows": consequence_rows(edition, bureau_values(request.jurisdiction, edition)),  # type: ignore[attr-defined]
        "setting_of": {setting.key: setting for setting in edition.settings},
    }
    return render(request, "desk/rules.html", context)


def _stages(edition: Edition, call: Call | None) -> list[tuple[Stage, str, StagePeriod | None]]:
    """Return each stage with the names of its papers, and its period in the call that is running."""
    periods = {each.stage: each for each in stage_periods(call)} if call else {}
    return [
        (
            stage,
            "、".join(paper_label(key, stage.panel or edition.panel) for key in stage.documents),
            periods.get(stage.key),
        )
        for stage in edition.procedure
    ]


def _tables(edition: Edition, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the annexed tables; a row a bureau gives by a setting is its text, cut at each semicolon."""
    found = []
    for table in edition.extra.get("tables", ()):
        given = [
            (label, *_cells(str(settings[key]), len(table["columns"]) - 1)) for label, key in table.get("given", ())
        ]
        found.append({**table, "rows": [*table["rows"], *given]})
    return found


def _cells(text: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in text.replace(";", "；").split("；", count - 1)]
    return cells + ["—"] * (count - len(cells))


def _by_applicant(edition: Edition) -> list[tuple[str, list[Condition]]]:
    """Group the conditions by the tracks they apply to, in the order of the policy."""
    groups: dict[tuple[str, ...], list[Condition]] = {}
    for condition in edition.conditions:
        groups.setdefault(condition.applies_to, []).append(condition)
    return [
        ("、".join(edition.track(key).title for key in tracks) or "所有申报单位", found)
        for tracks, found in groups.items()
    ]
