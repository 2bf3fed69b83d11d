"""Makers for reviews: people of the bureau, experts with accounts, applications at any stage, panels at work."""

import base64
import io
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from PIL import Image, ImageDraw

from applications.models import Application, ApplicationVersion, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Panel, PublicNotice, Shortlist
from reviews.services import declarations, notices, opinions, panels, shortlists, visits
from tests.factories import make_actor, make_call, make_office, make_unit, make_user

_serial = count(1)
BY_HAND = "本领域专家不足，未作抽取"
SUNDAY_NOON = datetime(2024, 9, 1, 12, tzinfo=clock.SHANGHAI)
LONG = "该单位实训场地和设备符合申报条件，师资队伍稳定，现场考察情况与申报材料一致，建议认定。"


def officer(jurisdiction: Jurisdiction) -> Actor:
    """Return a 受理岗."""
    return make_actor("bureau_officer", make_office(jurisdiction))


def approver(jurisdiction: Jurisdiction) -> Actor:
    """Return an 审批岗."""
    return make_actor("bureau_approver", make_office(jurisdiction))


def make_expert(jurisdiction: Jurisdiction, **fields: Any) -> tuple[Expert, Actor]:
    """Return an available expert with an account, and the actor who signs in to it."""
    serial = next(_serial)
    actor = make_actor("expert", make_office(jurisdiction), make_user("专家"))
    values = {
        "jurisdiction": jurisdiction,
        "user": actor.user,
        "name": actor.user.name,
        "unit_name": f"浙江测试大学{serial}",
        "title": "教授",
        "fields": ["数控加工"],
        "district": "西湖区",
        "phone": "13800000001",
    }
    return Expert.objects.create(**(values | fields)), actor


def make_application(call: Call, *, status: str = "accepted", **unit: Any) -> Application:
    """Return a submitted application with one sealed version."""
    organisation = make_unit(**unit)
    maker = make_actor("unit_admin", organisation)
    now = clock.now()
    application = Application.objects.create(
        jurisdiction=call.jurisdiction, call=call, track_key="school", organisation=organisation, status="draft",
        created_by=maker.user, created_at=now, updated_at=now,
    )  # fmt: skip
    version = ApplicationVersion.objects.create(
        application=application, number=1, answers=answers(organisation.name), manifest=[], results=[], settings=call.settings,
        declaration="", sha256=f"{application.pk:064d}", submitted_by=maker.user, submitted_at=now,
    )  # fmt: skip
    application.status, application.current, application.submitted_at = status, version, now
    application.number = f"HZ-{now.year}-01-YX-{application.pk:04d}-X"
    application.save()
    return application


def answers(unit_name: str) -> dict[str, Any]:
    """Return answers as far as reviews read them: a name, a project, a teacher whose data are personal."""
    staff = {
        "_id": "r1",
        "name": "吴师资",
        "age": 41,
        "post": "教师",
        "education": "master",
        "major": "数控",
        "title": "高级技师",
    }
    return {
        "cover": {"unit_name": unit_name, "contact": "测试联系人", "phone": "0571-00000001"},
        "basic": {
            "unit_name": unit_name,
            "phone1": "0571-00000001",
            "contact1": "测试联系人",
            "intro": "学院简介。" * 20,
        },
        "project": [{"_id": "a1", "site": {"name": "数控加工实训中心"}, "staff": {"teachers": [staff]}}],
    }


def working_panel(application: Application, by: Actor, size: int = 5) -> tuple[Panel, list[Actor]]:
    """Return a convened panel and its experts, the chair first; nobody has declared yet."""
    panel = panels.form_panel(application=application, by=by)
    people = []
    for at in range(size):
        expert, actor = make_expert(application.jurisdiction)
        panels.add_member(panel=panel, expert=expert, by=by, chair=at == 0, reason=BY_HAND)
        people.append(actor)
    return panels.convene(panel=panel, by=by), people


def seat(panel: Panel, actor: Actor) -> Any:
    """Return the actor's seat on the panel."""
    return panel.members.get(expert__user=actor.user)


def declare_all(panel: Panel, people: list[Actor]) -> None:
    """Let every expert declare that nothing stands in the way."""
    for actor in people:
        declarations.declare(member=seat(panel, actor), conflicts=[], explanation="", undertaking=True, by=actor)


def hand_in_all(panel: Panel, people: list[Actor]) -> None:
    """Let every expert hand in a favourable opinion."""
    for actor in people:
        hand_in(panel, actor)


def hand_in(panel: Panel, actor: Actor, text: str = LONG) -> Any:
    """Let one expert hand in an opinion."""
    return opinions.submit_opinion(
        member=seat(panel, actor), conclusion="recommend", text=text, signature=signature(), by=actor
    )


def visited(panel: Panel, by: Actor) -> None:
    """Plan, make and record the visit."""
    start = clock.now() + timedelta(days=1)
    plan = {"starts_at": start, "ends_at": start + timedelta(hours=3), "place": "杭州市余杭区测试路 1 号"}
    visit = visits.plan_visit(panel=panel, by=by, **plan)
    with clock.travel(start + timedelta(hours=4)):
        visits.record_visit(visit=visit, attendance="专家组全体", facts="场地与申报一致。", originals_seen=True, by=by)


def reviewed(call: Call, by: Actor, **unit: Any) -> Application:
    """Return an application whose review is finished."""
    application = make_application(call, **unit)
    panel, people = working_panel(application, by)
    declare_all(panel, people)
    hand_in_all(panel, people)
    visited(panel, by)
    opinions.unseal(panel=panel, by=by)
    opinions.finish_review(panel=panel, conclusion="建议认定。", by=by)
    application.refresh_from_db()
    return application


def listed(call: Call, by: Actor, count: int = 1) -> Shortlist:
    """Return a draft list with so many units that came past review without a panel."""
    shortlist = shortlists.draft_shortlist(call=call, title="第一批拟认定名单", by=by)
    for at in range(1, count + 1):
        application = make_application(call, status="reviewed")
        shortlists.add_entry(
            shortlist=shortlist, application=application, mode="unit", core=f"测试{application.pk}-{at}", by=by
        )
    return shortlist


def published(call: Call, drafter: Actor, boss: Actor, count: int = 1) -> PublicNotice:
    """Return a notice just published with so many units."""
    shortlist = listed(call, drafter, count)
    shortlists.propose_shortlist(shortlist=shortlist, by=drafter)
    shortlists.approve_shortlist(shortlist=shortlist, by=boss)
    return notices.publish_notice(shortlist=shortlist, title="关于测试批次拟认定名单的公示", by=boss)


def a_call(jurisdiction: Jurisdiction) -> Call:
    """Return an open call."""
    return make_call(jurisdiction)


def signature() -> str:
    """Return a drawn signature as the page sends it."""
    picture = Image.new("RGBA", (320, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 60), (150, 20), (300, 90)], fill=(20, 30, 40, 255), width=4)
    return "data:image/png;base64," + base64.b64encode(png(picture)).decode()


def png(picture: Image.Image) -> bytes:
    """Return the bytes of a picture as PNG."""
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
