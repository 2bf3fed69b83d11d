"""The whole of Chongqing: one school applies on both levels, is selected at the national one, and leaves its municipal place.

Its district has two municipal places and three files for them: the third is refused at the board.
"""

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
PLACE, DISTRICT = "chongqing", "渝北区人力资源和社会保障局"
UNIT, KEY, THIRD = "重庆御临智造技师学院", "yulin", "渝北临港数字技能公共实训中心"

HEAD = f"""
from datetime import timedelta
from applications.models import Application, Call
from portal.calendars import clock
from portal.desk.demo import crossing, filing, offices
from portal.desk.demo.filing import on
from reviews.models import Panel
from tests.journeys import backstage
cast = backstage.cast_of("{PLACE}")
"""
PREPARE = f"""{HEAD}
call = backstage.open_call(cast, "{PLACE}")
backstage.cleared(cast, "{PLACE}", call, ["konggang", "lingang"])
backstage.sealed(cast, "{PLACE}", call, ["bayu"])
backstage.sealed(cast, "{PLACE}", call, ["chuanwei"])
print(call.pk)
"""
FILL = f"""
unit, actor = cast.units["{KEY}"]
application = Application.objects.get(pk={{pk}})
filing.fill_in(cast, application, unit.answers(clock.today()), actor, ("review",))
"""
CROSS = f"""
source = Application.objects.get(pk={{pk}})
made = crossing.cross(cast, "{KEY}", source, clock.now() - timedelta(hours=2))
offices.clear(cast, backstage.samples_at("{PLACE}"), cast.units["{KEY}"][0], made, clock.now() - timedelta(hours=2))
"""
ELSEWHERE = """
call = Call.objects.get(pk={call})
backstage.accept_all(cast, call, clock.now() - timedelta(hours=5), but={pk})
"""
REVIEW = """
panel = Panel.objects.get(application={pk})
print(backstage.declare_rest(cast, panel)[0])
"""
SCORED = """
backstage.review_all(cast, Call.objects.get(pk={call}), clock.now() - timedelta(days=19))
backstage.opine_rest(cast, Panel.objects.get(application={pk}), but="{expert}")
"""


def apply_on_both_levels(unit: Person, portal: Portal, call: str) -> tuple[str, str]:
    """File at the national level by hand, and cross over to the municipal one by one act; return key and number of the national one."""
    samples = samples_of(PLACE)
    assert samples is not None
    unit.go(f"/{PLACE}/calls/{call}/apply/")
    unit.look_both("start")
    pk = stages.begin(unit, PLACE, call, "national", office=DISTRICT)
    portal.script(HEAD + FILL.format(pk=pk))
    address = f"/{PLACE}/applications/{pk}/"
    answers = next(each for each in samples.units if each.key == KEY).answers(clock.today())
    stages.fill_page(unit, address, "review", answers)
    number = stages.submit(unit, address, UNIT)
    page = unit.go(address)
    page.locator(".cross-offer a.button").click()
    page.locator("#commitment").check()
    unit.look_both("cross-application")
    page.locator("form.act button").click()
    page.wait_for_url(re.compile(rf"/applications/(?!{pk}/)\d+/$"))
    unit.look("cross-made")
    portal.script(HEAD + CROSS.format(pk=pk))
    return pk, number


def recommend(district: Person, portal: Portal, call: str, pk: str) -> None:
    """Check the national file, verify figures, be refused a third municipal place, stamp and hand in."""
    samples = samples_of(PLACE)
    assert samples is not None
    assert samples.verification is not None
    stages.judge(district, portal, PLACE, pk, unit=UNIT, by="cast.desks[cast.units['yulin'][0].recommender]")
    recommending.clear(district, PLACE, pk)
    unit = next(each for each in samples.units if each.key == KEY)
    recommending.verify(district, PLACE, pk, samples.verification(unit, clock.today()))
    recommending.open_board(district, PLACE, call)
    page = district.page
    recommending.list_all(district)
    expect(page.locator("#checks, aside").first).to_contain_text("超出名额")
    district.look("board-over-quota")
    page.get_by_role("button", name=f"移出：{THIRD}").click()
    page.locator("#line-municipal").get_by_role("button", name=f"上移：{UNIT}").click()
    page.get_by_role("button", name="保存排序").click()
    recommending.write(district, samples.chapters, f"渝北人社荐〔{clock.today().year}〕3号")
    recommending.print_paper(district, "高技能人才培训基地推荐函", UNIT)
    recommending.stamp_all(district)
    district.look_both("board")
    recommending.seal(district)


@pytest.mark.timeout(900)
def test_a_school_is_selected_at_the_national_level(person: Make, portal: Portal) -> None:
    call = portal.script(PREPARE).splitlines()[-1]
    portal.forget_waiting()
    unit, district = person().sign_in(f"cq-{KEY}"), person().sign_in("cq-yubei")
    pk, number = apply_on_both_levels(unit, portal, call)
    recommend(district, portal, call, pk)
    tomorrow = clock.today() + timedelta(days=1)
    portal.travel(on(tomorrow, 15))
    portal.script(HEAD + ELSEWHERE.format(call=call, pk=pk))
    officer, approver = person().sign_in("cq-officer"), person().sign_in("cq-approver")
    recommending.receive(officer, PLACE, call, DISTRICT)
    stages.judge(officer, portal, PLACE, pk, unit=UNIT)
    decide(officer, "受理", "受理并发出通知书")
    keep_paper(officer, "受理通知书", stages.ACCEPTANCE, UNIT)
    panel = stages.draw_panel(officer, PLACE, pk, tomorrow)
    expert = person(phone=True).sign_in(portal.script(HEAD + REVIEW.format(pk=pk)).splitlines()[-1])
    stages.declare(expert, PLACE, number)
    portal.travel(on(tomorrow + timedelta(days=20), 15))
    portal.script(HEAD + SCORED.format(pk=pk, call=call, expert=expert.username))
    stages.opine(expert.again(), PLACE, number)
    stages.finish_review(officer.again(), panel, UNIT)
    stages.select(officer, approver, PLACE, call)
    gone = approver.page.locator("tr.group", has_text="让出和退出").locator("xpath=following-sibling::tr").first
    expect(gone).to_contain_text(UNIT)
    notice = stages.list_and_publish(officer, approver, PLACE, call, "拟入选名单")
    expect(approver.page.locator("main")).to_contain_text(UNIT)
    stages.after_notice(portal, notice, approver, "渝人社演发", "批建")
    stages.public_list(person(), PLACE, UNIT, "高技能人才培训基地")
