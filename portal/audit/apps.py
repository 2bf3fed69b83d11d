from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("portal.audit.receivers")
