"""Wait until the portal answers, then say where it is and who can sign in. `make up` starts this beside the servers."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 90  # seconds
LINE = "─" * 78


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def main() -> int:
    address, accounts = sys.argv[1], Path(sys.argv[2])
    parent = os.getppid()
    until = time.monotonic() + PATIENCE
    while not answers(address):
        if time.monotonic() > until:
            print(f"The portal has not answered at {address}/healthz for {PATIENCE} s: see the messages above.")
            return 1
        if os.getppid() != parent:  # the supervisor is gone, and nobody is left to tell
            return 0
        time.sleep(0.1)
    people = accounts.read_text(encoding="utf-8").rstrip() if accounts.exists() else ""
    print("\n".join(["", LINE, f"  {address}/", "", people, "", "  Ctrl-C stops everything.", LINE]), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
