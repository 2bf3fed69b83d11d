"""Recommendation: who puts applications forward to the next level, how many, in which order, with which papers.

A tier that recommends (a district, a town, a league, an industry department) checks its own files, ranks them within its
quota and hands the whole in once, sealed. The same rule declares the report of a bureau to the level above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.policy.condition import Measure, Test
from portal.policy.facts import Facts
from portal.policy.form import Section
from portal.policy.verification import VerifiedFigure


@dataclass(frozen=True)
class Route:
    """One way to a recommending office, e.g. 属地 or 归口. `kinds` are kinds of organisation; `closed_to` are natures of
    units that may not take it (`central`: units of the central government go to their place). With `when`, a test of settings,
    the route exists only while that holds."""

    key: str
    title: str
    kinds: tuple[str, ...]
    text: str = ""
    clause: str = ""
    closed_to: tuple[str, ...] = ()
    when: Test | None = None

    def exists(self, settings: Mapping[str, Any]) -> bool:
        """Say whether these settings open the route."""
        return self.when is None or self.when.check(Facts({}, settings=settings)).met is True


@dataclass(frozen=True)
class QuotaLine:
    """How many applications of these tracks one office may put forward (`places_setting`; empty: no limit).

    Without `ranked` there is no order among them. With `exceed_with_basis` the source says 原则上: more is possible with a
    recorded basis.
    """

    key: str
    title: str
    tracks: tuple[str, ...]
    places_setting: str = ""
    ranked: bool = True
    clause: str = ""
    exceed_with_basis: bool = False


class PaperKind(StrEnum):
    """What a paper of a recommendation is made from."""

    LETTER = "letter"  # 推荐函: what is put forward, in order
    REPORT = "report"  # 推荐报告: how it was chosen, a reason for each
    SUMMARY = "summary"  # 汇总表: a row for each application, as .xlsx and PDF
    VERIFICATION = "verification"  # 核查证明表: the office's own verified figures, one for each application


@dataclass(frozen=True)
class RecommendationPaper:
    """A paper the portal generates; `stamped`: its stamped scan must be there before the recommendation is handed in."""

    key: str
    kind: PaperKind
    title: str
    text: str
    clause: str
    stamped: bool = True
    default: str = ""


@dataclass(frozen=True)
class SummaryColumn:
    """A column of the 汇总表: an answer (`reference`), a computed `measure`, or a fact the portal knows itself.

    A reference into a table or a group stands for all its rows, written one after another.

    `fact` is one of: order (of the row), number (of receipt), rank, unit, credit_code, nature, district, recommender, track,
    contact, phone, opinion.
    """

    title: str
    reference: str = ""
    measure: Measure | None = None
    fact: str = ""
    width: int = 10


@dataclass(frozen=True)
class RecommendationRule:
    """How one tier recommends.

    `tier` is the word for the offices (推荐部门, 盟市); `verification` is a small form with the office's own figures for each
    application, needed for the tracks in `verified_tracks` (empty: all); with `justify` every reference standard missed
    needs the office's justification; `report_sections` are the chapters of the 推荐报告 the office writes (key, heading).
    `summary_footer` are the words under the 汇总表 beside which somebody signs, stamps or dates it. `figures` are computed from
    the office's own figures; `counterparts` name, for a field of `verification`, what the unit reports of the same.
    """

    tier: str
    routes: tuple[Route, ...]
    lines: tuple[QuotaLine, ...]
    papers: tuple[RecommendationPaper, ...]
    summary: tuple[SummaryColumn, ...]
    clause: str
    summary_title: str = ""
    verification: Section | None = None
    verified_tracks: tuple[str, ...] = ()
    justify: bool = False
    report_sections: tuple[tuple[str, str], ...] = ()
    default: str = ""
    summary_footer: tuple[str, ...] = ()
    figures: tuple[VerifiedFigure, ...] = ()
    counterparts: tuple[tuple[str, str], ...] = ()

    def line_for(self, track: str) -> QuotaLine:
        """Return the quota line an application of this track counts in; KeyError if there is none."""
        for line in self.lines:
            if track in line.tracks:
                return line
        raise KeyError(track)
