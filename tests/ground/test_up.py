"""What `make up` remembers between starts, and what it refuses before it touches anything."""

import socket
from pathlib import Path

import pytest

from bin import up
from tests.ground.conftest import Plant


@pytest.fixture
def project(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plant:
    plant("requirements/base.txt", "django==5.2\n")
    plant("applications/migrations/0001_initial.py", "x = 1\n")
    var = tmp_path / "var"
    (var / "stamps").mkdir(parents=True)
    (var / "portal.sqlite3").touch()
    monkeypatch.setattr(up, "ROOT", tmp_path)
    monkeypatch.setattr(up, "VAR", var)
    monkeypatch.setattr(up, "STAMPS", var / "stamps")
    monkeypatch.setattr(up, "ACCOUNTS", var / "stamps" / "accounts.txt")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DEMO", raising=False)
    return plant


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The management commands that were run, instead of running them."""
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(up, "manage", lambda *arguments, quiet=False: run.append(arguments))
    monkeypatch.setattr(up, "demo_accounts", lambda: "经办人 demo\n")
    return run


MIGRATE, DEMO = ("migrate", "--verbosity", "0"), ("demo",)


def test_the_first_start_prepares_and_the_second_has_nothing_to_do(
    project: Plant, commands: list[tuple[str, ...]]
) -> None:
    up.prepare()
    assert commands == [MIGRATE, DEMO]

    up.prepare()
    assert commands == [MIGRATE, DEMO]
    assert up.ACCOUNTS.read_text() == "经办人 demo\n"


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("applications/migrations/0002_more.py", [MIGRATE, DEMO]),
        ("portal/audit/migrations/0001_initial.py", [MIGRATE, DEMO]),
        ("portal/jurisdictions/here/editions.py", [DEMO]),
        ("portal/desk/management/commands/demo.py", [DEMO]),
        ("applications/views.py", []),
    ],
)
def test_only_what_changed_is_done_again(
    project: Plant, commands: list[tuple[str, ...]], name: str, again: list[tuple[str, ...]]
) -> None:
    up.prepare()
    commands.clear()

    project(name, "y = 2\n")
    up.prepare()

    assert commands == again


def test_a_removed_database_is_made_again(project: Plant, commands: list[tuple[str, ...]]) -> None:
    up.prepare()
    (up.VAR / "portal.sqlite3").unlink()
    up.prepare()

    assert commands == [MIGRATE, DEMO] * 2


def test_somebody_elses_database_is_asked_every_time(
    project: Plant, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@db/portal")
    up.prepare()
    up.prepare()

    assert commands == [MIGRATE, DEMO] * 2


def test_without_a_demo_no_accounts_are_shown(
    project: Plant, commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    up.prepare()
    monkeypatch.setenv("DEMO", "0")
    up.prepare()

    assert commands == [MIGRATE, DEMO]
    assert not up.ACCOUNTS.exists()


def test_a_busy_port_is_refused_with_a_free_suggestion() -> None:
    with socket.socket() as busy:
        busy.bind((up.HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]

        with pytest.raises(SystemExit) as refused:
            up.refuse_busy_port(port)

    assert f"port {port} is not free" in str(refused.value)
    assert f"make up PORT={port + 1}" in str(refused.value)


def test_a_port_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")

    with pytest.raises(SystemExit, match="PORT must be a number"):
        up.main()
