"""The whole of Hangzhou: a college nobody knows registers, and ends as a recognised base with a certificate that verifies."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.calendars import clock
from portal.policy.sample import samples_of
from portal.policy.values import complete_credit_code
from tests.journeys.desk import carry_out, decide, find_all_met, form_panel, keep_paper, open_file, recognise
from tests.journeys.filling import await_save, fill_section, sign, upload
from tests.journeys.live import Portal
from tests.journeys.paper import photo
from tests.journeys.person import Person
from tests.journeys.test_applicant import SLOTS

Make = Callable[..., Person]
UNIT, CORE = "杭州龙井坞智造技师学院", "龙井坞智造技师学院"
NAME = f"杭州市公共实训基地{CORE}分基地"
SECRET = "Hu-pao-quan-7788"
REGISTRATION = {
    "name": UNIT,
    "credit_code": complete_credit_code("12330100MA0000099"),
    "address": "杭州市西湖区龙井坞智造路 1 号",
    "district": "西湖区",
    "postcode": "310013",
    "contact_name": "毛若虚",
    "contact_phone": "0571-0000 1099",
    "contact_email": "longjingwu@example.cn",
    "person_name": "毛若虚",
    "phone": "13800001099",
    "email": "maoruoxu@example.cn",
    "username": "longjingwu",
    "password": SECRET,
    "password_again": SECRET,
}


def sample() -> object:
    """Return the invented college whose figures ours has too, and the experts of the demonstration."""
    found = samples_of("hangzhou")
    assert found is not None
    return found


def register(college: Person, officer: Person) -> None:
    """Register the college and have it let in."""
    page = college.go("/account/register/")
    for name, text in REGISTRATION.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=nature]", "vocational")
    page.select_option("[name=review_jurisdiction]", label="杭州市")
    college.look_both("registration")
    page.get_by_role("button", name="提交注册").click()
    page.wait_for_load_state()
    assert page.locator(".field__error").all_inner_texts() == []
    college.look_both("registration-waits")
    officer.go("/account/registrations/")
    officer.page.get_by_role("link", name=UNIT).click()
    officer.look("registration-reviewed")
    officer.page.get_by_role("button", name="审核通过").click()
    expect(officer.page.locator("main")).to_contain_text("审核结果")


def fill_form(college: Person) -> str:
    """Begin an application and fill in 附件2 from its cover to its end; return the application's address."""
    page = college.sign_in("longjingwu", SECRET).go("/hangzhou/")
    page.get_by_role("link", name=re.compile("第三批")).first.click()
    page.get_by_role("link", name="开始申报").click()
    page.locator("input[name=track][value=school]").check()
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url(re.compile(r"/applications/\d+/$"))
    address = page.url
    answers = dict(sample().units[0].answers(clock.today()))  # type: ignore[attr-defined]
    project = answers.pop("project")[0]
    page.goto(f"{address}form/cover/")
    while found := re.search(r"/form/(?:project/\w+/)?(\w+)/$", page.url):
        section = found[1]
        fill_section(college, answers[section] if section in answers else project[section])
        await_save(college)
        college.look(f"form-{section}")
        was = page.url
        page.locator("[data-next]").click()
        page.wait_for_url(lambda url, was=was: url != was)
    for slot, name in SLOTS.items():
        upload(college, slot, [name])
    college.look_both("materials")
    return address


def submit(college: Person, address: str) -> str:
    """Submit, upload the stamped scan; return the receipt number."""
    page = college.page
    page.goto(f"{address}preview/")
    college.look("check-answers")
    page.locator("#declared").check()
    college.confirm("提交申报")
    number = page.locator(".receipt__number").inner_text()
    keep_paper(college, "申报表", re.compile("申报表（"), number, "五轴联动加工中心")
    college.look("receipt")
    page.get_by_role("link", name="上传盖章扫描件").click()
    upload(college, "application_form", ["申报表（盖章）"])
    return number


def review(officer: Person, experts: list[Person], portal: Portal) -> None:
    """Declarations, visit, opinions, seal, and the end of the review."""
    for expert in experts:
        expert.go("/hangzhou/expert/").get_by_role("link", name=UNIT).first.click()
        expert.page.get_by_label(re.compile("不存在应当回避的情形")).check()
        expert.page.get_by_role("button", name="提交声明").click()
        expect(expert.page.locator("main")).to_contain_text("第 1 版")
    officer.page.reload()
    panel = officer.page.url.removeprefix(officer.address)
    officer.page.get_by_role("link", name="安排考察").click()
    tomorrow = clock.local(clock.start_of_day(clock.today() + timedelta(days=1)))
    officer.page.fill("[name=starts_at]", f"{tomorrow:%Y-%m-%d}T09:00")
    officer.page.fill("[name=ends_at]", f"{tomorrow:%Y-%m-%d}T11:30")
    officer.page.fill("[name=route]", "八点半集合；先看实训场地和设备，再查阅制度和台账。")
    officer.look_both("visit-planned")
    officer.page.get_by_role("button", name="安排考察").click()
    portal.travel(tomorrow + timedelta(hours=13))
    officer.again().go(panel)
    officer.page.get_by_role("link", name="考察记录").click()
    officer.page.fill("[name=attendance]", "专家组全体成员、受理处室工作人员、学院负责人")
    officer.page.fill("[name=facts]", "实训场地与申报一致，主要设备在位并能正常运行，抽查台账十件，账物相符。")
    officer.page.locator("[name=originals_seen]").check()
    officer.page.get_by_role("button", name="登记记录").click()
    officer.page.set_input_files(
        "[name=photo]", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo("实训场地")}
    )
    officer.page.get_by_role("button", name="上传照片").click()
    expect(officer.page.locator(".photos img")).to_have_count(1)
    keep_paper(officer, "现场考察记录", re.compile("现场考察记录"), UNIT)
    officer.look_both("visit-recorded")
    for at, expert in enumerate(experts):
        opine(expert, drawn=at == 0)
    officer.go(panel)
    carry_out(officer, "启封专家意见…", "启封")
    carry_out(officer, "办结评审…", "办结评审", conclusion="专家组一致建议认定为分基地。")
    keep_paper(officer, "专家评审意见", re.compile("专家评审意见"), UNIT, "一致建议认定")
    officer.look_both("review-finished")


def opine(expert: Person, *, drawn: bool) -> None:
    """Hand in an opinion, signed by hand or by name."""
    page = expert.again().go("/hangzhou/expert/")
    page.locator(".rows li").filter(has_text=UNIT).get_by_role("link", name="填写意见").click()
    page.locator("[name=conclusion]").first.check()
    page.fill("[name=text]", "场地、设备、师资与申报材料一致，公共服务机制健全，建议认定为分基地。")
    if drawn:
        sign(expert)
        expert.look("opinion-signed")
    else:
        page.fill("[name=typed_name]", expert.name)
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.get_by_text("提交并锁定。")).to_be_visible()


def list_and_publish(officer: Person, approver: Person) -> None:
    """Draft the list, have it approved and published by the second person."""
    page = officer.go("/hangzhou/desk/shortlists/")
    page.locator("select[name=call]").select_option(
        label=str(page.locator("select[name=call] option", has_text="第三批").inner_text())
    )
    page.fill("input[name=title]", "第三批拟认定名单")
    page.get_by_role("button", name="拟制名单").click()
    page.locator(".rows li").filter(has_text=UNIT).get_by_role("link", name="列入名单").click()
    page.locator("[name=mode][value=unit]").check()
    page.fill("[name=core]", CORE)
    expect(page.locator("#name-preview")).to_contain_text(NAME)
    officer.look_both("name")
    page.get_by_role("button", name="列入名单").click()
    page.get_by_role("button", name="送审").click()
    officer.look_both("shortlist")
    approver.go(page.url.removeprefix(officer.address))
    carry_out(approver, "审批…", "同意", opinion="同意公示")
    carry_out(approver, "发布公示…", "发布公示")
    approver.page.get_by_role("link", name="查看公示").click()
    keep_paper(approver, "公示公告", re.compile(r"公示.*\.pdf"), UNIT)
    approver.look_both("notice")


@pytest.mark.timeout(900)
def test_a_college_becomes_a_base(person: Make, portal: Portal) -> None:
    portal.forget_waiting()
    college, officer, approver = person(), person().sign_in("officer"), person().sign_in("approver")
    register(college, officer)
    number = submit(college, fill_form(college))
    open_file(officer, UNIT)
    assert find_all_met(officer) > 10
    decide(officer, "受理", "受理并发出通知书")
    keep_paper(officer, "受理通知书", re.compile("受理通知书"), UNIT, number)
    names = form_panel(officer, UNIT)
    experts = []
    for each in sample().experts:  # type: ignore[attr-defined]
        if each.name in names:
            experts.append(person(phone=True).sign_in(each.key))
            experts[-1].name = each.name
    assert len(experts) == 5
    review(officer, experts, portal)
    approver.again()
    list_and_publish(officer, approver)
    notice = approver.page.url.removeprefix(approver.address)
    portal.travel(clock.now() + timedelta(days=16))
    portal.run("reviews.tasks.sweep_notices")
    approver.again().go(notice)
    recognise(approver, f"杭人社演发〔{clock.today().year}〕45号")
    approver.page.get_by_role("link", name=re.compile("45号")).first.click()
    approver.look_both("recognition")
    keep_paper(approver, "认定文件", re.compile(r"\.pdf$"), "45号", UNIT)
    certificate = approver.page.locator("tbody td.mono").first.inner_text()
    approver.go(f"/hangzhou/bases/?q={CORE}")
    approver.await_rows(1, "[aria-label=基地名录] tbody tr")
    approver.page.get_by_role("link", name=NAME).first.click()
    approver.look_both("base")
    approver.go("/hangzhou/desk/bases/").get_by_role("link", name=NAME).first.click()
    keep_paper(approver, "认定证书", re.compile("证书"), certificate, CORE)
    visitor = person()
    visitor.go(f"/verify/?code={certificate}")
    expect(visitor.page.get_by_role("heading", name="证书属实")).to_be_visible()
    expect(visitor.page.locator("main")).to_contain_text(NAME)
    visitor.look_both("certificate-verified")
