"""A database of one run's own: a file in its folder, or a fresh database on the server that DATABASE_URL names."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg2


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Give what the environment must say of the database; afterwards it is gone."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {}
        return
    parts = urlsplit(server)
    name = f"{parts.path.strip('/')}_bench_{secrets.token_hex(4)}"
    _execute(server, f'CREATE DATABASE "{name}"')
    try:
        yield {"DATABASE_URL": parts._replace(path=f"/{name}").geturl()}
    finally:
        _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(server: str, statement: str) -> None:
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
