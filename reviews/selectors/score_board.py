"""A whole call's scores beside one another, once the seals are open. Nothing of a sealed panel is read, not even how much.

Everything is read at once: the number of queries is the same for three files and for three hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from applications.models import Call
from portal.policy.aggregation import Method, Terms
from portal.policy.procedure import StageKind
from reviews.enums import MemberState
from reviews.models import Expert, Opinion, OutlierNote, Panel, PanelMember, Placement

WHOLE = Decimal(100)
"""What a file is scored out of where its panel keeps no sheet of its own."""


@dataclass(frozen=True)
class Track:
    """A tab: files of one track whose panels are open, and how many are sealed still."""

    key: str
    title: str
    opened: int
    sealed: int


@dataclass(frozen=True)
class Column:
    """An expert: a number through the whole call, and the name for those who may know it."""

    pk: int
    label: str
    name: str = ""

    @property
    def full(self) -> str:
        """Number and name on one line."""
        return f"{self.label}（{self.name}）" if self.name else self.label


@dataclass(frozen=True)
class File:
    """A file with an open panel. `scores` are points by expert and item; `totals` add them up, in the order of the seats."""

    pk: int
    panel: int
    track: str
    unit: str
    number: str
    sheet: Mapping[str, Any]
    scores: Mapping[int, Mapping[str, str]]
    recused: frozenset[int]

    @cached_property
    def totals(self) -> dict[int, Decimal]:
        """What each expert gave in all."""
        return {
            expert: sum((Decimal(points) for points in row.values()), Decimal(0)) for expert, row in self.scores.items()
        }

    @cached_property
    def maximum(self) -> Decimal:
        """The most the sheet can give."""
        lines = self.sheet.get("lines", ())
        return sum((Decimal(line["maximum"]) for line in lines), Decimal(0)) if lines else WHOLE


@dataclass(frozen=True)
class Scores:
    """Everything read of a call. `files` are those of all tracks; `places` the state of each placed file, by file.

    `notes` are the chairs' explanations of totals that stand off, by panel and expert.
    """

    call: Call
    tracks: tuple[Track, ...]
    files: tuple[File, ...]
    columns: tuple[Column, ...]
    places: Mapping[int, str]
    notes: Mapping[tuple[int, int], str]

    @cached_property
    def terms(self) -> Terms:
        """The arithmetic of the edition under the call's settings."""
        return self.call.edition.aggregation.terms(self.call.setting_values)

    @cached_property
    def other(self) -> Terms:
        """The same arithmetic by the other method, for comparison."""
        method = Method.MEAN if self.terms.method is Method.TRIMMED else Method.TRIMMED
        return replace(self.terms, method=method)

    def track(self, key: str) -> Track | None:
        """Return the tab asked for; otherwise the first with an open panel, or the first of all."""
        asked = next((each for each in self.tracks if each.key == key), None)
        opened = next((each for each in self.tracks if each.opened), None)
        return asked or opened or next(iter(self.tracks), None)

    def of(self, track: str) -> list[File]:
        """Return the files of a track that somebody has scored."""
        return [file for file in self.files if file.track == track and file.scores]

    def experts_of(self, files: Iterable[File]) -> list[Column]:
        """Return those who scored one of the files or stood back from it, in the order of their numbers."""
        seen = {expert for file in files for expert in (*file.scores, *file.recused)}
        return [column for column in self.columns if column.pk in seen]


def call_scores(call: Call, panels: QuerySet[Panel], *, names: bool, placed: bool) -> Scores:
    """Read a call's scores from the panels that the reader reaches; names of experts and places only if they may see them."""
    mine = panels.filter(application__call=call, stage=StageKind.EXPERT_REVIEW.value)
    opened = mine.filter(unsealed_at__isnull=False)
    files = _files(opened)
    places = Placement.objects.filter(selection__call=call).values_list("application_id", "state") if placed else ()
    later = Opinion.objects.filter(
        member__panel=OuterRef("panel"), member__state=MemberState.DECLARED, submitted_at__gt=OuterRef("written_at")
    )  # a sheet handed in anew: what was explained before explains nothing any more
    notes = OutlierNote.objects.filter(~Exists(later), panel__in=opened, item=0)
    return Scores(
        call,
        _tracks(call, mine),
        files,
        _columns(files, names=names),
        dict(places),
        {(panel, expert): text for panel, expert, text in notes.values_list("panel_id", "member__expert_id", "text")},
    )


def _tracks(call: Call, panels: QuerySet[Panel]) -> tuple[Track, ...]:
    rows = panels.order_by().values_list("application__track_key")
    counts = {
        key: (opened, sealed)
        for key, opened, sealed in rows.annotate(
            opened=Count("pk", filter=Q(unsealed_at__isnull=False)),
            sealed=Count("pk", filter=Q(unsealed_at__isnull=True)),
        )
    }
    return tuple(Track(each.key, each.title, *counts[each.key]) for each in call.edition.tracks if each.key in counts)


def _files(panels: QuerySet[Panel]) -> tuple[File, ...]:
    seats = Opinion.objects.filter(
        member__panel__in=panels, member__state=MemberState.DECLARED, submitted_at__isnull=False
    ).order_by("-member__chair", "member_id")
    scores: dict[int, dict[int, dict[str, str]]] = {}
    for panel, expert, points in seats.values_list("member__panel_id", "member__expert_id", "scores"):
        if points:  # where a policy has experts write an opinion only there are none
            scores.setdefault(panel, {})[expert] = points
    recused: dict[int, set[int]] = {}
    stood_back = PanelMember.objects.filter(panel__in=panels, state=MemberState.RECUSED)
    for panel, expert in stood_back.values_list("panel_id", "expert_id"):
        recused.setdefault(panel, set()).add(expert)
    rows = panels.order_by("application_id").values_list(
        "application_id", "pk", "application__track_key", "application__organisation__name", "application__number", "sheet"
    )  # fmt: skip
    return tuple(
        File(
            pk, panel, track, unit, number or "", sheet or {}, scores.get(panel, {}),
            frozenset(recused.get(panel, ())),
        )
        for pk, panel, track, unit, number, sheet in rows
    )  # fmt: skip


def _columns(files: Iterable[File], *, names: bool) -> tuple[Column, ...]:
    seen = {expert for file in files for expert in (*file.scores, *file.recused)}
    known = dict(Expert.objects.filter(pk__in=seen).values_list("pk", "name")) if names else {}
    return tuple(
        Column(expert, f"专家 {number}", known.get(expert, "")) for number, expert in enumerate(sorted(seen), start=1)
    )
