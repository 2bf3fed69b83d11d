"""A year in Kunshan that is not enough: the officer decides to have it put right, another person approves, the unit reads it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.after import choose, follow, papers
from tests.journeys.desk import carry_out
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, UNIT = "kunshan", "昆山千墩电气职业培训中心"
FIND = """
from assessments.models import Assessment
row = Assessment.objects.get(base__jurisdiction__code="kunshan", state="ready")
print(row.pk, row.base_id, row.round_id)
"""


def test_a_year_that_is_not_enough_is_put_right(person: Make, portal: Portal) -> None:
    row, base, found = portal.script(FIND).split()
    portal.forget_waiting()
    officer, approver = person().sign_in("ks-officer"), person().sign_in("ks-approver")
    officer.go(f"/{PLACE}/desk/rounds/{found}/")
    officer.look_both("round")
    page = officer.go(f"/{PLACE}/desk/assessments/{row}/")
    expect(page.locator("main")).to_contain_text("未达到")
    officer.look_both("assessment")
    reason = "全年培训 60 人，未完成 150 人的年度指标，属第一次未完成，给予整改。"
    choose(officer, "拟定结果…", "拟定", "outcome", "rectify", reason=reason)
    expect(officer.page.locator("main")).to_contain_text("拟定，待审批")
    approver.go(f"/{PLACE}/desk/assessments/{row}/")
    carry_out(approver, "确定结果…", "确定", opinion="同意")
    approver.page.locator(".facts a[href*='/desk/cases/']").first.click()
    expect(approver.page.get_by_role("heading", level=1)).to_contain_text("整改")
    carry_out(approver, "作出决定…", "作出决定", reason="考核数据属实，依据政策限期整改。")
    approver.look_both("case")
    officer.go(approver.page.url.removeprefix(approver.address))
    papers(officer, ("整改通知书", "整改通知", (UNIT, "整改")))
    carry_out(officer, "执行…", "执行")
    officer.go(f"/{PLACE}/desk/bases/{base}/cases/")
    expect(officer.page.locator("main")).to_contain_text("整改期")
    officer.look_both("base-cases")
    unit = person(phone=True).sign_in("ks-qiandeng")
    unit.go(f"/{PLACE}/bases/mine/{base}/cases/")
    expect(unit.page.locator("main")).to_contain_text("整改期")
    unit.look_both("my-cases")
    follow(unit, "整改", "整改")
    expect(unit.page.get_by_role("link", name=re.compile("整改通知")).first).to_be_visible()
    unit.look_both("my-case")
