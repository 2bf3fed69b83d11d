"""A command gets servers of its own, and its exit status comes back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bin import with_services
from bin.smoke import spare_port

SHOW = "import os; assert os.environ['DATABASE_URL'] == 'postgres://here' and os.environ['REDIS_URL'] == 'redis://here'"


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand-ins for both servers that note when they are put away."""
    away: list[str] = []

    @contextmanager
    def server(url: str) -> Iterator[str]:
        try:
            yield url
        finally:
            away.append(url)

    monkeypatch.setattr(with_services, "database", lambda: server("postgres://here"))
    monkeypatch.setattr(with_services, "queue", lambda: server("redis://here"))
    return away


def test_the_command_sees_both_addresses_and_they_are_put_away(closed: list[str]) -> None:
    assert with_services.main([sys.executable, "-c", SHOW]) == 0
    assert closed == ["redis://here", "postgres://here"]


def test_a_failing_command_fails_the_run_and_they_are_put_away_all_the_same(closed: list[str]) -> None:
    assert with_services.main([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    assert closed == ["redis://here", "postgres://here"]


def test_where_nothing_answers_nobody_gets_in() -> None:
    port = spare_port()

    assert with_services.postgres_login(port, ("postgres",)) is None
    assert with_services.empty_redis_database(port) is None


def test_what_cannot_be_installed_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(SystemExit, match="apt-get install redis-server"):
        with_services.install("redis-server")
