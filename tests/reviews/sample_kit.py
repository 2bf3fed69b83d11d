"""The sample units of a real policy, filed with their recommending offices and cleared: what its papers are made from."""

from datetime import date, timedelta
from typing import Any

from applications.models import Application, ApplicationVersion, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import Document
from portal.documents.services.issue import render_pending
from portal.policy import registry
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.validation import evaluate_all, facts_for
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.models import Recommendation
from reviews.selectors.recommendations import full
from reviews.services import recommending
from tests.factories import make_actor, make_call, make_unit

ON = date(2024, 7, 10)


def office_of(place: Jurisdiction, key: str) -> Organisation:
    """Return the office a profile knows by this key."""
    declared = {office.key: office.name for office in registry.current(place.code).profile.offices}
    return Organisation.objects.select_related("parent__parent").get(jurisdiction=place, name=declared[key])


def the_call(place: Jurisdiction, stage: str = "recommendation") -> Call:
    """Return a call of the current edition whose offices may hand in."""
    call = make_call(place, edition_code=registry.current(place.code).code)
    call.windows.create(
        stage=stage, opens_at=clock.now() - timedelta(days=1), closes_at=clock.now() + timedelta(days=3)
    )
    return call


def samples(place: str, **asked: str) -> list[SampleUnit]:
    """Return the sample units with these attributes."""
    found = samples_of(place)
    assert found is not None
    return [unit for unit in found.units if all(getattr(unit, name) == value for name, value in asked.items())]


def filed(call: Call, unit: SampleUnit, status: str = "qualified", **changed: Any) -> Application:
    """Return a sample unit's file on the desk of its recommending office; `changed` are answers by section."""
    place, edition, now = call.jurisdiction, call.edition, clock.now()
    organisation = make_unit(name=unit.name, credit_code=unit.credit_code, nature=unit.nature, district=unit.district)
    person = make_actor("unit_admin", organisation)
    answers = {**unit.answers(ON)}
    answers |= {section: {**answers.get(section, {}), **values} for section, values in changed.items()}
    facts = facts_for(edition, unit.track, answers, on=ON)
    application = Application.objects.create(
        jurisdiction=place, call=call, track_key=unit.track, organisation=organisation, status="draft",
        desk="recommender", recommender=office_of(place, unit.recommender), route=unit.route,
        created_by=person.user, created_at=now, updated_at=now,
    )  # fmt: skip
    application.current = ApplicationVersion.objects.create(
        application=application, number=1, answers=answers, manifest=[], declaration="", settings=call.settings,
        results=[result.as_data() for result in evaluate_all(edition, facts)], sha256=f"{application.pk:064d}",
        submitted_by=person.user, submitted_at=now,
    )  # fmt: skip
    application.status, application.submitted_at = status, now
    application.number = f"{edition.profile.receipt_prefix}-2024-01-{application.pk:04d}-X"
    application.save()
    return application


def recommended(call: Call, files: list[Application], by: Actor) -> Recommendation:
    """Return an office's recommendation with these files on it and its words written."""
    row = recommending.open_recommendation(call=call, stage="recommendation", by=by)
    for application in files:
        entry = recommending.list_file(recommendation=row, application=application, by=by)
        recommending.explain_entry(
            recommendation=row, entry_id=entry.pk, by=by,
            reason="该单位培训规模大，师资和设备居本地前列，近三年承担全市职业技能竞赛集训任务，示范作用明显。",
        )  # fmt: skip
    chapters = {key: f"{heading}：经公开发布通知、单位申报、部门审核和集体研究，择优推荐。" * 4 for key, heading in
                call.edition.recommendation().report_sections}  # fmt: skip
    recommending.write_texts(
        recommendation=row, texts=chapters, by=by, document_number="人社函〔2024〕18号", contact="示例联系人",
        contact_phone="023-00000000",
    )  # fmt: skip
    return full(Recommendation.objects.all()).get(pk=row.pk)


def pdf_of(document: Document) -> bytes:
    """Return the PDF of a document, rendered now."""
    render_pending(document_id=document.pk)
    document.refresh_from_db()
    assert document.problem == ""
    with document.content.open("rb") as stream:
        return bytes(stream.read())
