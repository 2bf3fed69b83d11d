"""An invented jurisdiction goes through its whole procedure: two tiers, a quota, a score sheet, places, a yearly review.

Nothing of the engine knows it: its package is imported, its tenant installed, and the services are called.
"""

from decimal import Decimal
from typing import Any

from applications.models import Application
from assessments.models import Base
from portal.calendars import clock
from portal.documents.models import Document
from portal.policy import registry
from portal.policy.lint import lint
from portal.policy.procedure import StageKind
from portal.policy.validation import blocking, facts_for
from reviews.models import Placement
from reviews.selectors.hindrances import hindrances
from reviews.services import notices, recognition
from tests.extension import steps
from tests.extension.world import World, at, fresh, typed
from tests.reviews.recommend_kit import a_file


def statuses(files: dict[str, Application]) -> dict[str, str]:
    return {key: fresh(file).status for key, file in files.items()}


def test_the_policy_is_sound_and_its_tenant_has_its_offices(world: World) -> None:
    edition = registry.current("riverland")
    assert lint(edition) == []
    assert [track.code for track in edition.tracks] == ["YX", "QY"]
    names = world.place.organisations.order_by("id").values_list("name", flat=True)
    assert list(names) == [office.name for office in edition.profile.offices]
    for sample, _ in world.units.values():
        known = facts_for(edition, sample.track, typed(sample), {"licence": 1}, on=at(7, 10).date())
        assert blocking(edition, known) == []


def test_a_town_checks_ranks_stamps_and_seals_within_its_quota(world: World) -> None:
    files = steps.recommended(world)
    assert set(statuses(files).values()) == {"recommended"}
    assert {fresh(file).desk for file in files.values()} == {"bureau"}
    numbers = [fresh(file).number[:13] for file in files.values()]
    assert numbers == ["XC-2024-01-YX", "XC-2024-01-YX", "XC-2024-01-QY"]
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert {"paper_letter", "paper_verification", "paper_summary"} <= kinds


def test_a_third_unit_of_a_town_is_one_too_many(world: World) -> None:
    with clock.travel(at(7, 19)):
        by = world.towns["upper"]
        recommendation = steps.recommending.open_recommendation(call=world.call, stage="recommendation", by=by)
        for track in ("school", "enterprise", "school"):
            file = a_file(world.call, by.organisation, track)
            steps.recommending.list_file(recommendation=recommendation, application=file, by=by)
        said = [each.message for each in hindrances(recommendation)]
    assert "“技能实训基地（院校类、企业类合计）”名额 2 个，已列入 3 个，超出名额（三（二））" in said


def test_from_the_draft_to_a_base_in_the_register(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        files = steps.reviewed(world)
        with clock.travel(at(8, 12)):
            steps.select(world)
            listed = steps.shortlist(world)
            notice = notices.publish_notice(shortlist=listed, title="关于拟认定名单的公示", by=world.approver)
    places = {each.application_id: (each.state, each.cell or each.pool) for each in Placement.objects.all()}
    assert places == {
        files["academy"].pk: ("selected", "school"),
        files["college"].pk: ("alternate", "school"),
        files["works"].pk: ("selected", "enterprise"),
    }
    assert clock.local(notice.ends_at).isoformat() == "2024-08-20T00:00:00+08:00"
    with clock.travel(notice.ends_at), django_capture_on_commit_callbacks(execute=True):
        recognition.recognise(
            notice=notice, entries=list(listed.entries.all()), document_number="溪人社发〔2024〕20号",
            title="关于认定2024年技能实训基地的通知", issued_on=clock.today(), by=world.approver,
        )  # fmt: skip
        notices.close_notice(notice=notice, by=world.approver)
    assert statuses(files) == {"academy": "recognised", "college": "reviewed", "works": "recognised"}
    bases = Base.objects.order_by("id").values_list("name", "plaque_text", "document_number")
    number = "溪人社发〔2024〕20号"
    assert set(bases) == {
        ("溪川市溪川云岭技师学院技能实训基地", "溪川市技能实训基地", number),
        ("溪川市溪川星河装备制造有限公司技能实训基地", "溪川市技能实训基地", number),
    }
    made = set(Document.objects.values_list("kind", flat=True))
    assert {"draw_record", "panel_record", "public_notice", "recognition_decision", "certificate"} <= made


def test_the_yearly_review_grades_and_names_its_veto(world: World) -> None:
    sheet = registry.current("riverland").assessment
    assert sheet is not None
    assert (sheet.cycle, StageKind.ASSESSMENT in steps.stages(world)) == ("每年一次", True)
    values = world.call.setting_values
    for run, opened, title in ((60, 20, "优秀"), (40, 39.5, "合格"), (40, 19.5, "不合格")):
        assert sheet.result({1: Decimal(run), 2: Decimal(str(opened))}, values, ()).grade.title == title
    absent = sheet.result({1: Decimal(60), 2: Decimal(40)}, values, [sheet.vetoes[0].code])
    assert absent.grade.title == "不合格"
