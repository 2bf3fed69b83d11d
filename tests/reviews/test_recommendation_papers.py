"""The papers of a recommendation: what they say, that a change makes a new one and voids the scan, who opens them."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from applications.models import Application
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.access import may_read_document
from portal.documents.models import Document
from portal.policy import registry
from portal.tenancy.models import Jurisdiction
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.hindrances import hindrances
from reviews.selectors.recommendation_printing import BAND, bands, short_hash
from reviews.selectors.recommendations import full, needed_papers, paper_hash
from reviews.selectors.summaries import as_number, summary_of
from reviews.services import recommending, sealing, verifying
from reviews.services.recommendation_papers import issue_paper
from reviews.services.refusal import Refused
from tests.documents.reading import pages_of
from tests.factories import make_actor
from tests.reviews import recommend_kit, sample_kit

WHY = "差距系新建场地尚未投入使用，年底可以达到；该单位是本地唯一开设此职业的院校，拟予推荐。"
OPINION = "经现场核查，场地、设备与申报材料一致，同意推荐。"


@pytest.fixture
def place(request: Any, db: Any) -> Iterator[Jurisdiction]:
    """The jurisdiction named by the test, at noon of 20 July 2024."""
    found = Jurisdiction.objects.get(code=request.param)
    with scope(jurisdiction=found), clock.travel(recommend_kit.NOON):
        yield found


def listed(place: Jurisdiction, most: int = 3, **changed: Any) -> tuple[Recommendation, list[Application], Actor]:
    """Return a recommendation of the office with most sample units, its files and who made it."""
    units = sample_kit.samples(place.code)
    key = max({unit.recommender for unit in units}, key=[unit.recommender for unit in units].count)
    call = sample_kit.the_call(place)
    files = [sample_kit.filed(call, unit, **changed) for unit in units if unit.recommender == key][:most]
    by = make_actor("recommender", sample_kit.office_of(place, key))
    for application in files:
        for code in recommending.missed_standards(application):
            recommending.justify(application=application, code=code, text=WHY, by=by)
    return sample_kit.recommended(call, files, by), files, by


def again(row: Recommendation) -> Recommendation:
    return full(Recommendation.objects.all()).get(pk=row.pk)


def text_of(document: Document) -> str:
    return "".join(pages_of(sample_kit.pdf_of(document)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.rule("F8")
@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_the_letter_names_every_unit_in_its_line_and_order_with_number_and_seal_place(place):
    row, files, by = listed(place)
    said = text_of(issue_paper(recommendation=row, paper="recommendation_letter", by=by))
    for application in files:
        assert application.organisation.name in said
        assert application.number in said
    assert said.index("一、国家级") < said.index("二、市级")
    municipal = [each.application.organisation.name for each in row.entries.all() if each.line == "municipal"]
    assert said.index(municipal[0]) < said.index(municipal[1])
    for words in ("人社函〔2024〕18号", f"{row.office.name}（盖章）", "2024年7月20日", place.issuer, "023-00000000"):
        assert squeezed(words) in said


@pytest.mark.rule("F13")
@pytest.mark.rule("GJ-A-10")
@pytest.mark.parametrize("place", ["skills_foundation"], indirect=True)
def test_the_report_has_its_chapters_a_reason_each_and_every_miss_with_its_justification(place):
    row, files, by = listed(place, site={"capacity": 100})
    said = text_of(issue_paper(recommendation=row, paper="report", by=by))
    for heading in ("一、组织申报情况", "二、审核过程", "三、公示情况", "四、专人报送", "五、推荐单位和推荐理由"):
        assert heading in said
    missed = [recommending.missed_standards(each) for each in files]
    assert all(missed)
    assert said.count("仍予推荐的说明") == sum(len(each) for each in missed)
    assert squeezed(WHY) in said
    for code in {code for each in missed for code in each}:
        assert squeezed(files[0].edition.condition(code).title) in said
    for rank, application in enumerate(files, start=1):
        assert squeezed(f"第{rank}名{application.organisation.name}") in said


@pytest.mark.rule("F5")
@pytest.mark.parametrize("place", ["chongqing", "kunshan", "skills_foundation"], indirect=True)
def test_the_summary_has_exactly_the_declared_columns_on_paper_and_in_the_workbook(place):
    row, files, by = listed(place)
    rule = registry.current(place.code).recommendation()
    titles = [column.title for column in rule.summary]
    sheets = bands(row)
    printed = [column["title"] for sheet in sheets for column in sheet["columns"]]
    assert [title for at, title in enumerate(printed) if title not in printed[:at]] != []
    assert set(printed) == set(titles)
    assert all(sum(column["share"] for column in sheet["columns"]) <= 100 for sheet in sheets)
    url = reverse("reviews:recommend_summary", kwargs={"jurisdiction": place.code, "pk": row.pk})
    answer = client_of(by).post(url)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[3]] == titles
    assert sheet.max_row == 3 + len(files) + 2
    footer = str(sheet.cell(sheet.max_row, 1).value)
    assert [word in footer for word in rule.summary_footer] == [True] * len(rule.summary_footer)
    paper = next(each for each in rule.papers if each.kind == "summary")
    said = text_of(issue_paper(recommendation=row, paper=paper.key, by=by))
    assert [squeezed(title) in said for title in titles] == [True] * len(titles)
    assert all(application.organisation.name in said for application in files)


@pytest.mark.parametrize("place", ["kunshan"], indirect=True)
def test_rows_of_a_table_are_written_one_after_another_and_the_offices_opinion_beside_them(place):
    row, files, by = listed(place, most=1)
    verifying.save_verification(application=files[0], answers={"opinion": OPINION}, by=by)
    summary = summary_of(again(row))
    said = dict(zip([column.title for column in summary.columns], summary.rows[0], strict=True))
    projects = files[0].current.answers["project"]
    assert said["实训项目"] == "；".join(each["outline"]["name"] for each in projects)
    assert (said["序号"], said["推荐次序"], said["初审意见"]) == ("1", "1", OPINION)
    assert (said["单位"], said["区镇"]) == (files[0].organisation.name, row.office.name)


@pytest.mark.rule("F6")
@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_the_verification_puts_both_figures_side_by_side_with_share_threshold_and_two_signatures(place):
    call = sample_kit.the_call(place)
    units = sample_kit.samples("chongqing", track="municipal")
    unit = next(each for each in units if each.answers(sample_kit.ON)["unit"]["enterprise_based"] == "yes")
    application = sample_kit.filed(call, unit)
    by = make_actor("recommender", application.recommender)
    row = sample_kit.recommended(call, [application], by)
    with pytest.raises(Refused, match="请先填写"):
        issue_paper(recommendation=row, paper="verification", application=application, by=by)
    told = dict.fromkeys(("junior", "intermediate", "technician", "senior_technician", "chief"), "0")
    answers = told | {
        "conclusion": "met", "as_of": "2024-06-30", "employees": "811", "dispatched": "0", "senior": "284",
        "sources": ["social"], "methods": ["papers"], "checker1": "核查人甲", "checker2": "核查人乙",
        "checked_on": "2024-07-19",
    }  # fmt: skip
    _, problems = verifying.save_verification(application=application, answers=answers, by=by)
    assert problems == []
    said = text_of(issue_paper(recommendation=row, paper="verification", application=application, by=by))
    reported = int(application.current.answers["workforce"]["employees"])
    for words in (
        "284/811 = 35.01%，符合",
        "≥35%",
        "811 人",
        f"{reported:,} 人",
        "核查人甲",
        "核查人乙",
        "（盖章）",
        unit.name,
    ):
        assert squeezed(words) in said
    assert said.count("核查人（签字）") == 2


@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_the_same_content_is_the_same_paper_and_a_change_makes_a_new_one_and_voids_the_scan(place):
    row, _, by = listed(place)
    first = issue_paper(recommendation=row, paper="recommendation_letter", by=by)
    assert issue_paper(recommendation=row, paper="recommendation_letter", by=by) == first
    letter = next(each for each in needed_papers(row) if each.key == "recommendation_letter")
    assert squeezed(short_hash(paper_hash(row, letter.kind, None))) in text_of(first)
    verifying.add_stamped(recommendation=row, paper=letter.key, stored=recommend_kit.scan(by), by=by)
    municipal = [each.pk for each in again(row).entries.all() if each.line == "municipal"]
    recommending.rank_files(recommendation=row, line="municipal", order=municipal[::-1], by=by)
    second = issue_paper(recommendation=row, paper="recommendation_letter", by=by)
    assert (first.version, second.version) == (1, 2)
    assert next(each for each in needed_papers(again(row)) if each.key == letter.key).void is True


@pytest.mark.parametrize("place", ["skills_foundation"], indirect=True)
def test_a_changed_justification_voids_the_report_it_stands_in(place):
    row, files, by = listed(place, most=1, site={"capacity": 100})
    report = next(each for each in needed_papers(row) if each.key == "report")
    verifying.add_stamped(recommendation=row, paper="report", stored=recommend_kit.scan(by), by=by)
    assert report.void is False
    code = recommending.missed_standards(files[0])[0]
    recommending.justify(application=files[0], code=code, text="另有说明", by=by)
    assert next(each for each in needed_papers(again(row)) if each.key == "report").void is True


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_paper_is_read_by_its_office_and_above_only_once_handed_in_and_ranks_are_open(db):
    with clock.travel(recommend_kit.NOON), recommend_kit.tiers() as world:
        row = recommend_kit.ready(world.call, world.recommender, "enterprise")
        entry = row.entries.get()
        papers = [
            issue_paper(recommendation=row, paper="letter", by=world.recommender),
            issue_paper(recommendation=row, paper="proof", application=entry.application, by=world.recommender),
        ]
        unit = make_actor("unit_admin", entry.application.organisation)
        watcher = make_actor("supervisor", world.bureau)
        people = (world.recommender, world.colleague, world.neighbour, world.officer, watcher, world.superior, unit)

        def readers() -> list[list[bool]]:
            fresh = [Document.objects.get(pk=paper.pk) for paper in papers]
            return [[may_read_document(who, paper) for who in people] for paper in fresh]

        own = [True, True, False, False, False, False, False]
        above = [True, True, False, True, True, False, False]
        assert readers() == [own, own]
        sealing.seal_recommendation(recommendation=row, by=world.recommender)
        assert readers() == [own, above]
        with clock.travel(recommend_kit.CLOSES.replace(day=25)):
            assert readers() == [above, above]


@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_only_the_office_has_its_papers_made_and_only_by_posting(place):
    row, _, by = listed(place)
    url = reverse(
        "reviews:recommend_paper", kwargs={"jurisdiction": "chongqing", "pk": row.pk, "paper": "recommendation_letter"}
    )
    other = make_actor("recommender", sample_kit.office_of(place, "district3"))
    assert client_of(by).get(url).status_code == 405
    assert client_of(other).post(url).status_code == 404
    answer = client_of(by).post(url)
    assert answer.url == reverse("documents:document", kwargs={"pk": Document.objects.get().pk})
    missing = reverse("reviews:recommend_paper", kwargs={"jurisdiction": "chongqing", "pk": row.pk, "paper": "nothing"})
    assert client_of(by).post(missing).url.endswith("#papers")


@pytest.mark.parametrize("place", ["chongqing"], indirect=True)
def test_a_wide_summary_is_cut_into_sheets_that_each_say_whose_row_it_is(place):
    row, _, _ = listed(place)
    sheets = bands(row)
    assert sum(column.width for column in summary_of(row).columns) > BAND
    assert len(sheets) > 1
    assert all("单位名称" in [column["title"] for column in sheet["columns"]] for sheet in sheets)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,200", 1200), ("53.44", 53.44), ("0", 0), ("007", None), ("62/125 = 49.60", None), ("", None)],
)
def test_a_cell_is_a_number_only_when_it_is_nothing_else(text, number):
    assert as_number(text) == number


@pytest.mark.parametrize("place", ["skills_foundation"], indirect=True)
def test_a_policy_with_a_report_wants_a_reason_for_each(place):
    row, _, _ = listed(place, most=2)
    RecommendationEntry.objects.filter(pk=row.entries.first().pk).update(reason="")
    said = [each.message for each in hindrances(again(row)) if "推荐理由" in each.message]
    assert [row.entries.first().application.organisation.name in message for message in said] == [True]
