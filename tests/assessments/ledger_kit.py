"""Makers for ledgers: a base taken over from before the portal, its people, rows as they are typed, workbooks."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

from openpyxl import Workbook

from applications.models import Application
from assessments.models import Base
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.ledger import Ledger
from portal.policy.values import complete_id_number
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.models import Recognition, RecognitionEntry
from tests.factories import make_actor, make_call, make_office, make_unit

_serial = count(1)
RECOGNISED = date(2024, 3, 1)


@contextmanager
def at_place(code: str) -> Iterator[Jurisdiction]:
    """Enter a jurisdiction's scope."""
    place = Jurisdiction.objects.get(code=code)
    with scope(jurisdiction=place):
        yield place


def make_base(place: Jurisdiction, track: str, **fields: Any) -> Base:
    """Return a base recognised on 1 March 2024."""
    serial, now = next(_serial), clock.now()
    call, unit = make_call(place), make_unit()
    boss = make_actor("bureau_approver", make_office(place))
    application = Application.objects.create(
        jurisdiction=place, call=call, track_key=track, organisation=unit, status="draft", created_by=boss.person,
        created_at=now, updated_at=now,
    )  # fmt: skip
    paper = Recognition.objects.create(
        jurisdiction=place, taken_over=True, document_number=f"测人社发〔2024〕{900 + serial}号", title="认定",
        issued_on=RECOGNISED, decided_by=boss.person, decided_at=now,
    )  # fmt: skip
    number = f"LEDGER-{place.code}-{serial}"
    entry = RecognitionEntry.objects.create(
        recognition=paper,
        application=application,
        name=f"测试基地{serial}",
        plaque="测试铭牌",
        certificate_number=number,
    )
    values = {
        "jurisdiction": place, "organisation": unit, "source": entry, "edition_code": call.edition_code, "track_key": track,
        "name": f"测试基地{serial}", "plaque_text": "测试铭牌", "certificate_number": number,
        "document_number": paper.document_number, "recognised_on": RECOGNISED, "created_at": now,
    }  # fmt: skip
    return Base.objects.create(**(values | fields))


def reporter(base: Base) -> Actor:
    """Return the operator of a base's unit."""
    return make_actor("unit_operator", base.organisation)


def id_number(serial: int) -> str:
    """Return a valid, invented identity number."""
    return complete_id_number(
        f"1101131990{serial // 1000 % 12 + 1:02d}{serial // 100 % 10 + 10:02d}{serial % 1000:03d}"
    )


def certificate(serial: int, on: str = "2024-05-06", **more: str) -> dict[str, str]:
    """Return a row of Shunyi's ledger of certificates as it is typed."""
    values = {
        "on": on, "name": "测试学员", "id_number": id_number(serial), "occupation": "电工", "kind": "职业技能等级证书",
        "level": "三级/高级工", "certificate": f"S0000{serial:08d}",
    }  # fmt: skip
    return values | more


def workbook(ledger: Ledger, rows: list[dict[str, Any]]) -> io.BytesIO:
    """Return a workbook with the ledger's heads."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append([column.label for column in ledger.columns])
    for row in rows:
        sheet.append([row.get(column.key, "") for column in ledger.columns])
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream
