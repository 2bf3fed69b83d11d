"""What has happened to a file: its decisions with their letters, and its event log in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from applications.models import Application, Decision
from portal.audit.labels import ACTIONS
from portal.audit.models import Event
from portal.audit.services import chain_key
from portal.documents.models import DocumentState
from portal.policy.procedure import Status

UNDECIDED = (Status.DRAFT.value, Status.SUBMITTED.value, Status.CHECKING.value)


@dataclass(frozen=True)
class Letter:
    """A document that tells a unit of a decision: enough to link to it and to say whether it is there yet."""

    pk: int
    title: str
    state: DocumentState


def decisions_with_letters(application: Application) -> list[tuple[Decision, list[Letter]]]:
    """Return the decisions on a file, newest first, each with its letters; one query, none where no decision can be."""
    if application.status in UNDECIDED and (application.current is None or application.current.number == 1):
        return []
    rows = (
        Decision.objects.filter(application=application)
        .select_related("decided_by", "version")
        .defer("version__answers", "version__results", "version__manifest")
        .annotate(letter=F("letters__pk"), letter_title=F("letters__title"), letter_state=F("letters__state"))
        .order_by("-pk", "letter")
    )
    found: dict[int, tuple[Decision, list[Letter]]] = {}
    for row in rows:  # a decision comes once for each of its letters
        _, letters = found.setdefault(row.pk, (row, []))
        if row.letter is not None:
            letters.append(Letter(row.letter, row.letter_title, DocumentState(row.letter_state)))
    return list(found.values())


def events_of(application: Application, limit: int = 100) -> list[tuple[Event, str]]:
    """Return the last events of a file with what they are called; one query."""
    events = Event.objects.filter(chain__key=chain_key(application)).order_by("-sequence")[:limit]
    titles = {condition.code: condition.title for condition in application.edition.conditions}
    return [(event, _words(event, titles)) for event in events]


def _words(event: Event, titles: Mapping[str, str]) -> str:
    label, data = ACTIONS.get(event.action, event.action), event.data
    verdicts = {"met": "符合", "unmet": "不符合", "doubt": "存疑"}
    if event.action == "application.check":
        code = data.get("condition", "")
        return f"{label}：{titles.get(code, code)} {verdicts.get(data.get('verdict', ''), '')}"
    if event.action == "application.original":
        return f"{label}：{data.get('file', '')}{'已核' if data.get('seen') else '取消核对'}"
    return label
