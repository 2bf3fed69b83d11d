"""What the pages of claims show: what may be claimed, slots with their files, the frozen checks beside today's."""

from dataclasses import dataclass
from datetime import date

from applications.selectors.materials import rules_of
from assessments.enums import LineState
from assessments.models import Base, Claim, ClaimFile, Grant, GrantLine
from assessments.models.claims import LIVING
from assessments.selectors.claim_checks import MET, MISSED, UNKNOWN, years_of
from portal.documents.inspection.rules import Rules
from portal.policy.edition import Support
from portal.policy.funding import After, MultipleAward
from portal.policy.ledger import Period
from portal.policy.material import Material

KINDS = {MET: "done", MISSED: "failed", UNKNOWN: "attention"}


@dataclass(frozen=True)
class Claimable:
    """Money a unit may ask for: of which support, for which years, and the living claim if there is one."""

    support: Support
    title: str
    claim: Claim | None
    years: dict[int, Period]


@dataclass(frozen=True)
class Slot:
    """A document of a claim with its files."""

    material: Material
    files: list[ClaimFile]
    rules: Rules

    @property
    def full(self) -> bool:
        """Whether it takes no further file."""
        return len(self.files) >= self.material.maximum

    @property
    def accept(self) -> str:
        """What the file dialog offers."""
        return ",".join(f".{each}" for each in self.material.types)


def claimable(base: Base, today: date) -> list[Claimable]:
    """Return what the unit of a base may claim now, with what it has claimed already."""
    if not base.is_active or base.recognised_under:
        return []
    living = {each.support_key: each for each in Claim.objects.filter(base=base, state__in=LIVING)}
    had = set(Grant.objects.filter(account__base=base).values_list("support_key", flat=True))
    lines = GrantLine.objects.filter(
        grant__account__base=base, after=After.TARGETS.value, state=LineState.PLANNED
    ).select_related("grant")
    open_lines = {line.grant.support_key: line for line in lines}
    found = []
    for support in base.edition.money_of(base.track_key):
        claim = living.get(support.key)
        if support.key in open_lines and support.instalments:
            found.append(Claimable(support, open_lines[support.key].title, claim, {}))
        elif isinstance(support.award, MultipleAward) and support.key not in had:
            begun = {number: period for number, period in years_of(base).items() if period.start <= today}
            found.append(Claimable(support, support.title, claim, begun))
    return found


def slots_of(claim: Claim, materials: tuple[Material, ...]) -> list[Slot]:
    """Return the documents of a claim, in one query."""
    files = list(claim.files.select_related("stored", "added_by"))
    values = claim.base.setting_values
    return [
        Slot(each, [file for file in files if file.material == each.key], rules_of(each, values)) for each in materials
    ]


def kind_of(verdict: str) -> str:
    """Return the shape of a verdict."""
    return KINDS.get(verdict, "judged")
