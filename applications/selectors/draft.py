"""Reading a draft: its pages put together into one form, its files counted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from applications.models import Application, DraftSection, MaterialFile
from portal.policy.form import Group


def draft_sections(application: Application) -> list[DraftSection]:
    """Return every saved page of the application; one query."""
    return list(DraftSection.objects.filter(application=application))


def put_together(application: Application, drafts: Iterable[DraftSection]) -> dict[str, Any]:
    """Return the whole form as typed, groups in the order the applicant gave them."""
    typed = {draft.path: draft.answers for draft in drafts}
    answers: dict[str, Any] = {}
    for part in application.edition.form.parts:
        if isinstance(part, Group):
            answers[part.key] = [
                {"_id": instance}
                | {section.key: typed.get(f"{part.key}/{instance}/{section.key}", {}) for section in part.sections}
                for instance in application.groups.get(part.key, [])
            ]
        else:
            answers[part.key] = typed.get(part.key, {})
    return answers


def live_materials(application: Application) -> QuerySet[MaterialFile]:
    """Return the files that lie in the slots now."""
    return MaterialFile.objects.filter(application=application, removed_at=None).select_related("stored")


def count_files(materials: Iterable[MaterialFile]) -> dict[str, int]:
    """Count the files of each slot, and of each row that a file says it serves (`slot/row`)."""
    counts: dict[str, int] = {}
    for material in materials:
        for key in (material.slot, *(f"{material.slot}/{row}" for row in material.rows)):
            counts[key] = counts.get(key, 0) + 1
    return counts
