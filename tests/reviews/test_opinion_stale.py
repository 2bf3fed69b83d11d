"""The page of an opinion beside a device: what was written elsewhere since it was opened is shown, never overwritten unseen."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from reviews.models import Opinion
from tests.reviews import kit
from tests.reviews.onsite_kit import Device, Work, at_work, entry
from tests.reviews.test_pages import sign_in
from tests.reviews.test_scores import FULL

pytestmark = pytest.mark.django_db
FORM: dict[str, str] = {f"score_{item}": points for item, points in FULL.items()}


@pytest.fixture
def work(db: Any) -> Iterator[Work]:
    with at_work() as made:
        yield made


@pytest.fixture
def page(work: Work) -> "Page":
    return Page(work)


class Page:
    """A tab with the page of the first person's opinion."""

    def __init__(self, work: Work) -> None:
        self.client: Client = sign_in(work.people[0])
        self.address = f"/kunshan/expert/seats/{work.seat().pk}/opinion/"

    def seen(self, content: str = "") -> str:
        """Return the revisions that stand in the page, or in an answer."""
        found = re.search(r'name="seen" value="([^"]*)"', content or self.client.get(self.address).content.decode())
        assert found
        return found.group(1).replace("&quot;", '"')

    def post(self, **data: str) -> Any:
        """Send the form."""
        return self.client.post(self.address, data)


def test_a_tab_left_open_does_not_overwrite_what_a_device_wrote(work: Work, page: Page) -> None:
    seen, device = page.seen(), Device(work.people[0])
    device.send(entry(work.seat(), "score.1", "14"), entry(work.seat(), "text", f"设备上{kit.LONG}"))
    stale = page.post(**FORM, text="本页", conclusion="reserved", seen=seen, save="1")
    content = stale.content.decode()
    assert stale.status_code == 422
    assert work.opinion().scores == {"1": "14"}
    assert "此项在另一处已改为“14”" in content
    assert f"设备上{kit.LONG}" in content
    assert 'name="score_1" value="12"' in content and "本页</textarea>" in content and 'value="reserved"' in content
    assert json.loads(page.seen(content)) == {"score.1": 1, "text": 1, "round": 0}
    again = page.post(**FORM, text="本页", conclusion="reserved", seen=page.seen(content), save="1")
    assert again.status_code == 302
    opinion = work.opinion()
    assert (opinion.scores, opinion.text, opinion.conclusion) == (FULL, "本页", "reserved")
    assert opinion.revisions["score.1"] == opinion.revisions["text"] == 2


def test_handing_in_from_an_old_tab_is_stopped_too(work: Work, page: Page) -> None:
    seen = page.seen()
    Device(work.people[0]).send(entry(work.seat(), "conclusion", "against"))
    signed = {"typed_name": work.seat().expert.name, "submit": "1"}
    stale = page.post(**FORM, text=kit.LONG, conclusion="recommend", seen=seen, **signed)
    assert stale.status_code == 422
    assert "此项在另一处已改为“建议不予认定”" in stale.content.decode()
    assert not Opinion.objects.filter(submitted_at__isnull=False).exists()
    fresh = page.seen(stale.content.decode())
    assert page.post(**FORM, text=kit.LONG, conclusion="recommend", seen=fresh, **signed).status_code == 302
    assert work.opinion().conclusion == "recommend"


def test_what_is_the_same_or_was_seen_is_no_conflict(work: Work, page: Page) -> None:
    seen, device = page.seen(), Device(work.people[0])
    device.send(entry(work.seat(), "score.1", FULL["1"]), entry(work.seat(), "text", "本页 "))
    assert page.post(**FORM, text="本页", seen=seen, save="1").status_code == 302
    assert page.post(**FORM | {"score_1": "13"}, text="另写", seen=page.seen(), save="1").status_code == 302
    assert work.opinion().scores["1"] == "13"


def test_a_tab_from_before_the_sheet_was_handed_back_knows_nothing_of_it(work: Work, page: Page) -> None:
    page.post(**FORM, text="本页", save="1")
    seen = page.seen()
    Opinion.objects.filter(member=work.seat()).update(round=1, scores=FULL | {"1": "14"})
    stale = page.post(**FORM, text="本页", seen=seen, save="1")
    assert stale.status_code == 422
    assert "此项在另一处已改为“14”" in stale.content.decode()
    assert page.post(**FORM, text="本页", seen=page.seen(stale.content.decode()), save="1").status_code == 302


def test_what_was_cleared_elsewhere_is_told_too(work: Work, page: Page) -> None:
    device, seat = Device(work.people[0]), work.seat()
    device.send(entry(seat, "score.1", "12"))
    seen = page.seen()
    device.send(entry(seat, "score.1", "", 1))
    stale = page.post(**FORM, seen=seen, save="1")
    assert stale.status_code == 422
    assert "此项在另一处已清空" in stale.content.decode()


def test_a_proposal_stands_in_its_field_until_something_is_written_there(work: Work, page: Page) -> None:
    device, seat = Device(work.people[0]), work.seat()

    def fourth() -> str:
        found = re.search(r'name="score_4"( value="([^"]*)")?', page.client.get(page.address).content.decode())
        assert found
        return found.group(2) or ""

    assert fourth() == "20"
    device.send(entry(seat, "score.1", "12"))
    assert fourth() == "20"
    device.send(entry(seat, "score.4", "15"))
    assert fourth() == "15"
    device.send(entry(seat, "score.4", "", 1))
    assert fourth() == ""


def test_the_page_says_what_its_script_saves_with(work: Work, page: Page) -> None:
    content = page.client.get(page.address).content.decode()
    assert 'data-entries="/kunshan/expert/onsite/entries/"' in content
    assert f'data-seat="{work.seat().pk}"' in content and 'data-round="0"' in content
    assert "js/opinion-save.js" in content
    assert 'id="save-state"' in content
    for nonsense in ("", "[1]", "{", '{"text": "x"}'):
        assert page.post(**FORM, seen=nonsense, save="1").status_code == 302
