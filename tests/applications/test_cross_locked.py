"""What a cross-application keeps stays as it was copied, in front and in order, whichever way it is written over."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope
from openpyxl import Workbook

from applications.models import Application
from applications.selectors.workspace import load
from applications.services.cross import cross_apply
from applications.services.draft import save_section
from applications.services.groups import add_instance, move_instance, remove_instance
from applications.services.moves import WrongState
from applications.services.submit import NotReady, submit_application
from portal.tenancy.models import Jurisdiction
from tests.applications.applicant_kit import browser
from tests.applications.cross_kit import CODE, begin, finish, names, page, rows, sourced

pytestmark = pytest.mark.rule("CQ-A-01")
FIRST = ["职业1", "职业2", "职业3"]
SAID = "前 3 个专业由“国家级”申报按顺序保留，不能修改、删除或调整顺序（五（二））"


@pytest.fixture
def city(db):
    jurisdiction = Jurisdiction.objects.get(code=CODE)
    with scope(jurisdiction=jurisdiction):
        yield jurisdiction


@pytest.fixture
def made(city):
    by, source = sourced(city)
    return by, cross_apply(application=source, by=by)


def url(name, application, **more):
    return reverse(f"applications:{name}", kwargs={"jurisdiction": CODE, "pk": application.pk, **more})


def save(application, by, path, **answers):
    revision = page(application, path).revision
    return save_section(application_id=application.pk, path=path, answers=answers, revision=revision, by=by)


def changed(kept, how):
    """The rows as a page would send them after somebody changed, moved or removed a kept one, or put one in front."""
    first, second, third = kept
    return {
        "changed": [{**first, "name": "别的职业", "seats": "1"}, second, third],
        "reordered": [second, first, third],
        "removed": [first, third],
        "emptied": [],
        "preceded": [{"_id": "rnew", "name": "职业9"}, first, second, third],
        "replaced": [{**first, "_id": "rone"}, {**second, "_id": "rtwo"}],
    }[how]


@pytest.mark.parametrize("how", ["changed", "reordered", "removed", "emptied", "preceded", "replaced"])
def test_a_save_puts_the_kept_rows_back_in_front_and_says_so(made, how):
    by, copy = made
    before = rows(copy)
    sent = changed(before, how)
    saved = save(copy, by, "professions", items=sent)
    assert rows(copy)[:3] == before
    assert [row["_id"] for row in rows(copy)[3:]] == [each["_id"] for each in sent if each["_id"].startswith("r")]
    assert saved.notice == f"{SAID}，已恢复原状"


def test_rows_of_its_own_and_questions_only_it_asks_are_free(made):
    by, copy = made
    sent = [{**row, "developed": "yes"} for row in rows(copy)] + [{"_id": "rown", "name": "职业8"}]
    assert save(copy, by, "professions", items=sent).notice == ""
    assert [(row["name"], row.get("developed")) for row in rows(copy)] == [(n, "yes") for n in FIRST] + [
        ("职业8", None)
    ]
    assert save(copy, by, "professions", items=sent[:3]).notice == ""
    assert names(copy) == FIRST


def test_a_plain_post_without_the_disabled_lists_changes_nothing(made):
    by, copy = made
    posted = {"revision": page(copy, "professions").revision, "act": "stay", "items.order": ["kept1", "kept2", "kept3"]}
    posted |= {f"items.{row['_id']}.name": row["name"] for row in rows(copy)}
    answer = browser(by).post(url("section", copy, path="professions"), posted, follow=True)
    assert "已恢复原状" not in answer.text
    assert (names(copy), rows(copy)[0]["level"]) == (FIRST, "2")
    answer = browser(by).post(
        url("section", copy, path="professions"), posted | {"act": "delete:items:kept2", "revision": 1}, follow=True
    )
    assert f"{SAID}，已恢复原状" in answer.text
    assert names(copy) == FIRST


def test_an_autosave_is_answered_with_the_rows_as_they_stand(made):
    by, copy = made
    body = {"revision": page(copy, "professions").revision, "answers": {"items": []}}
    answer = browser(by).post(url("save", copy, path="professions"), body, content_type="application/json").json()
    assert [row["name"] for row in answer["merged"]["items"]] == FIRST
    assert answer["notice"] == f"{SAID}，已恢复原状"


def test_an_imported_workbook_comes_behind_the_kept_rows(made):
    by, copy = made
    book = Workbook()
    book.active.append(["专业（职业工种）名称"])
    book.active.append(["职业7"])
    content = BytesIO()
    book.save(content)
    person, address = browser(by), url("table_import", copy, path="professions/items")
    shown = person.post(address, {"file": SimpleUploadedFile("t.xlsx", content.getvalue())})
    answer = person.post(address, {"parcel": shown.context["preview"].parcel, "mode": "replace"}, follow=True)
    assert names(copy) == [*FIRST, "职业7"]
    assert "已恢复原状" in answer.text


def test_plans_of_kept_professions_stay_in_front(made):
    by, copy = made
    ids = ["kept1", "kept2", "kept3"]
    with pytest.raises(WrongState, match="不能修改、删除或调整顺序（五（二））"):
        remove_instance(application_id=copy.pk, key="build", instance="kept2", by=by)
    with pytest.raises(WrongState, match="不能修改、删除或调整顺序（五（二））"):
        move_instance(application_id=copy.pk, key="build", instance="kept1", to=2, by=by)
    own = add_instance(application_id=copy.pk, key="build", by=by)
    other = add_instance(application_id=copy.pk, key="build", by=by)
    move_instance(application_id=copy.pk, key="build", instance=other, to=0, by=by)
    copy.refresh_from_db()
    assert copy.groups["build"] == [*ids, other, own]
    remove_instance(application_id=copy.pk, key="build", instance=own, by=by)
    shown = browser(by).get(url("groups", copy, group="build")).text
    assert (shown.count("已锁定"), SAID in shown, shown.count('value="up"')) == (3, True, 1)


def test_the_name_of_a_kept_plan_stays_and_its_content_is_free(made):
    by, copy = made
    path = "build/kept1/content"
    answers = page(copy, path).answers | {"name": "别的职业", "goal": "本申报的建设目标"}
    assert save(copy, by, path, **answers).notice
    assert (page(copy, path).answers["name"], page(copy, path).answers["goal"]) == ("职业1", "本申报的建设目标")


def test_the_flag_follows_from_how_the_application_was_made(made, city):
    by, copy = made
    level = {"category": "digital", "support": "funded", "adjust": "yes"}
    save(copy, by, "municipal", **level, cross="no")
    assert page(copy, "municipal").answers == level | {"cross": "yes"}
    other, source = sourced(city)
    own = begin(source.call, other, "municipal")
    save_section(application_id=own.pk, path="municipal", answers=level | {"cross": "yes"}, revision=0, by=other)
    assert page(own, "municipal").answers["cross"] == "no"


def test_the_page_shows_what_is_locked_and_why(made):
    by, copy = made
    view = browser(by).get(url("section", copy, path="professions"))
    sheet = next(item for item in view.context["page"].items if getattr(item, "rows", None))
    assert [row.kept for row in sheet.rows] == [True, True, True, False]
    locked = {cell.column.key: cell.readonly for cell in sheet.rows[0].cells}
    assert (locked["name"], locked["level"], locked["developed"]) == (True, True, False)
    assert SAID in view.text and view.text.count("data-kept") == 3
    assert view.text.count(' data-delete title="删除"') == 0


@pytest.mark.parametrize("how", ["changed", "reordered", "removed"])
def test_a_draft_whose_kept_rows_differ_cannot_be_handed_in(made, how):
    by, copy = made
    finish(copy)
    draft = page(copy, "professions")
    draft.answers = {"items": changed(rows(copy), how)}
    draft.save()
    with pytest.raises(NotReady) as refusal:
        submit_application(application_id=copy.pk, by=by, declared=True)
    assert "须与国家级申报的前 3 个专业一致、顺序不变" in refusal.value.problems[0].message


def test_plans_out_of_order_cannot_be_handed_in(made):
    by, copy = made
    finish(copy)
    Application.objects.filter(pk=copy.pk).update(groups={"build": ["kept2", "kept1", "kept3"]})
    with pytest.raises(NotReady):
        submit_application(application_id=copy.pk, by=by, declared=True)


def test_a_source_changed_since_must_be_put_right_first(made):
    copy = made[1]
    finish(copy)
    source = copy.cross_from
    draft = page(source, "professions")
    first, second, *others = draft.answers["items"]
    draft.answers = {"items": [second, first, *others]}
    draft.save()
    found = load(copy).cross_problems
    assert "国家级申报的前 3 个专业已有改动，请在国家级申报中恢复" in found[0].message
    draft.answers = {"items": [first, second, *others[::-1]]}
    draft.save()
    assert load(Application.objects.get(pk=copy.pk)).cross_problems != []
    draft.answers = {"items": [first, second, others[0], *others[:0:-1]]}
    draft.save()
    assert load(Application.objects.get(pk=copy.pk)).cross_problems == []
