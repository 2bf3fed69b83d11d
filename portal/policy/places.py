"""Where a section stands in one application: once, or once in each instance of a repeated group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.policy.condition import Test
from portal.policy.edition import Edition
from portal.policy.facts import Answers, Facts
from portal.policy.form import Group, Section

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class SectionPlace:
    """One page of one application.

    `path` is `basic`, or `project/a1/equipment` inside a group; `instance` is the `_id` of the group instance and
    `number` its place counted from 1 (0 outside a group). `title` is the short heading, `group_title` reads `项目一`,
    and `name` is what the applicant calls that instance.
    """

    path: str
    group: Group | None
    instance: str | None
    number: int
    section: Section
    title: str
    group_title: str = ""
    name: str = ""

    @property
    def heading(self) -> str:
        """Return the title with the instance it belongs to: `项目一（一）工种与场地`."""
        return f"{self.group_title}{self.title}"

    def answers(self, answers: Answers) -> dict[str, Any]:
        """Return this section's own answers out of the whole form's."""
        home: Any = answers
        if self.group is not None:
            home = dict(instances(answers, self.group)).get(self.instance or "")
        found = home.get(self.section.key) if isinstance(home, Mapping) else None
        return dict(found) if isinstance(found, Mapping) else {}

    def facts(self, facts: Facts) -> Facts:
        """Return the facts as seen from inside this place."""
        if self.group is None:
            return facts
        return facts.within(dict(instances(facts.answers, self.group)).get(self.instance or "", {}))


def shown(when: Test | None, facts: Facts) -> bool:
    """Say whether a section, field, table or material with this `when` is asked for."""
    return when is None or when.check(facts).met is True


def visible_sections(edition: Edition, facts: Facts) -> list[SectionPlace]:
    """Return every section asked of this application, in the order of the form, groups by their actual instances."""
    return list(_places(edition, facts))


def place_at(edition: Edition, facts: Facts, path: str) -> SectionPlace:
    """Return the visible section at a path; KeyError if there is none."""
    return {place.path: place for place in _places(edition, facts)}[path]


def instances(answers: Answers, group: Group) -> list[tuple[str, Answers]]:
    """Return a group's instances with their ids; what is not an instance is passed over."""
    found = answers.get(group.key)
    listed = [each for each in found if isinstance(each, Mapping)] if isinstance(found, (list, tuple)) else []
    return [(identity(each, number), each) for number, each in enumerate(listed, start=1)]


def identity(row: Answers, number: int) -> str:
    """Return the id of a row or instance; one that never got an id is known by its place."""
    return str(row.get("_id") or f"n{number}")


def chinese_number(number: int) -> str:
    """Write 1 to 99 as official headings count: 一, 十, 二十三."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _places(edition: Edition, facts: Facts) -> Iterator[SectionPlace]:
    for part in edition.form.parts:
        if isinstance(part, Section):
            if shown(part.when, facts):
                yield SectionPlace(part.key, None, None, 0, part, part.short or part.title)
        else:
            yield from _group_places(part, facts)


def _group_places(group: Group, facts: Facts) -> Iterator[SectionPlace]:
    for number, (instance, answers) in enumerate(instances(facts.answers, group), start=1):
        inside = facts.within(answers)
        name = str(inside.get(group.name_ref) or "")
        for section in group.sections:
            if shown(section.when, inside):
                yield SectionPlace(
                    path=f"{group.key}/{instance}/{section.key}",
                    group=group,
                    instance=instance,
                    number=number,
                    section=section,
                    title=section.short or section.title,
                    group_title=f"{group.noun}{chinese_number(number)}",
                    name=name,
                )
