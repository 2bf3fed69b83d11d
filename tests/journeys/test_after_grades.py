"""Hangzhou's assessment of two years, from the round to the public list: one base comes to each grade, one of them by its bonus."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from portal.calendars import clock
from portal.desk.demo.filing import on
from tests.journeys.after import follow, papers
from tests.journeys.desk import carry_out
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE = "hangzhou"
YEAR = clock.today().year - 4  # the demonstration's own round is about later years
JANUARY = on(clock.today().replace(year=YEAR + 2, month=1, day=15), 10)
UNITS = {
    "fengshan": ("杭州凤山智造技师学院", "优秀"),
    "xixing": ("浙江西兴精密传动有限公司", "良好"),
    "chunjiang": ("富阳春江造纸技工学校", "合格"),
    "zhijiang": ("杭州之江云数科技有限公司", "不合格"),
}
LIVED = f"""
from datetime import date
from tests.journeys import backstage, histories
cast, year = backstage.cast_of("hangzhou"), {YEAR}
lived = {{
    "fengshan": ((301, 1500), [f"{{year + 1}}-05-10"]), "xixing": ((300, 9000), []), "chunjiang": ((0, 9000), []),
    "zhijiang": ((1, 300), []),
}}
for key, (persons, contests) in lived.items():
    base = histories.entered(cast, "hangzhou", key, date(year - 1, 12, 20))
    histories.served(cast, base, key, dict(zip((year, year + 1), persons)), contests)
"""
JUDGED = f"""
from assessments.models import Round
from tests.journeys import backstage, histories
full = {{6: "4", 7: "3", 8: "3", 9: "5", 10: "10", 11: "5"}}
found = Round.objects.get(jurisdiction__code="hangzhou", starts_on__year={YEAR})
histories.judged(backstage.cast_of("hangzhou"), found, {{
    "fengshan": full | {{10: "8"}}, "xixing": full, "chunjiang": full | {{10: "0"}}, "zhijiang": {{}},
}})
for row in found.assessments.order_by("id"):
    print(row.base.organisation.name, row.pk, row.base_id, row.result["total"])
"""
"""Experts give full marks but in item 10. Without its contest the first would have 88 points."""


def begin(officer: Person) -> str:
    """Set the round up, see who takes part, and open it; return its address."""
    officer.go(f"/{PLACE}/desk/rounds/")
    officer.look("rounds")
    carry_out(officer, "拟定考核轮次…", "拟定", first_year=str(YEAR))
    follow(officer, re.compile(f"^{YEAR}"), "考核")
    expect(officer.page.locator("main")).to_contain_text("共 4 个，参评 4 个")
    officer.look_both("round-draft")
    carry_out(officer, "启动考核…", "启动", self_due_on=(clock.local_date(JANUARY) + timedelta(days=20)).isoformat())
    expect(officer.page.locator("main")).to_contain_text("未提交")
    return officer.page.url.removeprefix(officer.address)


def confirmed(chair: Person, officer: Person, row: str) -> None:
    """A grade that the bonus has changed waits for the chair."""
    officer.go(f"/{PLACE}/desk/assessments/{row}/")
    expect(officer.page.locator("main")).to_contain_text("须由专家组组长说明理由并确认")
    officer.look("flagged")
    chair.go(f"/{PLACE}/expert/assessments/{row}/")
    expect(chair.page.locator("main")).to_contain_text("计入加分 2 分后，总分 90 分，对应“优秀”")
    chair.look("chair")
    chair.page.fill("[name=reason]", "承办市级大赛有组委会文件佐证，加分属实。")
    chair.confirm("确认")
    expect(chair.page).to_have_url(re.compile(r"/expert/$"))
    officer.go(f"/{PLACE}/desk/assessments/{row}/")
    expect(officer.page.locator("main")).to_contain_text("确认：承办市级大赛")


def proposed(officer: Person, row: str, grade: str) -> None:
    """Propose what the points come to; the lowest grade leads to a case at once."""
    officer.go(f"/{PLACE}/desk/assessments/{row}/")
    carry_out(officer, "拟定结果…", "拟定", reason="两年台账和专家评分核对无误。")
    expected = "拟定，随处置决定确定" if grade == "不合格" else "拟定，待审批"
    facts = officer.page.locator(".facts").filter(has_text=expected)
    expect(facts.locator("b").first).to_have_text(grade)
    expect(facts.locator("a[href*='/desk/cases/']")).to_have_count(1 if grade == "不合格" else 0)


def test_two_years_come_to_each_grade(person: Make, portal: Portal) -> None:
    portal.script(LIVED)
    portal.forget_waiting()
    portal.travel(JANUARY)
    officer = person().sign_in("officer")
    found = begin(officer)
    rows = {name: rest for name, *rest in map(str.split, portal.script(JUDGED).splitlines())}
    assert [rows[name][2] for name, _ in UNITS.values()][:3] == ["90.00", "80.00", "60.00"]
    confirmed(person().sign_in("expert"), officer, rows[UNITS["fengshan"][0]][0])
    for name, grade in UNITS.values():
        proposed(officer, rows[name][0], grade)
    approver, (best, base, _) = person().sign_in("approver"), rows[UNITS["fengshan"][0]]
    for name, _ in list(UNITS.values())[:3]:
        approver.go(f"/{PLACE}/desk/assessments/{rows[name][0]}/")
        carry_out(approver, "确定结果…", "确定", opinion="同意")
        expect(approver.page.get_by_role("link", name="确定结果…")).to_have_count(0)
    approver.go(found)
    carry_out(approver, re.compile("^公布 3 个结果"), "公布")
    expect(approver.page.get_by_role("link", name="结果已公布")).to_be_visible()
    for name, grade in UNITS.values():
        row = approver.page.locator("tbody tr").filter(has_text=name)
        expect(row.get_by_role("cell", name=grade, exact=grade != "优秀")).to_be_visible()
    approver.look_both("round-published")
    officer.go(f"/{PLACE}/desk/assessments/{best}/")
    papers(officer, ("考核评估表", "考核评估表", (UNITS["fengshan"][0], "优秀")))
    officer.look("assessment-decided")
    told(person, base, best)


def told(person: Make, base: str, row: str) -> None:
    """The unit reads its result, the public who came to what; nothing is public of what is not decided."""
    unit = person(phone=True).sign_in("fengshan")
    page = unit.go(f"/{PLACE}/bases/mine/{base}/rounds/{row}/")
    expect(page.locator("main")).to_contain_text("总分 90 分")
    papers(unit, ("结果告知", "告知|通知", (UNITS["fengshan"][0], "优秀")))
    unit.look("my-assessment")
    visitor = person()
    page = visitor.go(f"/{PLACE}/results/")
    follow(visitor, re.compile(f"^{YEAR}"), "结果")
    listed = page.get_by_role("region", name="考核结果").locator("tbody tr")
    expect(listed).to_have_count(3)
    for grade in ("优秀", "良好", "合格"):
        expect(listed.get_by_role("cell", name=grade, exact=True)).to_have_count(1)
    visitor.look_both("results")
