"""A citizen: reads the pages, objects to a notice by name, asks what became of it, verifies a certificate."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from portal.calendars import clock
from tests.journeys.live import Portal
from tests.journeys.paper import pictures_of, scan, words_of
from tests.journeys.person import Person

Make = Callable[..., Person]
ATOM = "{http://www.w3.org/2005/Atom}"
READABLE = (
    "/",
    *(f"/hangzhou/{page}" for page in ("", "notices/", "rules/", "bases/")),
    "/verify/",
    "/manual/",
    "/site-map/",
    "/account/login/",
)
REASON = (
    "公示名单中该单位申报的两台五轴设备，据本人了解系向本市某公司租用，并非自有；请核对购置合同、发票和固定资产登记。"
)


def open_running_notice(citizen: Person) -> None:
    """Walk from the front page to the notice that is running."""
    citizen.go("/hangzhou/")
    citizen.page.locator(".brief a", has_text="公示").first.click()
    citizen.page.wait_for_url(re.compile(r"/hangzhou/notices/\d+/"))


def test_a_visitor_finds_the_call_and_what_it_asks(person: Make) -> None:
    citizen = person()
    page = citizen.go("/")
    citizen.look_both("front-page")
    page.get_by_role("link", name=re.compile("第三批")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第三批")
    expect(page.get_by_role("link", name="开始申报")).to_be_visible()
    citizen.look_both("call")
    page.get_by_role("link", name=re.compile("杭州市高技能人才公共实训基地.*办法|杭人社发|办法")).first.click()
    expect(page.get_by_text("HZ-A-01", exact=True).first).to_be_visible()
    citizen.look_both("rules")
    citizen.go("/hangzhou/bases/")
    expect(page.locator("[aria-label=基地名录] tbody tr")).to_have_count(5)
    citizen.look_both("directory")
    page.fill("input[name=q]", "西兴")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("[aria-label=基地名录] tbody tr")).to_have_count(1)
    page.get_by_role("link", name=re.compile("西兴精密传动分基地")).click()
    citizen.look_both("base")


def test_a_named_objection_gets_a_receipt_and_an_answer(person: Make) -> None:
    citizen = person()
    open_running_notice(citizen)
    page = citizen.page
    expect(page.locator(f".days time[datetime='{clock.today():%Y-%m-%d}']")).to_have_count(1)
    expect(page.locator(".days li", has_text="第 5 日")).to_contain_text("24:00 截止")
    citizen.look_both("notice")
    page.get_by_role("link", name="提出异议").click()
    page.fill("textarea[name=text]", "太短")
    page.fill("input[name=name]", "匿名")
    page.fill("input[name=phone]", "13800000009")
    page.get_by_role("button", name="提交异议").click()
    expect(page.locator(".field__error").first).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value("太短")
    citizen.look("objection-refused")
    page.fill("input[name=name]", "金守拙")
    page.fill("textarea[name=text]", REASON)
    page.select_option("select[name=entry]", index=1)
    page.set_input_files(
        "input[name=files]", {"name": "租赁合同.pdf", "mimeType": "application/pdf", "buffer": scan("设备租赁合同", 2)}
    )
    citizen.look_both("objection-filled")
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_role("heading", name="异议已登记")).to_be_visible()
    number, code = (page.locator("dd.mono b").nth(at).inner_text() for at in (0, 1))
    citizen.look_both("objection-receipt")
    page.get_by_role("link", name="查询办理进展").click()
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", "AAAAAAAA")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_text("回执编号或查询码不正确").first).to_be_visible()
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", code)
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator(".facts")).to_contain_text(number)
    citizen.look_both("objection-asked-after")


def test_a_notice_can_be_downloaded_and_verified(person: Make) -> None:
    citizen = person()
    open_running_notice(citizen)
    page = citizen.page
    kept = citizen.keep("公示公告.pdf", citizen.await_paper("公示公告.pdf"))
    assert pictures_of(kept)
    listing = page.get_by_role("link", name="拟认定名单.xlsx")
    assert citizen.download(str(listing.get_attribute("href"))).startswith(b"PK")
    words = words_of(kept)
    assert "富阳春江造纸技工学校" in words, words
    found = re.search(r"版本码((?:[A-Z0-9]{4}-){3}[A-Z0-9]{4})", words)
    assert found, words[-300:]
    citizen.go(f"/verify/?code={found[1]}")
    expect(page.get_by_text("文件由本平台出具")).to_be_visible()
    citizen.look_both("document-verified")


def test_a_certificate_is_verified_and_an_invented_one_is_not(person: Make) -> None:
    citizen = person()
    page = citizen.go("/hangzhou/bases/")
    page.locator("[aria-label=基地名录] tbody a").first.click()
    number = page.locator(".facts .mono").first.inner_text()
    citizen.go("/")
    page.fill("main input[name=code]", number)
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("heading", name="证书属实")).to_be_visible()
    citizen.look_both("certificate-verified")
    page.fill("main input[name=code]", "HZ-0000-0000-X")
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("status").filter(has_text="没有查到")).to_be_visible()
    citizen.look("certificate-unknown")


def test_large_type_stays_until_it_is_turned_off(person: Make) -> None:
    citizen = person(phone=True)
    page = citizen.go("/")
    before = page.evaluate("getComputedStyle(document.body).fontSize")
    page.get_by_role("button", name="长者模式").click()
    expect(page.get_by_role("button", name="标准模式")).to_be_visible()
    page.wait_for_load_state("networkidle")
    citizen.go("/hangzhou/")
    assert float(page.evaluate("getComputedStyle(document.body).fontSize")[:-2]) > float(before[:-2])
    citizen.look("elder-front-page")
    open_running_notice(citizen)
    citizen.look("elder-notice")
    page.get_by_role("button", name="标准模式").click()
    expect(page.get_by_role("button", name="长者模式")).to_be_visible()


def test_the_keyboard_alone_reaches_the_objection(person: Make) -> None:
    citizen = person()
    open_running_notice(citizen)
    page = citizen.page
    page.reload()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    citizen.look("keyboard-skip-link")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "提出异议":
            break
    citizen.look("keyboard-at-the-button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="提出异议")).to_be_visible()


@pytest.mark.parametrize("path", READABLE)
def test_without_scripts_every_public_page_reads(browser: Browser, portal: Portal, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    answer = page.goto(f"{portal.address}{path}")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert len(page.locator("main").inner_text()) > 40
    context.close()


def test_the_feed_tells_of_every_notice(person: Make) -> None:
    feed = ElementTree.fromstring(person().download("/hangzhou/notices/feed/"))  # noqa: S314 - our own feed
    titles = [str(entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]
    assert ["公示" in title for title in titles] == [True, True], titles
