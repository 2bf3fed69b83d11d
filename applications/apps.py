from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ApplicationsConfig(AppConfig):
    name = "applications"
    label = "applications"
    verbose_name = "申报"

    def ready(self) -> None:
        """Connect the receivers, and say who may open this app's files and documents."""
        import_module("applications.receivers")
        post_migrate.connect(install_official_calls, sender=self)

        from applications.selectors import access
        from portal.documents.access import register, register_files

        register_files(access.may_read_file)
        register("applications.ApplicationVersion", access.may_read_version)
        register("applications.Decision", access.may_read_decision)
        register("applications.Application", access.may_read_application)


def install_official_calls(**_: Any) -> None:
    """Install the calls the sources announced; the tenants are there by then, since their app stands before this one."""
    from applications.services.official_calls import install_official_calls as install

    install()
