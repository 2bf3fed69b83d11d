"""Where a remark can be pinned, what people call that place, and what the applicant may change because of it."""

from collections.abc import Iterable, Iterator

from portal.policy.condition import Condition
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.form import Group, Table
from portal.policy.places import SectionPlace, identity, visible_sections
from portal.policy.readiness import condition_paths


def spot_label(edition: Edition, facts: Facts, path: str) -> str:
    """Return the name of the place a path points to; empty when this application has no such place.

    `#slot` is a material, `@CODE` a condition, everything else a section, field, table, row or cell of the form.
    """
    if path.startswith("#"):
        return next((each.title for each in edition.materials if each.key == path[1:]), "")
    if path.startswith("@"):
        return next((each.title for each in edition.conditions if each.code == path[1:]), "")
    for place in visible_sections(edition, facts):
        if path == place.path:
            return place_label(place)
        if path.startswith(f"{place.path}/"):
            inside = _inside(place, facts, path.removeprefix(f"{place.path}/").split("/"))
            return f"{place_label(place)} {inside}" if inside else ""
    return ""


def place_label(place: SectionPlace) -> str:
    """Return what the task list calls a section, with its project: 项目一 实训设备."""
    return f"{place.group_title} {place.title}".strip()


def openings(edition: Edition, facts: Facts, paths: Iterable[str]) -> list[str]:
    """Return what remarks at these paths open for correction, without repeats, in the order given.

    A remark on a condition opens the answers and materials the condition reads, and the reasons that may excuse it.
    """
    found: dict[str, None] = {}
    for path in paths:
        if path.startswith("@"):
            condition = next((each for each in edition.conditions if each.code == path[1:]), None)
            found |= dict.fromkeys(_of_condition(edition, facts, condition) if condition else ())
        else:
            found[path] = None
    return [path for path in found if spot_label(edition, facts, path)]


def _of_condition(edition: Edition, facts: Facts, condition: Condition) -> Iterator[str]:
    groups = {part.key for part in edition.form.parts if isinstance(part, Group)}
    for path in condition_paths(edition, facts, condition):
        parts = path.split("/")
        # A column alone cannot be corrected without its rows: the table as a whole is opened.
        yield "/".join(parts[: 4 if parts[0] in groups else 2])
    if condition.explain:
        yield condition.explain.replace(".", "/")
    if condition.waiver:
        yield condition.waiver.flag.replace(".", "/")
        yield condition.waiver.reason.replace(".", "/")


def _inside(place: SectionPlace, facts: Facts, rest: list[str]) -> str:
    item = next((each for each in place.section.items if each.key == rest[0]), None)
    if item is None or len(rest) == 1:
        return item.label if item else ""
    if not isinstance(item, Table) or len(rest) > 3:
        return ""
    rows = place.answers(facts.answers).get(item.key) or []
    numbers = {identity(row, number): number for number, row in enumerate(rows, start=1)}
    if rest[1] not in numbers:
        return ""
    label = f"{item.label}第 {numbers[rest[1]]} {item.noun}"
    if len(rest) == 2:
        return label
    column = next((each for each in item.columns if each.key == rest[2]), None)
    return f"{label}“{column.label}”" if column else ""
