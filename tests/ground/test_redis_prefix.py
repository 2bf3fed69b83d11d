"""Portals that share one Redis stay apart: every key of the cache and of the queue begins with the portal's own prefix."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import json
from portal.settings import base
from portal.celery import app
transport = app.connection_for_write()
print(json.dumps({
    "cache": base.CACHES["default"],
    "queue": base.CELERY_BROKER_TRANSPORT_OPTIONS,
    "celery": transport.transport_options,
    "kind": transport.transport_cls,
}))
"""


def settings_with(**environment: str) -> dict[str, Any]:
    """Return what a portal started in this environment would use, from a process of its own."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("REDIS_", "DJANGO_"))}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(shown.stdout)
    return answer


def test_the_prefix_reaches_the_cache_and_the_queue() -> None:
    found = settings_with(REDIS_URL="redis://127.0.0.1:1/0", REDIS_PREFIX="east:")

    assert (found["cache"]["LOCATION"], found["cache"]["KEY_PREFIX"]) == ("redis://127.0.0.1:1/0", "east:")
    assert found["queue"] == {"visibility_timeout": 3600, "global_keyprefix": "east:"}
    assert (found["kind"], found["celery"]["global_keyprefix"]) == ("redis", "east:")


def test_without_a_prefix_the_keys_are_as_they_were() -> None:
    found = settings_with(REDIS_URL="redis://127.0.0.1:1/0")

    assert (found["cache"]["KEY_PREFIX"], found["queue"]["global_keyprefix"]) == ("", "")


def test_the_queue_in_the_file_system_knows_no_prefix(tmp_path: Path) -> None:
    found = settings_with(PORTAL_VAR_DIR=str(tmp_path), REDIS_PREFIX="east:")

    assert found["kind"] == "filesystem"
    assert sorted(found["queue"]) == ["control_folder", "data_folder_in", "data_folder_out", "polling_interval"]
    assert "KEY_PREFIX" not in found["cache"]
