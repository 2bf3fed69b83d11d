"""A call's result as a record: every unsealed sheet, the arithmetic, the order, the places, and what changed since."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from applications.models import Application, Call, Check
from applications.selectors.versions import version_facts
from portal.audit.models import Event
from portal.calendars import clock
from portal.policy.drawing import canonical
from portal.policy.facts import Facts
from portal.policy.procedure import StageKind
from portal.policy.result_record import ARITHMETIC, FORMAT, ORDER, plain, worked_out, written
from portal.policy.selection import RankBy, RankKey
from reviews.enums import MemberState
from reviews.models import Opinion, OpinionVersion, Panel, RecommendationEntry, Selection
from reviews.selectors.places import places_now
from reviews.selectors.result_rules import gives_points
from reviews.selectors.scores import sheet_of, thawed
from reviews.selectors.standings import IN_SELECTION, cells_of, preferences_met

Values = dict[str, Any]
CHANGES = {"selection.drop": "drop", "selection.promote": "promote", "selection.release": "release"}


def panels_of(call: Call) -> QuerySet[Panel]:
    """The panels of a call's review, whatever their state."""
    return Panel.objects.filter(application__call=call, stage=StageKind.EXPERT_REVIEW.value)


def outstanding(call: Call) -> int:
    """How many panels of a call nobody has unsealed yet."""
    return panels_of(call).filter(unsealed_at__isnull=True).count()


def counted_opinions(call: Call) -> QuerySet[Opinion]:
    """The sheets a call's result is made of, in the order experts are numbered in; none of a sealed panel."""
    return Opinion.objects.filter(
        submitted_at__isnull=False,
        member__state=MemberState.DECLARED,
        member__panel__in=panels_of(call).filter(unsealed_at__isnull=False),
    ).order_by("member__panel", "-member__chair", "member__id")


def record_of(call: Call) -> Values:
    """Return the record of a call's result (`portal.policy.result_record`); as many queries for 3 files as for 300."""
    record: Values = json.loads(canonical(worked_out(inputs_of(call))))
    return record


def inputs_of(call: Call) -> Values:
    """Return what is given: sheets, figures, places, decisions and changes, as the database has them."""
    edition, selection = call.edition, Selection.objects.filter(call=call).first()
    log = selection_log(selection)
    ranking, aggregation = edition.ranking, edition.aggregation
    terms = aggregation.terms(call.setting_values)
    return {
        "format": FORMAT,
        "method": [*(ARITHMETIC if gives_points(edition) else ()), *ORDER],
        "place": call.jurisdiction.name,
        "call": {"id": call.pk, "title": call.title, "edition": edition.code, "policy": edition.citation},
        "terms": {
            "method": str(terms.method), "trim_from": terms.trim_from, "places": terms.places,
            "rounding": terms.rounding, "basis": terms.basis, "told": terms.told(),
            "clause": aggregation.clause, "default": aggregation.default,
        },
        "ranking": {"clause": ranking.clause if ranking else "", "default": ranking.default if ranking else ""},
        "keys": [{"by": key.by.value, "title": key.title} for key in (ranking.keys if ranking else ())],
        "tracks": [{"key": track.key, "title": track.title} for track in edition.tracks],
        "cells": _cells(call, selection),
        "moves": _moves(selection),
        "releases": [
            {"winner": rule.winner, "loser": rule.loser, "clause": rule.clause} for rule in edition.releases
        ],
        "list": selection.state if selection else "",
        "decided": selection.decided if selection else [],
        "decided_reason": selection.decided_reason if selection else "",
        "changes": changes_in(log),
        "outstanding": outstanding(call),
        "files": _files(call, selection, listing_in(log)),
    }  # fmt: skip


def selection_log(selection: Selection | None) -> list[Event]:
    """The events of a selection in order; none without one."""
    if selection is None:
        return []
    key = f"{selection._meta.label_lower}:{selection.pk}"
    return list(Event.objects.filter(chain__key=key).order_by("sequence"))


def listing_in(log: list[Event]) -> list[list[Any]] | None:
    """The places as they were last drawn up, by the log: rows of application, state, cell, pool, position."""
    drawn = [event for event in log if event.action == "selection.draw_up"]
    listed: list[list[Any]] | None = drawn[-1].data.get("placements") if drawn else None
    return listed


def changes_in(log: list[Event]) -> list[Values]:
    """Who dropped out, moved up or freed a place since the list was last drawn up, by the log."""
    last = max((at for at, event in enumerate(log) if event.action == "selection.draw_up"), default=-1)
    return [
        {"kind": CHANGES[event.action], "id": event.data["application"], "cell": event.data["cell"]}
        for event in log[last + 1 :]
        if event.action in CHANGES
    ]


def _cells(call: Call, selection: Selection | None) -> list[Values]:
    settings = call.setting_values
    now = places_now(selection) if selection else {}
    return [
        {
            "key": cell.key, "title": cell.title, "track": cell.track, "pool": cell.pool, "clause": cell.clause,
            "declared": int(settings[cell.places_setting]),
            "places": now.get(cell.key, int(settings[cell.places_setting])),
        }
        for cell in call.edition.cells
    ]  # fmt: skip


def _moves(selection: Selection | None) -> list[Values]:
    moves = selection.moves.all() if selection else []
    return [
        {"source": each.source, "target": each.target, "places": each.places, "reason": each.reason} for each in moves
    ]


def _files(call: Call, selection: Selection | None, listing: list[list[Any]] | None) -> list[Values]:
    panels = {panel.application_id: panel for panel in panels_of(call).filter(unsealed_at__isnull=False)}
    sheets = _sheets(call)
    listed = {row[0] for row in listing} if listing is not None else None
    if listed is None and selection is not None:
        listed = set(selection.placements.values_list("application_id", flat=True))
    reviewed = [status.value for status in IN_SELECTION]
    rows = (
        Application.objects.filter(call=call)
        .filter(Q(pk__in=panels) | Q(status__in=reviewed) | Q(pk__in=listed or ()))
        .select_related("organisation", "current", "call", "recommender")
        .prefetch_related(Prefetch("checks", Check.objects.all(), to_attr="verdicts"))
        .order_by("pk")
    )
    ranks = _recommended_ranks(call)
    return [
        _file(
            each,
            panels.get(each.pk),
            sheets.get(each.pk, []),
            ranks.get(each.pk),
            each.status in reviewed if listed is None else each.pk in listed,
        )
        for each in rows
    ]


def _file(
    application: Application, panel: Panel | None, sheets: list[Values], rank: int | None, listed: bool
) -> Values:
    edition = application.edition
    assert application.current is not None  # noqa: S101 - what is reviewed has been submitted
    facts = version_facts(application, application.current)
    keys = edition.ranking.keys if edition.ranking else ()
    return {
        "id": application.pk,
        "number": application.number or "",
        "unit": application.organisation.name,
        "unit_id": application.organisation_id,
        "recommender": application.recommender.name if application.recommender else "",
        "track": application.track_key,
        "cells": list(cells_of(edition, application, facts)),
        "maximum": _maximum(application, panel),
        "ranked": listed,
        "unranked": "" if listed else _why_unranked(application, panel),
        "given": [_given(key, application, facts, rank) for key in keys],
        "sheets": sheets,
    }


def _why_unranked(application: Application, panel: Panel | None) -> str:
    return "评审未办结" if panel is not None and panel.closed_at is None else application.bureau_label


def _maximum(application: Application, panel: Panel | None) -> str:
    """The most a sheet of this file can give, as text; empty where nothing is scored."""
    if panel is None:
        return ""
    if panel.result:
        return str(panel.result["maximum"])
    if panel.sheet:
        return plain(thawed(panel.sheet).maximum)
    sheet, settings = sheet_of(application), application.call.setting_values
    return plain(sum((sheet.maximum_of(item, settings) for item in sheet.items), Decimal(0))) if sheet else ""


def _given(key: RankKey, application: Application, facts: Facts, rank: int | None) -> str | None:
    """A figure that does not follow from the sheets; None for one that does, or that nobody knows."""
    if key.by is RankBy.PREFERENCES:
        return f"{preferences_met(application)}/1"
    if key.by is RankBy.RECOMMENDED_RANK:
        return None if rank is None else f"{-rank}/1"
    return written(key.measure.measure(facts)) if key.by is RankBy.MEASURE and key.measure else None


def _recommended_ranks(call: Call) -> dict[int, int | None]:
    below = call.edition.stage(StageKind.RECOMMENDATION)
    entries = RecommendationEntry.objects.filter(
        application__call=call, sealed_round__isnull=False, recommendation__stage=below.key if below else ""
    )
    return dict(entries.values_list("application_id", "rank"))


def _sheets(call: Call) -> dict[int, list[Values]]:
    """The counted sheets by file: points by item, never who gave them."""
    opinions = counted_opinions(call).defer("text", "signature", "score_remarks", "revisions")
    found: dict[int, list[Values]] = {}
    earlier = _earlier(counted_opinions(call).order_by().values("pk"))
    for opinion in opinions.select_related("member__panel"):
        mine = found.setdefault(opinion.member.panel.application_id, [])
        points = {key: str(opinion.scores[key]) for key in sorted(opinion.scores, key=_in_order)}
        mine.append(
            {
                "expert": len(mine) + 1,
                "points": points,
                "conclusion": opinion.conclusion,
                "submitted_at": _moment(opinion.submitted_at),
                "sha256": opinion.sha256,
                "earlier": earlier.get(opinion.pk, []),
            }
        )
    return found


def _earlier(opinions: Iterable[Any]) -> dict[int, list[str]]:
    """The hashes of sheets that were handed back, by opinion, the first one first."""
    found: dict[int, list[str]] = {}
    versions = OpinionVersion.objects.filter(opinion__in=opinions).order_by("opinion", "round")
    for opinion, sha256 in versions.values_list("opinion_id", "sha256"):
        found.setdefault(opinion, []).append(sha256)
    return found


def _moment(at: datetime | None) -> str:
    """A moment on the clock of Shanghai, to the second."""
    return clock.local(at).isoformat(timespec="seconds") if at else ""


def _in_order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (0, key)
