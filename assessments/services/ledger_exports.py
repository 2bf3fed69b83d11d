"""Rows of ledgers leave the portal, masked: who took which is kept (P3-17)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessments.models import Base
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.tenancy.models import Jurisdiction


@transaction.atomic
def note_export(*, base: Base, ledger: str, rows: int, query: str, by: Actor) -> None:
    """Record that a ledger was exported, with the address that chose the rows."""
    own = by.can("base.report") and by.organisation is not None and by.organisation.pk == base.organisation_id
    if not own:
        by.require("base.read", base.jurisdiction_id)
    data = {"ledger": ledger, "rows": rows, "query": query[:300]}
    record(by=by, action="ledger.export", obj=base, jurisdiction_id=base.jurisdiction_id, data=data)


@transaction.atomic
def note_duplicates(*, jurisdiction: Jurisdiction, rows: int, query: str, by: Actor) -> None:
    """Record that the rows more than one base claims were exported."""
    if by.jurisdiction_id != jurisdiction.pk:
        raise PermissionDenied("只能导出本地区的重复核查结果")
    by.require("base.read")
    data = {"ledger": "", "rows": rows, "query": query[:300]}
    record(by=by, action="ledger.export", obj=jurisdiction, jurisdiction_id=jurisdiction.pk, data=data)
