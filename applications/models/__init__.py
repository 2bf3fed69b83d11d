"""Calls, applications with their drafts and versions, materials, and the bureau's check."""

from applications.models.application import Application, ApplicationVersion, DraftSection
from applications.models.call import Call, CallWindow, Counter, SettingChange
from applications.models.check import Check, Decision, Remark
from applications.models.material import MaterialFile
from applications.models.standing import IssuedNumber, LostTitle

__all__ = [
    "Application",
    "ApplicationVersion",
    "Call",
    "CallWindow",
    "Check",
    "Counter",
    "Decision",
    "DraftSection",
    "IssuedNumber",
    "LostTitle",
    "MaterialFile",
    "Remark",
    "SettingChange",
]
