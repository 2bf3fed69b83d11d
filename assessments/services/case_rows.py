"""What every act on a case begins with: the base's row under lock, then the case's, and who may act."""

from collections.abc import Iterable
from typing import BinaryIO

from django.core.exceptions import PermissionDenied

from assessments.enums import CaseFileKind
from assessments.models import Base, Case, CaseFile
from assessments.selectors.bases import with_terms
from assessments.selectors.cases import case_rows
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.inspection.rules import Kind, Rules
from portal.documents.models import StoredFile
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.services.refusal import Refused

EVIDENCE = Rules(allowed=frozenset({Kind.PDF, Kind.OFD, Kind.JPEG, Kind.PNG}), max_bytes=50 * 1024**2)
MAXIMUM_FILES = 20
Evidence = StoredFile | tuple[str, BinaryIO]


def locked_base(base: Base) -> Base:
    """Return a base under lock: whoever acts on its cases waits here."""
    row: Base = with_terms(Base.objects.select_for_update(of=("self",))).get(pk=base.pk)
    return row


def locked_case(case: Case) -> Case:
    """Return a case under lock, its base locked before it."""
    base = locked_base(case.base)
    row: Case = case_rows().select_for_update(of=("self",)).get(pk=case.pk)
    row.base = base
    return row


def require_bureau(by: Actor, base: Base) -> None:
    """Let pass who keeps the register or decides on titles in the base's jurisdiction."""
    if not by.can("base.keep", base.jurisdiction_id):
        by.require("base.recognise", base.jurisdiction_id)


def require_unit(by: Actor, base: Base) -> None:
    """Let pass who reports for the base's own unit."""
    by.require("base.report")
    if by.organisation is None or by.organisation.pk != base.organisation_id:
        raise PermissionDenied("只能由基地所在单位办理")


def words(text: str, field: str, label: str, *, least: int = 1, most: int = 3000) -> str:
    """Return a text without its margins; refuse one that is too short or too long."""
    said = text.strip()
    if len(said) < least:
        raise Refused(f"请填写{label}" + (f"，至少 {least} 字，已填 {len(said)} 字" if least > 1 else ""), field)
    if len(said) > most:
        raise Refused(f"{label}已填 {len(said):,} 字，超过 {most:,} 字，请精简", field)
    return said


def attach(case: Case, files: Iterable[Evidence], kind: CaseFileKind, field: str, by: Actor) -> int:
    """Hang files on a case and return how many it now has of the kind; one that cannot be kept is refused."""
    for each in files:
        if isinstance(each, StoredFile):
            stored = each
        else:
            try:
                stored = store_file(content=each[1], name=each[0], rules=EVIDENCE, by=by, organisation=by.organisation)
            except FileRefused as refusal:
                raise Refused("".join(refusal.problems), field) from refusal
        CaseFile.objects.create(case=case, kind=kind, stored=stored, added_by=by.person, added_at=clock.now())
    held = CaseFile.objects.filter(case=case, kind=kind).count()
    if held > MAXIMUM_FILES:
        raise Refused(f"最多上传 {MAXIMUM_FILES} 个文件，现有 {held} 个", field)
    return held
