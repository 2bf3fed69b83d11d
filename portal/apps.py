"""The root application: discovers the policy editions and checks them."""

from django.apps import AppConfig
from django.core.checks import register


class PortalConfig(AppConfig):
    """Loads every edition at start-up, so a broken declaration stops the process, not a user."""

    name = "portal"
    label = "portal"
    verbose_name = "平台"

    def ready(self) -> None:
        """Discover the policy apps and register the policy lint as a system check."""
        from portal import checks
        from portal.policy import registry

        registry.discover()
        register(checks.editions_are_sound, "policy")
        register(checks.documents_can_be_rendered, "documents")
