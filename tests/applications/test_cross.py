"""Cross-application: one act takes the first professions along, in order; what it needs, and what it refuses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scope

from applications.models import Application
from applications.selectors.workspace import load
from applications.services.cross import cross_apply
from applications.services.draft import ExistingDraft, NotOpen
from applications.services.submit import NotReady, submit_application
from applications.services.withdraw import withdraw_application
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.selectors.recommendations import full, ledger
from reviews.services.recommending import list_file, open_recommendation
from tests.applications.applicant_kit import browser, operator
from tests.applications.cross_kit import CODE, begin, finish, names, office, page, rows, sourced
from tests.factories import make_actor, make_unit

pytestmark = pytest.mark.rule("CQ-A-01")


@pytest.fixture
def city(db):
    jurisdiction = Jurisdiction.objects.get(code=CODE)
    with scope(jurisdiction=jurisdiction):
        yield jurisdiction


def url(name, application):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": CODE, "pk": application.pk})


def reasons(application):
    return [problem.message for problem in load(application).cross_problems]


def test_the_first_professions_go_along_in_order_with_their_plans(city):
    by, source = sourced(city)
    made = cross_apply(application=source, by=by)
    assert (made.track_key, made.cross_from) == ("municipal", source)
    assert (made.recommender, made.route) == (source.recommender, source.route)
    assert [(row["_id"], row["name"]) for row in rows(made)] == [(f"kept{n}", f"职业{n}") for n in (1, 2, 3)]
    assert made.groups["build"] == ["kept1", "kept2", "kept3"]
    plans = [page(made, f"build/kept{n}/content").answers for n in (1, 2, 3)]
    assert [(plan["name"], len(plan["facets"])) for plan in plans] == [(f"职业{n}", 7) for n in (1, 2, 3)]
    assert page(made, "municipal").answers["cross"] == "yes"
    assert page(made, "budget").answers["items"] == page(source, "budget").answers["items"]
    assert not made.drafts.filter(path__startswith="build/b").exists()


def test_the_act_is_on_record_with_its_source(city):
    by, source = sourced(city)
    cross_apply(application=source, by=by)
    event = Event.objects.get(action="application.cross")
    assert (event.data["from"], event.data["mode"], event.jurisdiction) == (source.pk, "keep_first", city)


def test_the_later_professions_go_along_where_the_first_are_left_behind(city):
    by, source = sourced(city, "reserve_first")
    made = cross_apply(application=source, by=by)
    assert names(made) == ["职业4", "职业5"]
    assert made.groups["build"] == ["b4", "b5"]
    assert load(made).kept.rows_at("professions", "items") == ()
    draft = page(made, "professions")
    draft.answers["items"].append({"_id": "rback", "name": "职业2"})
    draft.save()
    assert reasons(made) == ["已留在国家级申报，不能列入本申报（五（二））"]


def test_what_was_not_confirmed_in_the_source_is_not_confirmed_in_the_copy(city):
    by, source = sourced(city)
    draft = page(source, "training")
    draft.prefilled = {"year": "单位资料"}
    draft.save()
    made = cross_apply(application=source, by=by)
    assert page(made, "training").prefilled == {"year": "单位资料"}
    assert page(made, "goals").prefilled == {}


def test_a_second_click_gives_the_one_made_already(city):
    by, source = sourced(city)
    first = cross_apply(application=source, by=by)
    assert cross_apply(application=source, by=by) == first
    assert browser(by).post(url("cross", source), {"commitment": "yes"}).url == url("tasklist", first)
    assert Application.objects.filter(call=source.call).count() == 2


def test_one_given_up_does_not_bar_another(city):
    by, source = sourced(city)
    first = cross_apply(application=source, by=by)
    withdraw_application(application=first, by=by)
    second = cross_apply(application=source, by=by)
    assert (second.cross_from, second.pk != first.pk, names(second)) == (source, True, ["职业1", "职业2", "职业3"])


def test_an_application_begun_by_itself_stays_the_only_one(city):
    by, source = sourced(city)
    own = begin(source.call, by, "municipal")
    with pytest.raises(ExistingDraft) as refusal:
        cross_apply(application=source, by=by)
    assert refusal.value.application == own
    assert browser(by).post(url("cross", source), {"commitment": "yes"}).status_code == 409


def test_a_closed_call_too_few_or_unfinished_professions_are_refused_with_the_reason(city):
    by, source = sourced(city)
    draft = page(source, "professions")
    whole = list(draft.answers["items"])
    draft.answers["items"] = whole[:2]
    draft.save()
    with pytest.raises(NotOpen, match="至少 3 个专业，现有 2 个专业"):
        cross_apply(application=source, by=by)
    draft.answers["items"] = [{**whole[0], "basis": ""}, *whole[1:]]
    draft.save()
    with pytest.raises(NotOpen, match="请先在原申报中填妥"):
        cross_apply(application=source, by=by)
    draft.answers["items"] = whole
    draft.save()
    source.call.closes_at = clock.now() - timedelta(hours=1)
    source.call.save()
    with pytest.raises(NotOpen, match="目前不接收申报"):
        cross_apply(application=source, by=by)
    assert Application.objects.filter(call=source.call).count() == 1


def test_only_the_unit_itself_may_and_only_from_the_source_track(city):
    by, source = sourced(city)
    stranger = operator(make_unit(district="渝北区"))
    with pytest.raises(Application.DoesNotExist):
        cross_apply(application=source, by=stranger)
    assert browser(stranger).post(url("cross", source), {"commitment": "yes"}).status_code == 404
    made = cross_apply(application=source, by=by)
    assert browser(by).post(url("cross", made), {"commitment": "yes"}).status_code == 404


@pytest.mark.rule("F9")
def test_the_letter_is_required_and_with_it_the_copy_is_handed_in(city):
    by, source = sourced(city)
    made = finish(cross_apply(application=source, by=by))
    letter = made.materials.get(slot="commitment_letter")
    letter.removed_at = clock.now()
    letter.save()
    with pytest.raises(NotReady) as refusal:
        submit_application(application_id=made.pk, by=by, declared=True)
    assert [problem.path for problem in refusal.value.problems] == ["#commitment_letter"]
    letter.removed_at = None
    letter.save()
    version = submit_application(application_id=made.pk, by=by, declared=True)
    assert [row["name"] for row in version.answers["professions"]["items"]] == ["职业1", "职业2", "职业3"]
    assert version.answers["municipal"]["cross"] == "yes"


def test_it_counts_in_the_municipal_quota_of_the_office(city):
    by, source = sourced(city)
    made = finish(cross_apply(application=source, by=by))
    submit_application(application_id=made.pk, by=by, declared=True)
    Application.objects.filter(pk=made.pk).update(status="qualified", desk="recommender")
    clerk = make_actor("recommender", office(city))
    stage = next(each.key for each in source.edition.procedure if each.recommendation)
    recommendation = open_recommendation(call=source.call, stage=stage, by=clerk)
    list_file(recommendation=recommendation, application=made, by=clerk)
    lines = {row.line.key: row for row in ledger(full(type(recommendation).objects).get(pk=recommendation.pk))}
    assert (lines["municipal"].used, lines["municipal"].left, lines["national"].used) == (1, 1, 0)


def test_with_its_source_withdrawn_it_is_warned_of_and_refused(city):
    by, source = sourced(city)
    made = finish(cross_apply(application=source, by=by))
    withdraw_application(application=source, by=by)
    reason = "已撤回，由其生成的本申报不能提交，请放弃本申报（五（二））"
    assert reason in browser(by).get(url("tasklist", made)).text
    with pytest.raises(NotReady) as refusal:
        submit_application(application_id=made.pk, by=by, declared=True)
    assert [problem.message for problem in refusal.value.problems] == [reason]
