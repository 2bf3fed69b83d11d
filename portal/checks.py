"""System checks of the portal as a whole: its policies are sound, and it can make documents here."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Info

from portal.documents.rendering.environment import environment_report
from portal.policy import registry
from portal.policy.lint import lint


def editions_are_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report each finding of the lint as portal.E001, and a registry without editions as portal.E002."""
    editions = list(registry.registry)
    if not editions:
        return [Error("no policy edition is registered", hint="see docs/new-jurisdiction.md", id="portal.E002")]
    return [Error(finding, id="portal.E001") for edition in editions for finding in lint(edition)]


def documents_can_be_rendered(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report what this machine lacks for rendering PDFs, as portal.I001: the portal runs without, documents wait."""
    return [Info(lack, id="portal.I001") for lack in environment_report()]
