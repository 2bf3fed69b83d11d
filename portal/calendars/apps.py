from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate

TABLES = {"calendars_calendaryear", "calendars_calendarday"}  # absent after `migrate calendars zero`


def load_after_migrate(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Load the official calendars that ship with the portal, once their tables are there; a second run adds nothing."""
    from portal.calendars import services

    if using == DEFAULT_DB_ALIAS and set(connections[using].introspection.table_names()) >= TABLES:
        services.load_shipped_calendars()


class CalendarsConfig(AppConfig):
    name = "portal.calendars"
    label = "calendars"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Have every database filled after `migrate` (and after a test has flushed it)."""
        post_migrate.connect(load_after_migrate, sender=self)
