"""Debian's Chromium, for every test that opens a browser."""

import os
import shutil
from typing import Any

PROGRAMS = ("chromium-headless-shell", "chromium")
"""The same browser without windows of its own needs half the processor; where it is missing the whole one does as well."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # no spare processes for pages that nobody opens: half of what a new person costs
]


def launched() -> dict[str, Any]:
    """Return what Playwright must be told to start it: its program, flags and environment."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert path, f"no browser: apt-get install {PROGRAMS[0]}"
    return {"executable_path": path, "args": FLAGS, "env": {**os.environ, "LANGUAGE": "zh_CN"}}
