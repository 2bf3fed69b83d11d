"""One world for the whole access matrix: two tenants, and for each kind of address an object of one's own, another's, a foreign one.

To bring in a new address, see that `Things` holds what its arguments name and say so in `ARGUMENTS`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django_scopes import scope

from applications.models import Remark
from applications.services.draft import start_application
from assessments.models import Announcement, Base, Case, Improvement
from assessments.services.imports import preview_import
from assessments.services.records import add_row
from portal.accounts.actor import Actor
from portal.accounts.roles import ROLES
from portal.accounts.services.members import hashed
from portal.calendars import clock
from portal.documents.models import Document, StoredFile
from portal.notifications.models import Message
from portal.policy import registry
from portal.policy.selection import RankBy, RankingRule, RankKey
from portal.tenancy.enums import OrganisationKind
from portal.tenancy.models import Jurisdiction, Organisation
from portal.tenancy.services import install_jurisdiction
from reviews.models import Meeting, Panel, PanelMember, PaperEntry, Recognition, Selection
from reviews.services import draws, meetings
from tests.access.after import after_rows, with_money
from tests.applications import desk_factories
from tests.assessments.ledger_kit import id_number, workbook
from tests.factories import make_actor, make_call, make_office, make_unit
from tests.reviews import assess_kit, kit, recommend_kit

NOW = datetime(2024, 9, 2, 10, tzinfo=clock.SHANGHAI)
TOKEN = "an-invitation-nobody-sent"
BY_VOTES = RankingRule((RankKey(RankBy.VOTES, "同意推荐的专家人数"),))


@dataclass
class Things:
    """What one unit, its files and its panel have: the keys are what `ARGUMENTS` speaks of."""

    jurisdiction: Jurisdiction
    unit: Organisation
    people: dict[str, Actor]
    rows: dict[str, Any]


@dataclass
class World:
    """The personas of the first tenant, and three sets of things: theirs, another unit's there, a foreign tenant's."""

    personas: dict[str, Actor | None]
    own: Things
    other: Things
    foreign: Things


@contextmanager
def second_tenant() -> Iterator[Jurisdiction]:
    """Register an invented jurisdiction with an edition of its own for as long as the context lasts."""
    model = registry.current("hangzhou")
    profile = replace(
        model.profile, code="testland", name="测试辖区", short_name="测试", receipt_prefix="TL", mark="试"
    )
    second = replace(model, code="testland-2024", profile=profile)
    tiered = (recommend_kit.tiered(each, f"{each.jurisdiction}-tiers") for each in (model, second))
    editions = [
        second,
        *(with_money(each) for each in (model, second)),
        *(replace(each, ranking=BY_VOTES) for each in tiered),
    ]
    for edition in editions:
        registry.register(edition)
    try:
        yield install_jurisdiction(profile=profile)
    finally:
        for edition in editions:
            registry.registry._editions.pop(edition.code)


def build(first: Jurisdiction, second: Jurisdiction) -> World:
    """Make the world; call it with the clock at `NOW`."""
    units = [make_unit(review_jurisdiction=place) for place in (first, first, second)]
    people = {role: make_actor(role, _place_of(role, first, units[0])) for role in ROLES}
    others = {role: make_actor(role, _place_of(role, first, units[1])) for role in ROLES}
    strangers = {role: make_actor(role, _place_of(role, second, units[2])) for role in ROLES}
    sets = []
    for place, unit, staff in zip((first, first, second), units, (people, others, strangers), strict=True):
        with scope(jurisdiction=place):
            sets.append(Things(place, unit, staff, _rows(place, unit, staff)))
    return World({"visitor": None, **people}, *sets)


def _place_of(role: str, jurisdiction: Jurisdiction, unit: Organisation) -> Organisation:
    if OrganisationKind.UNIT in ROLES[role].kinds:
        return unit
    if role == "recommender":
        return Organisation.objects.filter(jurisdiction=jurisdiction, kind=OrganisationKind.DISTRICT)[0]
    return make_office(jurisdiction)


def _rows(place: Jurisdiction, unit: Organisation, staff: dict[str, Actor]) -> dict[str, Any]:
    call, admin = make_call(place), staff["unit_admin"]
    draft = start_application(call=call, track_key="school", by=admin)
    filed = desk_factories.submitted(make_call(place), unit=unit, status="checking")
    material = desk_factories.add_file(filed, "licence")
    remark = Remark.objects.create(
        application=filed, version=filed.current, path="basic/basic/intro", label="学院简介", text="请补充", must_fix=True,
        made_by=staff["bureau_officer"].user, made_at=NOW,
    )  # fmt: skip
    reviewed = _review_rows(place, unit, staff)
    return {
        "call": call,
        "draft": draft,
        "draft_material": desk_factories.add_file(draft, "licence"),
        "filed": filed,
        "material": material,
        "stored": material.stored,
        "document": _document(place, filed),
        "remark": remark,
        **_account_rows(place, unit, staff),
        **_recommend_rows(place, staff["recommender"], staff["bureau_officer"]),
        **reviewed,
        **_ledger_rows(reviewed["base"], staff["unit_admin"]),
    }


def _account_rows(place: Jurisdiction, unit: Organisation, staff: dict[str, Actor]) -> dict[str, Any]:
    invitation = unit.invitations.create(
        role_code="unit_operator", name="受邀人", token_hash=hashed(f"{TOKEN}-{unit.pk}"),
        invited_by=staff["unit_admin"].user, expires_at=NOW + timedelta(days=7),
    )  # fmt: skip
    message = Message.objects.create(user=staff["unit_admin"].user, key="k", title="测试消息", created_at=NOW)
    return {
        "membership": staff["unit_operator"].membership,
        "invitation": invitation,
        "token": f"{TOKEN}-{unit.pk}",
        "message": message,
        "office": Organisation.objects.filter(jurisdiction=place, kind=OrganisationKind.DISTRICT).last(),
    }


def _recommend_rows(place: Jurisdiction, who: Actor, officer: Actor) -> dict[str, Any]:
    """A call under a policy with a recommending tier: a list in the making, a file that waits, a list handed in."""
    code = f"{place.code}-tiers"
    call, past = (recommend_kit.a_call(place, edition_code=code, closes=NOW + timedelta(days=3)) for _ in range(2))
    recommendation = recommend_kit.begun(call, who)
    (entry,) = recommend_kit.listed(recommendation, who, "enterprise")
    selection = Selection.objects.create(
        jurisdiction=place, call=call, drawn_up_by=officer.user, drawn_up_at=NOW, ties=[]
    )
    return {
        "tiered_call": call,
        "selection": selection,
        "recommendation": recommendation,
        "proposed": entry,
        "cleared": recommend_kit.a_file(call, recommendation.office),
        "handed_in": recommend_kit.sealed(past, who, "school"),
    }


def _review_rows(place: Jurisdiction, unit: Organisation, staff: dict[str, Actor]) -> dict[str, Any]:
    officer, boss = staff["bureau_officer"], staff["bureau_approver"]
    accepted = desk_factories.submitted(make_call(place), unit=unit, status="accepted")
    panel, experts = kit.working_panel(accepted, officer)
    seat = panel.members.get(expert__user=experts[1].user)
    seat.expert.user = staff["expert"].user
    seat.expert.save()
    for actor in (experts[0], staff["expert"]):
        member = panel.members.get(expert__user=actor.user)
        kit.declarations.declare(member=member, conflicts=[], explanation="", undertaking=True, by=actor)
    kit.panels.name_chair(member=seat, by=officer)
    colleague = panel.members.get(expert__user=experts[0].user)
    visit = kit.visits.plan_visit(
        panel=panel,
        by=officer,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=1, hours=3),
        place="测试路",
    )
    drafted = kit.listed(make_call(place), officer, 1)
    notice = kit.published(make_call(place), officer, boss, 1)
    return {
        "accepted": accepted,
        "panel": panel,
        "seat": seat,
        "colleague": colleague,
        "paper_entry": _paper_entry(place, colleague, officer),
        "expert": seat.expert,
        "visit": visit,
        **_draw_rows(place, unit, officer),
        "alarm": seat.alarms.create(kind="rival", detail="所在单位为本批次申报单位", found_at=NOW),
        "meeting": _meeting(panel, officer),
        "shortlist": drafted,
        "entry": drafted.entries.get(),
        "notice": notice,
        **_recognised_rows(notice, unit, staff),
        "assessing": assess_kit.formed(notice.shortlist.entries.get().application, officer),
        "tip": notice.tips.create(jurisdiction=place, text="匿名反映的情况", received_at=NOW),
        "objection": notice.objections.create(
            number=f"YY-{place.pk}-{unit.pk}",
            name="异议人",
            phone="13800000001",
            text="理由",
            query_hash="x",
            received_at=NOW,
        ),
    }


def _paper_entry(place: Jurisdiction, member: PanelMember, officer: Actor) -> PaperEntry:
    """A sheet typed in from paper by an officer, which waits for its check."""
    printed = _document(place, member, kind="score_sheet")
    scan = StoredFile.objects.create(
        name="评分表.pdf", content_type="application/pdf", size=9, sha256="6" * 64, uploaded_by=officer.user, uploaded_at=NOW,
    )  # fmt: skip
    return PaperEntry.objects.create(
        member=member, printed=printed, sheet_sha256="7" * 64, paper=scan, conclusion="recommend", text=kit.LONG,
        entered_by=officer.user, entered_at=NOW,
    )  # fmt: skip


def _meeting(panel: Panel, officer: Actor) -> Meeting:
    """A meeting whose minutes wait for signatures; the expert of the seat was there."""
    facts = meetings.Facts("测试评审会", NOW - timedelta(hours=2), NOW - timedelta(hours=1), "三楼会议室")
    meeting = meetings.open_meeting(call=panel.application.call, panels=[panel], facts=facts, by=officer)
    meeting.items.update(decision="agreed")
    return meetings.settle_minutes(meeting=meeting, by=officer)


def _draw_rows(place: Jurisdiction, unit: Organisation, officer: Actor) -> dict[str, Any]:
    found = {}
    for step in ("committed", "locked"):
        accepted = desk_factories.submitted(make_call(place), unit=unit, status="accepted")
        panel = kit.panels.form_panel(application=accepted, by=officer)
        draw = draws.commit_draw(panel=panel, by=officer)
        if step == "locked":
            days = {"since": NOW.date(), "until": NOW.date() + timedelta(days=30)}
            draws.lock_draw(draw=draw, required=(), related=(), regions=(), by=officer, **days)
        found[step] = panel
    return found


def _recognised_rows(notice: Any, unit: Organisation, staff: dict[str, Actor]) -> dict[str, Any]:
    boss = staff["bureau_approver"]
    entry = notice.shortlist.entries.get()
    recognition = Recognition.objects.create(
        jurisdiction=notice.jurisdiction, notice=notice, document_number=f"测人社发〔2024〕{unit.pk}号", title="认定文件",
        issued_on=NOW.date(), decided_by=boss.user, decided_at=NOW,
    )  # fmt: skip
    source = recognition.entries.create(
        entry=entry, application=entry.application, name=entry.granted_name, plaque=entry.granted_name,
        certificate_number=f"ZS-{unit.pk}",
    )  # fmt: skip
    base = Base.objects.create(
        jurisdiction=notice.jurisdiction, organisation=unit, source=source, edition_code=entry.application.call.edition_code,
        track_key="school", name=entry.granted_name, plaque_text=entry.granted_name, certificate_number=f"ZS-{unit.pk}",
        document_number=recognition.document_number, recognised_on=NOW.date(), created_at=NOW,
    )  # fmt: skip
    return {"recognition": recognition, "base": base, **_case_rows(base, boss), **after_rows(base, staff)}


def _ledger_rows(base: Base, by: Actor) -> dict[str, Any]:
    """A row of a ledger of trainees, and a workbook that waits, with a row that has a problem."""
    values = {"on": "2024-09-02", "name": "测试", "id_number": id_number(1), "client": "测试公司", "project": "数控"}
    row = add_row(base=base, ledger="trainees", values=values, by=by)
    trainees = next(ledger for ledger in base.edition.ledgers if ledger.key == "trainees")
    content = workbook(trainees, [values | {"project": "钳工"}, values | {"client": ""}])
    job = preview_import(base=base, ledger="trainees", content=content, name="学员.xlsx", by=by)
    return {"ledger_row": row, "ledger_import": job}


def _case_rows(base: Base, boss: Actor) -> dict[str, Any]:
    """A case whose unit may answer, and one that was carried out, with what came of it."""
    key = next((each.key for each in base.edition.consequences if each.ends_title), "revoke")
    said: dict[str, Any] = {
        "base": base, "consequence_key": key, "facts": "经核查属实", "clause": "五", "proposed_by": boss.user, "proposed_at": NOW,
        "served_at": NOW, "hearing_days": 5, "hearing_until": NOW + timedelta(days=7),
    }  # fmt: skip
    case = Case.objects.create(state="notified", **said)
    done = Case.objects.create(
        state="carried_out", decided_at=NOW, document_number=f"测人社决〔2024〕{base.pk}号", **said
    )
    improvement = Improvement.objects.create(
        case=done, base=base, consequence_key=key, starts_on=NOW.date(), ends_on=NOW.date(), policy_end=NOW.date()
    )
    facts = dict.fromkeys(("unit", "credit_code", "base", "certificate", "kind", "ground", "clause", "issuer"), "样例")
    announcement = Announcement.objects.create(
        jurisdiction=base.jurisdiction, case=done, title="公告", facts={**facts, "paragraphs": ["特此公告。"], "on": "2024-09-02"},
        published_by=boss.user, published_at=NOW,
    )  # fmt: skip
    return {"case": case, "improvement": improvement, "announcement": announcement}


def _document(place: Jurisdiction, subject: Any, kind: str = "acceptance") -> Document:
    document = Document(
        jurisdiction=place, kind=kind, title="受理通知书", subject=subject, code=f"{kind[:6]}-{subject.pk}", source="<p></p>",
        source_sha256="0" * 64, state="ready", created_at=NOW,
    )  # fmt: skip
    document.content.save("document.pdf", ContentFile(b"%PDF-1.4\n"), save=False)
    document.save()
    return document
