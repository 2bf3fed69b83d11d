"""What is known already when an application begins: the unit's profile, and its last application under the same policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.enums import CallState
from applications.models import Application, DraftSection
from applications.selectors.cross import kept_in
from applications.selectors.draft import put_together
from portal.calendars import clock
from portal.policy.facts import filled
from portal.policy.form import Field, Group, Section, Table
from portal.policy.rows import begun, put_in_given_rows
from portal.tenancy.models import Organisation

PROFILE = "单位资料"
Page = tuple[dict[str, Any], dict[str, str]]  # answers, and the source of each value nobody has confirmed


def first_draft(application: Application) -> tuple[dict[str, list[str]], dict[str, Page]]:
    """Return the groups and the pages an application begins with.

    Each value from the profile or from an earlier application is marked with its source until a person confirms it. What
    always shows the profile (`locked`), and the date of today, need no confirmation.
    """
    earlier = _earlier(application)
    answers, source = (_typed(earlier), f" {earlier.created_at:%Y} 年申报") if earlier else ({}, "")
    groups: dict[str, list[str]] = {}
    pages: dict[str, Page] = {}
    known = _Known(application.organisation, application.call.setting_values, source.strip())
    for part in application.edition.form.parts:
        if isinstance(part, Section):
            pages[part.key] = _page(part, known, answers.get(part.key) or {})
            continue
        instances = [each for each in answers.get(part.key) or [] if isinstance(each, dict)][: part.maximum]
        order = [str(each.get("_id")) for each in instances] or [f"p{number}" for number in range(1, part.minimum + 1)]
        groups[part.key] = order
        pages |= _instance_pages(part, order, instances, known)
    pages = {path: page for path, page in pages.items() if page[0]}
    _fix(application, pages)
    return groups, pages


def _fix(application: Application, pages: dict[str, Page]) -> None:
    """What an earlier application said of its being a cross-application is not said of this one."""
    if (kept := kept_in(application)) is None:
        return
    for path, (answers, sources) in pages.items():
        for key, value in kept.answers_at(path).items():
            answers[key] = value
            sources.pop(key, None)


@dataclass(frozen=True)
class _Known:
    """Where values come from: the unit, the settings of the call, the name of the earlier application (empty: none)."""

    organisation: Organisation
    settings: Mapping[str, Any]
    source: str


def _instance_pages(group: Group, order: list[str], instances: list[dict[str, Any]], known: _Known) -> dict[str, Page]:
    typed = {str(each.get("_id")): each for each in instances}
    return {
        f"{group.key}/{instance}/{section.key}": _page(section, known, typed.get(instance, {}).get(section.key) or {})
        for instance in order
        for section in group.sections
    }


def _page(section: Section, known: _Known, earlier: dict[str, Any]) -> Page:
    answers: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for item in section.items:
        if isinstance(item, Table):
            rows = _rows(item, earlier.get(item.key) or [], known)
            if rows:
                answers[item.key] = rows
                sources |= {f"{item.key}/{row['_id']}": known.source for row in rows if begun(item, row)}
            continue
        own = _from_profile(item, known.organisation)
        if filled(own):
            answers[item.key] = own
            if not item.locked and item.source != "today":
                sources[item.key] = PROFILE
        elif filled(earlier.get(item.key)):
            answers |= {key: earlier[key] for key in (item.key, f"{item.key}_other") if key in earlier}
            sources[item.key] = known.source
    return answers, sources


def _rows(table: Table, earlier: list[Any], known: _Known) -> list[dict[str, Any]]:
    if table.rows_setting:
        return put_in_given_rows(table, earlier, known.settings)
    return [dict(row) for row in earlier if isinstance(row, dict) and row.get("_id")]


def _from_profile(asked: Field, organisation: Organisation) -> str:
    if asked.source == "today":
        return clock.today().isoformat()
    value = str(getattr(organisation, asked.source, "")) if asked.source else ""
    allowed = {option.value for option in asked.options}
    return "" if allowed and value not in allowed else value


def _earlier(application: Application) -> Application | None:
    """Return the unit's latest application under an edition of the same jurisdiction, whatever became of it."""
    latest = (
        Application.objects.filter(organisation=application.organisation, jurisdiction=application.jurisdiction_id)
        .exclude(call__state=CallState.HISTORY)
        .select_related("call", "current")
        .order_by("-id")
        .first()
    )
    return latest if latest and latest.call.edition_code == application.call.edition_code else None


def _typed(earlier: Application) -> dict[str, Any]:
    if earlier.current:
        return dict(earlier.current.answers)
    return put_together(earlier, DraftSection.objects.filter(application=earlier))
