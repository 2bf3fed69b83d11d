"""An office's own figures of a file: kept as typed, the share exact, the conclusion borne out; who may write them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from applications.models import Application, Call
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews.models import Verification
from reviews.selectors.verifications import verified_file
from reviews.services.verifying import save_verification
from tests.factories import make_actor
from tests.reviews import recommend_kit, sample_kit

PLACE = "chongqing"
LEVELS = ("junior", "intermediate", "senior", "technician", "senior_technician", "chief")
TOLD = {
    "as_of": "2024-06-30", "sources": ["social", "ledger"], "methods": ["on_site", "papers"], "checker1": "核查人甲",
    "checker2": "核查人乙", "checked_on": "2024-07-19",
}  # fmt: skip


def figures(skilled: int, employees: int, dispatched: int = 0, **more: Any) -> dict[str, Any]:
    """Return whole figures with so many skilled persons among so many."""
    levels = dict.fromkeys(LEVELS, "0") | {"senior": str(skilled)}
    return {**TOLD, **levels, "employees": str(employees), "dispatched": str(dispatched), "conclusion": "met", **more}


def posted(skilled: int, employees: int, **more: Any) -> dict[str, Any]:
    """Return the same as a browser posts it: boxes with the sign that they were asked."""
    return figures(skilled, employees, **more) | {"sources.asked": "1", "methods.asked": "1"}


@pytest.fixture
def call(db: Any) -> Iterator[Call]:
    """A call of the policy at noon of 20 July 2024."""
    place = Jurisdiction.objects.get(code=PLACE)
    with scope(jurisdiction=place), clock.travel(recommend_kit.NOON):
        yield sample_kit.the_call(place)


def file_on(call: Call, track: str, *, enterprise: bool = True) -> Application:
    """Return a file of a track, of a unit built on an enterprise or not."""
    units = sample_kit.samples(PLACE, track=track)
    fitting = [each for each in units if each.answers(sample_kit.ON)["unit"]["enterprise_based"] == "yes"]
    if enterprise:
        return sample_kit.filed(call, fitting[0])
    return sample_kit.filed(call, next(each for each in units if each not in fitting))


def recommender(application: Application) -> Actor:
    return make_actor("recommender", application.recommender)


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(application: Application, name: str = "verification") -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": PLACE, "pk": application.pk})


@pytest.mark.rule("CQ-N10")
@pytest.mark.parametrize(("skilled", "of", "met"), [(40, 100, True), (399999, 1000000, False), (2, 5, True)])
def test_the_national_threshold_is_40_percent_exactly(call, skilled, of, met):
    application = file_on(call, "national")
    (found,) = verified_file(application, figures(skilled, of)).figures
    assert (found.asked, found.met, found.required) == (True, met, "≥40%")


@pytest.mark.rule("CQ-N10")
@pytest.mark.parametrize(("skilled", "employees", "dispatched", "met"), [(35, 80, 20, True), (349, 800, 200, False)])
def test_the_municipal_threshold_is_35_percent_of_staff_and_dispatched(call, skilled, employees, dispatched, met):
    application = file_on(call, "municipal")
    (found,) = verified_file(application, figures(skilled, employees, dispatched)).figures
    assert (found.met, found.required) == (met, "≥35%")
    assert found.own.startswith(f"{skilled}/{employees + dispatched:,} = ")


def test_a_conclusion_that_the_figures_do_not_bear_out_is_refused_beside_its_field(call):
    application = file_on(call, "municipal")
    by = recommender(application)
    made, problems = save_verification(application=application, answers=figures(349, 1000), by=by)
    assert [(each.path, each.message) for each in problems] == [
        ("verification/conclusion", "按核查数据计算为 349/1,000 = 34.90%，要求 ≥35%，结论应为“不符合”")
    ]
    assert (made.complete, made.answers["conclusion"]) == (False, "met")
    made, problems = save_verification(application=application, answers=figures(349, 1000, conclusion="unmet"), by=by)
    assert (made.complete, problems) == (True, [])


@pytest.mark.rule("CQ-A-06")
def test_not_applicable_is_for_units_not_built_on_an_enterprise_and_for_them_alone(call):
    own, other = file_on(call, "municipal"), file_on(call, "municipal", enterprise=False)
    none = {key: TOLD[key] for key in ("methods", "checker1", "checker2", "checked_on")} | {
        "conclusion": "not_applicable"
    }
    made, problems = save_verification(application=other, answers=none, by=recommender(other))
    assert (made.complete, problems) == (True, [])
    _, problems = save_verification(application=other, answers=figures(50, 100), by=recommender(other))
    assert [each.message for each in problems] == [
        "该单位不适用“技能人才占企业用工（含劳务派遣）总量的比例”要求，请选“不适用”"
    ]
    made, problems = save_verification(application=own, answers=none, by=recommender(own))
    assert (made.complete, [each.path for each in problems]) == (False, ["verification/conclusion"])


def test_nothing_typed_is_lost_and_what_is_wrong_stands_beside_it(call):
    application = file_on(call, "municipal")
    client = client_of(recommender(application))
    answer = client.post(url(application), posted(30, 80) | {"employees": "约八十人", "checker2": ""}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == url(application)
    assert 'value="约八十人"' in page
    assert page.count('href="#f-employees"') == 1
    assert 'href="#f-checker2"' in page
    assert "已保存，尚有" in page
    assert Verification.objects.get().complete is False
    assert Event.objects.filter(action="recommendation.verify").count() == 1


def test_the_form_tells_what_the_unit_reports_and_a_complete_one_is_done(call):
    application = file_on(call, "municipal")
    client = client_of(recommender(application))
    reported = application.current.answers["workforce"]["employees"]
    assert f"申报单位填报：{int(reported):,} 人" in client.get(url(application)).content.decode()
    assert client.post(url(application), posted(40, 80), follow=True).status_code == 200
    page = client.get(url(application)).content.decode()
    assert "已填写完整" in page
    assert "40/80 = 50%" in page


def test_the_share_is_worked_out_while_typing_and_nothing_is_written(call):
    application = file_on(call, "municipal")
    client = client_of(recommender(application))
    answer = client.post(url(application, "verification_figures"), posted(28, 80))
    page = answer.content.decode()
    assert ("28/80 = 35%" in page, 'data-hidden=""' in page) == (True, True)
    page = client.post(url(application, "verification_figures"), {"conclusion": "not_applicable"}).content.decode()
    assert "employees" in page.partition('data-hidden="')[2].partition('"')[0].split()
    assert not Verification.objects.exists()


def test_only_the_office_writes_and_only_while_the_file_lies_there(call):
    application = file_on(call, "municipal")
    stranger = make_actor("recommender", sample_kit.office_of(call.jurisdiction, "district3"))
    bureau = make_actor("bureau_officer", application.recommender.parent)
    assert client_of(stranger).get(url(application)).status_code == 404
    assert client_of(bureau).get(url(application)).status_code == 403
    Application.objects.filter(pk=application.pk).update(desk="bureau", status="recommended")
    client = client_of(recommender(application))
    page = client.get(url(application)).content.decode()
    assert ("只能查看" in page, "保存核查数据" in page) == (True, False)
    assert client.post(url(application), posted(40, 80)).status_code == 403
    assert not Verification.objects.exists()


def test_a_policy_without_verification_has_no_such_page(db):
    place = Jurisdiction.objects.get(code="skills_foundation")
    with scope(jurisdiction=place), clock.travel(recommend_kit.NOON):
        application = sample_kit.filed(sample_kit.the_call(place), sample_kit.samples("skills_foundation")[0])
        address = reverse("reviews:verification", kwargs={"jurisdiction": place.code, "pk": application.pk})
        assert client_of(recommender(application)).get(address).status_code == 404
