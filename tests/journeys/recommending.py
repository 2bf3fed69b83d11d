"""What people at a recommending office and at its receiving level do in the browser, the same at every place."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import expect

from tests.journeys.desk import carry_out, keep_pdf
from tests.journeys.filling import fill_field
from tests.journeys.paper import scan
from tests.journeys.person import Person


def clear(office: Person, place: str, pk: str) -> None:
    """Clear a file of which every condition has its verdict."""
    office.go(f"/{place}/desk/applications/{pk}/")
    carry_out(office, "审核通过…", re.compile("审核通过"))
    office.look("cleared", axe=False)


def verify(office: Person, place: str, pk: str, answers: Mapping[str, Any]) -> None:
    """Fill in the office's own figures of a file."""
    page = office.go(f"/{place}/desk/recommend/files/{pk}/verification/")
    for key, answer in answers.items():
        fill_field(office, key, answer, form="#verification-form")
    office.look_both("verification")
    page.get_by_role("button", name="保存核查数据").click()
    expect(page.get_by_text("已填写完整").first).to_be_visible()


def open_board(office: Person, place: str, call: str) -> str:
    """Begin the recommendation of a call; return the address of its board."""
    page = office.go(f"/{place}/desk/recommend/")
    page.locator(f"form[action$='/calls/{call}/begin/'] button").click()
    page.wait_for_url(re.compile(r"/desk/recommend/\d+/$"))
    return page.url.removeprefix(office.address)


def list_all(office: Person) -> None:
    """Put every cleared file on the list."""
    waiting = office.whole().get_by_role("button", name=re.compile("^列入推荐："))
    for left in range(waiting.count(), 0, -1):
        waiting.first.click()
        expect(waiting).to_have_count(left - 1)


def explain(office: Person, number: int, reason: str) -> None:
    """Say of the first files of the list why they are put forward."""
    for at in range(number):
        office.page.get_by_role("link", name="理由…").nth(at).click()
        dialog = office.page.locator("#dialog-body form.act, main form.act").first
        dialog.locator("[name=reason]").fill(reason)
        dialog.get_by_role("button", name="保存").click()
        expect(dialog).to_be_hidden()


def write(office: Person, chapters: Mapping[str, str], number: str) -> None:
    """Write the number, the contact and the chapters of the report."""
    form = office.whole().locator("#texts form")
    form.locator("[name=document_number]").fill(number)
    form.locator("[name=contact]").fill("经办人员")
    form.locator("[name=contact_phone]").fill("000-0000 0000")
    for control in form.locator("textarea[name^='text-']").all():
        control.fill(chapters[str(control.get_attribute("name")).removeprefix("text-")])
    form.get_by_role("button", name=re.compile("保存")).click()
    expect(office.page.get_by_text("报告内容已保存")).to_be_visible()


def stamp_all(office: Person) -> None:
    """Upload the stamped scan of every paper that wants one."""
    forms = office.whole().locator("#papers form.board__upload")
    for at in range(forms.count()):
        form = office.page.locator("#papers form.board__upload").nth(at)
        form.locator("input[type=file]").set_input_files(
            {"name": "盖章件.pdf", "mimeType": "application/pdf", "buffer": scan("推荐文书（盖章）")}
        )
        with office.page.expect_navigation():
            form.locator("button").click()
    expect(office.page.locator("#papers").get_by_text("待上传")).to_have_count(0)


def print_paper(office: Person, title: str, *words: str) -> None:
    """Have a paper of the recommendation made, and keep it with its pictures."""
    papers = office.whole().locator("#papers form[target=_blank]")
    form = papers.filter(has=office.page.get_by_role("button", name=f"生成 PDF：{title}")).first
    fields = {str(each.get_attribute("name")): each.input_value() for each in form.locator("input[type=hidden]").all()}
    to = f"{office.address}{form.get_attribute('action')}"
    answer = office.context.request.post(to, form=fields, headers={"Referer": office.page.url})  # type: ignore[arg-type]
    made = answer.body()
    for _ in range(60):
        if made.startswith(b"%PDF"):
            break
        office.page.wait_for_timeout(500)
        made = office.download(answer.url)
    keep_pdf(office, title, made, *words)


def seal(office: Person) -> None:
    """Hand the whole recommendation in, and see that it is locked."""
    carry_out(office, "报送全部推荐…", "报送全部推荐")
    expect(office.page.get_by_role("heading", name="报送记录")).to_be_visible()
    office.look_both("board-sealed")


def receive(officer: Person, place: str, call: str, office: str) -> None:
    """Look at the ledger of what has been handed in, and at one office's recommendation with its ranks."""
    page = officer.go(f"/{place}/desk/received/calls/{call}/")
    page.get_by_role("navigation", name="报送状态").get_by_role("link", name=re.compile("^已报送")).click()
    officer.look_both("received")
    page.locator("tbody").get_by_role("link", name=office).click()
    expect(page.locator("main")).to_contain_text("盖章扫描件")
    officer.look("received-one")
