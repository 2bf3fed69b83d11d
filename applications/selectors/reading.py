"""Everything the reading view shows about one file: its conditions with verdicts, its pages beside the version before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from applications.enums import RemarkState
from applications.models import Application, ApplicationVersion, Check, MaterialFile, Remark
from applications.selectors.decisions import (
    Standing,
    acceptance_obstacles,
    recent_remarks,
    remarks_to_send,
    return_obstacles,
)
from applications.selectors.versions import conditions_to_judge, results_by_code, version_facts
from portal.policy.changes import Change, diff
from portal.policy.condition import VERDICT_LABELS, Condition, Severity, Verdict
from portal.policy.facts import Facts
from portal.policy.material import Material
from portal.policy.places import SectionPlace, visible_sections
from portal.policy.validation import shown

RESULT_SHAPES = {
    Verdict.MET: "done",
    Verdict.UNMET: "failed",
    Verdict.EXPLAIN: "attention",
    Verdict.WAIVED: "attention",
    Verdict.UNKNOWN: "todo",
    Verdict.JUDGED: "judged",
}
SEVERITY_LABELS = {Severity.HARD: "硬性条件", Severity.SOFT: "原则性条件", Severity.JUDGED: "须认定"}


@dataclass(frozen=True)
class ConditionLine:
    """A condition, what the portal found, what the officer found.

    `carried`: the verdict was given on the version before, and nothing it rests on has changed since. `pending` is a
    verdict chosen but still without its reason.
    """

    condition: Condition
    result: Mapping[str, Any]
    check: Check | None
    remarks: Sequence[Remark]
    carried: bool = False
    pending: str = ""

    @property
    def verdict(self) -> str:
        """The verdict shown as chosen."""
        return self.pending or (self.check.verdict if self.check else "")

    @property
    def reason(self) -> str:
        """The officer's reason, empty when there is none."""
        return self.check.reason if self.check else ""

    @property
    def system_label(self) -> str:
        """What the portal found, in words."""
        found = Verdict(self.result["verdict"])
        return "由人工认定" if found is Verdict.JUDGED else VERDICT_LABELS[found]

    @property
    def system_shape(self) -> str:
        """The shape beside those words."""
        return RESULT_SHAPES[Verdict(self.result["verdict"])]

    @property
    def needs_eyes(self) -> bool:
        """Whether the portal cannot settle it: not met, or for a person to judge."""
        return self.result["verdict"] != Verdict.MET.value

    @property
    def severity_label(self) -> str:
        """How much hangs on it."""
        return SEVERITY_LABELS[self.condition.severity]


@dataclass(frozen=True)
class Slot:
    """A material slot with its live files and what they replaced."""

    material: Material
    files: Sequence[MaterialFile]
    old: Sequence[MaterialFile]
    remarks: Sequence[Remark]


@dataclass
class Reading:
    """One file under check. Once loaded, nothing here costs a query."""

    application: Application
    version: ApplicationVersion
    previous: ApplicationVersion | None
    checks: list[Check]
    remarks: list[Remark]
    files: list[MaterialFile]
    pending: tuple[str, str] = ("", "")
    _standing: Standing = field(init=False, repr=False)

    def __post_init__(self) -> None:
        live = [file for file in self.files if file.removed_at is None]
        self._standing = Standing(self.checks, self.remarks, live)

    @cached_property
    def facts(self) -> Facts:
        """What the version says."""
        return version_facts(self.application, self.version)

    @cached_property
    def places(self) -> list[SectionPlace]:
        """The pages of the form, groups by their instances."""
        return visible_sections(self.application.edition, self.facts)

    @cached_property
    def changes(self) -> list[Change]:
        """What differs from the version before; empty for a first version."""
        if self.previous is None:
            return []
        return diff(self.previous.answers, self.version.answers, self.application.edition)

    @cached_property
    def conditions(self) -> list[ConditionLine]:
        """The conditions an officer judges."""
        results, checks = results_by_code(self.version), {check.code: check for check in self.checks}
        carried = {check.code for check in self.checks if check.checked_at < self.version.submitted_at}
        return [
            ConditionLine(
                condition,
                results[condition.code],
                checks.get(condition.code),
                self.remarks_at(f"@{condition.code}"),
                condition.code in carried,
                self.pending[1] if self.pending[0] == condition.code else "",
            )
            for condition in conditions_to_judge(self.application, self.version)
        ]

    @cached_property
    def slots(self) -> list[Slot]:
        """The material slots this application has, the sealed scan among them."""
        asked = [each for each in self.application.edition.materials if shown(each.when, self.facts)]
        return [
            Slot(
                material,
                [file for file in self.files if file.slot == material.key and file.removed_at is None],
                [file for file in self.files if file.slot == material.key and file.removed_at is not None],
                self.remarks_at(f"#{material.key}"),
            )
            for material in asked
        ]

    @property
    def judged(self) -> int:
        """How many conditions have a verdict."""
        return len([line for line in self.conditions if line.check])

    @property
    def unjudged(self) -> int:
        """How many conditions have none."""
        return len(self.conditions) - self.judged

    @property
    def sendable(self) -> int:
        """How many remarks a return would send."""
        return len(remarks_to_send(self.application, self.version, self._standing))

    @property
    def drafts(self) -> list[Remark]:
        """Remarks not yet sent."""
        return [remark for remark in self.remarks if remark.state == RemarkState.DRAFT]

    @property
    def earlier(self) -> list[Remark]:
        """Remarks sent with the version before, to be settled now."""
        return [remark for remark in self.remarks if remark.version.number < self.version.number]

    @property
    def originals(self) -> list[MaterialFile]:
        """The files whose original an officer sees."""
        return [file for slot in self.slots if slot.material.original_on_site for file in slot.files]

    @property
    def acceptance_waits_for(self) -> list[str]:
        """What acceptance still waits for."""
        return acceptance_obstacles(self.application, self.version, self._standing)

    @property
    def return_waits_for(self) -> list[str]:
        """What a return still waits for."""
        return return_obstacles(self.application, self.version, self._standing)

    def remarks_at(self, path: str) -> list[Remark]:
        """Return the remarks pinned exactly there."""
        return [remark for remark in self.remarks if remark.path == path]

    def remarks_under(self, path: str) -> list[Remark]:
        """Return the remarks pinned there or to anything below."""
        return [remark for remark in self.remarks if remark.path == path or remark.path.startswith(f"{path}/")]

    def changes_under(self, path: str) -> list[Change]:
        """Return what changed there or below."""
        return [change for change in self.changes if change.path == path or change.path.startswith(f"{path}/")]

    def seems_settled(self, remark: Remark) -> bool:
        """Suggest that a remark was met: something changed at its place, or a file came into its slot since."""
        if remark.path.startswith("#"):
            return any(
                file.slot == remark.path[1:] and file.added_at > remark.version.submitted_at for file in self.files
            )
        if remark.path.startswith("@"):
            code = remark.path[1:]
            before = results_by_code(self.previous).get(code) if self.previous else None
            return before is not None and before != results_by_code(self.version).get(code)
        return bool(self.changes_under(remark.path))


def read_application(applications: QuerySet[Application], pk: int) -> Application:
    """Fetch a file with what the reading view needs of it; `Application.DoesNotExist` when the actor may not read it.

    The version before the current one comes along in the same query, as its attribute `before` (absent for a first one).
    """
    before = FilteredRelation("versions", condition=Q(versions__number=F("current__number") - 1))
    rows = applications.select_related(
        "call", "organisation", "jurisdiction", "opened_by", "current__submitted_by", "recommender"
    )
    with_both = rows.annotate(before=before).select_related("before")  # type: ignore[misc]  # the stubs know fields only
    return with_both.get(pk=pk)


def reading(application: Application, *, pending: tuple[str, str] = ("", "")) -> Reading:
    """Load what belongs to the current version of a file that `read_application` fetched; three queries."""
    version = application.current
    if version is None:
        raise ApplicationVersion.DoesNotExist
    return Reading(
        application,
        version,
        getattr(application, "before", None),
        list(Check.objects.filter(version=version).select_related("checked_by")),
        list(recent_remarks(application, version)),
        list(MaterialFile.objects.filter(application=application).select_related("stored", "original_seen_by")),
        pending,
    )
