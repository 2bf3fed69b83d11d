"""Hangzhou after two years: a ledger brought in and verified, a month reported, a result that costs the title and the plaque."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import expect

from portal.calendars import clock
from portal.desk.demo.filing import on
from portal.policy import registry
from tests.journeys.after import book_of, follow, papers
from tests.journeys.desk import carry_out
from tests.journeys.filling import await_save, fill_section
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, UNIT = "hangzhou", "杭州拱宸数字技能学校"
FIND = f"""
from assessments.models import Assessment
row = Assessment.objects.get(base__organisation__name="{UNIT}")
print(row.pk, row.base_id, row.base.certificate_number)
"""
SCORED = """
from assessments.models import Assessment
from assessments.services import rounds_panel
from portal.calendars import clock
from tests.journeys import backstage
cast = backstage.cast_of("hangzhou")
row = Assessment.objects.get(pk={pk})
panel, low = row.panel, {{"6": "2.5", "7": "1.4", "8": "1.2", "10": "1", "11": "2"}}
means = [(line, low.get(str(line["number"]), line["proposal"] or "0")) for line in panel.sheet["lines"]]
items = [{{"number": line["number"], "exact": mean, "title": line["title"], "bonus": line["bonus"]}} for line, mean in means]
panel.state, panel.closed_at, panel.result = "closed", clock.now(), {{"items": items}}
panel.save()
print(rounds_panel.take_panel(assessment=row, by=cast.officer).result["total"])
"""
MONTH = {
    "classes": "2",
    "hours": "64.0",
    "evaluated": "0",
    "machine_hours": "120.0",
    "analysis": "本月以本校学生实训为主，对外服务两批。",
}
"""What the experts give is low: the services of a base that does poorly follow from its own record."""


def rows(today: date) -> list[dict[str, object]]:
    """Three services of this month; the last one has no number of persons."""
    row = {
        "on": today.isoformat(), "client": "杭州北塘机电有限公司", "side": "对外", "kind": "职业技能实训", "project": "电工",
        "application": "是", "agreement": "是", "booking": "是", "trainees": "是",
    }  # fmt: skip
    return [row | {"person_times": number, "hours": "8"} for number in (24, 31, "")]


def bring_in(unit: Person, base: str) -> None:
    """Bring a workbook in: what is wrong is told, nothing written, the sound rows are entered when asked."""
    unit.go(f"/{PLACE}/bases/mine/{base}/")
    unit.look_both("my-base")
    page = unit.go(f"/{PLACE}/bases/mine/{base}/records/service/import/")
    unit.look_both("import")
    book = book_of(registry.current(PLACE), "service", rows(clock.today()))
    page.set_input_files("input[name=workbook]", book)  # type: ignore[arg-type]
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("button", name="只导入无误的 2 行")).to_be_visible()
    expect(page.get_by_role("region", name="需更正的行")).to_contain_text("第 4 行")
    unit.look_both("preview")
    page.get_by_role("button", name="只导入无误的 2 行").click()
    expect(page.get_by_role("link", name="查看台账")).to_be_visible()
    unit.look_both("imported")


def report(unit: Person, base: str) -> None:
    """Write the statistics of a month and hand them in."""
    page = unit.go(f"/{PLACE}/bases/mine/{base}/reports/")
    unit.look_both("my-reports")
    page.locator("a[href*='/reports/monthly/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("月度实训统计")
    fill_section(unit, MONTH)
    await_save(unit)
    unit.look_both("report")
    page.locator("[data-next]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对并报送")
    unit.look_both("report-check")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_role("button", name="报送", exact=True)).to_have_count(0)


def verify(officer: Person, base: str) -> None:
    """Verify what was brought in, and accept the report."""
    page = officer.go(f"/{PLACE}/desk/bases/{base}/records/?ledger=service&state=reported")
    officer.look_both("records")
    page.get_by_role("link", name="全部核实").click()
    page.locator("form.act").first.get_by_role("button", name=re.compile("^核实")).click()
    expect(page.get_by_text(re.compile("^已核实"))).to_be_visible()
    officer.go(f"/{PLACE}/desk/reports/")
    officer.look_both("reports")
    page = officer.go(f"/{PLACE}/desk/bases/{base}/reports/")
    officer.look_both("base-reports")
    page.get_by_role("region", name="已报的报告").get_by_role("row").filter(has_text="月度").get_by_role(
        "link"
    ).first.click()
    expect(page.get_by_role("button", name="审核通过")).to_be_visible()
    officer.look_both("report-read")
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_role("button", name="审核通过")).to_have_count(0)


def heard(officer: Person, unit: Person, assessment: str) -> str:
    """Propose the lowest grade, tell the unit, hear what it says; return the address of the case."""
    officer.go(f"/{PLACE}/desk/assessments/{assessment}/")
    officer.look_both("assessment")
    carry_out(officer, "拟定结果…", "拟定", reason="两年对外公共服务不足，统计和台账不完整。")
    expect(officer.page.locator("main")).to_contain_text("拟定，随处置决定确定")
    papers(officer, ("考核评估表", "考核评估表", (UNIT, "不合格")), ("结果告知", "告知书", (UNIT,)))
    officer.page.locator(".facts a[href*='/desk/cases/']").click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("撤销")
    case = officer.page.url.removeprefix(officer.address)
    carry_out(officer, "书面告知…", "告知")
    expect(officer.page.locator("main")).to_contain_text("5 个工作日")
    officer.look_both("case-served")
    page = unit.go(case.replace("/desk/cases/", "/bases/mine/cases/"))
    page.fill("[name=text]", "我校两年来已对外开放，台账登记不全，请复核2025年服务人次。")
    unit.look_both("my-case")
    page.get_by_role("button", name="提交陈述申辩意见").click()
    expect(officer.page.locator("main")).to_contain_text("撤销")
    expect(page.locator("main")).to_contain_text("请复核2025年服务人次")
    officer.go(f"{case}hearing/")
    officer.page.fill("[name=text]", "已逐条复核2025年服务台账，人次与原认定一致，意见不予采纳。")
    officer.page.get_by_role("button", name="登记", exact=True).click()
    expect(officer.page.locator("main")).to_contain_text("意见不予采纳")
    return case


def ended(officer: Person, approver: Person, case: str, base: str) -> None:
    """Decide as another person, carry out, take the plaque down."""
    approver.go(case)
    carry_out(approver, "作出决定…", "作出决定", reason="考核不合格，陈述申辩意见经复核不成立，予以撤销。")
    approver.look_both("case-decided")
    officer.again().go(case)
    papers(officer, ("撤销决定", "撤销.*决定", (UNIT, "撤销", "行政复议")))
    carry_out(officer, "执行…", "执行")
    expect(officer.page.locator("main")).to_contain_text("铭牌待收回")
    follow(officer, "登记摘牌", "分基地")
    officer.look_both("base-revoked")
    officer.page.locator("[name=state][value=removed]").check()
    officer.page.fill("[name=on]", clock.local_date(clock.now() + timedelta(days=10)).isoformat())
    officer.page.fill("[name=receiver]", "执法经办人")
    officer.page.get_by_role("button", name="登记", exact=True).click()
    expect(officer.page.locator("main")).to_contain_text("已摘牌")


def test_a_ledger_a_month_and_a_result_that_costs_the_plaque(person: Make, portal: Portal) -> None:
    assessment, base, certificate = portal.script(FIND).split()
    portal.forget_waiting()
    unit, officer = person().sign_in("gongshu"), person().sign_in("officer")
    bring_in(unit, base)
    report(unit, base)
    verify(officer, base)
    assert float(portal.script(SCORED.format(pk=assessment))) < 60
    case = heard(officer, unit, assessment)
    portal.travel(on(clock.today() + timedelta(days=10), 10))
    ended(officer, person().sign_in("approver"), case, base)
    visitor = person()
    visitor.go(f"/{PLACE}/announcements/")
    visitor.look_both("announcements")
    follow(visitor, re.compile("拱宸"), "公告")
    visitor.look_both("announcement")
    visitor.go(f"/verify/?code={certificate}")
    expect(visitor.page.locator("main")).to_contain_text("撤销")
    visitor.look_both("verified")
    visitor.go(f"/{PLACE}/bases/?q=拱宸")
    visitor.look_both("public-list")
