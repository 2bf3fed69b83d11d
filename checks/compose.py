"""docker-compose.yml is valid by the Compose Specification's own schema, and whole by rules the schema cannot say.

Beyond the schema: every service that stays up has a health check and a restart rule, every dependency waits for a
condition that can come true, every named volume is declared, and every image names its version.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from checks.tree import ROOT, report

SCHEMA = Path(__file__).parent / "vendor" / "compose-spec.json"


def against_schema(document: dict[str, Any]) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    # The file declares 2019-09 but keeps draft-07's `definitions` and uses nothing newer.
    errors = sorted(Draft7Validator(schema).iter_errors(document), key=lambda error: list(error.absolute_path))
    return [f"{'.'.join(map(str, error.absolute_path)) or 'document'}: {error.message}" for error in errors]


def one_shot(service: dict[str, Any]) -> bool:
    return service.get("restart") == "no"


def about_service(name: str, service: dict[str, Any], document: dict[str, Any]) -> list[str]:
    found = []
    if not one_shot(service):
        if "test" not in service.get("healthcheck", {}):
            found.append(f"services.{name}: no health check")
        if service.get("restart") not in {"always", "unless-stopped"}:
            found.append(f"services.{name}: does not come back after a crash (restart)")
    image = service.get("image", "")
    if image and (":" not in image or image.endswith(":latest")):
        found.append(f"services.{name}: image {image} names no version")
    for mount in service.get("volumes", []):
        source = str(mount).partition(":")[0]
        if not source.startswith((".", "/")) and source not in (document.get("volumes") or {}):
            found.append(f"services.{name}: volume {source} is not declared")
    for other, rule in service.get("depends_on", {}).items():
        found += about_dependency(name, other, rule["condition"], document)
    return found


def about_dependency(name: str, other: str, condition: str, document: dict[str, Any]) -> list[str]:
    target = document["services"].get(other)
    if target is None:
        return [f"services.{name}: depends on {other}, which is not there"]
    if condition == "service_completed_successfully" and not one_shot(target):
        return [f"services.{name}: waits for {other} to end, but it restarts"]
    if condition == "service_healthy" and "healthcheck" not in target:
        return [f"services.{name}: waits for {other} to be healthy, but nothing says so"]
    return []


def findings(text: str) -> list[str]:
    document = yaml.safe_load(text)
    found = against_schema(document)
    if found:
        return found
    return [line for name, service in document["services"].items() for line in about_service(name, service, document)]


if __name__ == "__main__":
    sys.exit(report([f"docker-compose.yml: {line}" for line in findings((ROOT / "docker-compose.yml").read_text())]))
