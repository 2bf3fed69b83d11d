"""Fixtures every test may use. Tests of tenant data run inside the scope of the jurisdiction they ask for."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django_scopes import scope

from portal.audit import triggers
from portal.tenancy.models import Jurisdiction

# Test processes take whole files. Those that take minutes come first, so that none is left alone at the end: the walk
# through the access matrix keeps one process busy while another one loads the demonstration for all journeys.
LONG = ("tests/access/", "tests/journeys/test_whole", "tests/journeys/test_workers", "tests/journeys/")

pytest_plugins = ["tests.no_skips"]

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_with_the_log(self: TransactionTestCase) -> None:
    # The event log refuses to be emptied, which is what it is for; only here, between tests, the guard is lifted.
    triggers.remove(connection)
    try:
        _empty_tables(self)
    finally:
        triggers.install(connection)


TransactionTestCase._fixture_teardown = _empty_tables_with_the_log  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first and leave everything else in its order."""
    items.sort(key=lambda item: next((at for at, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG)))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays to the end: thousands of tests, all modules. A tenth of the CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def hangzhou(db: Any) -> Iterator[Jurisdiction]:
    """The Hangzhou tenant, in its scope."""
    jurisdiction = Jurisdiction.objects.get(code="hangzhou")
    with scope(jurisdiction=jurisdiction):
        yield jurisdiction
