"""Which files belong to the project: what git tracks or would track, without vendored and generated ones."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = ("static/vendor/", "static/fonts/", "checks/vendor/", "/migrations/")


def project_files(suffixes: Iterable[str], root: Path = ROOT) -> Iterator[Path]:
    """Yield the project's own files with one of these suffixes, in sorted order, as absolute paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    wanted = tuple(suffixes)
    for name in sorted(filter(None, listed.split("\0"))):
        path = root / name
        if name.endswith(wanted) and not any(part in f"/{name}" for part in NOT_OURS) and path.is_file():
            yield path


def report(findings: list[str], root: Path = ROOT) -> int:
    """Print the findings with paths relative to the project; the exit status says whether there were any."""
    for finding in findings:
        print(finding.replace(f"{root}/", ""))
    return 1 if findings else 0
