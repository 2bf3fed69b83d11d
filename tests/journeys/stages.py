"""The stages of a procedure as people walk them in the browser, the same at every place: apply, check, draw, opine, list."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from portal.calendars import clock
from portal.policy.sample import Answers
from tests.journeys.desk import UNJUDGED, carry_out, keep_paper, open_file, recognise
from tests.journeys.filling import await_save, fill_section, sign, upload
from tests.journeys.live import Portal
from tests.journeys.person import Person

ACCEPTANCE = re.compile("受理通知书")
USING = "from applications.models import Application\nfrom tests.journeys import backstage\n"


def begin(unit: Person, place: str, call: str, track: str, office: str = "") -> str:
    """Begin an application on a track, through an office where one recommends; return its number in the address."""
    page = unit.go(f"/{place}/calls/{call}/apply/")
    page.locator(f"input[name=track][value={track}]").check()
    if office:
        page.locator("#through").select_option(label=office)
    unit.look("start-chosen", axe=False)
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url(re.compile(r"/applications/\d+/$"))
    found = re.search(r"/applications/(\d+)/$", page.url)
    assert found
    return found[1]


def fill_page(unit: Person, address: str, section: str, answers: Answers) -> None:
    """Fill in one page of the form by hand and pass on: what an earlier application said there is confirmed so."""
    unit.go(f"{address}form/{section}/")
    fill_section(unit, answers[section])
    await_save(unit)
    unit.look_both(f"form-{section}")
    was = unit.page.url
    unit.page.locator("[data-next]").click()
    unit.page.wait_for_url(lambda url: url != was)


def submit(unit: Person, address: str, *words: str) -> str:
    """Check the answers, submit, fetch the form, upload its stamped scan; return the receipt number."""
    unit.go(f"{address}preview/")
    unit.look("check-answers")
    unit.page.locator("#declared").check()
    unit.confirm("提交申报")
    number = unit.page.locator(".receipt__number").inner_text()
    keep_paper(unit, "申报表", re.compile(r"（.+第 \d+ 版）"), number, *words)
    unit.look("receipt")
    unit.page.get_by_role("link", name="上传盖章扫描件").click()
    upload(unit, "application_form", ["申报表（盖章）"])
    return number


def judge(officer: Person, portal: Portal, place: str, pk: str, *, unit: str, by: str = "cast.officer") -> None:
    """Open a file and give two verdicts by hand, the others off stage; `by` says in terms of the cast whose they are."""
    open_file(officer, unit, place, f"/applications/{pk}/")
    officer.look_both("reading")
    waiting = officer.whole().locator(UNJUDGED)
    for left in range(number := waiting.count(), max(number - 2, 0), -1):
        waiting.first.click()
        expect(waiting).to_have_count(left - 1)
    portal.script(
        f'{USING}cast = backstage.cast_of("{place}")\nbackstage.judge_rest(Application.objects.get(pk={pk}), {by})'
    )
    officer.page.reload()


def draw_panel(officer: Person, place: str, pk: str, since: date) -> str:
    """Draw the panel in three steps, name a chair and begin the review; return the panel's page."""
    panel = f"/{place}/desk/applications/{pk}/panel/"
    page = officer.go(panel)
    page.get_by_role("button", name="组建专家组").click()
    page.get_by_role("link", name="前往抽取").click()
    carry_out(officer, "生成种子并公布哈希…", "生成并公布")
    until = since + timedelta(days=30)
    carry_out(officer, "锁定可抽取名单…", "锁定名单", since=since.isoformat(), until=until.isoformat())
    carry_out(officer, "抽取并公布种子…", "抽取", supervisor="监督处值班人员", called="27")
    keep_paper(officer, "专家抽取记录", re.compile("抽取记录"), "种子")
    officer.look_both("draw")
    officer.go(panel).get_by_role("button", name="设为组长").first.click()
    carry_out(officer, "开始评审…", "开始评审")
    officer.look("panel")
    return panel


def declare(expert: Person, place: str, number: str) -> None:
    """Declare that nothing stands in the way of reviewing the file of this number."""
    page = expert.go(f"/{place}/expert/")
    page.locator(".rows li").filter(has_text=number).get_by_role("link").first.click()
    page.get_by_label(re.compile("不存在应当回避的情形")).check()
    expert.look("declaration")
    page.get_by_role("button", name="提交声明").click()
    expect(page.locator("main")).to_contain_text("第 1 版")


def opine(expert: Person, place: str, number: str) -> None:
    """Score every item, where there is a sheet, write the opinion on the file of this number and hand it in signed."""
    page = expert.go(f"/{place}/expert/")
    page.locator(".rows li").filter(has_text=number).get_by_role("link", name="填写意见").click()
    expect(page.get_by_role("button", name="提交并锁定")).to_be_visible()
    expert.whole()
    for control in page.locator(".scores__value input").all():
        if not control.input_value():
            most = int(control.get_attribute("max") or 0)
            control.fill(str(most * 9 // 10))  # neither extreme: no reason is asked for
    page.locator("[name=conclusion]").first.check()
    page.fill("[name=text]", "场地、设备、师资与申报材料一致，培训组织规范，示范带动作用明显，建议列入。")
    sign(expert)
    expert.look("opinion")
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.get_by_text("提交并锁定。")).to_be_visible()


def finish_review(officer: Person, panel: str, unit: str) -> None:
    """Unseal the opinions and end the review."""
    officer.go(panel)
    carry_out(officer, "启封专家意见…", "启封")
    carry_out(officer, "办结评审…", "办结评审", conclusion="专家组一致建议列入。")
    keep_paper(officer, "专家评审意见", re.compile("专家评审意见"), unit)
    officer.look("review-finished")


def select(officer: Person, approver: Person, place: str, call: str) -> None:
    """Draw up who is selected and who waits, decide the order of equals, and have it fixed by a second person."""
    address = f"/{place}/desk/selections/calls/{call}/"
    page = officer.go(address)
    page.get_by_role("button", name="拟制名单").click()
    expect(page.get_by_text("拟制中").first).to_be_visible()
    officer.whole()
    if page.locator("form[action*='/order/']").count():
        officer.look("selection-equals")
        for group in page.locator(".selection__tie").all():
            for at, box in enumerate(group.locator("input").all(), start=1):
                box.fill(str(at))
        page.locator("[name=reason]").fill("各项依据相同，经集体研究，按年培训规模排定次序。")
        page.get_by_role("button", name="保存次序").click()
        expect(page.get_by_text("作出排序决定")).to_have_count(0)  # the order is kept before the approver looks
    approver.again().go(address)
    carry_out(approver, "确定名单…", "确定名单")
    keep_paper(approver, "拟入选和备选名单", re.compile(r"名单.*\.pdf"))
    approver.look_both("selection")


def list_and_publish(officer: Person, approver: Person, place: str, call: str, title: str, *, only: str = "") -> str:
    """Put all that may be listed, or one unit only, on a list, and have it approved and published by a second person.

    Return the notice's page.
    """
    page = officer.go(f"/{place}/desk/shortlists/")
    page.locator("select[name=call]").select_option(call)
    page.fill("input[name=title]", title)
    page.get_by_role("button", name="拟制名单").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    officer.whole()
    together = page.get_by_role("button", name=re.compile("^全部列入"))
    if together.count() and not only:
        together.click()
        expect(together).to_have_count(0)
        officer.whole()
    waiting = page.locator(".rows li").filter(has_text=only).get_by_role("link", name="列入名单")
    for left in range(waiting.count(), 0, -1):
        waiting.first.click()
        name = page.locator("input[name=core]")
        if not name.input_value():
            name.fill(page.get_by_role("heading", level=1).inner_text())
        page.get_by_role("button", name="列入名单").click()
        expect(waiting).to_have_count(left - 1)
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_role("button", name="送审")).to_have_count(0)
    officer.look("shortlist")
    approver.go(page.url.removeprefix(officer.address))
    carry_out(approver, "审批…", "同意", opinion="同意公示")
    carry_out(approver, "发布公示…", "发布公示")
    approver.page.get_by_role("link", name="查看公示").click()
    keep_paper(approver, "公示公告", re.compile(r"公示.*\.pdf"))
    approver.look_both("notice")
    return approver.page.url.removeprefix(approver.address)


def after_notice(portal: Portal, notice: str, approver: Person, series: str, act: str = "认定") -> None:
    """Let the notice run out, and recognise the units under a document number; `act` is the policy's word for it."""
    portal.travel((portal.at or clock.now()) + timedelta(days=16))
    portal.run("reviews.tasks.sweep_notices")
    approver.again().go(notice)
    year = clock.local_date(portal.at or clock.now()).year
    recognise(approver, f"{series}〔{year}〕45号", act)
    approver.page.get_by_role("link", name=re.compile("45号")).first.click()
    keep_paper(approver, "认定文件", re.compile(r"\.pdf$"), "45号")
    approver.look("recognition")


def public_list(visitor: Person, place: str, unit: str, plaque: str) -> None:
    """Find a unit on the public list."""
    visitor.go(f"/{place}/bases/?q={unit}")
    visitor.await_rows(1, "[aria-label=基地名录] tbody tr")
    expect(visitor.page.locator("main")).to_contain_text(plaque)
    visitor.look_both("public-list")
