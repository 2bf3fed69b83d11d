"""Walk journeys that failed once more, alone; anything else that failed stays failed.

    journeys_again.py make test

A browser, a web server, workers and a second test process share two cores: now and then one of them is late, and a journey
fails that says nothing about the portal. Only files of tests/journeys are walked again, at most `MOST` of them, each from its
own fresh copy of the demonstration, with nothing beside them; whoever fails twice has failed. What was walked twice is said
aloud, so that a journey that often needs it is mended.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

FAILED = Path(".pytest_cache/v/cache/lastfailed")
JOURNEYS = "tests/journeys/"
MOST = 2


def files_of(failed: list[str]) -> list[str]:
    """Return the files to walk again; none where that would not be right."""
    files = sorted({each.partition("::")[0] for each in failed})
    walkable = len(files) <= MOST and all(each.startswith(JOURNEYS) for each in files)
    return files if walkable else []


def main(command: list[str]) -> None:
    """Run the command again on those files, in this process's place."""
    failed = list(json.loads(FAILED.read_text())) if FAILED.exists() else []
    files = files_of(failed)
    if not files:
        sys.exit(f"journeys_again: {len(failed)} failed; nothing is walked again")
    print("\n!!! Walked a second time, alone: " + ", ".join(failed), flush=True)
    os.environ.update(ARGS=" ".join(files), JOBS="1")
    os.execvp(command[0], command)  # noqa: S606 - the very command that has just run


if __name__ == "__main__":
    main(sys.argv[1:])
