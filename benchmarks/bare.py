"""The yardstick: a view that does one indexed SELECT, and one that does one INSERT and its COMMIT."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

CREATE = "CREATE TABLE IF NOT EXISTS bench_row (id {serial} PRIMARY KEY, body varchar(200) NOT NULL)"


def create_table() -> None:
    """Make the table the INSERT goes to."""
    serial = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(CREATE.format(serial=serial))


def select(request: HttpRequest, pk: int) -> HttpResponse:
    """One row by its primary key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number, status FROM applications_application WHERE id = %s", [pk])
        return HttpResponse(str(cursor.fetchone()))


def insert(request: HttpRequest) -> HttpResponse:
    """One row in, committed by autocommit."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (body) VALUES (%s)", ["x" * 120])
    return HttpResponse("ok")
