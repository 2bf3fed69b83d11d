"""The whole of Shunyi: a chain enterprise applies on two tracks, is drawn a panel as it files, and ends on the public list.

No office recommends; files are reviewed as they come. The training school listed beside it has been reviewed before.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.calendars import clock
from portal.policy.sample import samples_of
from tests.journeys import stages
from tests.journeys.desk import decide
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE = "shunyi"
CHAIN, SCHOOL = "北京舞彩精密装备有限公司", "北京箭杆河养老服务职业培训学校"
PLAQUES = {CHAIN: "顺义区产业链企业培训基地", SCHOOL: "顺义区职业技能提升培训基地"}

HEAD = f"""
from datetime import timedelta
from applications.models import Application
from portal.calendars import clock
from portal.desk.demo import filing, reviewing
from portal.desk.demo.filing import on
from reviews.models import Panel
from tests.journeys import backstage
cast = backstage.cast_of("{PLACE}")
"""
PREPARE = f"""{HEAD}
call = backstage.open_call(cast, "{PLACE}", hours=24 * 40)
day = clock.today() - timedelta(days=28)
school = filing.hand_in(cast, "jianganhe", filing.fill(cast, "jianganhe", call, on(day, 9)), on(day, 15))
filing.accept(cast, school, on(day + timedelta(days=2), 10))
at = on(day + timedelta(days=4), 9)
reviewing.whole_review(cast, school, reviewing.convene_drawn(cast, school, at), at)
print(call.pk)
"""
FILL = """
unit, actor = cast.units["wulihe"]
chain, contest = (Application.objects.get(pk=pk) for pk in ({chain}, {contest}))
filing.fill_in(cast, chain, unit.answers(clock.today()), actor, ("ideas",))
filing.fill_in(cast, contest, unit.also["ds"](clock.today()), actor, ())
filing.hand_in(cast, "wulihe", contest, clock.now() - timedelta(hours=1))
"""
PLAN = """
panel = Panel.objects.get(application={chain})
print(backstage.declare_rest(cast, panel)[0])
start = on(clock.today() + timedelta(days=1), 9)
reviewing.visit(cast, panel, clock.now(), start, done=False)
"""
VISITED = """
panel = Panel.objects.get(application={chain})
backstage.record_visit(cast, panel)
backstage.opine_rest(cast, panel, but="{expert}")
"""


def apply_twice(unit: Person, call: str, portal: Portal) -> tuple[str, str]:
    """Begin on two tracks, be refused the third, fill in the last page and submit; return the chain file's key and number."""
    unit.go(f"/{PLACE}/calls/{call}/").get_by_role("link", name="开始申报").click()
    unit.look_both("start")
    chain = stages.begin(unit, PLACE, call, "cy")
    other = unit.go(f"/{PLACE}/calls/{call}/apply/").locator("input[name=track][value=ts]")
    expect(other).to_be_disabled()
    expect(unit.page.locator("label", has=other)).to_contain_text("不可同时申报")
    unit.look("exclusive-refused")
    contest = stages.begin(unit, PLACE, call, "ds")
    portal.script(HEAD + FILL.format(chain=chain, contest=contest))
    address = f"/{PLACE}/applications/{chain}/"
    unit.go(address)
    unit.look("tasks")
    samples = samples_of(PLACE)
    assert samples is not None
    sample = next(each for each in samples.units if each.key == "wulihe")
    stages.fill_page(unit, address, "ideas", sample.answers(clock.today()))
    return chain, stages.submit(unit, address, CHAIN)


@pytest.mark.timeout(900)
def test_an_enterprise_becomes_a_base(person: Make, portal: Portal) -> None:
    call = portal.script(PREPARE).splitlines()[-1]
    portal.forget_waiting()
    unit, officer, approver = (person().sign_in(f"sy-{name}") for name in ("wulihe", "officer", "approver"))
    chain, number = apply_twice(unit, call, portal)
    stages.judge(officer, portal, PLACE, chain, unit=CHAIN)
    decide(officer, "受理", "受理并发出通知书")
    stages.keep_paper(officer, "受理通知书", stages.ACCEPTANCE, CHAIN)
    panel = stages.draw_panel(officer, PLACE, chain, clock.today())
    expert = person(phone=True).sign_in(portal.script(HEAD + PLAN.format(chain=chain)).splitlines()[-1])
    stages.declare(expert, PLACE, number)
    portal.travel(clock.now() + timedelta(days=2))
    portal.script(HEAD + VISITED.format(chain=chain, expert=expert.username))
    stages.opine(expert.again(), PLACE, number)
    stages.finish_review(officer.again(), panel, CHAIN)
    title = f"{clock.today().year}年第二批拟认定名单"
    notice = stages.list_and_publish(officer, approver.again(), PLACE, call, title)
    for name in PLAQUES:
        expect(approver.page.locator("main")).to_contain_text(name)
    stages.after_notice(portal, notice, approver, "顺人社演发")
    visitor = person()
    for name, plaque in PLAQUES.items():
        stages.public_list(visitor, PLACE, name, plaque)
