"""The invented jurisdiction, for as long as a test lasts, on a day of its call."""

from collections.abc import Iterator
from typing import Any

import pytest

from portal.calendars import clock
from tests.extension.world import World, at, riverland


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    """The tenant with its people and its open call, on 10 July 2024."""
    with clock.travel(at(7, 10)), riverland() as made:
        yield made
