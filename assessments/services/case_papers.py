"""Issuing the papers of cases. What each holds is told by `selectors.case_printing`."""

from django.conf import settings

from assessments.models import Announcement, Case
from assessments.selectors import case_printing as printing
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document


def _verify_url(code: str) -> str:
    return f"{settings.PORTAL_BASE_URL}/{code}/verify/?code="


def issue_case_notice(*, case: Case, by: Actor) -> Document:
    """The notice that precedes a decision."""
    return _issue("case_notice", case, printing.case_notice(case), by)


def issue_case_decision(*, case: Case, by: Actor) -> Document:
    """The decision, under the title its policy gives it."""
    return _issue("case_decision", case, printing.case_decision(case), by)


def issue_announcement(*, announcement: Announcement, by: Actor) -> Document:
    """The announcement, open to everybody."""
    return issue_document(
        kind="announcement",
        subject=announcement,
        title=announcement.title,
        template="documents/announcement.html",
        context=printing.announcement(announcement),
        by=by,
        jurisdiction=announcement.jurisdiction,
        public=True,
        verify_url=_verify_url(announcement.jurisdiction.code),
    )


def _issue(kind: str, case: Case, said: printing.Values, by: Actor) -> Document:
    place = case.base.jurisdiction
    return issue_document(
        kind=kind,
        subject=case,
        title=said["title"],
        template=f"documents/{kind}.html",
        context=said,
        by=by,
        jurisdiction=place,
        verify_url=_verify_url(place.code),
    )
