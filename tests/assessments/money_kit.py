"""Makers for money: a Shunyi base of each kind, its ledger rows as verified or reported, people, papers."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from pypdf import PdfWriter

from applications.models import Application
from assessments.enums import RowState
from assessments.models import Base, Claim, ClaimFile, Figure, GrantLine, LedgerRow
from assessments.selectors.figures import month_of
from assessments.services import claims
from assessments.services.money import open_grants
from assessments.services.payments import record_payment
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from reviews.models import Recognition, RecognitionEntry
from tests.factories import make_actor, make_call, make_office, make_unit

_serial = count(1)
D = Decimal
RECOGNISED = date(2024, 10, 18)
TERM_OVER = datetime(2026, 10, 20, 10, tzinfo=clock.SHANGHAI)


def make_base(
    place: Jurisdiction, track: str = "ts", *, on: date = RECOGNISED, under: str = "", **settings: Any
) -> Base:
    """Return a base recognised on a day, with its grants open; `settings` are the call's, dots written as two underscores."""
    serial = next(_serial)
    edition = registry.current(place.code)
    values = edition.setting_values({key.replace("__", "."): value for key, value in settings.items()})
    call = make_call(place, settings=values)
    unit = make_unit(name=f"顺义测试培训中心{serial}", district="顺义区")
    maker = make_actor("unit_admin", unit)
    application = Application.objects.create(
        jurisdiction=place, call=call, track_key=track, organisation=unit, status="draft",
        created_by=maker.person, created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    recognition = Recognition.objects.create(
        jurisdiction=place, taken_over=True, document_number=f"测人社发〔2024〕{1000 + serial}号", title="认定", issued_on=on,
        decided_by=maker.person, decided_at=clock.now(),
    )  # fmt: skip
    entry = RecognitionEntry.objects.create(
        recognition=recognition, application=application, name=f"测试基地{serial}", plaque="测试基地",
        certificate_number=f"SY-T-{serial}",
    )  # fmt: skip
    base = Base.objects.create(
        jurisdiction=place, organisation=unit, source=entry, edition_code=edition.code, track_key=track, name=entry.name,
        name_shared=True, plaque_text=entry.plaque, certificate_number=entry.certificate_number, document_number="测",
        recognised_on=on, recognised_under=under, created_at=clock.now(),
    )  # fmt: skip
    open_grants(base)
    return base


def unit_of(base: Base) -> Actor:
    """Return a person of the base's unit."""
    return make_actor("unit_admin", base.organisation)


def people(place: Jurisdiction) -> tuple[Actor, Actor, Actor]:
    """Return an officer, an approver, and one of finance."""
    office = make_office(place)
    return (
        make_actor("bureau_officer", office), make_actor("bureau_approver", office), make_actor("finance", office)
    )  # fmt: skip


def counted(base: Base, on: date, *, verified: bool = True, **tallies: int) -> None:
    """Let a base have done so much in the month of a day, which lies wholly inside the spans asked about."""
    for key, number in tallies.items():
        figure, _ = Figure.objects.get_or_create(base=base, tally=key, month=month_of(on))
        figure.reported += number
        figure.verified += number if verified else 0
        figure.save()


def grown(base: Base, **tallies: int) -> None:
    """Enough of everything, in months wholly inside their years, and `tallies` on top."""
    target = 600 if base.track_key == "ts" else 300
    first = {"certified": target, "trained": target, "surveyed": target, "satisfied": target}
    second = {"certified": 2 * target, "trained": 2 * target, "surveyed": 2 * target, "satisfied": 2 * target}
    for on, planned in ((date(2025, 3, 1), first), (date(2026, 3, 1), second)):
        counted(base, on, **planned)
    counted(base, date(2026, 4, 1), **tallies)


def row_of(base: Base, amount: str, by: Actor, on: date = date(2025, 1, 10)) -> LedgerRow:
    """Return a row of the dedicated account's ledger, not booked yet."""
    data = {"item": "training", "purpose": "培训", "payee": "某单位", "voucher": f"V{next(_serial)}", "amount": amount}
    return LedgerRow.objects.create(
        base=base, ledger="spending", on=on, data=data, state=RowState.REPORTED, recorded_by=by.person,
        recorded_at=clock.now(),
    )  # fmt: skip


def line_of(base: Base, key: str) -> GrantLine:
    """Return an instalment of a base."""
    return GrantLine.objects.get(grant__account__base=base, key=key)


def pay(line: GrantLine, by: Actor, on: date | None = None) -> Any:
    """Pay a line."""
    day = on or max(line.payable_on or RECOGNISED, RECOGNISED) + timedelta(days=1)
    return record_payment(
        line=line, paid_on=day, voucher=f"记-{next(_serial)}", document_number="测财〔2024〕1号", by=by
    )


def pdf() -> io.BytesIO:
    """Return a small PDF."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(content)
    content.seek(0)
    return content


def with_papers(claim: Claim, by: Actor) -> Claim:
    """Register the account and put a document in every slot of a claim; the inspection of files has tests of its own."""
    claims.register_bank(
        base=claim.base, holder=claim.base.organisation.name, bank="样例银行顺义支行", number="6222000011112222", by=by
    )
    for slot in claims.materials_of(claim):
        stored = StoredFile.objects.create(
            name=f"{slot.title}.pdf", content="uploads/none.pdf", content_type="application/pdf", size=900, pages=1,
            sha256=f"{next(_serial):064d}", uploaded_at=clock.now(), organisation=by.organisation,
        )  # fmt: skip
        ClaimFile.objects.create(
            claim=claim, material=slot.key, stored=stored, added_by=by.person, added_at=clock.now()
        )
    part = claims.instalment_of(claim)
    claim.self_report = {code: {"grade": "合格", "proof": "佐证第 1 页"} for code in (part.targets if part else ())}
    claim.save(update_fields=["self_report"])
    return claim


def submitted(base: Base, support: str, by: Actor, year: int | None = None) -> Claim:
    """Return a claim handed in."""
    claim = claims.open_claim(base=base, support_key=support, year=year, by=by)
    return claims.submit_claim(claim=with_papers(claim, by), statement="已完成任务", by=by)
