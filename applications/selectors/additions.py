"""What apps above add to the reading view of a file: whoever knows more about it registers a provider when it is ready."""

from collections.abc import Callable
from typing import Any

from applications.selectors.reading import Reading
from portal.accounts.actor import Actor

Provider = Callable[[Reading, Actor], dict[str, Any]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(reading, actor)` add names to the context of the reading view; {} where it has nothing to say."""
    if provider not in _providers:
        _providers.append(provider)


def additions(reading: Reading, actor: Actor) -> dict[str, Any]:
    """Return what all providers add."""
    return {name: value for provider in _providers for name, value in provider(reading, actor).items()}
