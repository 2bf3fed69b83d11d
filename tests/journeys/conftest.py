"""One portal and one browser for all journeys of a test process."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launched
from tests.journeys.live import Portal
from tests.journeys.person import Person
from tests.journeys.prepared import demonstration, own_copy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a journey."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.timeout(1200))  # a whole procedure in a browser, on whatever machine


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration that all test processes of this session copy."""
    base = tmp_path_factory.getbasetemp()
    with demonstration(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as folder:
        yield folder


@pytest.fixture(scope="module")
def portal(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A running portal with the demonstration loaded."""
    folder = tmp_path_factory.mktemp("portal")
    with own_copy(loaded, folder) as environment:
        running = Portal(folder, environment)
        running.start()
        try:
            yield running
        finally:
            running.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Gone with its file: while Playwright's loop runs, Django refuses this process its database."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(**launched())
        yield made
        made.close()


@pytest.fixture
def person(browser: Browser, portal: Portal, request: Any) -> Iterator[Callable[..., Person]]:
    """A maker of people; all of them leave at the end."""
    made: list[Person] = []

    def make(journey: str = "", *, phone: bool = False) -> Person:
        made.append(
            Person(browser, portal.address, journey or request.module.__name__.rpartition(".test_")[2], phone=phone)
        )
        return made[-1]

    yield make
    for each in made:
        each.close()
