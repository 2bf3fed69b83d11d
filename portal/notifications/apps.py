from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = "消息"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("portal.notifications.receivers")
