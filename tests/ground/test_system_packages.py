"""What is missing is named with its consequence, and is only fatal where tests would quietly do less."""

import pytest

from bin import system_packages
from bin.system_packages import Need


def absent() -> bool:
    return False


NEEDS = (
    Need("libthere-1", lambda: True, "nothing"),
    Need("libgone-1", absent, "no page can be printed"),
    Need("browser", absent, "no journey can run", tests_only=True),
)


@pytest.fixture(autouse=True)
def someone_who_may_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "NEEDS", NEEDS)
    monkeypatch.setattr(system_packages, "may_install", lambda: False)


def test_running_needs_less_than_testing() -> None:
    assert [need.package for need in system_packages.missing(tests=False)] == ["libgone-1"]
    assert [need.package for need in system_packages.missing(tests=True)] == ["libgone-1", "browser"]


def test_what_is_missing_is_said_with_the_command_that_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    status = system_packages.main(["--only", "run"])

    said = capsys.readouterr().out
    assert status == 0
    assert "missing system package libgone-1: no page can be printed." in said
    assert "apt-get update && apt-get install --yes --no-install-recommends libgone-1\n" in said


def test_tests_do_not_start_without_what_they_need() -> None:
    assert system_packages.main(["--strict"]) == 1


def test_nothing_missing_is_said_by_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "NEEDS", NEEDS[:1])

    assert system_packages.main(["--strict"]) == 0
    assert capsys.readouterr().out == ""


def test_root_on_debian_installs_once_and_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    arrived = Need("libgone-1", lambda: "libgone-1" in installed, "no page can be printed")
    monkeypatch.setattr(system_packages, "NEEDS", (arrived,))
    monkeypatch.setattr(system_packages, "may_install", lambda: True)
    monkeypatch.setattr(system_packages, "install", lambda needs: installed.extend(need.package for need in needs))

    assert system_packages.main(["--strict"]) == 0
    assert installed == ["libgone-1"]


def test_this_machine_has_what_the_tests_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert system_packages.missing(tests=True) == []
