"""Checking the rows of an import of roads: what it would change, and what must be mended, row by row; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviews.forms.visits import RoadForm
from reviews.selectors.travel import Pair, Roads, pair


@dataclass
class Preview:
    """`changes` are (road, minutes now, minutes then); `problems` are (row number, sentence); `same` rows change nothing.

    A row without minutes leaves its road as it is.
    """

    changes: list[tuple[Pair, int | None, int]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    same: int = 0

    @property
    def minutes(self) -> dict[Pair, int | None]:
        """What would be written, by road."""
        return {road: minutes for road, _, minutes in self.changes}


def preview_of(rows: Iterable[tuple[int, dict[str, str]]], districts: Iterable[str], roads: Roads) -> Preview:
    """Return what an import would do to the roads there are; districts nobody knows here are refused."""
    preview, seen, known = Preview(), {}, set(districts)
    for number, values in rows:
        form = RoadForm(values)
        if not form.is_valid():
            wrong = "；".join(
                f"{form[name].label}：{str(errors[0]).rstrip('。')}" for name, errors in form.errors.items()
            )
            preview.problems.append((number, wrong))
            continue
        answers = form.cleaned_data
        road, minutes = pair(answers["origin"], answers["destination"]), answers["minutes"]
        strange = [each for each in dict.fromkeys(road) if each not in known]
        if strange:
            preview.problems.append((number, f"本平台没有“{'”“'.join(strange)}”，请按导出的路程表填写地区名称"))
        elif minutes is None:
            continue
        elif seen.setdefault(road, (number, minutes)) != (number, minutes):
            first, told = seen[road]
            preview.problems.append(
                (number, f"与第 {first} 行同为一段路程" + ("" if told == minutes else "，分钟数不同"))
            )
        elif roads.minutes(*road) == minutes:
            preview.same += 1
        else:
            preview.changes.append((road, roads.minutes(*road), minutes))
    return preview
