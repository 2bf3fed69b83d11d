"""Is this container well? `healthcheck.py web` asks the web server, `healthcheck.py worker NAME` asks a Celery worker,
`healthcheck.py beat` looks whether the schedule has been written lately. Exit status 0 is yes.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BEAT_QUIET = 360  # seconds: beat writes its schedule at least every three minutes


def web() -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError) as error:
        print(error)
        return False


def worker(name: str) -> bool:
    target = f"{name}@{socket.gethostname()}"
    command = ["celery", "--app", "portal.celery:app", "inspect", "ping", "--timeout", "8", "--destination", target]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603  # own command


def beat() -> bool:
    written = [path.stat().st_mtime for path in Path(os.environ["PORTAL_VAR_DIR"]).glob("beat-schedule*")]
    return bool(written) and time.time() - max(written) < BEAT_QUIET


def main() -> int:
    what, *names = sys.argv[1:]
    well = {"web": web, "beat": beat, "worker": lambda: worker(names[0])}[what]
    return 0 if well() else 1


if __name__ == "__main__":
    sys.exit(main())
