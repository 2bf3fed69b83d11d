"""Writing a periodic report, handing it in, accepting it or returning it for correction."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.answers import tidy
from applications.services.moves import WrongState
from applications.services.submit import canonical
from assessments.enums import ReportState
from assessments.models import Base, Report, ReportVersion
from assessments.permissions import readable_bases
from assessments.selectors.bases import with_terms
from assessments.selectors.reports import Paper, figures_kept, opens, paper_at
from assessments.services.report_messages import tell_unit
from assessments.services.report_papers import issue_report
from assessments.services.rollup import put_reported
from assessments.services.together import put_together
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock, wording
from portal.calendars.deadlines import deadline, is_in_time
from portal.policy.reading import Problem
from reviews.services.refusal import Refused

LOCKED = "该报告已报送，不能再修改；需要更正的，请联系主管部门退回"


class Unfinished(Exception):
    """Something still stands in the way of handing the report in; `problems` says what and where."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"尚有 {len(problems)} 处需完善，完善后方可报送")


def open_paper(*, base_id: int, key: str, start: date, by: Actor) -> Paper:
    """Lock a report the actor's unit may write now, made if it is not there yet; call inside a transaction.

    Raise `Base.DoesNotExist` for another unit's base, KeyError for a report the base does not owe, `WrongState` for one
    that is not open yet or has been handed in.
    """
    by.require("base.report")
    everyone = with_terms(readable_bases(Base.objects.all(), by)).select_for_update(of=("self",))
    base = everyone.get(pk=base_id)
    if base.organisation != by.organisation:
        raise Base.DoesNotExist
    paper = paper_at(base, key, start)
    if paper.report is not None:
        if not paper.report.writable:
            raise WrongState(LOCKED)
        return paper
    if clock.today() < opens(paper):
        raise WrongState(f"该报告自{wording.chinese_date(opens(paper))}起填报")
    paper.report = Report.objects.create(
        base=base, key=key, period_start=paper.period.start, period_end=paper.period.end, saved_at=clock.now()
    )
    return paper


@transaction.atomic
def save_report(
    *,
    base_id: int,
    key: str,
    start: date,
    answers: Mapping[str, Any],
    revision: int,
    by: Actor,
    before: Mapping[str, Any] | None = None,
) -> Paper:
    """Keep what was typed, valid or not. `answers` are flat, as the page posts them: no two questions of a report share a key.

    `revision` is the one the page was loaded with. If another save came in between, both people's changes are put together
    against `before`; where both changed the same, or without it, `Clash` is raised. Errors: those of `open_paper`.
    """
    paper = open_paper(base_id=base_id, key=key, start=start, by=by)
    report = _row(paper)
    typed = {section.key: tidy(section, answers) for section in paper.sections}
    if report.revision != revision and report.answers != typed:
        old = {section.key: before for section in paper.sections} if before is not None else None
        typed = put_together(
            sections=paper.sections, theirs=report.answers, mine=typed, before=old, revision=report.revision
        )
    if report.answers != typed or not report.revision:
        report.answers, report.revision = typed, report.revision + 1
        report.saved_by, report.saved_at = by.person, clock.now()
        report.save(update_fields=["answers", "revision", "saved_by", "saved_at"])
    return paper


def _row(paper: Paper) -> Report:
    if paper.report is None:
        raise WrongState("该报告尚未填写")
    return paper.report


@transaction.atomic
def submit_report(*, base_id: int, key: str, start: date, revision: int, by: Actor) -> Report:
    """Hand a report in: what is typed becomes a version; whether it is late the clock decides here, once.

    A report handed in already is returned as it is (the second click of two). Raise `Unfinished`, `WrongState` and the
    errors of `open_paper`.
    """
    list(Base.objects.select_for_update().filter(pk=base_id).values_list("pk"))
    handed_in = Report.objects.filter(base=base_id, key=key, period_start=start, state=ReportState.SUBMITTED)
    if (done := handed_in.select_related("base__organisation").first()) and done.base.organisation == by.organisation:
        return done
    paper = open_paper(base_id=base_id, key=key, start=start, by=by)
    report = _row(paper)
    if report.revision != revision:
        raise WrongState("报告内容在您核对期间已被他人修改，尚未报送，请重新核对后再报送")
    if problems := paper.problems:
        raise Unfinished(problems)
    correcting = report.state == ReportState.RETURNED
    version = _write_version(paper, report, by)
    record(
        by=by, action="report.resubmit" if correcting else "report.submit", obj=report,
        jurisdiction_id=paper.base.jurisdiction_id, after=version.sha256,
        data={"base": paper.base.pk, "version": version.number, "due": report.due_on and report.due_on.isoformat(), "late": report.late},
    )  # fmt: skip
    put_reported(report=report, by=by)
    issue_report(version=version, by=by)
    return report


def _write_version(paper: Paper, report: Report, by: Actor) -> ReportVersion:
    now = clock.now()
    if report.first_submitted_at is None:
        report.due_on = paper.entry.due_on if paper.entry else None
        report.late = not is_in_time(now, deadline(report.due_on)) if report.due_on else None
        report.first_submitted_at = now
    report.figures = figures_kept(paper.figures())
    report.answers = paper.checked().cleaned
    manifest = [
        {"slot": each.slot, "file": each.stored_id, "name": each.stored.name, "pages": each.stored.pages,
         "size": each.stored.size, "sha256": each.stored.sha256}
        for each in paper.files
    ]  # fmt: skip
    content = {
        "edition": paper.base.edition_code, "base": paper.base.certificate_number, "report": report.key,
        "period": [report.period_start.isoformat(), report.period_end.isoformat()],
        "answers": report.answers, "figures": report.figures, "manifest": manifest,
    }  # fmt: skip
    report.sha256 = hashlib.sha256(canonical(content).encode()).hexdigest()
    report.state, report.version = ReportState.SUBMITTED, report.version + 1
    report.submitted_by, report.submitted_at = by.person, now
    report.save()
    return ReportVersion.objects.create(
        report=report, number=report.version, answers=report.answers, figures=report.figures, manifest=manifest,
        sha256=report.sha256, submitted_by=by.person, submitted_at=now,
    )  # fmt: skip


@transaction.atomic
def accept_report(*, report: Report, by: Actor) -> Report:
    """Accept a report (审核通过); the numbers it feeds into tallies count as verified from now on."""
    found = _under_review(report, by)
    found.state, found.accepted_by, found.accepted_at = ReportState.ACCEPTED, by.person, clock.now()
    found.save(update_fields=["state", "accepted_by", "accepted_at"])
    record(
        by=by, action="report.accept", obj=found, jurisdiction_id=found.base.jurisdiction_id,
        data={"base": found.base_id, "version": found.version},
    )  # fmt: skip
    put_reported(report=found, by=by)
    tell_unit(found, "accepted")
    return found


@transaction.atomic
def return_report(*, report: Report, reason: str, by: Actor) -> Report:
    """Return a report for correction, with the reason; what was handed in stays on record as its version."""
    found = _under_review(report, by)
    if not reason.strip():
        raise Refused("请写明退回原因和需要更正的内容", "reason")
    found.state, found.returned_reason, found.returned_at = ReportState.RETURNED, reason.strip(), clock.now()
    found.revision += 1
    found.save(update_fields=["state", "returned_reason", "returned_at", "revision"])
    found.versions.filter(number=found.version).update(returned_reason=found.returned_reason)
    put_reported(report=found, by=by)
    record(
        by=by, action="report.return", obj=found, jurisdiction_id=found.base.jurisdiction_id, reason=found.returned_reason,
        data={"base": found.base_id, "version": found.version},
    )  # fmt: skip
    tell_unit(found, "returned")
    return found


def _under_review(report: Report, by: Actor) -> Report:
    list(
        Base.objects.select_for_update().filter(pk=report.base_id).values_list("pk")
    )  # before its report, as a unit's save does
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "base__organisation", "base__jurisdiction", "base__source__application__call"
    )
    found = rows.get(pk=report.pk)
    by.require("base.keep", found.base.jurisdiction_id)
    if by.organisation == found.base.organisation:
        raise PermissionDenied("本单位的报告由主管部门审核")
    if found.state != ReportState.SUBMITTED:
        raise WrongState(f"该报告目前为“{found.get_state_display()}”，不能办理此项操作，请刷新页面查看最新状态")
    return found
