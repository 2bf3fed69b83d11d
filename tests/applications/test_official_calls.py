"""The sources' own calls are there as past calls, with their true dates, once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django_scopes import scope

from applications.models import Call
from applications.services.official_calls import install_official_calls
from portal.policy import registry
from portal.tenancy.models import Jurisdiction

EDITIONS = [edition for edition in registry.registry if edition.official_calls]


def test_four_policies_announced_a_call_of_their_own() -> None:
    assert len(EDITIONS) >= 4


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_each_is_installed_with_its_dates_and_windows_and_only_once(db: None, edition: object) -> None:
    assert install_official_calls() == []
    place = Jurisdiction.objects.get(code=edition.jurisdiction)
    [official] = edition.official_calls
    with scope(jurisdiction=place):
        call = Call.objects.get(year=official.year, batch=official.batch)
        assert (call.opens_at, call.closes_at, call.edition_code) == (
            official.opens_at,
            official.closes_at,
            edition.code,
        )
        assert {(each.stage, each.closes_at) for each in call.windows.all()} == {
            (each.stage, each.closes_at) for each in official.windows
        }
        assert call.is_archived
        assert not call.is_open(datetime.now(UTC))


def test_the_public_finds_it_among_past_calls_marked_as_archive(client, db: None) -> None:
    place = Jurisdiction.objects.get(code=EDITIONS[0].jurisdiction)
    title = EDITIONS[0].official_calls[0].title
    home = client.get(reverse("place:home", kwargs={"jurisdiction": place.code})).content.decode()
    assert title in home
    assert "档案" in home


@pytest.mark.rule("CQ-A-11")
def test_the_windows_of_2024_end_to_the_second(db: None) -> None:
    [edition] = [each for each in EDITIONS if each.code == "CQ-2024-8"]
    with scope(jurisdiction=Jurisdiction.objects.get(code=edition.jurisdiction)):
        call = Call.objects.get(year=2024, batch=1)
        [window] = call.windows.all()
        # 18:00:00 is in, a second later is not; the recommending offices have until the end of 24 July.
        assert call.closes_at is not None
        assert call.is_open(datetime(2024, 7, 17, 10, 0, 0, tzinfo=UTC))
        assert not call.is_open(datetime(2024, 7, 17, 10, 0, 1, tzinfo=UTC))
        assert window.is_open(datetime(2024, 7, 17, 16, 0, 0, tzinfo=UTC))
        assert window.is_open(datetime(2024, 7, 24, 15, 59, 59, tzinfo=UTC))
        assert not window.is_open(datetime(2024, 7, 24, 16, 0, 0, tzinfo=UTC))
