"""The bureau: checks files, returns and accepts, runs calls and panels, hears an objection, recognises after the notice."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from portal.calendars import clock
from tests.journeys.desk import carry_out, decide, find_all_met, form_panel, open_file, recognise
from tests.journeys.live import Portal
from tests.journeys.paper import pictures_of, words_of
from tests.journeys.person import Person

Make = Callable[..., Person]
RETURNED, ACCEPTED, REVIEWED, OBJECTED = (
    "桐庐富春医疗器械有限公司",
    "杭州拱宸数字技能学校",
    "建德新安江水电技工学校",
    "富阳春江造纸技工学校",
)


def test_the_inbox_is_filtered_by_its_address(person: Make, portal: Portal) -> None:
    portal.forget_waiting()
    officer = person().sign_in("officer")
    officer.look_both("workplace")
    officer.go("/hangzhou/desk/inbox/?tab=all")
    rows = officer.page.locator("#inbox tbody tr")
    everything = rows.count()
    officer.look_both("inbox")
    officer.go("/hangzhou/desk/inbox/?tab=all&q=桐庐")
    expect(rows).to_have_count(1)
    officer.look("inbox-filtered")
    assert everything > 5
    for kind, begins in ((".xlsx", b"PK"), (".csv", b"\xef\xbb\xbf")):
        with officer.page.expect_download() as sent:
            officer.page.get_by_role("button", name=f"导出 {kind}").click()
        content = Path(sent.value.path()).read_bytes()
        assert content.startswith(begins)
        officer.keep(f"收件列表{kind}", content)
        expect(officer.page.locator("form#export")).not_to_have_attribute("data-sending", "yes")
    assert RETURNED in content.decode()


def test_a_file_is_returned_once_with_all_its_remarks(person: Make, portal: Portal) -> None:
    officer = person().sign_in("officer")
    open_file(officer, RETURNED)
    page = officer.page
    officer.look_both("reading-begun")
    page.locator(".verdict button[value=doubt]").first.click()
    page.fill("#field-reason", "营业执照扫描件第 2 页不清晰，无法核对住所。")
    page.get_by_role("button", name="保存认定").click()
    expect(page.locator(".check__reason")).to_contain_text("不清晰")
    assert find_all_met(officer) > 5
    page.locator("#sections, nav").get_by_role("link", name=re.compile("基本情况")).first.click()
    expect(page.get_by_role("heading", name=re.compile("填报内容"))).to_be_visible()
    page.locator("#at-basic\\/intro .remark__new, [id='at-basic/intro'] .remark__new").first.click()
    page.fill("#field-text", "单位简介未写专职管理人员情况，请补充人数和分工。")
    page.get_by_role("button", name="保存意见").click()
    expect(page.locator(".remark__body")).to_contain_text("请补充人数和分工")
    officer.look_both("reading-with-a-remark")
    portal.travel(clock.now() + timedelta(minutes=20))
    page.reload()
    page.get_by_role("link", name=re.compile("^退回补正")).first.click()
    expect(page.locator("#act-password")).to_be_visible()
    officer.look_both("return-asks-for-the-password")
    page.fill("#act-password", "wrong-password")
    page.get_by_role("button", name="退回补正并发出告知书").click()
    expect(page.locator("#act-password-error")).to_be_visible()
    officer.confirm("退回补正并发出告知书")
    expect(page.locator("main")).to_contain_text("退回补正")
    officer.look_both("returned")
    unit = person().sign_in("tonglu")
    unit.go("/home/")
    unit.page.locator("main").get_by_role("link", name=re.compile("第三批")).first.click()
    expect(unit.page.locator("main")).to_contain_text("请补充人数和分工")


def test_another_file_is_accepted_with_a_letter(person: Make) -> None:
    officer = person().sign_in("officer")
    open_file(officer, ACCEPTED)
    find_all_met(officer)
    for _ in range(officer.page.locator(".tick[aria-pressed=false]:enabled").count()):
        officer.page.locator(".tick[aria-pressed=false]").first.click()
        officer.page.wait_for_timeout(400)
    officer.look("all-conditions-met")
    decide(officer, "受理", "受理并发出通知书")
    kept = officer.keep("受理通知书.pdf", officer.await_paper(re.compile("受理通知书")))
    officer.look_both("accepted")
    assert pictures_of(kept)
    assert ACCEPTED in words_of(kept)


def test_a_call_is_published_by_a_second_person(person: Make) -> None:
    officer, approver = person().sign_in("officer"), person().sign_in("approver")
    officer.go("/hangzhou/desk/calls/")
    officer.look_both("calls")
    officer.page.get_by_role("link", name="拟制批次").click()
    title = officer.page.get_by_label("名称").first.input_value()
    officer.look_both("call-form")
    officer.page.get_by_role("button", name="保存为拟制批次").click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(officer.page.get_by_role("link", name="发布…")).to_have_count(0)
    officer.look("call-prepared")
    approver.go(officer.page.url.removeprefix(officer.address))
    approver.page.get_by_role("link", name="发布…").click()
    approver.look_both("call-publish")
    approver.confirm("发布")
    approver.look("call-published")
    approver.go("/hangzhou/")
    expect(approver.page.get_by_role("link", name=title)).to_be_visible()
    approver.go("/hangzhou/desk/calls/")
    approver.page.get_by_role("link", name=re.compile("第二批")).click()
    approver.look_both("board")
    approver.go("/hangzhou/desk/settings/")
    approver.look_both("settings")


def test_a_panel_is_formed_and_set_to_work(person: Make) -> None:
    officer = person().sign_in("officer")
    names = form_panel(officer, REVIEWED)
    assert len(set(names)) == 5
    expect(officer.page.locator("main")).to_contain_text("待声明")
    officer.look_both("panel-at-work")


def test_an_objection_is_found_out_and_ruled_on_by_another(person: Make) -> None:
    officer, approver = person().sign_in("officer"), person().sign_in("approver")
    officer.go("/hangzhou/desk/objections/")
    officer.page.get_by_role("link", name=re.compile("HZ-YY")).first.click()
    officer.page.get_by_label("核查情况").fill(
        "到现场核对设备铭牌和固定资产登记，购置合同、发票齐全，设备为自有，反映不属实。"
    )
    officer.page.get_by_role("button", name="登记核查情况").click()
    officer.look_both("objection-found-out")
    approver.go(officer.page.url.removeprefix(officer.address))
    approver.page.get_by_role("link", name="处理…").click()
    dialog = approver.page.locator("#dialog-body form.act, main form.act").first
    dialog.get_by_label(re.compile("不成立|驳回")).first.check()
    dialog.get_by_label("处理意见").fill("经核查，反映的问题不属实，异议不成立，按程序继续办理。")
    approver.look("objection-ruling", axe=False)
    approver.confirm(re.compile("^处理|^作出|^确认"))
    expect(approver.page.locator("main")).to_contain_text("按程序继续办理")
    approver.look("objection-ruled")


def test_recognition_waits_for_the_end_of_the_notice(person: Make, portal: Portal) -> None:
    approver = person().sign_in("approver")
    approver.go("/hangzhou/desk/notices/")
    approver.look_both("notices")
    approver.page.locator("tbody").get_by_role("link", name=re.compile("第二批")).click()
    expect(approver.page.get_by_text("公示期满后可以认定")).to_be_visible()
    approver.look_both("notice-running")
    portal.travel(clock.now() + timedelta(days=14))
    portal.run("reviews.tasks.sweep_notices")
    approver.sign_in("approver")
    approver.go("/hangzhou/desk/notices/")
    approver.page.locator("tbody").get_by_role("link", name=re.compile("第二批")).click()
    approver.look("notice-over")
    recognise(approver, f"杭人社演发〔{clock.today().year}〕31号")
    expect(approver.page.locator("main")).to_contain_text("已认定")
    approver.look_both("recognised")
    if approver.page.get_by_role("link", name="结束公示…").count():
        carry_out(approver, "结束公示…", "结束公示")
    approver.go("/hangzhou/bases/")
    approver.await_rows(8, "[aria-label=基地名录] tbody tr")
    expect(approver.page.locator("[aria-label=基地名录] tbody")).to_contain_text(OBJECTED)
    approver.go("/hangzhou/desk/bases/")
    approver.look_both("register")
