"""With FORBID_SKIPS=1 a skipped or expected-to-fail test fails the whole run: a machine that cannot run it must say so.

Loaded by tests/conftest.py through `pytest_plugins`. Under xdist it counts on the controller, where every worker's
report arrives.
"""

from __future__ import annotations

import os

import pytest

FORBIDDEN = os.environ.get("FORBID_SKIPS", "") not in {"", "0"}


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The words behind a skip: xfail keeps them on the report, skip in a (path, line, reason) triple."""
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}"
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


class NoSkips:
    """Remembers every skip of the session and turns a green exit into a failed one."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped:
            self.seen.append(f"{report.nodeid}: {reason_of(report)}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.seen and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.seen:
            terminalreporter.section("skipped, where FORBID_SKIPS allows none", sep="=", red=True)
            for line in self.seen:
                terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Join the session when skipping is forbidden."""
    if FORBIDDEN:
        config.pluginmanager.register(NoSkips(), "no-skips")
