"""Run a command with DATABASE_URL and REDIS_URL of a PostgreSQL and a Redis that are its own for that long.

    with_services.py make test

Servers that answer on this machine's standard ports and let us in are used: a database of a fresh name, and an empty
Redis database from number 5 on. Otherwise servers are started on spare loopback ports in a temporary folder, and, as
root on Debian, installed first. Everything made is removed at the end; the exit status is the command's.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

HOST = "127.0.0.1"
REDIS_DATABASES = range(5, 16)
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "--quiet=2")


def spare_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def wait_until(what: str, probe: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not probe():
        if time.monotonic() > until:
            sys.exit(f"with_services: {what} did not start within {seconds:.0f} s")
        time.sleep(0.1)


def install(*packages: str) -> None:
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        sys.exit(
            f"with_services: needs {' and '.join(packages)}; as root on Debian: apt-get install {' '.join(packages)}"
        )
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=False)
    subprocess.run([*INSTALL, *packages], env=environment, check=True, stdout=subprocess.DEVNULL)


def postgres_login(port: int, users: tuple[str, ...]) -> str | None:
    """The first of these users who gets in without a password and may create databases."""
    for user in users:
        with contextlib.suppress(psycopg2.Error):
            connection = psycopg2.connect(host=HOST, port=port, user=user, dbname="postgres", connect_timeout=3)
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                    row = cursor.fetchone()
            finally:
                connection.close()
            if row and row[0]:
                return user
    return None


def postgres_programs() -> Path | None:
    """The folder with initdb and pg_ctl: the newest that Debian installed, or the one on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


@contextlib.contextmanager
def own_postgres() -> Iterator[tuple[int, str]]:
    """A cluster of our own in a temporary folder. It is thrown away, so it never waits for the disk."""
    programs = postgres_programs()
    if programs is None:
        install("postgresql")
        programs = postgres_programs()
    if programs is None:
        sys.exit("with_services: no initdb after installing postgresql")
    port, root = spare_port(), os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    become = ["runuser", "--user", "postgres", "--"] if root else []  # PostgreSQL refuses to run as root
    if root:
        shutil.chown(folder, "postgres")
    settings = f"-p {port} -h {HOST} -k {folder} -F -c synchronous_commit=off -c full_page_writes=off"
    control = [*become, str(programs / "pg_ctl"), "--pgdata", str(folder / "data"), "--silent"]
    make = [
        *become,
        str(programs / "initdb"),
        "--pgdata",
        str(folder / "data"),
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
    ]
    subprocess.run([*make, "--username", "portal"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        start = [*control, "--log", str(folder / "log"), "--options", settings, "--wait", "start"]
        subprocess.run(start, check=True, cwd="/", stdout=subprocess.DEVNULL)
        yield port, "portal"
    finally:
        subprocess.run([*control, "--mode", "immediate", "stop"], check=False, cwd="/", stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def execute(port: int, user: str, statement: str) -> list[tuple[str, ...]]:
    connection = psycopg2.connect(host=HOST, port=port, user=user, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@contextlib.contextmanager
def database() -> Iterator[str]:
    """Yield the URL of an empty database; remove it and the test databases named after it."""
    with contextlib.ExitStack() as stack:
        user = postgres_login(5432, ("postgres", getpass.getuser()))
        port = 5432
        if user is None:
            port, user = stack.enter_context(own_postgres())
        name = f"portal_ci_{secrets.token_hex(4)}"
        execute(port, user, f"CREATE DATABASE {name}")
        try:
            yield f"postgres://{user}@{HOST}:{port}/{name}"
        finally:
            made = execute(port, user, f"SELECT datname FROM pg_database WHERE datname LIKE '%{name}%'")  # noqa: S608
            for (each,) in made:
                execute(port, user, f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')


def redis_client(port: int, number: int) -> redis.Redis:
    """A client that says at once when nobody answers, instead of trying again."""
    return redis.Redis(HOST, port, db=number, socket_timeout=3, retry=Retry(NoBackoff(), 0))


def empty_redis_database(port: int) -> int | None:
    """The first database that nobody uses; None when there is none, or no server."""
    try:
        for number in REDIS_DATABASES:
            with redis_client(port, number) as client:
                if client.dbsize() == 0:
                    return number
    except redis.RedisError:
        return None
    return None


@contextlib.contextmanager
def queue() -> Iterator[str]:
    """Yield the URL of an empty Redis database; empty it again at the end."""
    with contextlib.ExitStack() as stack:
        port = 6379
        number = empty_redis_database(port)
        if number is None:
            port, number = stack.enter_context(own_redis()), REDIS_DATABASES[0]
        yield f"redis://{HOST}:{port}/{number}"
        with redis_client(port, number) as client:
            client.flushdb()


@contextlib.contextmanager
def own_redis() -> Iterator[int]:
    if not shutil.which("redis-server"):
        install("redis-server")
    port, folder = spare_port(), tempfile.mkdtemp(prefix="portal-redis-")
    options = ["--bind", HOST, "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no"]
    with subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL) as server:
        try:
            wait_until("redis-server", lambda: empty_redis_database(port) is not None)
            yield port
        finally:
            server.terminate()
            server.wait()
            shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    # A supervisor's SIGTERM must still run the clean-up below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with database() as database_url, queue() as redis_url:
        print(f"with_services: {database_url}  {redis_url}", flush=True)
        environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
