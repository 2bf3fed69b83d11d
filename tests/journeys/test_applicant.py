"""A college: fills the form in, loses nothing whatever happens, uploads, submits; and corrects what was returned."""

import re
from collections.abc import Callable

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.filling import await_save, cell, paste, typed_and_saved, upload
from tests.journeys.live import Portal
from tests.journeys.paper import pictures_of, scan, words_of, workbook
from tests.journeys.person import Person

Make = Callable[..., Person]
CALL = re.compile("第三批")
SLOTS = {
    "licence": "事业单位法人证书",
    "contracts": "聘用合同汇编",
    "certificates": "职称和技术等级证书汇编",
    "rules_training": "实训管理制度",
    "rules_assets": "固定资产管理制度",
    "office_proof": "办公场所不动产权证书",
    "matching_proof": "配套经费承诺",
}
PASTED = "数控磨床\t3\tHK-M1432\t宁波海科机床股份有限公司\t自有\t96.5\n激光干涉仪\t1\tZH-XD6\t苏州智衡测量技术有限公司\t自有\t58"
HEAD = ("设备名称", "数量", "型号规格", "生产厂家", "产权", "原值（万元）", "租赁说明")


def open_form(unit: Person, section: str | re.Pattern[str] = "", *, at: int = 0) -> str:
    """Go from the workplace to the application, and to a section of it; return the application's address."""
    unit.go("/home/")
    unit.page.locator("main").get_by_role("link", name=CALL).first.click()
    unit.page.wait_for_url(re.compile(r"/applications/\d+/$"))
    address = unit.page.url
    if section:
        unit.page.locator("main .brief").get_by_role("link", name=section).nth(at).click()
        unit.page.wait_for_url(re.compile(r"/(form|materials)/"))
    return address


def test_what_is_typed_is_saved(person: Make, portal: Portal) -> None:
    portal.forget_waiting()
    unit = person().sign_in("xianghu")
    unit.look_both("workplace")
    unit.go("/hangzhou/")
    unit.page.get_by_role("link", name=CALL).first.click()
    unit.page.get_by_role("link", name="开始申报").click()
    expect(unit.page.get_by_role("heading", name="继续已有的申报")).to_be_visible()
    unit.look_both("existing-draft-first")
    open_form(unit)
    unit.look_both("task-list")
    open_form(unit, re.compile("培养情况"))
    box = unit.page.locator("textarea[name=results]")
    before = len(box.input_value())
    box.press("Control+End")
    typed_and_saved(unit, lambda: unit.page.keyboard.type("今年以来，新增焊接、数控两个工种的夜间开放实训。"))
    expect(unit.page.locator(".count")).to_have_text(f"已填 {before + 24:,} / 3,000 字")
    unit.look_both("long-text")
    unit.page.reload()
    assert box.input_value().endswith("夜间开放实训。")


def test_a_table_is_edited_like_a_spreadsheet(person: Make) -> None:
    unit = person().sign_in("xianghu")
    open_form(unit, re.compile("实训设备"))
    page, rows = unit.page, unit.page.locator("[data-sheet=items] tbody tr[data-row]")
    before = rows.count()
    cell(unit, "items", 1, "name").click()
    page.keyboard.press("ArrowDown")
    expect(cell(unit, "items", 2, "name")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(cell(unit, "items", 2, "quantity")).to_be_focused()
    typed_and_saved(unit, lambda: cell(unit, "items", 2, "quantity").fill("10"))
    cell(unit, "items", before, "name").click()
    typed_and_saved(unit, lambda: paste(unit, PASTED))
    expect(rows).to_have_count(before + 2)
    expect(cell(unit, "items", before + 1, "model")).to_have_value("ZH-XD6")
    expect(page.locator("[data-sheet=items] tfoot")).to_contain_text("1,473.50")
    unit.look_both("table")
    typed_and_saved(unit, lambda: cell(unit, "items", before + 1, "model").fill(""))
    cell(unit, "items", 1, "name").click()
    expect(page.locator(".sheet__message").first).to_be_visible()
    unit.look("table-with-a-gap")
    typed_and_saved(unit, lambda: page.locator("[data-delete]").nth(before).click())
    expect(rows).to_have_count(before + 1)
    typed_and_saved(unit, lambda: page.get_by_role("button", name="撤销删除").click())
    expect(rows).to_have_count(before + 2)
    typed_and_saved(unit, lambda: cell(unit, "items", before + 1, "model").fill("ZH-XD6"))


def test_a_workbook_is_shown_before_it_changes_anything(person: Make) -> None:
    unit = person().sign_in("xianghu")
    open_form(unit, re.compile("实训设备"), at=1)
    page, rows = unit.page, unit.page.locator("[data-sheet=items] tbody tr[data-row]")
    before = rows.count()
    template = unit.download(str(page.get_by_role("link", name="下载模板").get_attribute("href")))
    kept = unit.keep("设备模板.xlsx", template)
    assert [each.value for each in load_workbook(kept).worksheets[0][1]][:6] == list(HEAD[:6])
    page.get_by_role("link", name="导入 Excel").click()
    good = ("协作机器人", 4, "RB-C5", "杭州域控机器人有限公司", "自有", 62.4, None)
    bad = ("气动实训台", "若干", "QM-QD2", "浙江启明教学仪器有限公司", "借用", 18, None)
    page.set_input_files(
        "#file", {"name": "设备.xlsx", "mimeType": "application/octet-stream", "buffer": workbook([HEAD, good, bad])}
    )
    page.get_by_role("button", name="预览", exact=True).click()
    expect(page.locator(".note")).to_contain_text("1 行有问题")
    unit.look_both("import-with-a-fault")
    mended = ("气动实训台", 6, "QM-QD2", "浙江启明教学仪器有限公司", "自有", 18, None)
    page.set_input_files(
        "#file",
        {"name": "设备2.xlsx", "mimeType": "application/octet-stream", "buffer": workbook([HEAD, good, mended])},
    )
    page.get_by_role("button", name="预览新文件").click()
    expect(page.locator(".note--good")).to_contain_text("全部符合要求")
    page.get_by_role("button", name="导入 2 行").click()
    expect(rows).to_have_count(before + 2)
    unit.look("imported")


def test_two_people_lose_nothing(person: Make) -> None:
    first, second = person().sign_in("xianghu"), person().sign_in("xianghu-op")
    for each in (first, second):
        open_form(each, re.compile("基本情况"))
    typed_and_saved(first, lambda: first.page.fill("input[name=contact2]", "葛守仁"))
    second.page.fill("input[name=contact2]", "蓝思远")
    conflict = second.page.locator(".conflict")
    expect(conflict).to_be_visible()
    expect(conflict).to_contain_text("葛守仁")
    expect(conflict).to_contain_text("蓝思远")
    second.look_both("conflict")
    conflict.get_by_label("我的内容").check()
    conflict.get_by_role("button", name="按以上选择保存").click()
    second.page.wait_for_load_state()
    first.page.reload()
    expect(first.page.locator("input[name=contact2]")).to_have_value("蓝思远")


def test_a_lost_connection_is_loud_and_loses_nothing(person: Make) -> None:
    unit = person().sign_in("xianghu")
    open_form(unit, re.compile("基本情况"))
    page = unit.page
    unit.context.set_offline(True)
    page.fill("input[name=phone2]", "0571-0000 3333")
    expect(page.locator("#alarm")).to_be_visible()
    expect(page.locator("#save-state")).to_have_text("尚未保存")
    unit.look_both("offline")
    unit.context.set_offline(False)
    await_save(unit)
    expect(page.locator("#alarm")).to_be_hidden()
    page.reload()
    expect(page.locator("input[name=phone2]")).to_have_value("0571-0000 3333")
    page.fill("input[name=phone2]", "0571-0000 4444")
    unit.context.clear_cookies(name=re.compile("session"))
    expect(page.locator("#alarm")).to_contain_text("重新登录")
    unit.look("signed-out-while-typing")
    page.locator("#alarm").get_by_role("link", name="重新登录").click()
    page.fill("input[name=username]", "xianghu")
    page.fill("input[name=password]", "Portal-demo-2026")
    page.click("main form button[type=submit], main form button:not([type])")
    page.wait_for_url(re.compile("/form/basic/"))
    page.get_by_role("button", name=re.compile("恢复")).click()
    await_save(unit)
    expect(page.locator("input[name=phone2]")).to_have_value("0571-0000 4444")


def test_materials_are_uploaded_in_pieces(person: Make) -> None:
    unit = person().sign_in("xianghu")
    open_form(unit, "附件材料")
    page = unit.page
    page.set_input_files(
        "#slot-licence input[type=file]",
        {"name": "营业执照.pdf", "mimeType": "application/pdf", "buffer": b"not a pdf at all"},
    )
    expect(page.locator("#slot-licence .upload__wrong")).to_be_visible()
    unit.look("material-refused")
    for slot, name in SLOTS.items():
        upload(unit, slot, [f"{name}（上册）", f"{name}（下册）"] if slot == "contracts" else [name])
    page.reload()
    unit.look_both("materials")
    page.locator("#slot-licence [data-preview]").first.click()
    expect(page.locator("[data-preview-frame], .preview, dialog, .modal").first).to_be_visible()
    unit.look("material-preview")


def test_it_is_checked_submitted_and_acknowledged(person: Make) -> None:
    unit = person().sign_in("xianghu")
    address = open_form(unit, "承诺")
    page = unit.page
    for name in ("public_service", "matching_funds"):
        page.locator(f"input[name={name}][value=yes]").check()
    typed_and_saved(unit, lambda: page.locator("input[name=matching_amount]").fill("300.00"))
    unit.look_both("pledge")
    page.goto(f"{address}preview/")
    unit.look_both("check-answers")
    page.get_by_role("button", name="提交申报").click()
    expect(page.locator("#declared-error")).to_be_visible()
    page.locator("#declared").check()
    unit.confirm("提交申报")
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible()
    number = page.locator(".receipt__number").inner_text()
    assert re.fullmatch(r"HZ-\d{4}-\d{2}-YX-\d{4}-[0-9A-Z]", number), number
    kept = unit.keep("申报表.pdf", unit.await_paper(re.compile("申报表（")))
    unit.look_both("receipt")
    assert len(pictures_of(kept)) > 5
    words = words_of(kept)
    assert number in words
    assert "数控磨床" in words
    page.get_by_role("link", name="上传盖章扫描件").click()
    upload(unit, "application_form", ["申报表盖章扫描件"])
    unit.look("sealed-scan")
    unit.go(f"/verify/?code={number}")
    expect(page.get_by_text("编号属实")).to_be_visible()


def test_only_what_was_returned_can_be_mended(person: Make) -> None:
    unit = person().sign_in("chunan")
    address = open_form(unit)
    unit.look_both("returned")
    page = unit.page
    page.goto(f"{address}form/basic/")
    expect(page.locator("textarea[name=intro]")).to_have_attribute("readonly", "")
    page.goto(f"{address}form/standard/")
    unit.look_both("returned-section")
    expect(page.locator("input[name=unit_kind]")).to_have_attribute("readonly", "")
    typed_and_saved(
        unit, lambda: page.fill("input[name=industry_note]", "省级专精特新中小企业，2025 年度，演示文号 12 号")
    )
    page.goto(f"{address}materials/")
    expect(page.locator("#slot-licence .upload")).to_have_count(0)
    page.locator("#slot-rules_assets .replace").locator("xpath=ancestor::details").locator("summary").click()
    page.set_input_files(
        "#slot-rules_assets .replace input[type=file]",
        {"name": "固定资产管理制度（完整）.pdf", "mimeType": "application/pdf", "buffer": scan("固定资产管理制度", 4)},
    )
    expect(page.get_by_role("link", name="固定资产管理制度（完整）.pdf").first).to_be_visible()
    unit.look("returned-material-replaced")
    page.goto(f"{address}preview/")
    page.locator("#declared").check()
    unit.confirm("提交补正")
    expect(page.locator("main")).to_contain_text("第 2 版")
    unit.look_both("correction-receipt")
    page.goto(f"{address}history/2/")
    expect(page.locator("main")).to_contain_text("演示文号 12 号")
    unit.look_both("correction-changes")
