"""`python -m benchmarks`: makes a database of its own, starts the server, fills, measures, prints the table.

On SQLite, or on the server DATABASE_URL names (a fresh database beside the one named). `--small` is for a quick look.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.database import own_database
from tests.journeys.live import spare_port

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Start the server, and have benchmarks.run fill the database and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows and requests")
    parser.add_argument("--rush", action="store_true", help="only the experts who come back on line at once")
    parser.add_argument("--bases", action="store_true", help="only the indicators of five hundred bases")
    parser.add_argument("--ledger", action="store_true", help="only the import of a ledger")
    asked = parser.parse_args()
    scale, part = 10 if asked.small else 1, _part(asked)
    with tempfile.TemporaryDirectory() as folder, own_database() as database:
        environment = {
            **os.environ,
            **database,
            "PORTAL_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        port = spare_port()
        environment |= {
            "WEB_BIND": f"127.0.0.1:{port}",
            "WEB_WORKERS": "1",
            "BENCH_PORT": str(port),
            "BENCH_SCALE": str(scale),
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
        program = [
            str(Path(sys.executable).parent / "gunicorn"),
            "benchmarks.wsgi:application",
            "-c",
            "deploy/gunicorn.conf.py",
        ]
        server = subprocess.Popen(program, cwd=ROOT, env=environment)
        try:
            _wait(port)
            return subprocess.run([sys.executable, "-m", part], cwd=ROOT, env=environment, check=False).returncode
        finally:
            server.terminate()
            server.wait(20)


def _part(asked: argparse.Namespace) -> str:
    """Return the module that fills and measures."""
    if asked.bases:
        return "benchmarks.bases"
    if asked.ledger:
        return "benchmarks.ledgers"
    return "benchmarks.rush" if asked.rush else "benchmarks.run"


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    sys.exit(main())
