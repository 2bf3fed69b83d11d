"""What follows recognition by rule: assessments with their outcomes, and the consequences a bureau may draw."""

from dataclasses import dataclass
from enum import StrEnum

from portal.policy.condition import Measure
from portal.policy.form import Section
from portal.policy.material import Material
from portal.policy.procedure import Ground


class Rhythm(StrEnum):
    """When a base is assessed."""

    CALENDAR_YEARS = "calendar_years"  # every so many calendar years, in a round for all bases
    AFTER_MONTHS = "after_months"  # once, so many months after recognition
    FIRST_YEAR = "first_year"  # once, at the end of the first year of building
    TERM = "term"  # once, at the end of the term of building
    IMPROVEMENT = "improvement"  # at the end of an improvement period
    ON_DEMAND = "on_demand"  # whenever the bureau decides


class Method(StrEnum):
    """How the outcome is found."""

    SCORED = "scored"  # by the edition's score sheet: computed items and a panel on site
    CHECKED = "checked"  # targets and reports are checked, an officer decides what is open


@dataclass(frozen=True)
class Outcome:
    """A result an assessment may have. `leads_to` is the key of the consequence that must follow, if any.

    `proposed_when` says when the portal proposes it: `met` (all checks hold) or `missed`; empty: only a person chooses it.
    One that `needs_reason` cannot be chosen without words; one that `tolerates` only where every target that was missed may
    be tolerated.
    """

    key: str
    title: str
    leads_to: str = ""
    if_used: str = ""  # what it leads to instead where `leads_to` may be drawn once only and has been
    proposed_when: str = ""
    needs_reason: bool = False
    tolerates: bool = False


@dataclass(frozen=True)
class Scheme:
    """One kind of assessment of recognised bases.

    `targets` (codes) and `reports` (keys) are checked line by line. SCORED schemes take items, grades and vetoes from the
    edition's score sheet, and `failing` is the consequence of the lowest grade; CHECKED ones choose among `outcomes`.
    `minimum_months_setting`: a base recognised for less before the period's end takes no part. `prefill` puts quantities of
    the form by which it was recognised into fields of `sections` (`section.field`); a yes-or-no one is yes above nought.
    """

    key: str
    title: str
    rhythm: Rhythm
    method: Method
    clause: str
    every: int = 1  # years, or months for AFTER_MONTHS
    text: str = ""
    targets: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    failing: str = ""
    minimum_months_setting: str = ""
    sections: tuple[Section, ...] = ()  # what the base says of itself beforehand
    prefill: tuple[tuple[str, Measure], ...] = ()
    tracks: tuple[str, ...] = ()
    paper_title: str = ""  # what the printed result is called
    default: str = ""

    def outcome(self, key: str) -> Outcome:
        """Return an outcome by key; KeyError if there is none."""
        return {outcome.key: outcome for outcome in self.outcomes}[key]

    def is_for(self, track: str) -> bool:
        """Whether bases of a track are assessed by it."""
        return not self.tracks or track in self.tracks


class Effect(StrEnum):
    """What a consequence does to a base."""

    IMPROVE = "improve"  # it keeps its title and gets a period to mend, with guidance and a re-check
    REVOKE = "revoke"  # the title is taken (撤销, 取消)
    TERMINATE = "terminate"  # the building project ends and the title with it (终止)


@dataclass(frozen=True)
class Consequence:
    """An adverse act of the bureau: fact, evidence, clause, hearing, a second person, a document, notification.

    `months` (or the number a setting holds) is how long an IMPROVE period lasts; with `to_term` it runs as the edition's
    BuildPeriod says. `once`: a base gets it at most once. `rectify_first` names an IMPROVE consequence that must have run
    out before this one may be decided. `recovery` is the key of the edition's Recovery whose money comes back.
    `hearing_setting` holds the working days the base has for its statement (陈述申辩); empty: it has none. When it may be
    drawn is said once: by the `grounds` of the revocation stage it stands for, or by its own `ground`. For `reapply_years`
    from the decision the unit may not apply again by this policy; 0 where the source states no bar.
    """

    key: str
    title: str
    effect: Effect
    ground: str  # when it may be drawn, verbatim or nearly so; empty where `grounds` say it
    clause: str
    text: str = ""
    hearing_setting: str = ""
    months: int = 0
    months_setting: str = ""
    to_term: bool = False
    once: bool = False
    rectify_first: str = ""
    recovery: str = ""
    announced: bool = True
    removes_plaque: bool = True
    paper_title: str = ""
    materials: tuple[Material, ...] = ()
    tracks: tuple[str, ...] = ()
    default: str = ""
    grounds: tuple[Ground, ...] = ()
    reapply_years: int = 0

    @property
    def occasion(self) -> str:
        """When it may be drawn, in words."""
        return self.ground or "；".join(ground.text for ground in self.grounds)

    @property
    def ends_title(self) -> bool:
        """Whether the base loses its title."""
        return self.effect is not Effect.IMPROVE
