"""Shunyi through both years to each ending: paid in full, mended and paid, terminated with the rest given back, found out."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import expect

from portal.calendars import clock
from portal.desk.demo.filing import on
from tests.journeys.after import account_is, begin_check, follow, papers, propose
from tests.journeys.desk import carry_out
from tests.journeys.live import Portal
from tests.journeys.paper import scan
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, NOTHING = "shunyi", "0.00"
YEAR_OVER, TERM_OVER = (on(datetime(year, 10, 20, tzinfo=clock.SHANGHAI).date(), 10) for year in (2025, 2026))
SEEN = "专家组现场查看，技能人才培训体系已形成，培养能力达到要求。"
PEOPLE = """
from tests.journeys import backstage, histories
from tests.journeys.histories import BEGUN, TERM_OVER, YEAR_OVER, hour
from assessments.models import Base
cast = backstage.cast_of("shunyi")
"""
BOTH_YEARS = """
first = hour(YEAR_OVER.date().replace(month=9, day=1), 10)
def both_years(key, *numbers):
    base = histories.entered(cast, "shunyi", key, BEGUN)
    histories.grown(base, *numbers, high=420)
    histories.spent(cast, base, key, first, 100_000)
    histories.granted(cast, base, key, first, "brand", year=1)
    histories.checked(cast, base, YEAR_OVER, "year1", "met")
    return base
"""
PAID = """
skills, chain = both_years("konggang", 1200, 750), both_years("wenyu", 600, 450)
histories.checked(cast, chain, TERM_OVER, "term", "met")
histories.granted(cast, chain, "wenyu", TERM_OVER, "grant")
contest = histories.entered(cast, "shunyi", "jinma", BEGUN, "ds")
histories.held(cast, contest, "jinma", hour(BEGUN.replace(year=2026, month=9, day=1), 10))
print(skills.pk, chain.pk, contest.pk)
"""
MISSED = """
base = histories.entered(cast, "shunyi", "luoma", BEGUN)
histories.grown(base, 299, 0)
print(base.pk)
"""
MENDED = """
base = Base.objects.get(pk={base})
histories.grown(base, 0, 601)
"""
CLAIMED = """
print(histories.claimed(cast, Base.objects.get(pk={base}), "{key}", "grant").pk)
"""
NOT_MENDED = """
base = histories.entered(cast, "shunyi", "jianganhe", BEGUN)
histories.grown(base, 599, 600)
histories.spent(cast, base, "jianganhe", hour(YEAR_OVER.date().replace(month=8), 10), 300_000)
histories.mending(cast, base)
print(base.pk, base.certificate_number)
"""
WELL_PAID = """
base = both_years("wulihe", 600, 450)
histories.checked(cast, base, TERM_OVER, "term", "met")
histories.granted(cast, base, "wulihe", TERM_OVER, "grant")
print(base.pk, base.certificate_number)
"""


def play(portal: Portal, script: str) -> list[str]:
    """Let something happen off stage; return the words it prints."""
    return portal.script(PEOPLE + script).split()


def approved(approver: Person, page: str) -> None:
    """Approve the result of a check as the second person."""
    approver.go(page)
    carry_out(approver, "确定结果…", "确定", opinion="同意")
    expect(approver.page.get_by_role("link", name="确定结果…")).to_have_count(0)


def claim_paid(portal: Portal, approver: Person, finance: Person, base: str, key: str) -> None:
    """Approve what a unit has claimed for the last instalment as the second person, and pay all that may be paid."""
    (claim,) = play(portal, CLAIMED.format(base=base, key=key))
    approver.go(f"/{PLACE}/desk/claims/{claim}/")
    carry_out(approver, "复审通过…", "复审通过", words="同意拨付")
    expect(approver.page.get_by_role("link", name="复审通过…")).to_have_count(0)
    tab = f"/{PLACE}/desk/bases/{base}/money/"
    finance.go(tab)
    opened = finance.whole().get_by_role("link", name="登记拨付…")
    for left in range(opened.count(), 0, -1):
        carry_out(finance, "登记拨付…", "登记拨付", voucher=f"记-{base}-{left}", document_number="顺财〔2026〕9号")
        expect(finance.page.get_by_role("region", name="已拨付")).to_contain_text(f"记-{base}-{left}")
        finance.go(tab)
        expect(opened).to_have_count(left - 1)


def test_each_kind_is_paid_in_full_after_two_years(person: Make, portal: Portal) -> None:
    skills, chain, contest = play(portal, BOTH_YEARS + PAID)
    portal.forget_waiting()
    portal.travel(TERM_OVER)
    officer, approver, finance = (person().sign_in(f"sy-{name}") for name in ("officer", "approver", "finance"))
    for base, found in ((skills, SEEN), (contest, "")):
        page = begin_check(officer, PLACE, base, "两年产出指标核验")
        propose(officer, "met", "拟定，待审批", found=found)
        approved(approver, page)
    officer.go(page)
    papers(officer, ("核验结果通知", "两年产出指标核验结果通知", ("达到",)))
    officer.look("term-met")
    claim_paid(portal, approver, finance, skills, "konggang")
    finance.look_both("paid-in-full")
    whole = (
        (skills, "1,100,000.00", "100,000.00", "1,000,000.00"), (chain, "600,000.00", "100,000.00", "500,000.00"),
        (contest, "100,000.00", "60,000.00", "40,000.00"),
    )  # fmt: skip
    for base, granted, spent, left in whole:
        officer.go(f"/{PLACE}/desk/bases/{base}/money/")
        account_is(officer, granted, granted, NOTHING, NOTHING, spent, left, NOTHING, NOTHING)
        expect(officer.page.get_by_role("region", name="补助和拨付").get_by_text("待拨付")).to_have_count(0)
    officer.look("contest-paid")


def test_who_mends_in_the_second_year_is_paid(person: Make, portal: Portal) -> None:
    (base,) = play(portal, MISSED)
    portal.forget_waiting()
    portal.travel(YEAR_OVER)
    officer, approver = person().sign_in("sy-officer"), person().sign_in("sy-approver")
    page = begin_check(officer, PLACE, base, "建设当年产出指标核验")
    officer.look("year1")
    propose(officer, "missed", "拟定，待审批")
    approved(approver, page)
    approver.page.locator(".facts a[href*='/desk/cases/']").click()
    expect(approver.page.get_by_role("heading", level=1)).to_contain_text("改进")
    carry_out(approver, "作出决定…", "作出决定", reason="建设当年取证299人，未达到300人，给予改进期。")
    expect(approver.page.get_by_role("link", name="作出决定…")).to_have_count(0)
    officer.go(approver.page.url.removeprefix(approver.address))
    carry_out(officer, "执行…", "执行")
    expect(officer.page.get_by_role("link", name="执行…")).to_have_count(0)
    tab = f"/{PLACE}/desk/bases/{base}/cases/"
    officer.go(tab)
    said = "指导扩大招生，每季度增加一期等级认定。"
    carry_out(officer, "登记指导…", "登记", guide="职业能力建设科", content=said)
    expect(officer.page.get_by_role("region", name="指导记录")).to_contain_text(said)
    officer.look_both("mending")
    portal.travel(TERM_OVER)
    play(portal, MENDED.format(base=base))
    page = begin_check(officer.again(), PLACE, base, "改进期满核验")
    propose(officer, "met", "拟定，待审批", found=SEEN)
    approved(approver.again(), page)
    officer.go(tab)
    expect(officer.page.locator("main")).to_contain_text("已达到")
    officer.look("mended")
    finance, unit = person().sign_in("sy-finance"), person(phone=True).sign_in("sy-luoma")
    claim_paid(portal, approver, finance, base, "luoma")
    unit.go(f"/{PLACE}/bases/mine/{base}/money/")
    account_is(unit, "500,000.00", "500,000.00", NOTHING, NOTHING, NOTHING, "500,000.00", NOTHING, NOTHING)
    unit.look("my-money")


def test_who_does_not_mend_is_terminated_and_gives_the_rest_back(person: Make, portal: Portal) -> None:
    base, certificate = play(portal, NOT_MENDED)
    portal.forget_waiting()
    portal.travel(TERM_OVER)
    officer, approver = person().sign_in("sy-officer"), person().sign_in("sy-approver")
    begin_check(officer, PLACE, base, "改进期满核验")
    propose(officer, "missed", "拟定，随处置决定确定", found=SEEN)
    officer.look("not-mended")
    officer.page.locator(".facts a[href*='/desk/cases/']").click()
    case = told(officer, "终止")
    unit = person(phone=True).sign_in("sy-jianganhe")
    unit.go(case.replace("/desk/cases/", "/bases/mine/cases/"))
    carry_out(unit, "放弃陈述申辩…", "放弃")
    expect(unit.page.locator("main")).to_contain_text("放弃陈述申辩。")
    decided(officer, approver, case, "改进期满仍未达到产出指标，依据工作要求终止项目建设。")
    papers(officer, ("终止决定", "终止.*决定", ("终止", "行政复议")))
    officer.go(f"/{PLACE}/desk/bases/{base}/money/")
    account_is(officer, "1,000,000.00", "400,000.00", NOTHING, "600,000.00", "300,000.00", "100,000.00", "100,000.00", NOTHING)  # fmt: skip
    papers(officer, ("追回通知", "追回补助资金的通知", ("100,000.00",)))
    officer.look_both("to-give-back")
    finance = person().sign_in("sy-finance")
    received(finance, base, "收-全")
    account_is(finance, "1,000,000.00", "400,000.00", NOTHING, "600,000.00", "300,000.00", "100,000.00", "100,000.00", "100,000.00")  # fmt: skip
    unit.go(f"/{PLACE}/bases/mine/{base}/money/")
    expect(unit.page.get_by_role("region", name="追回", exact=True)).to_contain_text("凭证 收-全")
    unit.look("my-money-back")
    ended(person(), "箭杆河", certificate, "终止")


def test_who_is_found_out_gives_everything_back(person: Make, portal: Portal) -> None:
    base, certificate = play(portal, BOTH_YEARS + WELL_PAID)
    portal.forget_waiting()
    portal.travel(TERM_OVER + timedelta(days=20))
    officer = person().sign_in("sy-officer")
    accused(officer, base)
    case = told(officer, "撤销资格")
    portal.travel(TERM_OVER + timedelta(days=40))
    decided(officer.again(), person().sign_in("sy-approver"), case, "虚报取证人数属实，撤销资格并追回全部补助资金。")
    papers(officer, ("撤销决定", "撤销.*决定", ("撤销", "行政复议")))
    finance = person().sign_in("sy-finance")
    received(finance, base, "收-1", amount="250000.00")
    whole = ("600,000.00", "600,000.00", NOTHING, NOTHING, "100,000.00", "500,000.00", "600,000.00")
    account_is(finance, *whole, "250,000.00")
    finance.look_both("half-back")
    received(finance, base, "收-2")
    account_is(finance, *whole, "600,000.00")
    expect(finance.page.get_by_role("link", name="登记退回…")).to_have_count(0)
    ended(person(), "舞彩", certificate, "撤销")


def accused(officer: Person, base: str) -> None:
    """Propose that the title be taken away, on facts with their evidence."""
    officer.go(f"/{PLACE}/desk/bases/{base}/cases/")
    follow(officer, "提出处置", "提出处置")
    page = officer.page
    page.locator("input[name=consequence][value=misconduct]").check()
    page.fill("[name=facts]", "经核查取证名册和培训签到，2026年3月至5月虚报取证人数87人，事实清楚。")
    proof = {"name": "核查记录.pdf", "mimeType": "application/pdf", "buffer": scan("核查记录")}
    page.set_input_files("input[name=evidence]", proof)  # type: ignore[arg-type]
    officer.look("accused")
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_role("link", name="核查记录.pdf")).to_be_visible()


def told(officer: Person, title: str) -> str:
    """Tell the unit in writing what is intended; return the address of the case."""
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(title)
    case = officer.page.url.removeprefix(officer.address)
    carry_out(officer, "书面告知…", "告知")
    expect(officer.page.locator("main")).to_contain_text("5 个工作日")
    return case


def decided(officer: Person, approver: Person, case: str, reason: str) -> None:
    """Decide as the second person; the officer carries it out."""
    approver.go(case)
    carry_out(approver, "作出决定…", "作出决定", reason=reason)
    expect(approver.page.get_by_role("link", name="作出决定…")).to_have_count(0)
    officer.go(case)
    carry_out(officer, "执行…", "执行")
    expect(officer.page.locator("main")).to_contain_text("铭牌待收回")
    officer.look("case-ended")


def received(finance: Person, base: str, voucher: str, **amount: str) -> None:
    """Record money that has come back: all that is outstanding, or an amount."""
    tab = f"/{PLACE}/desk/bases/{base}/money/"
    finance.go(tab)
    carry_out(finance, "登记退回…", "登记", voucher=voucher, **amount)
    expect(finance.page.get_by_role("heading", level=1)).to_contain_text("拨付和退回")
    finance.go(tab)
    expect(finance.page.get_by_role("region", name="追回", exact=True)).to_contain_text(f"凭证 {voucher}")


def ended(visitor: Person, unit: str, certificate: str, word: str) -> None:
    """Everybody reads the announcement, and that the certificate holds no more."""
    visitor.go(f"/{PLACE}/announcements/")
    follow(visitor, re.compile(unit), "公告")
    expect(visitor.page.locator("main .prose")).to_contain_text(word)
    visitor.look("announcement")
    visitor.go(f"/verify/?code={certificate}")
    expect(visitor.page.locator("main")).to_contain_text(unit)
    expect(visitor.page.locator("main")).to_contain_text(word)
