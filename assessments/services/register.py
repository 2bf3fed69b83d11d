"""Entering recognised bases in the register, and what becomes of their plaques."""

from datetime import date

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import PlaqueState
from assessments.models import Base, PlaqueEvent
from assessments.selectors.baseline import baseline_of, profile_of
from assessments.selectors.plaques import plaque_problem
from assessments.services.money import open_grants, plaque_handed_over
from portal.accounts.actor import SYSTEM, Actor
from portal.audit.services import record
from portal.calendars import clock
from reviews.models import RecognitionEntry
from reviews.selectors.naming import naming_of
from reviews.services.refusal import Refused


@transaction.atomic
def register_base(*, entry: RecognitionEntry) -> Base:
    """Enter one recognised unit; asked twice, return the base there is."""
    locked: RecognitionEntry = (
        RecognitionEntry.objects.select_for_update(of=("self",))
        .select_related(
            "recognition__jurisdiction", "application__organisation", "application__call", "application__current"
        )
        .get(pk=entry.pk)
    )
    existing: Base | None = Base.objects.filter(source=locked).first()
    if existing is not None:
        return existing
    application, recognition = locked.application, locked.recognition
    base = Base.objects.create(
        jurisdiction=recognition.jurisdiction, organisation=application.organisation, source=locked,
        edition_code=application.call.edition_code, track_key=application.track_key, name=locked.name,
        name_shared=bool(naming_of(application).bracket), plaque_text=locked.plaque, certificate_number=locked.certificate_number,
        document_number=recognition.document_number, recognised_on=recognition.issued_on,
        district=application.organisation.district, profile=profile_of(application),
        baseline=baseline_of(application), created_at=clock.now(),
    )  # fmt: skip
    record(
        by=SYSTEM, action="base.register", obj=base, jurisdiction_id=base.jurisdiction_id,
        data={"certificate": base.certificate_number, "entry": locked.pk},
    )  # fmt: skip
    open_grants(base)
    return base


@transaction.atomic
def record_plaque(*, base: Base, state: PlaqueState, on: date, receiver: str, by: Actor, note: str = "") -> PlaqueEvent:
    """Note what became of a plaque: handed over, taken down, handed back, lost, made again (授牌, 摘牌, 交回, 遗失, 补制)."""
    row: Base = Base.objects.select_for_update().get(pk=base.pk)
    by.require("base.keep", row.jurisdiction_id)
    if problem := plaque_problem(row, state):
        raise WrongState(problem)
    if not receiver.strip():
        raise Refused("请填写经手人", "receiver")
    if on > clock.today():
        raise Refused("日期不能晚于今天", "on")
    if on < row.recognised_on:
        raise Refused("日期不能早于认定日期", "on")
    event = PlaqueEvent.objects.create(
        base=row,
        state=state,
        on=on,
        receiver=receiver.strip(),
        note=note.strip(),
        recorded_by=by.person,
        recorded_at=clock.now(),
    )
    before = row.plaque_state
    row.plaque_state = PlaqueState.HANDED_OVER if state == PlaqueState.REMADE else state
    row.save(update_fields=["plaque_state"])
    if state == PlaqueState.HANDED_OVER:
        plaque_handed_over(base=row, on=on, by=by)
    record(
        by=by, action="base.plaque", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"from": before, "to": str(state), "on": on.isoformat()},
    )  # fmt: skip
    return event
