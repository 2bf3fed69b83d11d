"""Run every check, side by side as far as cores allow, and show what each one found. `make check` calls this.

All checks run even when one has failed, so one run shows everything there is to mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPED = ("portal", "applications", "reviews", "assessments", "checks", "bin")
PYTHON = sys.executable
# Warnings are errors in our own processes too, not in the tests alone.
STRICT = (PYTHON, "-W", "error")
# What `check --deploy` needs to look at the production settings: values that open nothing.
DEPLOYED = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "AUDIT_KEY": "check-only-audit-key",
    "PERSONAL_KEYS": "check-only-personal-key",
    "PERSONAL_HASH_KEY": "check-only-personal-hash-key",
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "PORTAL_BASE_URL": "https://portal.example",
}


@dataclass(frozen=True)
class Check:
    """One command with the name under which its result is shown."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] | None = None


def tool(name: str) -> str:
    return str(Path(PYTHON).parent / name)


def module(name: str) -> Check:
    return Check(name.replace("checks.", "").replace("_", " "), (*STRICT, "-m", name))


def present(*names: str) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


def manage(name: str, *arguments: str, environment: dict[str, str] | None = None) -> Check:
    return Check(name, (*STRICT, "manage.py", *arguments), environment)


def checks() -> list[Check]:
    return [
        Check("types (mypy)", (tool("mypy"), *present(*TYPED))),
        Check("templates (djlint)", (tool("djlint"), "--lint", "--quiet", *present("templates"))),
        Check("import directions", (tool("lint-imports"), "--no-cache")),
        Check("ruff check", (tool("ruff"), "check", "--quiet", "--output-format", "concise", ".")),
        Check("ruff format", (tool("ruff"), "format", "--check", "--quiet", "--output-format", "concise", ".")),
        manage("migrations are complete", "makemigrations", "--check", "--dry-run"),
        manage("Django system checks", "check", "--fail-level", "WARNING"),
        manage("production settings", "check", "--deploy", "--fail-level", "WARNING", environment=DEPLOYED),
        manage("policy declarations", "policy", "check"),
        manage("every rule declared and tested", "policy", "trace", "--check"),
        module("checks.sizes"),
        module("checks.jurisdiction_names"),
        module("checks.vocabulary"),
        module("checks.markup"),
        module("checks.compose"),
        Check("shell scripts", ("bash", "-n", ".ci/run", "bin/env", "bin/clean", "deploy/entrypoint")),
    ]


def run(check: Check) -> tuple[Check, int, str, float]:
    started = time.monotonic()
    ended = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **(check.environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, ended.returncode, ended.stdout, time.monotonic() - started


def main() -> int:
    failed = []
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 2)) as pool:
        for check, status, output, seconds in pool.map(run, checks()):
            print(f"{'ok    ' if status == 0 else 'FAILED'}  {check.name}  ({seconds:.1f} s)", flush=True)
            if status:
                failed.append(check.name)
                print("\n".join(f"        {line}" for line in output.strip().splitlines()), flush=True)
    print(
        f"\n{len(failed)} of {len(checks())} checks failed: {', '.join(failed)}" if failed else "\nEvery check passed."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
