"""Database triggers that refuse to change or delete an event. The tests lift them only to empty the tables."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = [
    f"CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
    for verb in ("update", "delete")
]
_FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$
"""
_POSTGRES = [
    _FUNCTION,
    *(
        f"CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event FOR EACH {each} EXECUTE FUNCTION audit_event_refuse()"
        for verb, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ),
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    statements = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for verb in ("update", "delete", "truncate") if postgres else ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_no_{verb}" + (" ON audit_event" if postgres else ""))
