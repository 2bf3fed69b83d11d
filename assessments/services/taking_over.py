"""Bringing bases older than the portal into the register: proposed from a workbook, approved by a second person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from applications.enums import CallState
from applications.models import Application, ApplicationVersion, Call
from applications.selectors.settings import bureau_values
from applications.services.moves import WrongState
from assessments.enums import PlaqueState, TakingOverState
from assessments.models import Base, PlaqueEvent, TakingOver
from assessments.services.money import open_grants
from portal.accounts.actor import Actor
from portal.audit.chain import canonical
from portal.audit.services import record
from portal.calendars import clock
from portal.policy import registry
from portal.policy.procedure import Desk, Status
from portal.tenancy.enums import OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Recognition, RecognitionEntry
from reviews.services.refusal import Refused

TITLE = "历史基地登记"
YEAR = 0  # of no year: it takes no number from a real batch and stands behind all of them
DECLARATION = "平台启用前认定的基地，由认定机关依据原认定文件补录，没有申报材料。"


@transaction.atomic
def propose_taking_over(
    *, jurisdiction: Jurisdiction, file_name: str, rows: Iterable[Mapping[str, str]], basis: str, by: Actor
) -> TakingOver:
    """Put a checked list of older bases before a second person."""
    by.require("base.keep", jurisdiction.pk)
    given = [dict(row) for row in rows]
    if not given:
        raise Refused("没有可以登记的基地", "workbook")
    if not basis.strip():
        raise Refused("请填写登记依据", "basis")
    found = TakingOver.objects.create(
        jurisdiction=jurisdiction,
        file_name=file_name[:200],
        rows=given,
        basis=basis.strip(),
        proposed_by=by.person,
        proposed_at=clock.now(),
    )
    record(
        by=by, action="base.take_over", obj=found, jurisdiction_id=jurisdiction.pk,
        data={"bases": len(given), "sha256": sha256(canonical(given).encode()).hexdigest()},
    )  # fmt: skip
    return found


@transaction.atomic
def reject_taking_over(*, taking: TakingOver, reason: str, by: Actor) -> TakingOver:
    """Hand the list back with a reason."""
    row = _proposed(taking, by)
    if not reason.strip():
        raise Refused("请说明退回的理由", "reason")
    _decide(row, TakingOverState.REJECTED, reason, by)
    record(by=by, action="base.take_over_reject", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip())
    return row


@transaction.atomic
def approve_taking_over(*, taking: TakingOver, by: Actor, reason: str = "") -> list[Base]:
    """Enter every base of the list in the register, each on a file of its own that appears in no list of live files."""
    row = _proposed(taking, by)
    calls: list[Call] = []
    bases, filed = [], Counter[tuple[str, str]]()
    for line in row.rows:
        place = (line["credit_code"], line["track"])
        filed[place] += 1
        while (
            len(calls) < filed[place]
        ):  # a unit has one file a track in a call: its second base hangs on a further call
            calls.append(_history_call(row))
        bases.append(_enter(row, line, calls[filed[place] - 1], by))
    row.call = calls[0]
    _decide(row, TakingOverState.APPROVED, reason, by)
    record(
        by=by, action="base.take_over_approve", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"bases": [base.pk for base in bases], "proposer": row.proposed_by_id},
    )  # fmt: skip
    return bases


def _proposed(taking: TakingOver, by: Actor) -> TakingOver:
    row: TakingOver = (
        TakingOver.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "proposed_by")
        .get(pk=taking.pk)
    )
    by.require("base.recognise", row.jurisdiction_id)
    if row.state != TakingOverState.PROPOSED:
        raise WrongState(f"该批登记目前为“{row.get_state_display()}”，不能再审批")
    if row.proposed_by_id == by.person.pk:
        raise Refused("提交登记和审批登记须由两人分别办理，请由另一人审批")
    return row


def _decide(row: TakingOver, state: TakingOverState, reason: str, by: Actor) -> None:
    row.state, row.decided_by, row.decided_at, row.reason = state, by.person, clock.now(), reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason", "call"])


def _history_call(row: TakingOver) -> Call:
    """Return a new archived call under the edition in force, with the bureau's settings of this moment."""
    edition, place = registry.current(row.jurisdiction.code), row.jurisdiction
    last = Call.objects.filter(jurisdiction=place, year=YEAR).aggregate(last=Max("batch"))["last"] or 0
    created: Call = Call.objects.create(
        jurisdiction=place, edition_code=edition.code, title=TITLE, year=YEAR, batch=last + 1, state=CallState.HISTORY,
        opens_at=clock.now(), settings=bureau_values(place, edition), created_by=row.proposed_by, summary=DECLARATION,
    )  # fmt: skip
    return created


def _older_policy(line: Mapping[str, str], call: Call) -> str:
    """Return the policy a base was recognised under, unless that is the one the portal runs: then its money is here, too."""
    edition, said = call.edition, line["recognised_under"]
    ours = [name for name in (edition.document_number, edition.title) if name]
    return "" if any(name in said for name in ours) else said


def _enter(row: TakingOver, line: Mapping[str, str], call: Call, by: Actor) -> Base:
    unit = (
        Organisation.objects.filter(credit_code=line["credit_code"]).exclude(state=OrganisationState.REJECTED).first()
    )
    if unit is None or not unit.may_act:
        raise Refused(f"“{line['unit']}”的注册尚未审核通过，不能登记；请退回后更正名册")
    entry = _recognition_entry(row, line, _application(row, line, call, unit), by)
    base: Base = Base.objects.create(
        jurisdiction=row.jurisdiction, organisation=unit, source=entry, edition_code=call.edition_code,
        track_key=entry.application.track_key, name=entry.name,
        name_shared=bool(entry.application.edition.naming_of(entry.application.track_key).bracket), plaque_text=entry.plaque,
        certificate_number=entry.certificate_number, document_number=line["document_number"],
        recognised_on=date.fromisoformat(line["recognised_on"]), recognised_under=_older_policy(line, call),
        district=line["district"] or unit.district, profile={"projects": [], "projects_text": ""}, created_at=clock.now(),
    )  # fmt: skip
    if line["plaque_on"]:
        _hang(base, date.fromisoformat(line["plaque_on"]), row)
    open_grants(base, by=by)
    record(
        by=by, action="base.register", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"certificate": base.certificate_number, "entry": entry.pk, "taking_over": row.pk},
    )  # fmt: skip
    return base


def _application(row: TakingOver, line: Mapping[str, str], call: Call, unit: Organisation) -> Application:
    """Return the file on which panels and papers of the base hang: recognised, with one version that says what it is."""
    edition, now = registry.get(call.edition_code), clock.now()
    track = next((each.key for each in edition.tracks if each.title == line["track"]), "")
    if not track:
        raise Refused(f"现行政策没有“{line['track']}”这一类别；请退回后更正名册")
    application: Application = Application.objects.create(
        jurisdiction=row.jurisdiction, call=call, track_key=track, organisation=unit, status=Status.DRAFT.value,
        created_by=row.proposed_by, created_at=now, updated_at=now,
    )  # fmt: skip
    version = ApplicationVersion.objects.create(
        application=application, number=1, answers={}, manifest=[], results=[], settings=call.settings,
        declaration=DECLARATION, sha256=sha256(canonical(dict(line)).encode()).hexdigest(),
        submitted_by=row.proposed_by, submitted_at=now,
    )  # fmt: skip
    application.status, application.desk, application.current = Status.RECOGNISED.value, Desk.BUREAU.value, version
    application.submitted_at, application.number = now, f"历史登记-{application.pk}"
    application.save()
    return application


def _recognition_entry(
    row: TakingOver, line: Mapping[str, str], application: Application, by: Actor
) -> RecognitionEntry:
    """Return the base's line of its old document; bases of one document share it."""
    number = line["document_number"]
    given: dict[str, Any] = {
        "title": f"{number}（历史认定）",
        "issued_on": date.fromisoformat(line["recognised_on"]),
        "decided_by": by.person,
        "decided_at": clock.now(),
        "taken_over": True,
    }
    recognition, _ = Recognition.objects.get_or_create(
        jurisdiction=row.jurisdiction, document_number=number, defaults=given
    )
    if not recognition.taken_over:
        raise Refused(f"“{number}”是平台内签发的认定文件，不能补录；请退回后更正名册")
    if RecognitionEntry.objects.filter(certificate_number=line["certificate_number"]).exists():
        raise Refused(f"证书编号“{line['certificate_number']}”已在名册中；请退回后更正名册")
    shared = application.edition.naming_of(application.track_key).bracket
    if not shared and Base.objects.filter(jurisdiction=row.jurisdiction, name=line["name"], state="active").exists():
        raise Refused(f"名册中已有名为“{line['name']}”的基地；请退回后更正名册")
    return RecognitionEntry.objects.create(
        recognition=recognition, application=application, name=line["name"], plaque=line["plaque_text"],
        certificate_number=line["certificate_number"],
    )  # fmt: skip


def _hang(base: Base, on: date, row: TakingOver) -> None:
    PlaqueEvent.objects.create(
        base=base, state=PlaqueState.HANDED_OVER, on=on, receiver=row.proposed_by.name, note="据历史记录补录",
        recorded_by=row.proposed_by, recorded_at=clock.now(),
    )  # fmt: skip
    base.plaque_state = PlaqueState.HANDED_OVER
    base.save(update_fields=["plaque_state"])
