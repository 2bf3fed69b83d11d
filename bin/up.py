"""Start the whole portal on this machine: database, demo, then web, workers and beat under one supervisor.

What has been done already is not done again: stamps in var/stamps/ name the migrations and the demo's sources by their
hashes, so a second start goes straight to the servers. With DATABASE_URL set the database is somebody else's, so it is
asked every time. Ctrl-C, SIGTERM or a closed terminal stops every process.

Environment: PORT (8000), DEMO (1; 0 loads no demo), AT (the day the demo is loaded as of, and the portal stays at),
DOCUMENT_WORKERS (one per core), PORTAL_VAR_DIR (var/).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import honcho.manager
from honcho.compat import ProcessManager
from honcho.environ import parse_procfile
from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR_DIR") or ROOT / "var")
STAMPS = VAR / "stamps"
ACCOUNTS = STAMPS / "accounts.txt"
HOST = "127.0.0.1"
MIGRATIONS = ("*/migrations/*.py", "portal/*/migrations/*.py")
DEMO_SOURCES = ("portal/jurisdictions/**/*", "**/demo/**/*", "**/management/commands/demo*.py", "**/demo*.py")


def sources(patterns: Iterable[str]) -> list[Path]:
    """The files behind a stamp; what is hidden (.venv, .git) or generated (var) is none of them."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    skipped = {"var", "__pycache__", "tests", "static"}
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") or part in skipped for part in path.relative_to(ROOT).parts)
    )


def stamp(name: str, patterns: Iterable[str]) -> Path:
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sources(patterns):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return STAMPS / f"{name}-{digest.hexdigest()[:16]}"


def done(mark: Path) -> bool:
    own_database = "DATABASE_URL" not in os.environ
    return own_database and mark.exists() and (VAR / "portal.sqlite3").exists()


def renew(mark: Path) -> None:
    for old in STAMPS.glob(f"{mark.name.rpartition('-')[0]}-*"):
        old.unlink()
    mark.touch()


def manage(*arguments: str, quiet: bool = False) -> None:
    """Run a management command; a quiet one shows only what goes wrong."""
    output = subprocess.DEVNULL if quiet else None
    ended = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=output, check=False)
    if ended.returncode:
        sys.exit(f"\nmake up: `manage.py {' '.join(arguments)}` failed; its message is above.")


def demo_accounts() -> str:
    command = [sys.executable, "manage.py", "demo", "--accounts"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def prepare() -> None:
    """Bring the database to the present migrations and load the demo, each only when its sources have changed."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    migrated = stamp("migrated", MIGRATIONS)
    if not done(migrated):
        print("make up: migrating the database …", flush=True)
        manage("migrate", "--verbosity", "0")
        renew(migrated)
    if os.environ.get("DEMO", "1") == "0":
        ACCOUNTS.unlink(missing_ok=True)
        return
    loaded = stamp("demo", (*MIGRATIONS, *DEMO_SOURCES))
    if not (done(loaded) and ACCOUNTS.exists()):
        print("make up: loading the demo …", flush=True)
        manage("demo", *(["--at", at] if (at := os.environ.get("AT")) else []), quiet=True)
        ACCOUNTS.write_text(demo_accounts(), encoding="utf-8")
        renew(loaded)


def refuse_busy_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            sys.exit(f"make up: port {port} is not free ({error.strerror}). Another one: make up PORT={port + 1}")


def environment(port: int) -> dict[str, str]:
    return {
        "DOCUMENT_WORKERS": str(os.cpu_count() or 1),
        "PORTAL_BASE_URL": f"http://{HOST}:{port}",
        **os.environ,
        "PORT": str(port),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
    }


class Gently(ProcessManager):
    """Asks the one process to stop, not its whole group: gunicorn and Celery see to their own children.

    Told together with their parent, Celery's pool processes die under it, and it waits for them until it is killed.
    """

    def terminate(self, pid: int) -> None:
        """Send SIGTERM to this process; every line of the Procfile begins with exec, so it is the server itself."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def supervise(port: int) -> int:
    honcho.manager.KILL_WAIT = 10  # seconds: a worker that finishes its task in hand needs about five
    manager = Manager()
    manager._procmgr = Gently()  # noqa: SLF001  # honcho takes it from nobody
    values = environment(port)
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=values, cwd=str(ROOT))
    # A closed terminal is one more way to say stop; the supervisor itself knows only the other two.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    announcer = subprocess.Popen([sys.executable, ROOT / "bin" / "announce.py", f"http://{HOST}:{port}", ACCOUNTS])
    try:
        manager.loop()
    finally:
        announcer.terminate()
        announcer.wait()
    return int(manager.returncode or 0)


def main() -> int:
    try:
        port = int(os.environ.get("PORT", "8000"))
    except ValueError:
        sys.exit(f"make up: PORT must be a number, not {os.environ['PORT']!r}")
    refuse_busy_port(port)
    prepare()
    status = supervise(port)
    stopped_by_hand = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if status in stopped_by_hand else status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
