"""Say which system packages are missing, what will not work without them, and install them where that is possible.

Runs on the bare system Python, before there is a virtual environment: standard library only.
Exit status: 0 when nothing needed is missing, or when what is missing only narrows what works; 1 with --strict when
something is still missing (tests must not quietly do less).
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One Debian package, how to see that what it brings is there, and what fails without it."""

    package: str
    present: Callable[[], bool]
    without: str
    tests_only: bool = False


def library(*names: str) -> Callable[[], bool]:
    """Any of these shared libraries can be loaded (Linux names first, then macOS names)."""

    def probe() -> bool:
        for name in names:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
        return False

    return probe


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def chinese_font() -> bool:
    """A font that shows Chinese is known to the system (fontconfig answers with at least one)."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def can_make_environments() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


NO_PDF = "no PDF can be rendered: printed forms, notices, certificates"
SLOW_PDF = "PDFs with Chinese text render about four times slower"

NEEDS = (
    Need("python3-venv", can_make_environments, "make env cannot create .venv"),
    Need("libpango-1.0-0", library("libpango-1.0.so.0", "libpango-1.0.dylib"), NO_PDF),
    Need("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"), NO_PDF),
    Need("libharfbuzz-subset0", library("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"), SLOW_PDF),
    Need("chromium-headless-shell", program("chromium-headless-shell", "chromium"), "no browser journey can run", True),
    Need("libatomic1", library("libatomic.so.1"), "Playwright cannot drive the browser", True),
    Need("fonts-noto-cjk", chinese_font, "screenshots show boxes instead of Chinese text", True),
    Need("poppler-utils", program("pdftoppm"), "tests cannot look at rendered PDF pages", True),
)


def missing(*, tests: bool) -> list[Need]:
    return [need for need in NEEDS if (tests or not need.tests_only) and not need.present()]


def install_command(needs: list[Need]) -> list[str]:
    return ["apt-get", "install", "--yes", "--no-install-recommends", *(need.package for need in needs)]


def report(needs: list[Need]) -> None:
    for need in needs:
        print(f"missing system package {need.package}: {need.without}.", flush=True)


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(needs: list[Need]) -> None:
    print("Installing:", " ".join(need.package for need in needs), flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, check=False)
    subprocess.run([*install_command(needs), "--quiet=2"], env=quiet, check=False, stdout=subprocess.DEVNULL)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["run"], help="leave out what only the tests need")
    parser.add_argument("--strict", action="store_true", help="fail while anything is missing")
    options = parser.parse_args(arguments)
    tests = options.only != "run"

    needs = missing(tests=tests)
    if not needs:
        return 0
    report(needs)
    if may_install():
        install(needs)
        needs = missing(tests=tests)
        if not needs:
            return 0
        report(needs)
    print("On Debian, as root:\n  apt-get update &&", " ".join(install_command(needs)), flush=True)
    return 1 if options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
