"""Everything the form's pages show about one application, worked out in one pass over its draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from applications.models import Application, DraftSection, MaterialFile
from applications.selectors.characters import refuse_undrawable
from applications.selectors.correction import Opening, opening_of, section_at
from applications.selectors.cross import kept_in, source_problems
from applications.selectors.draft import count_files, draft_sections, live_materials, put_together
from portal.calendars import clock
from portal.policy.condition import Result, Verdict
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.form import Group, Section
from portal.policy.keeping import Kept
from portal.policy.readiness import condition_problems
from portal.policy.rows import begun
from portal.policy.validation import (
    Checked,
    Problem,
    SectionPlace,
    SectionState,
    check_form,
    check_materials,
    evaluate_all,
    facts_for,
    settled,
    shown,
    state_of,
    visible_sections,
)

SUBMIT_PATH = "#submit"


@dataclass
class Workspace:
    """One application's draft, its problems and its conditions.

    Nothing here costs a query once it is loaded, but for a cross-application, whose source is looked up once. `notice` is
    what a save has to tell: that fixed contents were put back.
    """

    application: Application
    edition: Edition
    drafts: dict[str, DraftSection]
    materials: list[MaterialFile]
    opening: Opening
    answers: dict[str, Any] = field(default_factory=dict)
    notice: str = ""

    @cached_property
    def facts(self) -> Facts:
        """What the conditions are tested on, brought into stored form once for all the questions asked of it."""
        files, track = count_files(self.materials), self.application.track_key
        known = facts_for(self.edition, track, self.answers, files, self.application.call.settings, on=clock.today())
        return settled(self.edition, known)

    @cached_property
    def places(self) -> list[SectionPlace]:
        """The pages asked of this application, in the order of the form."""
        return visible_sections(self.edition, self.facts)

    @cached_property
    def checked(self) -> Checked:
        """The form as it can be read, and what is wrong with the rest."""
        return check_form(self.edition, self.facts, refuse_undrawable)

    @cached_property
    def form_problems(self) -> list[Problem]:
        """What the pages lack, values not yet confirmed included."""
        return self.checked.problems + list(self._unconfirmed())

    @cached_property
    def material_problems(self) -> list[Problem]:
        """What the material slots lack."""
        return check_materials(self.edition, self.facts)

    @cached_property
    def kept(self) -> Kept | None:
        """What stands fixed because of the policy's cross-application; None where nothing does."""
        return kept_in(self.application)

    @cached_property
    def cross_problems(self) -> list[Problem]:
        """What bars a cross-application: its source given up, or its kept rows no longer those of the source."""
        return source_problems(self.application, self.kept, self.answers)

    @cached_property
    def tested(self) -> list[Result]:
        """Every condition tested, those that do not apply included."""
        return evaluate_all(self.edition, self.facts)

    @cached_property
    def results(self) -> list[Result]:
        """The conditions that apply, tested."""
        return [result for result in self.tested if result.verdict is not Verdict.NOT_APPLICABLE]

    @cached_property
    def blocking(self) -> list[Problem]:
        """Everything that stands in the way of submission, in the order of the form."""
        listed = self.cross_problems + self.form_problems + self.material_problems
        return listed + condition_problems(self.edition, self.facts, self.results, listed)

    @cached_property
    def problems_by_page(self) -> dict[str, list[Problem]]:
        """The problems of each page by its path; `#` holds those of the materials."""
        pages: dict[str, list[Problem]] = {}
        for problem in self.form_problems + self.material_problems:
            pages.setdefault(problem.section_path, []).append(problem)
        return pages

    def place(self, path: str) -> SectionPlace:
        """Return the page at `path`; KeyError if it is not asked for."""
        return {place.path: place for place in self.places}[path]

    def section(self, path: str) -> Section:
        """Return the section kept at `path`, asked for at present or not; KeyError if there is none, or its part was removed."""
        found, (head, *rest) = section_at(self.edition, path), path.split("/")
        if found is None or (rest and rest[0] not in self.application.groups.get(head, [])):
            raise KeyError(path)
        return found

    def state(self, place: SectionPlace) -> SectionState:
        """Say how far a page is."""
        return state_of(self.problems_by_page.get(place.path, []), _typed(place, self.answers))

    def following(self, path: str) -> SectionPlace | None:
        """Return the page after `path`, None after the last."""
        paths = [place.path for place in self.places]
        after = paths.index(path) + 1
        return self.places[after] if after < len(paths) else None

    def preceding(self, path: str) -> SectionPlace | None:
        """Return the page before `path`, None before the first."""
        before = [place.path for place in self.places].index(path) - 1
        return self.places[before] if before >= 0 else None

    def _unconfirmed(self) -> Iterable[Problem]:
        for place in self.places:
            draft, facts = self.drafts.get(place.path), place.facts(self.facts)
            asked = {item.key for item in place.section.items if shown(item.when, facts)}
            for key, source in (draft.prefilled if draft else {}).items():
                if key.partition("/")[0] not in asked:
                    continue  # what is not asked for now cannot be confirmed either
                label = _label(place, key, draft.answers if draft else {})
                message = f"取自{source}，请核对后点“确认无误”"
                yield Problem(f"{place.path}/{key}", label, message, place.path, missing=True)


def load(application: Application) -> Workspace:
    """Load an application's draft and files: two queries."""
    return build(application, draft_sections(application), list(live_materials(application)))


def build(application: Application, drafts: Iterable[DraftSection], materials: list[MaterialFile]) -> Workspace:
    """Put a workspace together from rows already fetched."""
    by_path = {draft.path: draft for draft in drafts}
    return Workspace(
        application,
        application.edition,
        by_path,
        materials,
        opening_of(application),
        put_together(application, by_path.values()),
    )


def group_of(edition: Edition, key: str) -> Group:
    """Return a repeated part by its key; KeyError if there is none."""
    return {part.key: part for part in edition.form.parts if isinstance(part, Group)}[key]


def _typed(place: SectionPlace, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a person gave on the page: what is copied from the profile, or given rows, is not yet a beginning."""
    found = place.answers(answers)
    own = {item.key for item in place.section.fields if item.locked}
    own |= {
        table.key
        for table in place.section.tables
        if table.rows_setting and not any(begun(table, row) for row in found.get(table.key) or [])
    }
    return {key: value for key, value in found.items() if key not in own}


def _label(place: SectionPlace, key: str, answers: Mapping[str, Any]) -> str:
    table_key, _, row_id = key.partition("/")
    item = next((each for each in place.section.items if each.key == table_key), None)
    if item is None or not row_id:
        return item.label if item else key
    rows = answers.get(table_key) or []
    number = next((at for at, row in enumerate(rows, start=1) if row.get("_id") == row_id), 0)
    return f"{item.label}第 {number} 行"
