"""The material slots of an application as its page shows them."""

from dataclasses import dataclass, field
from typing import Any

from applications.models import Application, MaterialFile
from applications.selectors.workspace import Workspace
from portal.documents.inspection.rules import Kind, Rules
from portal.policy.edition import Edition
from portal.policy.form import Table
from portal.policy.material import Material
from portal.policy.places import identity
from portal.policy.reading import Problem
from portal.policy.validation import shown

KINDS = {"pdf": Kind.PDF, "ofd": Kind.OFD, "jpg": Kind.JPEG, "png": Kind.PNG, "xlsx": Kind.XLSX, "docx": Kind.DOCX}
MEGABYTE = 1024**2


@dataclass
class Slot:
    """One slot with its live files, the ones they replaced, and what it lacks."""

    material: Material
    files: list[MaterialFile]
    old: list[MaterialFile]
    problems: list[Problem]
    writable: bool
    rows: list[tuple[str, str]] = field(default_factory=list)  # (row id, name) of the rows that need evidence
    rules: Rules = field(default_factory=Rules)
    copies: int = 0  # on paper, beside the scan
    void: frozenset[int] = frozenset()  # sealed scans of another version than the current one

    @property
    def key(self) -> str:
        """Its key in the edition."""
        return self.material.key

    @property
    def full(self) -> bool:
        """Whether it takes no further file."""
        return len([each for each in self.files if each.pk not in self.void]) >= self.material.maximum

    @property
    def accept(self) -> str:
        """What the file dialog offers."""
        return ",".join(f".{kind.value}" for kind in self.rules.allowed)


def rules_of(material: Material, settings: dict[str, Any]) -> Rules:
    """Return what a slot accepts under the settings in force."""
    most = min(material.max_megabytes, int(settings.get("upload.max_mb", material.max_megabytes)))
    allowed = frozenset(KINDS[each] for each in material.types)
    return Rules(allowed=allowed, max_bytes=most * MEGABYTE, max_pages=material.max_pages or None)


def most_bytes(application: Application) -> int:
    """Return how much all live files of one application may hold together."""
    return int(application.call.setting_values.get("upload.total_mb", 200)) * MEGABYTE


def sealed_open(application: Application) -> bool:
    """Say whether a stamped scan can be handed in: there is a version in the bureau's hands, not yet decided."""
    return application.current_id is not None and application.status in ("submitted", "checking", "resubmitted")


def slots_of(workspace: Workspace) -> list[Slot]:
    """Return the slots asked of this application, with old versions; one query."""
    application = workspace.application
    every = (
        MaterialFile.objects.filter(application=application)
        .select_related("stored", "added_by")
        .order_by("position", "id")
    )
    by_slot: dict[str, list[MaterialFile]] = {}
    for each in every:
        by_slot.setdefault(each.slot, []).append(each)
    wanted = [each for each in workspace.edition.materials if shown(each.when, workspace.facts)]
    return [_slot(workspace, each, by_slot.get(each.key, [])) for each in wanted]


def _slot(workspace: Workspace, material: Material, files: list[MaterialFile]) -> Slot:
    application = workspace.application
    current = application.current.number if application.current else 0
    live = [each for each in files if each.removed_at is None]
    return Slot(
        material=material,
        files=live,
        old=[each for each in files if each.removed_at is not None],
        problems=[each for each in workspace.material_problems if each.path == f"#{material.key}"],
        writable=sealed_open(application) if material.sealed else workspace.opening.whole(f"#{material.key}"),
        rows=rows_of(workspace, material),
        rules=rules_of(material, application.call.setting_values),
        copies=int(application.call.setting_values.get(material.copies_setting, 0)),
        void=frozenset(each.pk for each in live if material.sealed and each.sealed_version != current),
    )


def rows_of(workspace: Workspace, material: Material) -> list[tuple[str, str]]:
    """Return the rows a slot needs evidence for: id, and name with its table."""
    found: list[tuple[str, str]] = []
    for reference in material.per_row:
        label = _table_label(workspace.edition, reference)
        for number, row in enumerate(workspace.facts.rows(reference), start=1):
            name = str(row.get("name") or f"第 {number} 行")
            found.append((identity(row, number), f"{name}（{label}）"))
    return found


def _table_label(edition: Edition, reference: str) -> str:
    item = edition.form.find(reference)
    return item.label if isinstance(item, Table) else ""
