"""The stack's description: valid, whole, and what the issue names is in it."""

import copy
from typing import Any

import pytest
import yaml

from checks import compose
from checks.tree import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text()


def changed(*path: str, to: Any) -> str:
    document = copy.deepcopy(yaml.safe_load(TEXT))
    place = document
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return yaml.safe_dump(document)


def test_the_stack_is_valid_and_whole() -> None:
    assert compose.findings(TEXT) == []


def test_every_part_of_the_stack_is_there() -> None:
    services = yaml.safe_load(TEXT)["services"]

    assert set(services) == {"front", "web", "worker", "documents", "beat", "migrate", "postgres", "redis"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (changed("services", "web", "comand", to=["web"]), "services.web: "),
        (changed("services", "web", "healthcheck", to=None), "services.web: no health check"),
        (changed("services", "redis", "restart", to=None), "services.redis: does not come back"),
        (changed("services", "redis", "image", to="redis"), "services.redis: image redis names no version"),
        (changed("services", "redis", "image", to="redis:latest"), "services.redis: image redis:latest names no"),
        (changed("volumes", "queue", to=None), "services.redis: volume queue is not declared"),
        (changed("services", "migrate", "restart", to="always"), "services.web: waits for migrate to end"),
        (changed("services", "migrate", to=None), "services.web: depends on migrate, which is not there"),
    ],
)
def test_what_is_wrong_is_named(text: str, finding: str) -> None:
    assert any(line.startswith(finding) for line in compose.findings(text))
