"""One page of the form, ready to render: its questions and tables in the order of the edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.forms.fields import FieldView
from applications.forms.sheet import SheetReader, SheetView
from applications.models import DraftSection, Remark
from applications.selectors.characters import refuse_undrawable
from applications.selectors.workspace import Workspace
from portal.policy.facts import filled
from portal.policy.form import Field, Table
from portal.policy.reading import Problem
from portal.policy.validation import SectionPlace, check_section, shown


@dataclass
class PageView:
    """The page: `items` are fields and sheets; `problems` those shown in the summary at its top."""

    place: SectionPlace
    items: list[FieldView | SheetView]
    problems: list[dict[str, str]]
    faults: int
    revision: int
    saved_at: Any
    unconfirmed: int
    writable: bool


def page_view(
    workspace: Workspace,
    place: SectionPlace,
    *,
    typed: Mapping[str, Any] | None = None,
    remarks: Mapping[str, list[Remark]] | None = None,
    everything: bool = False,
) -> PageView:
    """Return the page as saved, or over what was `typed` but not saved.

    What is merely not filled in yet is told only when `everything` is asked for: an empty page is not a list of faults.
    """
    draft = workspace.drafts.get(place.path) or DraftSection(path=place.path, revision=0)
    answers = dict(typed) if typed is not None else place.answers(workspace.answers)
    problems = _problems(workspace, place, typed)
    told = [each for each in problems if everything or not each.missing]
    facts = place.facts(workspace.facts).within({place.section.key: answers})
    reader = _Reader(workspace, place, answers, told, draft.prefilled, remarks or {}, facts)
    return PageView(
        place=place,
        items=[reader.sheet(item) if isinstance(item, Table) else reader.field(item) for item in place.section.items],
        problems=summary(told),
        faults=len(told),
        revision=draft.revision,
        saved_at=draft.saved_at if draft.pk else None,
        unconfirmed=len(draft.prefilled),
        writable=workspace.opening.partly(place.path),
    )


def _problems(workspace: Workspace, place: SectionPlace, typed: Mapping[str, Any] | None) -> list[Problem]:
    """Return what is wrong with the page; as it is saved, the check of the whole form has found it already."""
    if typed is None:
        return [each for each in workspace.checked.problems if each.section_path == place.path]
    return check_section(workspace.edition, place, typed, place.facts(workspace.facts), refuse_undrawable)


def summary(problems: list[Problem]) -> list[dict[str, str]]:
    """Return problems as the error summary takes them, each linked to its control; those of one row are one line."""
    rows: dict[str, list[Problem]] = {}
    for problem in problems:
        rows.setdefault(row_of(problem), []).append(problem)
    return [_summary_line(each) for each in rows.values()]


def row_of(problem: Problem) -> str:
    """Return the path of the row a problem lies in; its own path where it lies in none."""
    rest = problem.path.removeprefix(f"{problem.section_path}/").split("/")
    return problem.path.rpartition("/")[0] if len(rest) == 3 else problem.path


def _summary_line(problems: list[Problem]) -> dict[str, str]:
    first = problems[0]
    if len(problems) == 1:
        return {"label": first.label, "message": first.message, "anchor": anchor_of(first)}
    columns = "、".join(each.label.partition("“")[2].rstrip("”") for each in problems[:3])
    more = f"等 {len(problems)} 项" if len(problems) > 3 else ""
    return {"label": first.label.partition("“")[0], "message": f"{columns}{more}需完善", "anchor": anchor_of(first)}


def anchor_of(problem: Problem) -> str:
    """Return the id of the control a problem belongs to, on the page it lies on."""
    return anchor(problem.path.removeprefix(f"{problem.section_path}/"))


def anchor(rest: str) -> str:
    """Return the id of a field (`postcode`), a table (`items`), a row (`items/r7`) or a cell (`items/r7/model`)."""
    return "f-" + rest.replace("/", "-")


@dataclass
class _Reader:
    workspace: Workspace
    place: SectionPlace
    answers: Mapping[str, Any]
    problems: list[Problem]
    prefilled: Mapping[str, str]
    remarks: Mapping[str, list[Remark]]
    facts: Any

    def field(self, item: Field) -> FieldView:
        path = f"{self.place.path}/{item.key}"
        errors = {each.path: each.message for each in self.problems}
        value = self.answers.get(item.key)
        if item.locked and not filled(value):
            value = getattr(self.workspace.application.organisation, item.source, "")
        kept = self.workspace.kept
        fixed = kept.answers_at(self.place.path) if kept else {}
        return FieldView(
            field=item,
            id=anchor(item.key),
            value=fixed.get(item.key, value),
            other=str(self.answers.get(f"{item.key}_other") or ""),
            error=errors.get(path, ""),
            other_error=errors.get(f"{path}_other", ""),
            source=self.prefilled.get(item.key, ""),
            remark=tuple(self.remarks.get(path, ())),
            shown=shown(item.when, self.facts),
            readonly=item.locked or item.key in fixed or not self.workspace.opening.whole(path),
        )

    def sheet(self, item: Table) -> SheetView:
        reader = SheetReader(
            item,
            f"{self.place.path}/{item.key}",
            self.facts,
            self.problems,
            self.prefilled,
            self.workspace.opening,
            self.remarks,
            kept=kept.rows_at(self.place.path, item.key) if (kept := self.workspace.kept) else (),
            kept_note=kept.explanation if kept else "",
        )
        return reader.view(self.answers.get(item.key))
