"""Drawing lots that anybody can repeat: an order from a seed, a choice from the order, a successor from what is left.

The seed's hash is published before the list of candidates is closed, the seed itself only afterwards. A number called out
by a witness at the draw goes into the order as well, so that not even whoever could read the seed knows the outcome.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FieldsOf = Mapping[int, Collection[str]]  # expert → the fields they judge


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no blanks, characters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal: what `printf %s TEXT | sha256sum` prints."""
    return hashlib.sha256(text.encode()).hexdigest()


def lot(seed: str, called: str, number: int, expert: int) -> str:
    """Return an expert's lot in round `number`; the smallest comes first. The text hashed is `seed|called|number|expert`."""
    return digest(f"{seed}|{called}|{number}|{expert}")


def order(seed: str, called: str, number: int, experts: Collection[int]) -> tuple[int, ...]:
    """Return the experts in the order of their lots; it does not depend on the order they were given in."""
    return tuple(sorted(experts, key=lambda expert: (lot(seed, called, number, expert), expert)))


@dataclass(frozen=True)
class Outcome:
    """What a round has come to: `drawn` in the order of drawing, each with the field drawn for ("" for the rest).

    `alternates` follow in the order of their lots; `uncovered` are required fields that nobody who may be drawn judges.
    """

    order: tuple[int, ...]
    drawn: tuple[tuple[int, str], ...]
    alternates: tuple[int, ...]
    uncovered: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as a record holds it."""
        return {
            "order": list(self.order),
            "drawn": [{"id": expert, "field": field} for expert, field in self.drawn],
            "alternates": list(self.alternates),
            "uncovered": list(self.uncovered),
        }


def choose(
    ordered: Sequence[int], fields: FieldsOf, *, required: Collection[str], size: int, alternates: int
) -> Outcome:
    """Choose from the order: for each required field nobody chosen judges yet the first who does, then simply the first.

    Fields are served in the order of their characters' code points. Fewer than `size` are drawn when there are no more.
    """
    drawn: list[tuple[int, str]] = []
    uncovered = []
    for field in sorted(set(required)):
        chosen = [expert for expert, _ in drawn]
        if any(field in fields[expert] for expert in chosen):
            continue
        judge = next((expert for expert in ordered if expert not in chosen and field in fields[expert]), None)
        if judge is None:
            uncovered.append(field)
        elif len(drawn) < size:
            drawn.append((judge, field))
    chosen = [expert for expert, _ in drawn]
    rest = [expert for expert in ordered if expert not in chosen]
    places = size - len(drawn)
    drawn += [(expert, "") for expert in rest[:places]]
    return Outcome(tuple(ordered), tuple(drawn), tuple(rest[places : places + alternates]), tuple(uncovered))


def successor(
    alternates: Sequence[int],
    fields: FieldsOf,
    *,
    required: Collection[str],
    seated: Collection[int],
    used: Collection[int],
) -> int | None:
    """Return the alternate who takes an empty place: the first who judges a required field nobody seated does, else the first.

    `used` have already taken a place or been passed over. None when no alternate is left.
    """
    left = [expert for expert in alternates if expert not in used]
    covered = {field for expert in seated for field in fields.get(expert, ())}
    lacking = set(required) - covered
    return next((expert for expert in left if lacking & set(fields[expert])), left[0] if left else None)
