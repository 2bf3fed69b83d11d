"""A portal of its own for the journeys: real gunicorn, real Celery workers, its own database, files and broker.

It can go on at another instant (`travel`): every process then lives at that time, told by a file they all read. Its database is a copy
that `prepared` makes; with REDIS_URL set its queue lies there under a prefix of its own, otherwise in its folder.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOT_INHERITED = {"DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER"}
PATIENCE = 60.0
PURGE = """
from celery import current_app as app
with app.connection_for_write() as connection:
    connection.default_channel.queue_purge("documents")
"""


def spare_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Portal:
    """The running portal. `address` is where it answers."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.port = spare_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.at: datetime | None = None
        self.workers = True
        kept = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
        self.environment = {
            **kept,
            **environment,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "REDIS_PREFIX": f"journeys-{os.getpid()}-{folder.name}:",  # the portals of all processes share one Redis
            "PORTAL_VAR_DIR": str(folder),
            "PORTAL_CLOCK_AT": f"@{folder / 'clock'}",
            "PORTAL_BASE_URL": self.address,
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
        }
        self._running: list[subprocess.Popen[bytes]] = []
        self._offstage: list[subprocess.Popen[bytes]] = []  # at most one, from the first script on

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def run(self, task: str) -> None:
        """Run one task here and now, as beat would have it run."""
        self._play(f"from celery import current_app as app\napp.tasks['{task}']()")

    def start(self, *, workers: bool = True) -> None:
        """Start web and, unless they are meant to be dead, the workers; wait until the web answers."""
        self.workers = workers
        log = (self.folder / "server.log").open("ab")
        web = ("gunicorn", "portal.wsgi:application", "--config", "deploy/gunicorn.conf.py")
        celery = [
            "celery",
            "-q",
            "-A",
            "portal.celery:app",
            "worker",
            "-Q",
            "default,documents",
            "-c",
            "1",
            "-l",
            "warning",
        ]
        for name, *arguments in (web, celery) if workers else (web,):
            program = [str(Path(sys.executable).parent / name), *arguments]
            self._running.append(self._begin(program, stdout=log, stderr=log))
        log.close()
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until, f"no answer: {(self.folder / 'server.log').read_text()[-3000:]}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End every process at once: nothing of this portal is wanted any more, and workers take seconds to say good-bye."""
        for process in (*self._running, *self._offstage):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        self._running.clear()
        self._offstage.clear()

    def stop(self) -> None:
        """Stop web and workers as a supervisor would: what they are at, they finish."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def forget_waiting(self) -> None:
        """Empty the queue of papers to render: those of the demonstration would keep this journey's own waiting."""
        self._play(PURGE)

    def travel(self, at: datetime | None, *, workers: bool = True) -> None:
        """Go on at another instant; None is the present. Without workers nothing is done but what a request does itself."""
        self.at = at
        told = self.folder / "clock.new"
        told.write_text(at.isoformat() if at else "")
        told.replace(self.folder / "clock")  # at once: nobody reads half an instant
        if workers != self.workers:
            self.stop()
            self.start(workers=workers)

    def script(self, code: str) -> str:
        """Run a few lines in the portal's own process, all jurisdictions in scope, and return what they print."""
        lines = "".join(f"    {line}\n" for line in code.strip().splitlines())
        head = "from django_scopes import scopes_disabled\nwith scopes_disabled():\n"
        return self._play(f"{head}{lines}").strip()

    def _play(self, script: str) -> str:
        """Run a script in a fresh copy of the process that waits for them, and return what it printed."""
        if not self._offstage:
            command = [sys.executable, "-m", "tests.journeys.offstage"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._offstage.append(self._begin(command, **pipes, stderr=subprocess.DEVNULL))
        waiting = self._offstage[0]
        assert waiting.stdin
        assert waiting.stdout
        waiting.stdin.write(json.dumps(script).encode() + b"\n")
        waiting.stdin.flush()
        ended, out, err = json.loads(waiting.stdout.readline())
        assert ended == 0, f"{script}\n{out}\n{err}"
        return str(out)

    def _begin(self, command: list[str], **files: Any) -> "subprocess.Popen[bytes]":
        """Start a process that leads a group of its own, so that whatever it starts can be ended with it."""
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True, **files)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as response:  # noqa: S310 - our own address
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False
