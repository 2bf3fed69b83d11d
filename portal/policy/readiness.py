"""What a condition asks that the applicant has not answered yet, as problems with a place to go to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.policy.condition import Condition, Result, Severity, Verdict
from portal.policy.edition import Edition
from portal.policy.facts import Facts, filled
from portal.policy.form import Group
from portal.policy.places import instances, visible_sections
from portal.policy.reading import Problem


def condition_problems(
    edition: Edition, facts: Facts, results: Sequence[Result], listed: Sequence[Problem]
) -> list[Problem]:
    """Return the conditions that stop submission, save those already told by a problem in `listed`."""
    paths = {problem.path for problem in listed}
    told = paths | {problem.section_path for problem in listed}
    found: list[Problem] = []
    for result in results:
        problem = _problem(edition, facts, result)
        if problem is None or (problem.missing and problem.path in paths):
            continue
        # An answer not given yet is listed where it is asked: saying it twice would only frighten.
        if result.verdict is Verdict.UNKNOWN and not told.isdisjoint(_places(edition, facts, result)):
            continue
        found.append(problem)
    return found


def section_path(edition: Edition, path: str) -> str:
    """Return the path of the section a path lies in; `#` for a material."""
    if path.startswith("#"):
        return "#"
    parts = path.split("/")
    groups = {part.key for part in edition.form.parts if isinstance(part, Group)}
    return "/".join(parts[:3] if parts[0] in groups else parts[:1])


def _problem(edition: Edition, facts: Facts, result: Result) -> Problem | None:
    condition = result.condition
    soft = condition.severity is Severity.SOFT and result.verdict is Verdict.EXPLAIN and condition.explain
    if soft and not filled(facts.get(condition.explain)):
        path = condition.explain.replace(".", "/")
        message = f"要求 {result.required}，填报 {result.reported}，请填写说明（{condition.clause}）"
        return _located(edition, facts, Problem(path, condition.title, message, section_path(edition, path), True))
    if not result.blocks:
        return None
    path = next(condition_paths(edition, facts, condition), "")
    missing = result.verdict is Verdict.UNKNOWN
    message = "尚未填报，无法核对" if missing else f"要求 {result.required}，填报 {result.reported}"
    detail = f"：{'；'.join(result.detail[:5])}" if result.detail else ""
    message = f"{message}{detail}（{condition.clause}）"
    return _located(edition, facts, Problem(path, condition.title, message, section_path(edition, path), missing))


def _located(edition: Edition, facts: Facts, problem: Problem) -> Problem:
    if problem.section_path == "#":
        return replace(problem, section_title="附件材料")
    headings = {place.path: place.heading for place in visible_sections(edition, facts)}
    return replace(problem, section_title=headings.get(problem.section_path, ""))


def _places(edition: Edition, facts: Facts, result: Result) -> set[str]:
    """Return the paths a condition reads, their sections, and the groups or sections at their head."""
    paths = list(condition_paths(edition, facts, result.condition))
    heads = {path.partition("/")[0] for path in paths}
    return {*paths, *(section_path(edition, path) for path in paths), *heads}


def condition_paths(edition: Edition, facts: Facts, condition: Condition) -> Iterator[str]:
    """Turn the references a condition's test reads into paths; one inside a group stands for each instance."""
    groups = {part.key: part for part in edition.form.parts if isinstance(part, Group)}
    for reference in condition.test.references() if condition.test else ():
        head, _, rest = reference.partition(".")
        if reference.startswith("#"):
            yield reference
        elif head in groups and not rest:
            yield head
        elif head in groups:
            for instance, _ in instances(facts.answers, groups[head]):
                yield f"{head}/{instance}/{rest.replace('.', '/')}"
        elif not reference.startswith("@"):
            yield reference.replace(".", "/")
