"""Beginning, and the cards of what a unit has under way."""

import pytest
from django.urls import reverse

from applications.models import Application
from applications.selectors.dashboard import dashboard
from tests.applications.applicant_kit import begin, browser, complete, operator
from tests.factories import make_call


def apply(call):
    return reverse("applications:start", kwargs={"jurisdiction": "hangzhou", "call_pk": call.pk})


def test_the_draft_there_is_comes_first_and_its_track_is_not_offered_again(hangzhou):
    by, call = operator(), make_call(hangzhou)
    application = begin(call, by)
    shown = browser(by).get(apply(call)).text
    assert shown.index("继续填写") < shown.index("开始填写")
    assert ('value="school"' in shown, 'value="enterprise"' in shown) == (False, True)
    again = browser(by).post(apply(call), {"track": "school"})
    assert again.url.endswith(f"/applications/{application.pk}/")
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("track", "words"), [("", "请选择申报类别"), ("nothing", "请选择申报类别")])
def test_a_track_must_be_chosen(hangzhou, track, words):
    answer = browser(operator()).post(apply(make_call(hangzhou)), {"track": track})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_call_in_preparation_is_not_there(hangzhou):
    assert browser(operator()).get(apply(make_call(hangzhou, state="draft"))).status_code == 404


def test_cards_cost_the_same_for_one_and_for_many(hangzhou, django_assert_num_queries):
    by = operator()
    for count in (1, 3):
        while Application.objects.count() < count:
            complete(make_call(hangzhou), by)
        with django_assert_num_queries(3):
            board = dashboard(by.organisation)
        assert [card.next_step for card in board.cards] == ["核对后提交"] * count
        assert [(card.done, card.pages) for card in board.cards] == [(9, 9)] * count
