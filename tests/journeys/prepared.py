"""The demonstration, loaded once in a test session: every journey starts from its own copy of database and files.

The test processes of a session share one folder. Whoever comes first migrates, loads and renders every paper while the
others wait; the last to leave takes it away. With DATABASE_URL set the copies are databases on that PostgreSQL server,
made from a template; otherwise SQLite files.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.journeys.live import Portal

# Tasks run where they are called: no queue is left over that each copy would have to work off.
LOAD = """
from celery import current_app as app
from django.core.management import call_command
from django_scopes import scopes_disabled
from portal.documents.models import Document
from portal.documents.services import issue
enqueue = issue.enqueue
def chosen(pk):
    # Some fifty monthly reports look alike, and no journey reads one of the demonstration's.
    with scopes_disabled():
        monthly = Document.objects.filter(pk=pk, kind="base_report").exists()
    if not monthly:
        enqueue(pk)
issue.enqueue = chosen
app.loader.import_default_modules()
app.conf.task_always_eager = app.conf.task_eager_propagates = True
call_command("demo", only=["hangzhou"])
# No journey reads a paper of the other places' demonstrations, and a hundred of them would take a minute to render.
app.conf.task_always_eager = False
app.conf.broker_url = "memory://"
call_command("demo")
"""
SQLITE, FILES, TEMPLATE = "portal.sqlite3", "files", "template"


@contextmanager
def demonstration(shared: Path) -> Iterator[Path]:
    """Yield the folder of the loaded demonstration, for as long as this process may want copies of it."""
    folder, users = shared / "demonstration", shared / "demonstration-users"
    own = users / str(os.getpid())
    with _alone(shared):
        users.mkdir(exist_ok=True)
        own.touch()
        if not (folder / TEMPLATE).exists():
            _load(folder)
    try:
        yield folder
    finally:
        with _alone(shared):
            own.unlink()
            if not any(users.iterdir()):
                _remove(folder)


@contextmanager
def own_copy(loaded: Path, folder: Path) -> Iterator[dict[str, str]]:
    """Copy the demonstration into a portal's folder; give what its environment must say of the database."""
    if (loaded / FILES).exists():
        shutil.copytree(loaded / FILES, folder / FILES)
    template = (loaded / TEMPLATE).read_text()
    if not template:
        shutil.copy(loaded / SQLITE, folder / SQLITE)
        yield {}
        return
    name = _fresh_name()
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield {"DATABASE_URL": _url(name)}
    finally:
        _drop(name)


def _load(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    name = _fresh_name() if _postgres() else ""
    if name:
        _execute(f'CREATE DATABASE "{name}"')
    try:
        portal = Portal(folder, {"DATABASE_URL": _url(name)} if name else {})
        portal.manage("migrate", "-v", "0")
        portal.manage("shell", "-v", "0", "-c", LOAD)
    except BaseException:
        if name:
            _drop(name)
        raise
    (folder / TEMPLATE).write_text(name)  # last: where this file is, everything is


def _remove(folder: Path) -> None:
    if (folder / TEMPLATE).exists() and (name := (folder / TEMPLATE).read_text()):
        _drop(name)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """Keep the other test processes of this session out; the lock ends with the process that holds it."""
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _postgres() -> str:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _fresh_name() -> str:
    """Begin with the name of the database that was given: whoever made that one may sweep up after a killed run."""
    return f"{urlsplit(_postgres()).path.strip('/')}_journeys_{secrets.token_hex(4)}"


def _url(name: str) -> str:
    return urlsplit(_postgres())._replace(path=f"/{name}").geturl()


def _drop(name: str) -> None:
    _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(statement: str) -> None:
    server = psycopg2.connect(_postgres())
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(statement)
    finally:
        server.close()
