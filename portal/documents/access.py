"""Who may open a document or a file: each app decides for what it owns, and nothing is open by itself.

An app registers one decider a model in its `apps.ready`. A `Document` asks the decider of its subject; a `StoredFile` is
open when any of the registered links to it is (the material it lies in, the objection it proves…).
"""

from collections.abc import Callable
from typing import Any

from portal.accounts.actor import Actor
from portal.documents.models import Document, StoredFile

Decider = Callable[[Actor, Any, Document], bool]
FileDecider = Callable[[Actor, StoredFile], bool]

_deciders: dict[str, Decider] = {}
_file_deciders: list[FileDecider] = []


def register(model: str, decider: Decider) -> None:
    """Let `decider(actor, subject, document)` answer for documents about `model` (`app.Model`)."""
    _deciders[model.lower()] = decider


def register_files(decider: FileDecider) -> None:
    """Let `decider(actor, file)` open files; it answers True only for files its own app links to."""
    _file_deciders.append(decider)


def may_read_document(actor: Actor, document: Document) -> bool:
    """Say whether the actor may open a document."""
    if document.public:
        return True
    subject = document.subject
    decider = _deciders.get(subject._meta.label_lower) if subject is not None else None
    return bool(decider and decider(actor, subject, document))


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Say whether the actor may open an uploaded file."""
    return any(decider(actor, file) for decider in _file_deciders)
