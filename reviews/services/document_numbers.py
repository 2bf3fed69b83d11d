"""The register of document numbers (发文字号): a sequence for each mark and year, from which no number is given twice.

The next number is proposed without a gap. An office whose own register has gone further types the number it holds; the
sequence goes on from there. A document that is voided later keeps its number, so rows are never taken out.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from applications.models import Counter, IssuedNumber
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Recognition
from reviews.models.recognition import DOCUMENT_NUMBER
from reviews.services.refusal import Refused

LONGEST_MARK = 40
_PARTS = re.compile(r"^(?P<mark>.+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d*)号$")


def mark_of(number: str) -> str:
    """Return the mark (机关代字) of a document number; empty if it is none."""
    found = _PARTS.match(number)
    return found["mark"] if found else ""


def next_document_number(jurisdiction: Jurisdiction, mark: str, year: int) -> str:
    """Propose the number that follows the highest one given."""
    given = IssuedNumber.objects.filter(jurisdiction=jurisdiction, mark=mark, year=year)
    last = given.aggregate(last=Max("serial"))["last"] or 0
    older = Recognition.objects.filter(jurisdiction=jurisdiction, document_number__startswith=f"{mark}〔{year}〕")
    serials = [int(found["serial"]) for each in older if (found := _PARTS.match(each.document_number))]
    return f"{mark}〔{year}〕{max(last, *serials, 0) + 1}号"


def take_document_number(*, jurisdiction: Jurisdiction, number: str, on: date, subject: str) -> str:
    """Enter a number in the register, inside the caller's transaction; raise `Refused` for one that is wrong or taken."""
    wanted = number.strip()
    try:
        DOCUMENT_NUMBER(wanted)
    except ValidationError as error:
        raise Refused(error.messages[0], "document_number") from error
    parts = _PARTS.match(wanted)
    if parts is None or int(parts["year"]) != on.year:
        raise Refused(f"发文字号的年份应与成文日期一致（{on.year} 年）", "document_number")
    if len(parts["mark"]) > LONGEST_MARK:
        raise Refused(f"机关代字不能超过 {LONGEST_MARK} 字", "document_number")
    key = f"document:{parts['mark']}:{on.year}"
    Counter.objects.get_or_create(jurisdiction=jurisdiction, key=key)
    counter = Counter.objects.select_for_update().get(jurisdiction=jurisdiction, key=key)
    serial = int(parts["serial"])
    given = IssuedNumber.objects.filter(jurisdiction=jurisdiction, mark=parts["mark"], year=on.year, serial=serial)
    if given.exists() or Recognition.objects.filter(jurisdiction=jurisdiction, document_number=wanted).exists():
        raise Refused("该发文字号已被使用，请核对", "document_number")
    IssuedNumber.objects.create(
        jurisdiction=jurisdiction, mark=parts["mark"], year=on.year, serial=serial, subject=subject[:160],
        taken_at=clock.now(),
    )  # fmt: skip
    counter.value = max(counter.value, serial)
    counter.save(update_fields=["value"])
    return wanted
