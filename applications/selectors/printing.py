"""A form ready to print: plain data, the same for a draft, a version and the page on which answers are checked."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from applications.models import ApplicationVersion
from applications.selectors.print_layout import added_parts, cover_layout, official_parts
from applications.selectors.workspace import Workspace
from portal.calendars import clock
from portal.policy.changes import display
from portal.policy.edition import EDITION_LABELS, Edition, EditionStatus
from portal.policy.facts import Facts, filled, to_number
from portal.policy.form import Field, FieldKind, Group, Option, Table
from portal.policy.measures import show_number
from portal.policy.validation import SectionPlace, facts_for, shown, visible_sections

YES_OR_NO = (Option("yes", "是"), Option("no", "否"))
NUMERIC = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def printed_form(edition: Edition, facts: Facts) -> list[dict[str, Any]]:
    """Return every page asked for, in the order of the official form.

    A page is `{path, title, short, group, group_number, group_name, instance, supplement, clause, hint, items}`; an item is a
    field `{kind: "field", key, label, value, long, supplement, options}` or a table `{kind: "table", key, label,
    columns: [{key, label, width, numeric}], rows: [[text, …], …], totals: [text, …], noun}`. Every value is text as
    people read it, empty when not filled in; `options` are all choices with `chosen`, for forms that print ticked boxes.
    """
    return [_page(place, facts) for place in visible_sections(edition, facts)]


def form_context(version: ApplicationVersion) -> dict[str, Any]:
    """Return the context of the printed application form of a submitted version."""
    application = version.application
    facts = facts_for(application.edition, application.track_key, version.answers, {}, version.settings)
    context = _context(application.edition, facts)
    return context | {
        "application": _identity(version.application),
        "number": application.number,
        "version": {
            "number": version.number,
            "sha256": version.sha256,
            "submitted_at": version.submitted_at,
            "declaration": version.declaration,
        },
        "manifest": [_manifest_line(application.edition, each) for each in version.manifest],
        "draft": False,
    }


def draft_context(workspace: Workspace) -> dict[str, Any]:
    """Return the same context for a draft, to be printed with a watermark."""
    application = workspace.application
    manifest = [
        {
            "slot": each.slot,
            "name": each.stored.name,
            "pages": each.stored.pages,
            "sha256": each.stored.sha256,
            "rows": each.rows,
        }
        for each in workspace.materials
    ]
    return _context(workspace.edition, workspace.facts) | {
        "application": _identity(application),
        "number": application.number,
        "version": {
            "number": 0,
            "sha256": "",
            "submitted_at": None,
            "declaration": workspace.edition.form.declaration,
        },
        "manifest": [_manifest_line(workspace.edition, each) for each in manifest],
        "draft": True,
    }


def _context(edition: Edition, facts: Facts) -> dict[str, Any]:
    form, pages = edition.form, printed_form(edition, facts)
    title = edition.form_title(facts.track)
    cover = [(_label(form.find(each)), _cover(edition, facts, each)) for each in form.cover]
    if form.track_label:
        cover.insert(1, (form.track_label, _ticked_track(edition, facts)))
    return {
        "title": title,
        "draft_policy": EDITION_LABELS[edition.status] if edition.status is EditionStatus.DRAFT else "",
        "issuer": form.maker or edition.issuer,
        "document_number": edition.document_number,
        "citation": edition.citation,
        "cover": cover_layout(title, form, cover, pages),
        "notes": list(form.notes),
        "parts": official_parts(form, pages),
        "added": added_parts(pages),
        "office_title": form.office_title,
        "office": [{"key": each.key, "title": each.title, "signed_by": each.signed_by} for each in form.office],
        "printed_on": clock.today(),
    }


def _identity(application: Any) -> dict[str, Any]:
    return {
        "unit": application.organisation.name,
        "credit_code": application.organisation.credit_code,
        "track": application.track.title,
        "call": application.call.title,
        "year": application.call.year,
        "batch": application.call.batch,
        "jurisdiction": application.jurisdiction.name,
        "recommender": application.recommender.name if application.recommender else "",
    }


def _manifest_line(edition: Edition, entry: Mapping[str, Any]) -> dict[str, Any]:
    titles = {material.key: material.title for material in edition.materials}
    return {**entry, "title": titles.get(entry["slot"], entry["slot"])}


def _label(item: Any) -> str:
    return str(item.label if isinstance(item, (Field, Table)) else item.title)


def _cover(edition: Edition, facts: Facts, reference: str) -> str:
    """Return a field as people read it; of a table, its first column."""
    item = edition.form.find(reference)
    section = facts.answers.get(reference.partition(".")[0]) or {}
    if isinstance(item, Table):
        return "、".join(display(item.columns[0], row) for row in facts.rows(reference))
    return display(item, section) if isinstance(item, Field) else ""


def _ticked_track(edition: Edition, facts: Facts) -> str:
    return "\n".join(f"{'☑' if track.key == facts.track else '☐'}{track.title}" for track in edition.tracks)


def _page(place: SectionPlace, facts: Facts) -> dict[str, Any]:
    inside = place.facts(facts)
    answers = place.answers(facts.answers)
    group: Group | None = place.group
    return {
        "path": place.path,
        "key": place.section.key,
        "title": place.section.title,
        "short": place.title,
        "group": group.title if group else "",
        "group_key": group.key if group else "",
        "group_number": place.group_title,
        "group_name": place.name,
        "instance": place.instance or "",
        "supplement": place.section.supplement,
        "clause": place.section.clause,
        "hint": place.section.hint,
        "items": [
            _table(item, answers) if isinstance(item, Table) else _field(item, answers, place)
            for item in place.section.items
            if shown(item.when, inside)
        ],
    }


def _field(item: Field, answers: Mapping[str, Any], place: SectionPlace) -> dict[str, Any]:
    value = answers.get(item.key)
    chosen = set(value) if isinstance(value, list) else {value}
    options = YES_OR_NO if item.kind is FieldKind.YES_NO else item.options
    return {
        "kind": "field",
        "key": item.key,
        "label": item.label,
        "value": display(item, answers),
        "raw": value,
        "other": str(answers.get(f"{item.key}_other") or ""),
        "long": item.kind is FieldKind.LONG_TEXT,
        "hint": item.hint,
        "supplement": item.supplement,
        "width": item.width,
        "options": [{"label": each.label, "chosen": each.value in chosen, "other": each.other} for each in options],
        "names": place.group is not None and place.group.name_ref == f"{place.section.key}.{item.key}",
    }


def _table(item: Table, answers: Mapping[str, Any]) -> dict[str, Any]:
    found = answers.get(item.key)
    rows = [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []
    rows = [row for row in rows if any(filled(value) for key, value in row.items() if key != "_id")]
    return {
        "kind": "table",
        "names": False,
        "key": item.key,
        "label": item.label,
        "noun": item.noun,
        "hint": item.hint,
        "supplement": item.supplement,
        "columns": [
            {
                "key": each.key,
                "label": each.label,
                "width": each.width,
                "numeric": each.kind in NUMERIC,
                "supplement": each.supplement,
            }
            for each in item.columns
        ],
        "rows": [[display(column, row) for column in item.columns] for row in rows],
        "row_ids": [str(row.get("_id")) for row in rows],
        "totals": [_total(item, column, rows) for column in item.columns] if item.totals else [],
    }


def _total(table: Table, column: Field, rows: list[Mapping[str, Any]]) -> str:
    if column.key not in table.totals:
        return ""
    total = sum((to_number(row.get(column.key)) or Fraction(0) for row in rows), start=Fraction(0))
    if column.kind is FieldKind.MONEY:
        return f"{Decimal(total.numerator) / Decimal(total.denominator):,.2f}"
    return show_number(total)
