"""What the access matrix asks for after recognition: one row of each kind for a base."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assessments.models import (
    Assessment,
    Base,
    Claim,
    ClaimFile,
    Payment,
    RecoveryOrder,
    Report,
    ReportFile,
    Round,
    TakingOver,
    Veto,
)
from assessments.services.money import open_grants
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.edition import Edition, Support
from portal.policy.funding import After, Instalment
from portal.policy.indicator import Span, Target
from portal.policy.material import Material

RECOGNISED = date(2023, 3, 1)
PAPER = Material("summary", "基地建设工作总结", "总结", "一")
TARGET = Target("T-1", "对外公共服务", "service_external", 1, Span.CALENDAR_YEAR, "一")
SUPPORT = (
    Support(
        "建设补助", "分两期拨付", "一", key="grant", total=Decimal(100),
        instalments=(
            Instalment("first", "首期", Decimal(40), 40, "认定后", "一"),
            Instalment("final", "末期", Decimal(60), 60, "完成后", "一", after=After.TARGETS, targets=("T-1",), materials=(PAPER,)),
        ),
    ),
)  # fmt: skip


def with_money(edition: Edition) -> Edition:
    """Return the edition with a grant in two instalments, so that every page of money has something to show."""
    return replace(edition, code=f"{edition.jurisdiction}-money", support=SUPPORT, targets=(TARGET,))


def after_rows(base: Base, staff: dict[str, Actor]) -> dict[str, Any]:
    """Make one row of every kind a base may have; its edition is the one with money."""
    base.edition_code, base.recognised_on = f"{base.jurisdiction.code}-money", RECOGNISED
    base.save(update_fields=["edition_code", "recognised_on"])
    unit, officer, now = staff["unit_admin"].person, staff["bureau_officer"].person, clock.now()

    def stored() -> StoredFile:
        return StoredFile.objects.create(
            name="材料.pdf", content_type="application/pdf", size=9, sha256="8" * 64, uploaded_by=unit, uploaded_at=now,
            organisation=base.organisation,
        )  # fmt: skip

    said = {"base": base, "key": "plan", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    draft = Report.objects.create(**said, saved_at=now, saved_by=unit)
    handed_in = Report.objects.create(
        **{**said, "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}, state="submitted", version=1,
        saved_at=now, saved_by=unit, submitted_at=now, submitted_by=unit, first_submitted_at=now, late=False, revision=1,
        sha256="9" * 64,
    )  # fmt: skip
    return {
        "report": handed_in,
        "report_file": ReportFile.objects.create(
            report=draft, slot="plan", stored=stored(), added_by=unit, added_at=now
        ),
        **_rounds(base, officer),
        **_money(base, staff, stored()),
        "taking_over": TakingOver.objects.create(
            jurisdiction=base.jurisdiction, file_name="名册.xlsx", basis="档案", proposed_by=officer, proposed_at=now
        ),
    }


def _rounds(base: Base, officer: Any) -> dict[str, Any]:
    now = clock.now()
    first = 2022 - 2 * (base.pk % 5)  # two units of one place are in two rounds
    period = {"scheme_key": "biennial", "starts_on": date(first, 1, 1), "ends_on": date(first + 1, 12, 31)}
    made = Round.objects.create(
        jurisdiction=base.jurisdiction, edition_code=base.edition_code, title="2022—2023年考核", state="open", created_by=officer,
        created_at=now, opened_at=now, self_due_on=now.date() + timedelta(days=9), published_at=now, **period,
    )  # fmt: skip
    row = Assessment.objects.create(
        jurisdiction=base.jurisdiction, base=base, round=made, state="self", created_at=now, **period
    )
    veto = Veto.objects.create(
        assessment=row, code="refusal", facts="拒绝接受考核", recorded_by=officer, recorded_at=now
    )
    return {"round": made, "assessment": row, "veto": veto}


def _money(base: Base, staff: dict[str, Actor], stored: StoredFile) -> dict[str, Any]:
    unit, now = staff["unit_admin"].person, clock.now()
    account = open_grants(base)
    assert account is not None
    grant = account.grants.get()
    claim = Claim.objects.create(
        base=base, kind="final", support_key="grant", line=grant.lines.get(key="final"), amount=60, created_by=unit,
        created_at=now,
    )  # fmt: skip
    return {
        "grant": grant,
        "grant_line": grant.lines.get(key="first"),
        "payment": Payment.objects.create(
            line=grant.lines.get(key="final"), amount=60, paid_on=now.date(), voucher="记-1", by=unit, at=now
        ),
        "claim": claim,
        "claim_file": ClaimFile.objects.create(
            claim=claim, material="summary", stored=stored, added_by=unit, added_at=now
        ),
        "recovery": RecoveryOrder.objects.create(
            account=account, recovery_key="missed", title="终止建设", clause="一", amount=0, paid_then=0, spent_then=0,
            due_on=now.date(), approved_by=staff["bureau_approver"].person, at=now,
        ),
    }  # fmt: skip
