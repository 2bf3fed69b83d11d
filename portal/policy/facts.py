"""What is known about one application when its conditions are tested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

Answers = Mapping[str, Any]
# Longer than any official amount: more digits than this is a slip of the hand, and the database column holds no more.
MAX_DIGITS = 14


@dataclass(frozen=True)
class Facts:
    """Answers, track, number of files in each material slot, the settings in force, and the day of filing.

    `files` counts the files of a slot under its key, those that serve one row under `slot/row id`, and those that serve
    every row under `slot/*`. Inside a repeated group or a row, `local` holds that instance and is looked at first. `settled`:
    the answers are in stored form already as far as they can be read (`validation.settled`).
    """

    answers: Answers
    track: str = ""
    files: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    local: Answers = field(default_factory=dict)
    on: date | None = None
    settled: bool = False

    def within(self, instance: Answers) -> "Facts":
        """Return the same facts seen from inside one group instance, or from a row inside it."""
        local = {
            **self.local,
            **instance,
        }  # built by hand: a long table asks for this at every row, and `replace` is slow
        return Facts(self.answers, self.track, self.files, self.settings, local, self.on, self.settled)

    def get(self, reference: str) -> Any:
        """Return the raw value a dotted reference names, or None."""
        for root in (self.local, self.answers):
            value: Any = root
            for key in reference.split("."):
                value = value.get(key) if isinstance(value, (dict, Mapping)) else None
            if value is not None:
                return value
        return None

    def rows(self, reference: str) -> Sequence[Answers]:
        """Return the rows of a table or the instances of a group; a table inside a group gives all instances' rows."""
        found = self.get(reference)
        if isinstance(found, (list, tuple)):
            return [row for row in found if isinstance(row, Mapping)]
        head, _, rest = reference.partition(".")
        if not rest or not isinstance(self.get(head), (list, tuple)):
            return []
        return [row for instance in self.rows(head) for row in replace(self, local=instance).rows(rest)]

    def number(self, reference: str) -> Fraction | None:
        """Return a numeric answer exactly, or None when it is missing or not a number."""
        return to_number(self.get(reference))


def to_number(value: Any) -> Fraction | None:
    """Read a number as typed (`1,200`, `97.5`); None when it is not one."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS else None


def filled(value: Any) -> bool:
    """Say whether an answer holds anything."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and (bool(value) or not isinstance(value, (list, dict, tuple)))
