"""Tables whose rows the call gives, and texts counted in words: on the applicant's pages, from the first draft on."""

import pytest
from django.urls import reverse
from django_scopes import scope

from applications.models import DraftSection
from applications.selectors.workspace import load
from applications.services.draft import save_section, start_application
from portal.policy.rows import given_id
from portal.tenancy.models import Jurisdiction, Organisation
from tests.applications.applicant_kit import browser, operator
from tests.factories import make_call, make_unit

YEARS = ("2019", "2020", "2021")


@pytest.fixture
def region(db):
    jurisdiction = Jurisdiction.objects.get(code="skills_foundation")
    with scope(jurisdiction=jurisdiction):
        yield jurisdiction


def begin(call, by):
    league = Organisation.objects.get(jurisdiction=call.jurisdiction, name__startswith="包头市")
    return start_application(call=call, track_key="base", by=by, recommender=league, route="place")


def drafted(region, **fields):
    by = operator(make_unit(district="包头市"))
    return by, begin(make_call(region, **fields), by)


def totals(application):
    rows = DraftSection.objects.get(application=application, path="evaluation").answers["totals"]
    return [(row["year"], row.get("trained", "")) for row in rows]


def save(application, by, rows, revision=0):
    return save_section(
        application_id=application.pk, path="evaluation", answers={"totals": rows}, revision=revision, by=by
    )


def url(name, application, **more):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": "skills_foundation", "pk": application.pk, **more})


def test_a_draft_begins_with_the_rows_given_and_nothing_to_confirm(region):
    _, application = drafted(region)
    assert totals(application) == [(year, "") for year in YEARS]
    assert DraftSection.objects.get(application=application, path="evaluation").prefilled == {}
    workspace = load(application)
    assert workspace.state(workspace.place("evaluation")).key == "not_started"


def test_rows_written_over_added_or_left_out_stand_as_given(region):
    by, application = drafted(region)
    rows = [
        {"_id": given_id("2021"), "year": "1999", "trained": "2600", "advanced": "700"},
        {"_id": "rnew", "year": "2022", "trained": "9999"},
        {"_id": given_id("2019"), "year": "2019", "trained": "2400", "advanced": "600"},
    ]
    workspace = save(application, by, rows)
    assert totals(application) == [("2019", "2400"), ("2020", ""), ("2021", "2600")]
    place = workspace.place("evaluation")
    assert not any(each.path == "evaluation/totals" for each in workspace.problems_by_page["evaluation"])
    assert workspace.state(place).key == "in_progress"


def test_years_taken_over_from_an_earlier_application_keep_their_figures(region):
    by, application = drafted(region)
    save(application, by, [{"_id": given_id(year), "year": year, "trained": "2500"} for year in YEARS])
    later = begin(make_call(region, settings={"stats.years": "2021,2022"}), by)
    assert totals(later) == [("2021", "2500"), ("2022", "")]
    draft = DraftSection.objects.get(application=later, path="evaluation")
    assert list(draft.prefilled) == [f"totals/{given_id('2021')}"]


def test_the_page_locks_the_first_column_and_offers_no_row_more(region):
    by, application = drafted(region)
    page = browser(by).get(url("section", application, path="evaluation"))
    sheets = {item.key: item for item in page.context["page"].items if hasattr(item, "rows")}
    given, free = sheets["totals"], sheets["occupations"]
    assert [[cell.readonly for cell in row.cells] for row in given.rows] == [[True, False, False]] * 3
    assert [row.cells[0].value for row in given.rows] == list(YEARS)
    assert (given.may_grow, free.may_grow) == (False, True)
    assert page.text.count("导入 Excel") == 1
    refused = browser(by).post(url("table_import", application, path="evaluation/totals"))
    assert refused.status_code == 409
    assert "各行已经给定" in refused.text


def test_a_long_text_shows_its_words_used(region):
    by, application = drafted(region)
    text = "年培训 2,600 人次，HR-VMC650U 型 4 台。"
    save_section(application_id=application.pk, path="chapter1", answers={"text": text}, revision=0, by=by)
    page = browser(by).get(url("section", application, path="chapter1"))
    assert 'data-counting="words"' in page.text
    assert "已填 12 / 3,000 字" in page.text
