"""Money that follows recognition, in yuan, exact: instalments, awards by a multiple or by steps, and what is recovered."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.policy.material import Material

NOTHING = Decimal(0)


class After(StrEnum):
    """The event an instalment follows."""

    RECOGNITION = "recognition"  # payable as soon as the recognition is issued, in that fiscal year
    PLAQUE = "plaque"  # payable once the plaque has been handed over
    TARGETS = "targets"  # payable once the targets are met and a claim for it has been approved


@dataclass(frozen=True)
class Instalment:
    """A part of a grant: `amount` in yuan, its `share` of the whole in percent, and `due`, the event it follows, in words.

    `after` is that event for the portal. What follows TARGETS is claimed: `targets` are the codes checked line by line
    (each for the tracks it is for), `materials` the documents of the claim.
    """

    key: str
    title: str
    amount: Decimal
    share: int
    due: str
    clause: str
    default: str = ""
    after: After = After.RECOGNITION
    targets: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True)
class MultipleAward:
    """`amount` once, for a year in which a quantity reaches `multiple` times the basic target of that year.

    `targets` are each track's basic targets, year by year. The setting `base_setting` says which of them counts: `yearly`,
    the year's own, or `first`, the first year's for every year. The target itself is met in the indicator `basic`, the
    multiple in the indicator `counted`, both over a year of building. It may be claimed at any time, with `materials`;
    `plaque` is the text of the plaque that comes with it.
    """

    amount: Decimal
    multiple: int
    targets: tuple[tuple[str, tuple[int, ...]], ...]
    base_setting: str
    basic: str = ""
    counted: str = ""
    materials: tuple[Material, ...] = ()
    plaque: str = ""

    @property
    def tracks(self) -> frozenset[str]:
        """The tracks it is open to."""
        return frozenset(track for track, _ in self.targets)

    def target(self, track: str, year: int, base: str) -> int:
        """Return the basic target of `year` (1, 2, …; later years count as the last); KeyError off its tracks."""
        yearly = dict(self.targets)[track]
        return yearly[0] if base == "first" else yearly[min(year, len(yearly)) - 1]

    def threshold(self, track: str, year: int, base: str) -> int:
        """Return the quantity that earns it in `year`; KeyError off its tracks."""
        return self.multiple * self.target(track, year, base)

    def earned(self, quantity: int, threshold: int, *, target_met: bool, granted_before: bool) -> Decimal:
        """Return the award in yuan: nothing before the basic target is met, and nothing a second time."""
        return self.amount if target_met and not granted_before and quantity >= threshold else NOTHING


@dataclass(frozen=True)
class StepAward:
    """`amount` for each full `step` of the counted quantity, at most `cap` in all.

    `totals` are each track's total targets. By the setting `basis_setting` the steps are counted in what exceeds the total
    target (`excess`), or in all that is counted once the target is met (`all`). `total` and `counted` are the indicators of
    the two quantities over the term of building. It is claimed together with the instalment `within`, and only there.
    """

    step: int
    amount: Decimal
    cap: Decimal
    totals: tuple[tuple[str, int], ...]
    basis_setting: str
    total: str = ""
    counted: str = ""
    within: str = ""

    @property
    def tracks(self) -> frozenset[str]:
        """The tracks it is open to."""
        return frozenset(track for track, _ in self.totals)

    def earned(self, track: str, total: int, counted: int, basis: str) -> Decimal:
        """Return the award in yuan for `counted` out of `total`; KeyError off its tracks."""
        excess = total - dict(self.totals)[track]
        if excess < 0:
            return NOTHING
        steps = (counted if basis == "all" else min(excess, counted)) // self.step
        return min(self.cap, self.amount * steps)


class Reclaim(StrEnum):
    """How much of what was paid comes back."""

    UNSPENT = "unspent"
    ALL = "all"


@dataclass(frozen=True)
class Recovery:
    """A reason to take money back, how much of it, and within how many `days` of the decision it is returned."""

    key: str
    title: str
    text: str
    clause: str
    reclaim: Reclaim
    default: str = ""
    days: int = 30

    def amount(self, paid: Decimal, spent: Decimal) -> Decimal:
        """Return what is recovered, in yuan; spending beyond what was paid leaves nothing unspent, never less."""
        return paid if self.reclaim is Reclaim.ALL else max(NOTHING, paid - spent)
