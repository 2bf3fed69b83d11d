"""Taking in the stamped scan of a recommendation's paper: inspected, hashed, bound to what the paper says now."""

from typing import BinaryIO

from django.db import transaction

from applications.models import Application
from portal.accounts.actor import Actor
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.models import Recommendation, StampedPaper
from reviews.services.refusal import Refused
from reviews.services.verifying import add_stamped

SCAN_RULES = Rules(allowed=frozenset({Kind.PDF, Kind.JPEG, Kind.PNG}), max_bytes=20 * 1024**2)


@transaction.atomic
def upload_stamped(
    *,
    recommendation: Recommendation,
    paper: str,
    content: BinaryIO,
    name: str,
    by: Actor,
    application: Application | None = None,
) -> StampedPaper:
    """Keep an uploaded scan and attach it to its paper; raise `Refused` (field `scan`) with what is wrong with the file."""
    try:
        stored = store_file(content=content, name=name, rules=SCAN_RULES, by=by, organisation=by.organisation)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "scan") from refusal
    return add_stamped(recommendation=recommendation, paper=paper, stored=stored, by=by, application=application)
