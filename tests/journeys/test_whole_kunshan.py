"""The whole of Kunshan: a technical school is put forward by its zone, ranked by its score, and ends on the public list."""

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
PLACE, ZONE = "kunshan", "昆山开发区社会保障部门"
UNIT, KEY = "昆山光澜电子技工学校", "guangdian"
PLAQUE = "昆山市高技能人才公共实训基地"

HEAD = f"""
from datetime import timedelta
from applications.models import Application, Call
from portal.calendars import clock
from portal.desk.demo import filing, reviewing
from portal.desk.demo.filing import on
from reviews.models import Panel
from tests.journeys import backstage
cast = backstage.cast_of("{PLACE}")
"""
PREPARE = f"""{HEAD}
call = backstage.open_call(cast, "{PLACE}")
backstage.cleared(cast, "{PLACE}", call, ["tinglin"])
backstage.sealed(cast, "{PLACE}", call, ["loufeng"])
print(call.pk)
"""
FILL = f"""
unit, actor = cast.units["{KEY}"]
application = Application.objects.get(pk={{pk}})
filing.fill_in(cast, application, unit.answers(clock.today()), actor, ("base",))
"""
ELSEWHERE = """
call = Call.objects.get(pk={call})
backstage.accept_all(cast, call, clock.now() - timedelta(hours=5), but={pk})
"""
PLAN = """
panel = Panel.objects.get(application={pk})
print(backstage.declare_rest(cast, panel)[0])
reviewing.visit(cast, panel, clock.now(), on(clock.today() + timedelta(days=1), 9), done=False)
"""
VISITED = """
backstage.review_all(cast, Call.objects.get(pk={call}), clock.now() - timedelta(days=19))
panel = Panel.objects.get(application={pk})
backstage.record_visit(cast, panel)
backstage.opine_rest(cast, panel, but="{expert}")
"""


def recommend(zone: Person, portal: Portal, call: str, pk: str) -> None:
    """Check the school's file, measure, rank it before the other, stamp and hand in."""
    samples = samples_of(PLACE)
    assert samples is not None
    assert samples.verification is not None
    stages.judge(zone, portal, PLACE, pk, unit=UNIT, by='cast.desks["development"]')
    recommending.clear(zone, PLACE, pk)
    unit = next(each for each in samples.units if each.key == KEY)
    recommending.verify(zone, PLACE, pk, samples.verification(unit, clock.today()))
    recommending.open_board(zone, PLACE, call)
    recommending.list_all(zone)
    zone.page.get_by_role("button", name=f"上移：{UNIT}").click()
    zone.page.get_by_role("button", name="保存排序").click()
    expect(zone.page.locator(".board__rank li").first).to_contain_text(UNIT)
    recommending.explain(zone, 2, "实训场地和设备居全区前列，连续三年承担集成电路高技能人才培养，示范作用明显。")
    recommending.write(zone, samples.chapters, f"昆开人社荐〔{clock.today().year}〕3号")
    recommending.print_paper(zone, "推荐", UNIT)
    recommending.stamp_all(zone)
    zone.look_both("board")
    recommending.seal(zone)


@pytest.mark.timeout(900)
def test_a_school_becomes_a_base(person: Make, portal: Portal) -> None:
    call = portal.script(PREPARE).splitlines()[-1]
    portal.forget_waiting()
    unit, zone = person().sign_in(f"ks-{KEY}"), person().sign_in("ks-kaifaqu")
    unit.go(f"/{PLACE}/calls/{call}/apply/")
    unit.look_both("start")
    pk = stages.begin(unit, PLACE, call, "base", office=ZONE)
    portal.script(HEAD + FILL.format(pk=pk))
    address = f"/{PLACE}/applications/{pk}/"
    samples = samples_of(PLACE)
    assert samples is not None
    answers = next(each for each in samples.units if each.key == KEY).answers(clock.today())
    stages.fill_page(unit, address, "base", answers)
    number = stages.submit(unit, address, UNIT)
    recommend(zone, portal, call, pk)
    tomorrow = clock.today() + timedelta(days=1)
    portal.travel(on(tomorrow, 15))
    portal.script(HEAD + ELSEWHERE.format(call=call, pk=pk))
    officer, approver = person().sign_in("ks-officer"), person().sign_in("ks-approver")
    recommending.receive(officer, PLACE, call, ZONE)
    stages.judge(officer, portal, PLACE, pk, unit=UNIT)
    decide(officer, "受理", "受理并发出通知书")
    keep_paper(officer, "受理通知书", stages.ACCEPTANCE, UNIT)
    panel = stages.draw_panel(officer, PLACE, pk, tomorrow)
    expert = person(phone=True).sign_in(portal.script(HEAD + PLAN.format(pk=pk)).splitlines()[-1])
    stages.declare(expert, PLACE, number)
    portal.travel(on(tomorrow + timedelta(days=20), 15))
    portal.script(HEAD + VISITED.format(pk=pk, call=call, expert=expert.username))
    stages.opine(expert.again(), PLACE, number)
    stages.finish_review(officer.again(), panel, UNIT)
    stages.select(officer, approver, PLACE, call)
    notice = stages.list_and_publish(officer, approver, PLACE, call, "拟认定名单")
    expect(approver.page.locator("main")).to_contain_text(re.compile(UNIT))
    stages.after_notice(portal, notice, approver, "昆人社培")
    stages.public_list(person(), PLACE, UNIT, PLAQUE)
