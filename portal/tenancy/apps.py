from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    name = "portal.tenancy"
    label = "tenancy"
    verbose_name = "辖区"

    def ready(self) -> None:
        """After every migration, create the tenants of policy apps that have none yet."""
        post_migrate.connect(install_jurisdictions, sender=self)


def install_jurisdictions(**_: Any) -> None:
    """Create the tenant of each registered profile."""
    from portal.policy import registry
    from portal.tenancy.services import install_jurisdiction

    for profile in registry.profiles():
        install_jurisdiction(profile=profile)
