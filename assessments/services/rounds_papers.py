"""Issuing the papers of assessments. What each holds is told by `selectors.rounds_printing`."""

from django.conf import settings

from assessments.models import Assessment
from assessments.selectors import rounds_printing as printing
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document

SHEET, NOTICE = "assessment_sheet", "assessment_notice"


def issue_sheet(*, assessment: Assessment, by: Actor) -> Document:
    """The sheet of points in the layout of the policy (考核评估表)."""
    return _issue(SHEET, assessment, printing.assessment_sheet(assessment), ("form",), by)


def issue_result_notice(*, assessment: Assessment, by: Actor) -> Document:
    """The notice of the result to the base."""
    return _issue(NOTICE, assessment, printing.result_notice(assessment), ("official",), by)


def _issue(kind: str, row: Assessment, said: printing.Values, css: tuple[str, ...], by: Actor) -> Document:
    place = row.base.jurisdiction
    return issue_document(
        kind=kind,
        subject=row,
        title=said["title"],
        template=f"documents/{kind}.html",
        context=said,
        by=by,
        jurisdiction=place,
        css=css,
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )
