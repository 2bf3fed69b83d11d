"""The calculation of a call's result: page, print, record, and the command that finds whatever was tampered with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.documents.models import Document
from portal.policy.result_record import differences as record_differences
from reviews.models import Opinion, OpinionVersion, Panel, Placement
from reviews.selectors.result_rules import rules_of
from reviews.selectors.results import record_of
from reviews.services import opinions, promotion
from reviews.services.reopening import reopen_opinion
from tests.documents.reading import pages_of
from tests.factories import make_actor
from tests.reviews import kit, sheet_kit
from tests.reviews.result_kit import delete_event, differences, municipal, national, points, verified
from tests.reviews.sample_kit import pdf_of
from tests.reviews.select_kit import Desk, desk, drawn_up, file_of, fixed, sample
from tests.reviews.test_pages import sign_in

pytestmark = [pytest.mark.django_db]
SHEETS = (
    [points("40", "41"), points("40.5", "40"), points("30", "39.5")],
    [points("45", "45"), points("44", "44"), points("46", "41.5")],
    [points("35", "35"), points("36", "36"), points("30", "39")],
)


def url(desk: Desk, name: str) -> str:
    return reverse(f"reviews:{name}", kwargs={"jurisdiction": desk.place.code, "call_pk": desk.call.pk})


@pytest.fixture
def bureau(db: Any) -> Iterator[Desk]:
    with desk("chongqing", cells__funded_digital=1, cells__named_digital=1) as made:
        yield made


@pytest.fixture
def settled(bureau: Desk) -> Desk:
    """Three judged files, their places fixed: one funded, one named, one waiting."""
    for sheets in SHEETS:
        municipal(bureau, *sheets)
    fixed(bureau)
    return bureau


def test_an_honest_call_verifies_line_by_line(settled: Desk) -> None:
    sound, said = verified(settled.call.pk)
    assert (sound, differences(said)) == (True, [])
    assert said.count("3 份评分表的内容与 SHA-256、日志相符；得分") == 3
    assert "得分 265.5 ÷ 3 = 88.50，与办结时记载一致" in said
    assert said.rstrip().endswith("OK：全部一致。Everything matches.")


def change_score(bureau: Desk) -> str:
    opinion = Opinion.objects.order_by("pk")[1]
    Opinion.objects.filter(pk=opinion.pk).update(scores=points("45", "40"))
    return "专家2：评分表内容与其 SHA-256 不符"


def lose_sheet(bureau: Desk) -> str:
    opinion = Opinion.objects.order_by("pk")[2]
    Opinion.objects.filter(pk=opinion.pk).delete()
    return "缺少评分表"


def take_sheet_back(bureau: Desk) -> str:
    opinion = Opinion.objects.order_by("pk")[2]
    Opinion.objects.filter(pk=opinion.pk).update(submitted_at=None)
    return f"成员 {opinion.member_id}：缺少评分表"


def write_nonsense(bureau: Desk) -> str:
    Opinion.objects.filter(pk=Opinion.objects.order_by("pk")[1].pk).update(scores={"1": "八十"})
    return "评分表或计分结果不是可以计算的数据"


def write_half_a_result(bureau: Desk) -> str:
    Panel.objects.filter(pk=Panel.objects.order_by("pk")[0].pk).update(result={"totals": []})
    return "评分表或计分结果不是可以计算的数据"


def leave_expert_out(bureau: Desk) -> str:
    member = Opinion.objects.order_by("pk")[2].member
    type(member).objects.filter(pk=member.pk).update(state="recused")
    return f"成员 {member.pk}：办结时记载总分 69.5，按评分表为 无"


def change_result(bureau: Desk) -> str:
    panel = Panel.objects.order_by("pk")[0]
    panel.result = panel.result | {"exact": "90/1", "shown": "90.00"}
    panel.save()
    return "办结时记载得分 90/1（90.00），重算为 77/1（77.00）"


def forget_result(bureau: Desk) -> str:
    Panel.objects.filter(pk=Panel.objects.order_by("pk")[0].pk).update(result=None)
    return "办结时未记载计分结果"


def swap_places(bureau: Desk) -> str:
    first, second = Placement.objects.filter(state="selected").order_by("overall")
    Placement.objects.filter(pk=first.pk).update(cell=second.cell)
    return "名单记载拟入选（named_digital，digital）第 1 位，重算为拟入选（funded_digital，digital）第 1 位"


def lose_placement(bureau: Desk) -> str:
    Placement.objects.filter(state="alternate").delete()
    return "名单中缺失，重算为备选（digital）第 1 位"


def lose_submission(bureau: Desk) -> str:
    delete_event(action="opinion.submit", data__member=Opinion.objects.order_by("pk")[0].member_id)
    return "专家1：日志中没有 SHA-256 为"


def lose_fixing(bureau: Desk) -> str:
    delete_event(action="selection.fix")
    return "日志中没有确定名单的事件（selection.fix）"


TAMPERS: list[Callable[[Desk], str]] = [
    change_score, lose_sheet, take_sheet_back, write_nonsense, write_half_a_result, leave_expert_out, change_result,
    forget_result, swap_places, lose_placement, lose_submission, lose_fixing,
]  # fmt: skip


def test_whatever_is_tampered_with_is_found_and_named(settled: Desk) -> None:
    for tamper in TAMPERS:
        with transaction.atomic():
            expected = tamper(settled)
            sound, said = verified(settled.call.pk)
            assert not sound, tamper.__name__
            assert [line for line in differences(said) if expected in line], (tamper.__name__, said)
            transaction.set_rollback(True)
    assert verified(settled.call.pk)[0]


def test_a_review_done_by_its_services_verifies_paper_and_a_sheet_handed_back_included(db: Any) -> None:
    """Of a sheet handed back only the last version counts; the earlier one's hash and event are checked too."""
    with desk("kunshan") as bureau:
        panel, people = sheet_kit.working(bureau)
        for actor in people[:4]:
            sheet_kit.hand_in(panel, actor)
        sheet_kit.confirmed(panel, people[4], bureau.officer, make_actor("bureau_officer", bureau.bureau))
        reopen_opinion(member=kit.seat(panel, people[2]), reason="更正第 1 项", by=people[0])
        sheet_kit.hand_in(panel, people[2], p1="14")
        opened = opinions.unseal(panel=sheet_kit.fresh(panel), by=bureau.officer)
        kit.visited(opened, bureau.officer)
        opinions.finish_review(panel=opened, conclusion="建议认定。", by=bureau.officer)
        fixed(bureau)
        sound, said = verified(bureau.call.pk)
        assert (sound, differences(said)) == (True, [])
        assert "得分 474.5 ÷ 5 = 94.90，与办结时记载一致" in said
        (file,) = record_of(bureau.call)["files"]
        assert [len(sheet["earlier"]) for sheet in file["sheets"]] == [0, 0, 1, 0, 0]
        version = OpinionVersion.objects.get()
        version.said["scores"]["1"] = "1"
        version.save()
        assert any(
            "专家3：第 1 次提交的内容与其 SHA-256 不符" in line for line in differences(verified(bureau.call.pk)[1])
        )


def test_a_record_is_redone_without_the_database_and_compared_with_it(settled: Desk, tmp_path: Path) -> None:
    answer = sign_in(settled.officer).get(url(settled, "result_record"))
    file = tmp_path / "result.json"
    file.write_bytes(answer.content)
    record = json.loads(answer.content)
    assert list(record_differences(record)) == []
    assert verified(file)[0]
    assert verified(settled.call.pk, file)[0]
    assert "测试评审人" not in answer.content.decode()
    promotion.drop_out(
        application=Placement.objects.get(state="alternate").application, reason="放弃", by=settled.officer
    )
    assert verified(file)[0]
    sound, said = verified(settled.call.pk, file)
    assert not sound
    assert "记录的“changes”与数据库不同" in differences(said)
    record["files"][0]["sheets"][0]["points"]["1"] = "50"
    file.write_text(json.dumps(record), encoding="utf-8")
    sound, said = verified(file)
    assert not sound
    assert "专家1：总分记录为 81，各项得分之和为 91" in said


def test_who_drops_out_and_who_moves_up_is_followed(settled: Desk) -> None:
    first = Placement.objects.get(cell="funded_digital").application
    promotion.drop_out(application=first, reason="放弃", by=settled.officer)
    record = record_of(settled.call)
    assert [change["kind"] for change in record["changes"]] == ["drop", "promote"]
    named = Placement.objects.get(cell="named_digital").application
    promotion.drop_out(application=named, reason="放弃", by=settled.officer)
    sound, said = verified(settled.call.pk)
    assert (sound, differences(said)) == (True, [])
    Placement.objects.filter(application=first).update(state="selected")
    sound, said = verified(settled.call.pk)
    assert not sound
    assert any("重算为已退出" in line for line in differences(said))


def test_a_place_on_the_other_level_is_freed_in_the_record_too(bureau: Desk) -> None:
    both = national(bureau, points("95"))
    own = municipal(bureau, points("90"))
    own.organisation = both.organisation
    own.save()
    municipal(bureau, points("80"))
    fixed(bureau)
    states = {file["id"]: file["state"] for file in record_of(bureau.call)["files"]}
    assert states[own.pk] == "released"
    assert verified(bureau.call.pk)[0]


def test_the_page_shows_each_step_and_names_only_to_who_runs_the_review(settled: Desk) -> None:
    municipal(settled, *SHEETS[0], closed=False)
    sealed = municipal(settled, *SHEETS[0], closed=False)
    Panel.objects.filter(application=sealed).update(unsealed_at=None)
    officer, page = sign_in(settled.officer), url(settled, "result")
    shown = officer.get(page).content.decode()
    for words in (
        "265.5 ÷ 3",
        "211/3",
        "70.33",
        "45＋45＝90",
        "另有 1 个专家组的意见未启封",
        "评审未办结",
        "专家总评分",
    ):
        assert words in shown, words
    assert sealed.organisation.name not in shown
    assert Opinion.objects.order_by("pk")[0].sha256 in shown
    assert "测试评审人" not in shown
    assert "测试评审人1" in officer.get(page + "?names=1").content.decode()
    watcher = sign_in(make_actor("supervisor", settled.bureau))
    seen = watcher.get(page + "?names=1").content.decode()
    assert "265.5 ÷ 3" in seen
    assert "测试评审人" not in seen
    assert watcher.get(url(settled, "result_record")).status_code == 200
    assert watcher.post(page).status_code == 403


def test_trimmed_totals_are_struck_and_the_rest_divided(db: Any) -> None:
    with desk("chongqing", score__method="trimmed", score__trim_from=3, score__rounding="half_up") as bureau:
        municipal(bureau, points("90"), points("80"), points("70.01"), points("85"), points("82"))
        shown = sign_in(bureau.officer).get(url(bureau, "result")).content.decode()
        for words in ("<s>90</s> 不计", "<s>70.01</s> 不计", "247 ÷ 3", "247/3", "82.33", "去掉一个最高分、一个最低分"):
            assert words in shown, words
        assert "评分表不少于 3 份的，去掉一个最高分和一个最低分后取总分的平均值" in shown
        assert "尚未拟制名单" in shown
        assert verified(bureau.call.pk)[0]


def test_a_policy_that_ranks_without_scores_shows_the_order_alone(db: Any) -> None:
    with desk("skills_foundation") as bureau:
        files = [file_of(bureau.call, sample("skills_foundation")) for _ in range(2)]
        drawn_up(bureau)
        shown = sign_in(bureau.officer).get(url(bureau, "result")).content.decode()
        assert "各专家总分" not in shown
        assert "计算方法" not in shown
        assert [file.organisation.name in shown for file in files] == [True, True]
        assert "尚未决定次序" in shown
        assert verified(bureau.call.pk)[0]


def test_the_print_holds_every_figure_and_is_issued_with_the_list(settled: Desk) -> None:
    document = Document.objects.get(kind="score_result")
    record = record_of(settled.call)
    pages = pages_of(pdf_of(document))
    whole = "".join(pages)
    assert [document.code in page for page in pages] == [True] * len(pages)
    wanted = [record["sha256"]]
    for file in record["files"]:
        wanted += [
            "".join(file["unit"].split()),
            file["result"]["shown"],
            f"{file['result']['sum']}÷{file['result']['divisor']}",
        ]
        wanted += [figure["shown"] for figure in file["figures"]]
        for sheet in file["sheets"]:
            wanted += [sheet["sha256"], "＋".join(sheet["points"].values()), sheet["total"]]
    wanted += [line["text"] for line in rules_of(settled.call.edition, settled.call.setting_values)]
    assert [words for words in wanted if "".join(words.split()) not in whole] == []
    assert "测试评审人" not in whole
    assert sign_in(settled.officer).post(url(settled, "result")).status_code == 302
    assert Document.objects.filter(kind="score_result").count() == 1  # nothing has changed: the same version


def test_nobody_else_reaches_it_and_a_call_of_another_place_is_not_there(settled: Desk) -> None:
    unit = Placement.objects.all()[0].application.organisation
    for role, place in (("expert", settled.bureau), ("finance", settled.bureau), ("unit_admin", unit)):
        client = sign_in(make_actor(role, place))
        found = [client.get(url(settled, name)).status_code for name in ("result", "result_record")]
        assert found == [403, 403], role
    with desk("kunshan") as other:
        client = sign_in(other.officer)
        for name in ("result", "result_record"):
            assert client.get(reverse(f"reviews:{name}", args=[other.place.code, settled.call.pk])).status_code == 404


def test_queries_do_not_grow_with_files_or_sheets(bureau: Desk) -> None:
    client, page = sign_in(bureau.officer), url(bureau, "result") + "?names=1"
    counts = []
    for more in (3, 27):
        for at in range(more):
            municipal(bureau, points(str(50 + at)), points(str(60 + at)))
        drawn_up(bureau)
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        with CaptureQueriesContext(connection) as command:
            assert verified(bureau.call.pk)[0]
        counts.append((len(caught), len(command)))
    assert counts[0] == counts[1]
