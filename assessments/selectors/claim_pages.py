"""What the pages of claims show: what may be claimed and what waits for a unit, slots with their files, the frozen checks beside today's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from applications.selectors.materials import rules_of
from assessments.enums import ClaimState, LineState
from assessments.models import Base, Claim, ClaimFile, Grant, GrantLine, Improvement
from assessments.models.claims import LIVING
from assessments.selectors.bases import with_terms
from assessments.selectors.claim_checks import MET, MISSED, UNKNOWN, term_end, years_with
from portal.documents.inspection.rules import Rules
from portal.policy.edition import Support
from portal.policy.funding import After, MultipleAward
from portal.policy.ledger import Period
from portal.policy.material import Material

UNITS_TURN = (ClaimState.DRAFT, ClaimState.RETURNED)
KINDS = {MET: "done", MISSED: "failed", UNKNOWN: "attention"}


@dataclass(frozen=True)
class Claimable:
    """Money a unit may ask for: of which support, for which years, and the living claim if there is one."""

    support: Support
    title: str
    claim: Claim | None
    years: dict[int, Period]
    ripe: bool  # the years it is for, or the first of them, are over

    @property
    def name(self) -> str:
        """The support, and which instalment of it."""
        return self.title if self.title == self.support.title else f"{self.support.title}（{self.title}）"


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
    return claimables([base], today)[base.pk]


def claimables(bases: Sequence[Base], today: date) -> dict[int, list[Claimable]]:
    """Return the same of many bases, which come `with_terms`; four queries however many."""
    asked = [base for base in bases if base.is_active and not base.recognised_under]
    found: dict[int, list[Claimable]] = {base.pk: [] for base in bases}
    if asked:
        known = _Known(asked)
        found |= {base.pk: list(_of_base(base, known, today)) for base in asked}
    return found


class _Known:
    """What has been claimed and granted, and the newest improvement, by base."""

    def __init__(self, bases: Sequence[Base]) -> None:
        living = Claim.objects.filter(base__in=bases, state__in=LIVING)
        self.living = {(each.base_id, each.support_key): each for each in living}
        self.had = set(Grant.objects.filter(account__base__in=bases).values_list("account__base", "support_key"))
        lines = GrantLine.objects.filter(
            grant__account__base__in=bases, after=After.TARGETS.value, state=LineState.PLANNED
        ).select_related("grant__account")
        self.lines = {(line.grant.account.base_id, line.grant.support_key): line for line in lines}
        periods = Improvement.objects.filter(base__in=bases).order_by("id")
        self.improvements = {each.base_id: each for each in periods}


def _of_base(base: Base, known: _Known, today: date) -> Iterator[Claimable]:
    improvement, end = known.improvements.get(base.pk), term_end(base)
    last = max(end, improvement.ends_on) if end and improvement else end
    for support in base.edition.money_of(base.track_key):
        key = (base.pk, support.key)
        claim = known.living.get(key)
        if key in known.lines and support.instalments:
            yield Claimable(support, known.lines[key].title, claim, {}, ripe=last is None or today > last)
        elif isinstance(support.award, MultipleAward) and key not in known.had:
            years = years_with(base, improvement)
            begun = {number: period for number, period in years.items() if period.start <= today}
            yield Claimable(support, support.title, claim, begun, ripe=any(each.end < today for each in begun.values()))


@dataclass(frozen=True)
class Waiting:
    """A claim that waits for the unit of a base: begun, returned, or ripe to be begun."""

    base: Base
    title: str
    claim: Claim | None

    @property
    def returned(self) -> bool:
        """Whether the bureau has given it back."""
        return self.claim is not None and self.claim.state == ClaimState.RETURNED


def waiting_claims(bases: QuerySet[Base], today: date) -> list[Waiting]:
    """Return what a unit can do about money today, the returned first; as many queries for one base as for many."""
    rows = [base for base in with_terms(bases) if base.edition.money_of(base.track_key)]
    found = [
        Waiting(base, each.name, each.claim)
        for base, own in zip(rows, claimables(rows, today).values(), strict=True)
        for each in own
        if (each.claim.state in UNITS_TURN if each.claim else each.ripe)
    ]
    return sorted(found, key=lambda each: not each.returned)


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
