"""An office's verified figures of a file beside the unit's own: for its page, for the paper, for the level above."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from applications.selectors.versions import version_facts
from portal.calendars import clock
from portal.policy.changes import display
from portal.policy.facts import Facts
from portal.policy.form import Field, Section
from portal.policy.places import shown
from portal.policy.recommendation import RecommendationRule
from portal.policy.verification import FigureFinding, find_figure
from reviews.models import Verification
from reviews.selectors.summaries import answer_text


@dataclass(frozen=True)
class VerifiedLine:
    """One field of a verification: what the office found, and what the unit reports of the same (empty: nothing)."""

    field: Field
    own: str
    reported: str
    asked: bool

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.own and self.reported) and self.own != self.reported


@dataclass(frozen=True)
class VerifiedFile:
    """A verification as it stands: a line for each field, its computed figures."""

    application: Application
    section: Section
    verification: Verification | None
    all_lines: list[VerifiedLine]
    figures: list[FigureFinding]

    @property
    def lines(self) -> list[VerifiedLine]:
        """The lines that are asked for by what the office has filled in."""
        return [line for line in self.all_lines if line.asked]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing or wrong in it."""
        return bool(self.verification and self.verification.complete)


def verification_facts(application: Application, section: Section, own: Mapping[str, Any]) -> Facts:
    """Return what is known when an office's figures are tested: the unit's answers, and its own under the section's key."""
    unit = dict(application.current.answers) if application.current else {}
    settings = application.call.setting_values
    return Facts({**unit, section.key: own}, application.track_key, {}, settings, own, clock.today(), settled=True)


def verified_file(application: Application, answers: Mapping[str, Any] | None = None) -> VerifiedFile | None:
    """Return a file's verification, as saved or with these `answers`; None where the policy asks for none."""
    rule = application.edition.recommendation()
    if rule is None or rule.verification is None:
        return None
    saved = getattr(application, "verification", None)
    return _file(application, rule, saved, dict(answers if answers is not None else saved.answers if saved else {}))


def verified_by(application: Application, saved: Verification | None) -> VerifiedFile | None:
    """Return the same of a verification at hand; costs no query."""
    rule = application.edition.recommendation()
    if rule is None or rule.verification is None:
        return None
    return _file(application, rule, saved, dict(saved.answers) if saved else {})


def _file(
    application: Application, rule: RecommendationRule, saved: Verification | None, own: dict[str, Any]
) -> VerifiedFile:
    assert rule.verification is not None  # noqa: S101 - asked by the callers
    facts = verification_facts(application, rule.verification, own)
    return VerifiedFile(
        application,
        rule.verification,
        saved,
        _lines(application, rule, own, facts),
        [find_figure(each, facts) for each in rule.figures],
    )


def _lines(
    application: Application, rule: RecommendationRule, own: Mapping[str, Any], facts: Facts
) -> list[VerifiedLine]:
    assert rule.verification is not None  # noqa: S101 - asked by `verified_file`
    told = dict(rule.counterparts)
    unit = version_facts(application, application.current) if application.current else facts
    return [
        VerifiedLine(
            item,
            display(item, own),
            answer_text(application.edition, unit, told[item.key], unit_too=True) if item.key in told else "",
            shown(item.when, facts),
        )
        for item in rule.verification.fields
    ]
