"""The whole of the skills foundation: a public centre goes from its city to the region, is reported, and named by the ministry."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.calendars import clock
from portal.desk.demo.filing import on
from portal.policy.sample import samples_of
from tests.journeys import recommending, stages
from tests.journeys.desk import decide, keep_paper
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, LEAGUE = "skills_foundation", "包头市人力资源和社会保障局"
UNIT, KEY = "包头阴山公共实训中心", "yinshan"
LIST = "国家技能根基工程培训基地"

HEAD = f"""
from datetime import timedelta
from applications.models import Application, Call
from portal.calendars import clock
from portal.desk.demo import filing
from portal.desk.demo.filing import on
from portal.policy.procedure import StageKind
from reviews.models import Panel
from tests.journeys import backstage
cast = backstage.cast_of("{PLACE}")
"""
PREPARE = f"""{HEAD}
backstage.set_value(cast, "{PLACE}", "quota.region", "2")
reporting = clock.now() + timedelta(days=1), clock.now() + timedelta(days=60)
call = backstage.open_call(cast, "{PLACE}", later={{StageKind.REPORT: reporting}})
backstage.cleared(cast, "{PLACE}", call, ["xigu"])
backstage.sealed(cast, "{PLACE}", call, ["daqingshan"])
print(call.pk)
"""
FILL = f"""
unit, actor = cast.units["{KEY}"]
application = Application.objects.get(pk={{pk}})
filing.fill_in(cast, application, unit.answers(clock.today()), actor, ("{{section}}",))
"""
JUSTIFY = """
backstage.justify_rest(Application.objects.get(pk={pk}), cast.desks["league2"])
"""
ELSEWHERE = """
call = Call.objects.get(pk={call})
backstage.accept_all(cast, call, clock.now() - timedelta(hours=5), but={pk})
"""
REVIEW = """
panel = Panel.objects.get(application={pk})
print(backstage.declare_rest(cast, panel)[0])
"""
SAID = """
backstage.review_all(cast, Call.objects.get(pk={call}), clock.now() - timedelta(days=19))
backstage.opine_rest(cast, Panel.objects.get(application={pk}), but="{expert}")
"""
AGAIN = """
panel = Panel.objects.get(application={pk}, stage="recheck")
backstage.declare_rest(cast, panel, but=0)
backstage.opine_rest(cast, panel, but="")
"""


def apply(unit: Person, portal: Portal, call: str) -> tuple[str, str]:
    """File through the city; return key and number of the application."""
    samples = samples_of(PLACE)
    assert samples is not None
    unit.go(f"/{PLACE}/calls/{call}/apply/")
    unit.look_both("start")
    pk = stages.begin(unit, PLACE, call, "base", office=LEAGUE)
    portal.script(HEAD + FILL.format(pk=pk, section="chapter1"))
    address = f"/{PLACE}/applications/{pk}/"
    answers = next(each for each in samples.units if each.key == KEY).answers(clock.today())
    stages.fill_page(unit, address, "chapter1", answers)
    return pk, stages.submit(unit, address, UNIT)


def recommend(city: Person, portal: Portal, call: str, pk: str) -> None:
    """Check, rank first of two, write the report, stamp and hand in."""
    samples = samples_of(PLACE)
    assert samples is not None
    stages.judge(city, portal, PLACE, pk, unit=UNIT, by="cast.desks['league2']")
    portal.script(HEAD + JUSTIFY.format(pk=pk))
    recommending.clear(city, PLACE, pk)
    recommending.open_board(city, PLACE, call)
    recommending.list_all(city)
    city.page.get_by_role("button", name=f"上移：{UNIT}").click()
    city.page.get_by_role("button", name="保存排序").click()
    recommending.explain(city, 2, "场地设备先进，年培训规模居全市前列，承担自治区竞赛集训，示范带动作用明显。")
    recommending.write(city, samples.chapters, f"包人社荐〔{clock.today().year}〕3号")
    recommending.print_paper(city, "推荐报告", UNIT)
    recommending.stamp_all(city)
    city.look_both("board")
    recommending.seal(city)


def report(officer: Person, call: str) -> None:
    """Report the units of the notice to the ministry, in order."""
    samples = samples_of(PLACE)
    assert samples is not None
    recommending.open_board(officer, PLACE, call)
    recommending.list_all(officer)
    recommending.explain(officer, 1, "五位专家一致同意，盟市推荐第一名，培训规模和设备条件居全区前列。")
    recommending.write(officer, samples.chapters, f"内人社报〔{clock.today().year}〕3号")
    recommending.stamp_all(officer)
    officer.look("report")
    recommending.seal(officer)


def publish(approver: Person, call: str) -> None:
    """Publish the re-checked units under the ministry's number, and keep the document."""
    page = approver.go(f"/{PLACE}/desk/rechecks/calls/{call}/")
    approver.look_both("rechecked")
    page.get_by_role("link", name=re.compile(r"（\d+ 家）…$")).click()
    page.locator("[name=document_number]").fill(f"人社厅演发〔{clock.today().year}〕45号")
    approver.confirm("公布")
    expect(page.get_by_text("文件已签发").first).to_be_visible()
    approver.look("published")


@pytest.mark.timeout(900)
def test_a_centre_is_named_by_the_ministry(person: Make, portal: Portal) -> None:
    call = portal.script(PREPARE).splitlines()[-1]
    portal.forget_waiting()
    unit, city = person().sign_in(f"gj-{KEY}"), person().sign_in("gj-baotou")
    pk, number = apply(unit, portal, call)
    recommend(city, portal, call, pk)
    tomorrow = clock.today() + timedelta(days=1)
    portal.travel(on(tomorrow, 15))
    portal.script(HEAD + ELSEWHERE.format(call=call, pk=pk))
    officer, approver = person().sign_in("gj-officer"), person().sign_in("gj-approver")
    recommending.receive(officer, PLACE, call, LEAGUE)
    stages.judge(officer, portal, PLACE, pk, unit=UNIT)
    decide(officer, "受理", "受理并发出通知书")
    keep_paper(officer, "受理通知书", stages.ACCEPTANCE, UNIT)
    panel = stages.draw_panel(officer, PLACE, pk, tomorrow)
    expert = person(phone=True).sign_in(portal.script(HEAD + REVIEW.format(pk=pk)).splitlines()[-1])
    stages.declare(expert, PLACE, number)
    later = tomorrow + timedelta(days=20)
    portal.travel(on(later, 15))
    portal.script(HEAD + SAID.format(pk=pk, call=call, expert=expert.username))
    stages.opine(expert.again(), PLACE, number)
    stages.finish_review(officer.again(), panel, UNIT)
    stages.select(officer, approver, PLACE, call)
    expect(approver.page.locator("tr.group", has_text="备选")).to_be_visible()
    stages.list_and_publish(officer, approver, PLACE, call, "拟推荐名单", only=UNIT)
    portal.travel(on(later + timedelta(days=16), 15))
    portal.run("reviews.tasks.sweep_notices")
    report(officer.again(), call)
    ministry, signer = person().sign_in("gj-ministry-officer"), person().sign_in("gj-ministry-approver")
    ministry.go(f"/{PLACE}/desk/rechecks/calls/{call}/")
    ministry.look("reported")
    panel = stages.draw_panel(ministry, PLACE, pk, later + timedelta(days=16))
    portal.script(HEAD + AGAIN.format(pk=pk))
    stages.finish_review(ministry, panel, UNIT)
    publish(signer, call)
    stages.public_list(person(), PLACE, UNIT, LIST)
