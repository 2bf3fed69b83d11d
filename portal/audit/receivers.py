"""Events of the apps below, which may not import the log: recorded at once, in the same transaction as the change."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.actor import SYSTEM
from portal.accounts.signals import account_changed
from portal.audit.services import record
from portal.calendars.models import CalendarYear
from portal.calendars.signals import calendar_imported


@receiver(account_changed)
def log_account_change(sender: Any, **news: Any) -> None:
    """Record what happened to an account, membership, invitation or unit."""
    record(
        by=SYSTEM if news.get("by") is None else news["by"],  # a visitor is an actor too, though a false one
        action=news["action"],
        obj=news["obj"],
        jurisdiction_id=news.get("jurisdiction_id"),
        reason=news.get("reason", ""),
        data=news.get("data"),
    )


@receiver(calendar_imported)
def log_calendar_import(sender: Any, *, year: int, source_document: str, by: str, reason: str, **news: Any) -> None:
    """Record that the working days of a year were loaded or corrected, by whom and from which document."""
    record(
        by=SYSTEM,
        actor_label=by,
        action="calendar.correct" if reason == "correction" else "calendar.import",
        obj=CalendarYear.objects.get(year=year),
        reason=source_document,
        data={"year": year, "changed_dates": news.get("changed_dates", 0)},
    )
