"""Issuing the calculation sheet of a call (评分计算表)."""

from django.conf import settings

from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document
from reviews.enums import SelectionState
from reviews.models import Selection
from reviews.selectors.result_printing import score_result


def issue_score_result(*, selection: Selection, by: Actor) -> Document:
    """Every sheet's points, what they come to and the order that follows, to be redone by hand; a draft until it is fixed."""
    place = selection.jurisdiction
    return issue_document(
        kind="score_result",
        subject=selection,
        title="评分计算表",
        template="documents/score_result.html",
        context=score_result(selection),
        by=by,
        jurisdiction=place,
        css=("form", "result"),
        draft=selection.state == SelectionState.DRAFT,
        verify_url=f"{settings.PORTAL_BASE_URL}/{place.code}/verify/?code=",
    )
