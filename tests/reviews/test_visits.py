"""Visits: no expert in two places, calendars that follow changes, photos without what the camera wrote."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar
from PIL import Image

from applications.services.moves import WrongState
from portal.calendars import clock
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.models import Visit, VisitPhoto
from reviews.permissions import readable_visits
from reviews.services import panels, visits
from reviews.services.refusal import Refused
from tests.factories import make_actor, make_office
from tests.reviews.kit import (
    BY_HAND,
    a_call,
    approver,
    declare_all,
    make_application,
    officer,
    png,
    seat,
    working_panel,
)
from tests.reviews.test_pages import sign_in, url

HOURS = timedelta(hours=1)


def a_plan(hours: int = 24, length: int = 3, **more: Any) -> dict[str, Any]:
    start = clock.now() + hours * HOURS
    return {"starts_at": start, "ends_at": start + length * HOURS, "place": "杭州市测试路 1 号", **more}


@pytest.fixture
def panel(hangzhou: Any) -> Any:
    """A declared panel, its officer and people."""
    by = officer(hangzhou)
    found, people = working_panel(make_application(a_call(hangzhou)), by)
    declare_all(found, people)
    return found, by, people


def picture(size: tuple[int, int] = (3000, 1000)) -> io.BytesIO:
    content = io.BytesIO()
    image = Image.new("RGB", size, "#336699")
    exif = Image.Exif()
    exif[0x0110] = "Secret Camera"
    exif[0x0112] = 6
    image.save(content, "JPEG", exif=exif)
    content.seek(0)
    return content


def test_a_visit_lies_ahead_and_ends_after_it_begins(panel: Any) -> None:
    found, by, _ = panel
    for plan in (a_plan(-1), a_plan(24, -1), a_plan(24, 0)):
        with pytest.raises(Refused):
            visits.plan_visit(panel=found, by=by, **plan)
    assert Visit.objects.count() == 0


def test_an_expert_is_never_expected_in_two_places(hangzhou: Any, panel: Any) -> None:
    found, by, people = panel
    visits.plan_visit(panel=found, by=by, **a_plan(24))
    other, _ = working_panel(make_application(a_call(hangzhou)), by, 7)
    panels.add_member(panel=other, expert=seat(found, people[0]).expert, by=by, reason=BY_HAND)
    with pytest.raises(Refused, match="另有现场考察"):
        visits.plan_visit(panel=other, by=by, **a_plan(26))
    assert visits.plan_visit(panel=other, by=by, **a_plan(27)).state == "planned"
    with pytest.raises(Refused, match="另有现场考察"):
        visits.change_visit(visit=other.visit, by=by, **a_plan(22, 3))


def test_calendars_follow_changes(panel: Any) -> None:
    found, by, people = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    seen = []
    for act in (
        lambda: None,
        lambda: visits.change_visit(visit=visit, by=by, **a_plan(48)),
        lambda: visits.cancel_visit(visit=visit, reason="台风", by=by),
        lambda: visits.plan_visit(panel=found, by=by, **a_plan(72)),
    ):
        act()
        content = sign_in(people[0]).get(url("reviews:visit_ics", pk=visit.pk)).content
        calendar = Calendar.from_ical(content)
        event = calendar.walk("VEVENT")[0]
        seen.append((str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"]), str(event["UID"])))
    uid = seen[0][3]
    assert seen == [
        ("REQUEST", 0, "CONFIRMED", uid),
        ("REQUEST", 1, "CONFIRMED", uid),
        ("CANCEL", 2, "CANCELLED", uid),
        ("REQUEST", 3, "CONFIRMED", uid),
    ]
    visit.refresh_from_db()
    assert event["DTSTART"].dt == clock.in_utc(visit.starts_at).replace(microsecond=0)


def test_members_and_unit_are_told_of_each_change_once(panel: Any, django_capture_on_commit_callbacks: Any) -> None:
    found, by, people = panel
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    for callback in callbacks:
        callback()
    told = set(Message.objects.filter(key=f"visit:{visit.pk}:0").values_list("user__name", flat=True))
    unit = found.application.organisation.memberships.get().user.name
    assert told == {actor.user.name for actor in people} | {unit}
    assert Message.objects.filter(key=f"visit:{visit.pk}:0").count() == 6


def test_the_unit_reads_the_sheet_without_the_experts_names(panel: Any) -> None:
    found, by, people = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24, route="08:20 集合"))
    unit = make_actor("unit_operator", found.application.organisation)
    page = sign_in(unit).get(url("reviews:visit_sheet", pk=visit.pk)).content.decode()
    assert "08:20 集合" in page
    assert people[0].user.name not in page
    assert people[0].user.name in sign_in(people[1]).get(url("reviews:visit_sheet", pk=visit.pk)).content.decode()
    stranger = make_actor("unit_operator", make_application(found.application.call).organisation)
    assert sign_in(stranger).get(url("reviews:visit_sheet", pk=visit.pk)).status_code == 404


def test_a_record_is_written_once_the_visit_has_begun(panel: Any) -> None:
    found, by, people = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    said = {"attendance": "全体专家", "facts": "场地与申报一致", "originals_seen": True}
    with pytest.raises(Refused, match="尚未开始"):
        visits.record_visit(visit=visit, by=by, **said)
    with clock.travel(visit.starts_at):
        with pytest.raises(PermissionDenied):
            visits.record_visit(visit=visit, by=approver(found.jurisdiction), **said)
        record = visits.record_visit(visit=visit, by=people[0], **said)
    visit.refresh_from_db()
    assert (visit.state, record.recorded_by, record.originals_seen) == ("done", people[0].user, True)
    assert "场地与申报一致" in Document.objects.get(kind="visit_record").source
    with pytest.raises(WrongState):
        visits.change_visit(visit=visit, by=by, **a_plan(48))


def test_a_photo_loses_its_metadata_and_its_size(panel: Any) -> None:
    found, by, people = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    photo = visits.add_photo(visit=visit, content=picture(), name="IMG_1.JPG", caption="实训室", by=people[0])
    with photo.stored.content.open("rb") as stream, Image.open(stream) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert kept.size == (667, 2000)  # turned upright by what the metadata said, then made smaller
        assert b"Secret" not in kept.tobytes()


def test_what_is_no_picture_is_refused(panel: Any) -> None:
    found, by, _ = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    for content in (b"%PDF-1.4 not a picture", b"", png(Image.new("RGB", (4, 4)))[:40]):
        with pytest.raises(Refused):
            visits.add_photo(visit=visit, content=io.BytesIO(content), name="a.jpg", caption="", by=by)
    assert VisitPhoto.objects.count() == 0


def test_a_file_of_a_visit_opens_for_bureau_and_members_only(panel: Any) -> None:
    found, by, people = panel
    visit = visits.plan_visit(panel=found, by=by, **a_plan(24))
    photo = visits.add_photo(visit=visit, content=picture((40, 40)), name="a.jpg", caption="", by=by)
    address = f"/files/{photo.stored_id}/"
    unit = make_actor("unit_operator", found.application.organisation)
    outsider = make_actor("expert", make_office(found.jurisdiction))
    for actor, expected in ((by, 200), (people[0], 200), (unit, 404), (outsider, 404)):
        answer = sign_in(actor).get(address)
        if answer.status_code == 200:
            b"".join(answer.streaming_content)
        assert answer.status_code == expected, actor.label
    assert list(readable_visits(Visit.objects.all(), outsider)) == []
