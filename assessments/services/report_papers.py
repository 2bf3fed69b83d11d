"""The printed report: issued with each version handed in, for the unit's seal and the bureau's file."""

from django.conf import settings

from assessments.models import ReportVersion
from assessments.selectors.report_printing import report_context
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document

BASE_REPORT = "base_report"


def issue_report(*, version: ReportVersion, by: Actor) -> Document:
    """Issue the printed form of a version; asking twice gives the same document."""
    base = version.report.base
    return issue_document(
        kind=BASE_REPORT,
        subject=version,
        title=f"{version.report}",
        template="documents/base_report.html",
        context=report_context(version),
        by=by,
        jurisdiction=base.jurisdiction,
        css=("form",),
        verify_url=f"{settings.PORTAL_BASE_URL}/{base.jurisdiction.code}/verify/?code=",
    )
