"""Checking a form: section by section while it is written, whole before it is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.policy.changes import Change, diff, display
from portal.policy.condition import Result, evaluate
from portal.policy.edition import Edition
from portal.policy.facts import Answers, Facts, filled
from portal.policy.form import Group
from portal.policy.material import Material
from portal.policy.places import SectionPlace, chinese_number, identity, instances, place_at, shown, visible_sections
from portal.policy.readiness import condition_problems
from portal.policy.reading import Problem, SectionReader, TextCheck
from portal.policy.settling import settle, settle_section

__all__ = [
    "Change",
    "Checked",
    "Problem",
    "SectionPlace",
    "SectionState",
    "TextCheck",
    "blocking",
    "check_form",
    "check_materials",
    "check_section",
    "chinese_number",
    "diff",
    "display",
    "evaluate_all",
    "facts_for",
    "place_at",
    "settle",
    "settled",
    "shown",
    "state_of",
    "visible_sections",
]


@dataclass(frozen=True)
class Checked:
    """A form's readable, asked-for answers in stored form, and everything that is wrong with the rest."""

    cleaned: dict[str, Any]
    problems: list[Problem]


@dataclass(frozen=True)
class SectionState:
    """How far a section is: `not_started`, `in_progress`, `attention` (with `count`) or `done`."""

    key: str
    count: int = 0

    @property
    def label(self) -> str:
        """The state in words."""
        words = {"not_started": "未开始", "in_progress": "进行中", "done": "已完成"}
        return words.get(self.key, f"{self.count} 处需完善")


def facts_for(
    edition: Edition,
    track: str,
    answers: Answers,
    files: Mapping[str, int] | None = None,
    overrides: Mapping[str, Any] | None = None,
    *,
    on: date | None = None,
) -> Facts:
    """Put together what is known; `overrides` are the bureau's own settings, `on` the day of filing."""
    return Facts(answers, track, files or {}, edition.setting_values(overrides), on=on)


def check_section(
    edition: Edition,
    place: SectionPlace,
    answers: Answers,
    facts: Facts,
    extra_text_check: TextCheck | None = None,
) -> list[Problem]:
    """Check one section's own `answers` (`{field: value, table: rows}`) as typed, saved or not, within the whole."""
    own = settle_section(place.section, answers)
    merged = _with_section(place, own, settled(edition, facts))
    return SectionReader(place, merged, extra_text_check).read(own)[1]


def check_form(edition: Edition, facts: Facts, extra_text_check: TextCheck | None = None) -> Checked:
    """Check the whole form and bring its visible answers into stored form."""
    return _checked(edition, settled(edition, facts), extra_text_check)


def settled(edition: Edition, facts: Facts) -> Facts:
    """Return the facts with every readable answer in stored form. Who asks many questions of the same facts does it first."""
    return facts if facts.settled else replace(facts, answers=settle(edition, facts.answers), settled=True)


def _checked(edition: Edition, facts: Facts, extra_text_check: TextCheck | None) -> Checked:
    cleaned: dict[str, Any] = {}
    problems: list[Problem] = []
    for part in edition.form.parts:
        if isinstance(part, Group):
            found = instances(facts.answers, part)
            cleaned[part.key] = [{"_id": instance} for instance, _ in found]
            problems += _count_problems(part, len(found))
    for place in visible_sections(edition, facts):
        kept, wrong = SectionReader(place, place.facts(facts), extra_text_check).read(place.answers(facts.answers))
        home = cleaned if place.group is None else cleaned[place.group.key][place.number - 1]
        home[place.section.key] = kept
        problems += wrong
    return Checked(cleaned, problems)


def check_materials(edition: Edition, facts: Facts, *, sealed: bool = False) -> list[Problem]:
    """Check the number of files in each slot and the rows they serve.

    The sealed scan of the form is left out unless `sealed`: it can exist only after submission.
    """
    problems: list[Problem] = []
    for material in edition.materials:
        if not shown(material.when, facts) or (material.sealed and not sealed):
            continue
        if message := _file_problem(material, facts):
            missing = facts.files.get(material.key, 0) <= material.maximum
            problems.append(Problem(f"#{material.key}", material.title, message, "#", missing, "附件材料"))
    return problems


def state_of(problems: Sequence[Problem], answers: Answers) -> SectionState:
    """Say how far a section is, from its problems and its own answers."""
    if not any(filled(value) for value in answers.values()):
        return SectionState("not_started")
    if not problems:
        return SectionState("done")
    if all(problem.missing for problem in problems):
        return SectionState("in_progress", len(problems))
    return SectionState("attention", len(problems))


def evaluate_all(edition: Edition, facts: Facts) -> list[Result]:
    """Test every condition, those that do not apply included, in the order of the edition."""
    return _results(edition, settled(edition, facts))


def _results(edition: Edition, facts: Facts) -> list[Result]:
    return [evaluate(condition, facts) for condition in edition.conditions]


def blocking(edition: Edition, facts: Facts, extra_text_check: TextCheck | None = None) -> list[Problem]:
    """List everything that stops submission: the form, the materials, hard conditions, soft ones without a reason."""
    facts = settled(edition, facts)
    problems = _checked(edition, facts, extra_text_check).problems + check_materials(edition, facts)
    return problems + condition_problems(edition, facts, _results(edition, facts), problems)


def _with_section(place: SectionPlace, answers: Answers, facts: Facts) -> Facts:
    if place.group is None:
        return replace(facts, answers={**facts.answers, place.section.key: answers})
    return place.facts(facts).within({place.section.key: answers})


def _count_problems(group: Group, count: int) -> list[Problem]:
    if count < group.minimum:
        return [Problem(group.key, group.title, f"至少填报 {group.minimum} 个{group.noun}", group.key, missing=True)]
    if count > group.maximum:
        return [Problem(group.key, group.title, f"最多填报 {group.maximum} 个{group.noun}，现有 {count} 个", group.key)]
    return []


def _file_problem(material: Material, facts: Facts) -> str:
    count = facts.files.get(material.key, 0)
    if not count and material.minimum:
        return "未上传，请上传扫描件"
    if count < material.minimum:
        return f"至少 {material.minimum} 份，现有 {count} 份，请补传"
    if count > material.maximum:
        return f"最多 {material.maximum} 份，现有 {count} 份，请合并"
    if unserved := _unserved(material.key, material.per_row, facts):
        return f"缺 {len(unserved)} 人（行）的材料：{'、'.join(unserved[:8])}，请补传，或在已传文件上注明所属人员"
    return ""


def _unserved(slot: str, tables: Sequence[str], facts: Facts) -> list[str]:
    """Name the rows no file of the slot serves. While no file says whom it serves, the files are one bundle for all."""
    head = f"{slot}/"
    served = {key.removeprefix(head) for key, count in facts.files.items() if count and key.startswith(head)}
    if not served or "*" in served:
        return []
    rows = [row for table in tables for row in facts.rows(table)]
    return [
        str(row.get("name") or f"第 {number} 行")
        for number, row in enumerate(rows, start=1)
        if identity(row, number) not in served
    ]
