"""Files in the slots of a report: added and removed while it may be written. Nothing is ever overwritten."""

from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.models import Report, ReportFile
from assessments.selectors.reports import Paper
from assessments.services.reports import open_paper
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import StoredFile


@transaction.atomic
def add_file(*, base_id: int, key: str, start: date, slot: str, stored: StoredFile, by: Actor) -> ReportFile:
    """Put a stored file into a slot. KeyError for a slot the report does not have; `WrongState` when it is full."""
    paper = open_paper(base_id=base_id, key=key, start=start, by=by)
    report, material = _changed(paper), paper.material(slot)
    if sum(each.slot == slot for each in paper.files) >= material.maximum:
        raise WrongState(f"“{material.title}”最多 {material.maximum} 份，请先移除已有文件")
    added = ReportFile.objects.create(report=report, slot=slot, stored=stored, added_by=by.person, added_at=clock.now())
    _note("report.file.add", paper, added, by)
    return added


@transaction.atomic
def remove_file(*, base_id: int, key: str, start: date, file_id: int, by: Actor) -> ReportFile:
    """Take a file out of its slot; it stays on record. `ReportFile.DoesNotExist` when it is not there any more."""
    paper = open_paper(base_id=base_id, key=key, start=start, by=by)
    found = ReportFile.objects.select_related("stored").get(report=_changed(paper), pk=file_id, removed_at=None)
    found.removed_at, found.removed_by = clock.now(), by.user
    found.save(update_fields=["removed_at", "removed_by"])
    _note("report.file.remove", paper, found, by)
    return found


def _changed(paper: Paper) -> Report:
    """Count the change, so that nobody hands in files other than those they have looked at."""
    report = paper.report
    if report is None:
        raise WrongState("该报告尚未填写")
    report.revision += 1
    report.save(update_fields=["revision"])
    return report


def _note(action: str, paper: Paper, found: ReportFile, by: Actor) -> None:
    record(
        by=by, action=action, obj=found.report, jurisdiction_id=paper.base.jurisdiction_id, after=found.stored.sha256,
        data={"base": paper.base.pk, "slot": found.slot, "file": found.stored_id, "name": found.stored.name},
    )  # fmt: skip
