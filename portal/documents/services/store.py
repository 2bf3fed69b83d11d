"""Keeping an uploaded file: inspected by content, hashed, never overwritten."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.files import File

from portal.accounts.actor import Actor
from portal.accounts.personal import seal_bytes
from portal.calendars import clock
from portal.documents.inspection.inspecting import inspect
from portal.documents.inspection.pdf import sanitise
from portal.documents.inspection.rules import Rules
from portal.documents.models import StoredFile
from portal.tenancy.models import Organisation


class Refused(Exception):
    """The file may not be kept; `problems` are Chinese sentences that say why and how to mend it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("".join(problems))


def store_file(
    *,
    content: BinaryIO,
    name: str,
    rules: Rules,
    by: Actor,
    organisation: Organisation | None = None,
    sealed: bool = False,
) -> StoredFile:
    """Inspect an open binary file and store it under a name of its own; raise `Refused` with every problem found.

    A `sealed` file is full of personal data and is kept encrypted; size and hash are those of the file that was sent.
    """
    name = PurePosixPath(name.replace("\\", "/")).name[:200] or "未命名"
    inspection = inspect(content, filename=name, rules=rules)
    if (
        inspection.ok and inspection.active
    ):  # scripts, launch actions, embedded files: what is kept is the copy without them
        content.seek(0)
        content = BytesIO(sanitise(content.read()))
        inspection = inspect(content, filename=name, rules=rules)
    if not inspection.ok or inspection.kind is None:
        raise Refused(inspection.problems)
    stored = StoredFile(
        name=name,
        content_type=inspection.content_type,
        size=inspection.size,
        pages=inspection.pages,
        sha256=inspection.sha256,
        organisation=organisation,
        uploaded_by=by.user,
        uploaded_at=clock.now(),
    )
    content.seek(0)
    kept = BytesIO(seal_bytes(content.read())) if sealed else content
    ending = f"{inspection.kind.value}.sealed" if sealed else inspection.kind.value
    stored.content.save(f"{inspection.sha256[:16]}.{ending}", File(kept), save=True)
    return stored
