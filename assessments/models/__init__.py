"""Bases and all that is kept of them."""

from assessments.models.cases import Announcement, Case, CaseFile, Guidance, Improvement
from assessments.models.claims import Claim, ClaimFile
from assessments.models.corrections import PaymentCorrection
from assessments.models.history import BaseChange, TakingOver
from assessments.models.money import (
    Account,
    Grant,
    GrantLine,
    MoneyEntry,
    Payment,
    RecoveryOrder,
    RecoveryReceipt,
    Spending,
)
from assessments.models.records import Figure, LedgerImport, LedgerRow
from assessments.models.register import Base, PlaqueEvent
from assessments.models.reports import Report, ReportFile, ReportVersion
from assessments.models.rounds import Assessment, Round, Veto

__all__ = [
    "Account",
    "Announcement",
    "Assessment",
    "Base",
    "BaseChange",
    "Case",
    "CaseFile",
    "Claim",
    "ClaimFile",
    "Figure",
    "Grant",
    "GrantLine",
    "Guidance",
    "Improvement",
    "LedgerImport",
    "LedgerRow",
    "MoneyEntry",
    "Payment",
    "PaymentCorrection",
    "PlaqueEvent",
    "RecoveryOrder",
    "RecoveryReceipt",
    "Report",
    "ReportFile",
    "ReportVersion",
    "Round",
    "Spending",
    "TakingOver",
    "Veto",
]
