"""An expert with a telephone: declares, reads the file, finds the visit, draws a signature, hands the opinion in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.filling import sign
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
UNIT = "杭州之江云数科技有限公司"
OPINION = "现场核对工业互联网实训平台三十台、数据标注工作站六十台，均为自有；开放预约和台账齐全，建议认定为分基地。"
IDENTIFIER = r"/hangzhou/expert/seats/(\d+)/"


def seat_of(expert: Person, unit: str = UNIT) -> str:
    """Return the number of the expert's seat on the panel of a unit."""
    expert.go("/hangzhou/expert/")
    found = re.search(IDENTIFIER, str(expert.page.get_by_role("link", name=unit).first.get_attribute("href")))
    assert found
    return found[1]


def test_nothing_opens_before_the_declaration(person: Make) -> None:
    expert = person(phone=True).sign_in("expert5")
    expert.look("home")
    seat = seat_of(expert)
    expert.look("my-reviews")
    for page in ("file", "opinion"):
        answer = expert.page.goto(f"{expert.address}/hangzhou/expert/seats/{seat}/{page}/")
        assert answer is not None
        assert answer.status == 404
    expert.go(f"/hangzhou/expert/seats/{seat}/declare/")
    expert.page.get_by_role("button", name="提交声明").click()
    expect(expert.page.locator(".field__error, .note--bad").first).to_be_visible()
    expert.look("declaration-refused")
    expert.page.get_by_label(re.compile("不存在应当回避的情形")).check()
    expert.page.get_by_role("button", name="提交声明").click()
    expect(expert.page.get_by_role("heading", level=1, name=UNIT)).to_be_visible()
    expert.look("file")
    text = expert.page.locator("main").inner_text()
    assert "工业互联网与数据标注实训中心" in text
    assert "13800001017" not in text, "a telephone number is shown to an expert"


def test_somebody_elses_seat_stays_shut(person: Make) -> None:
    owner, stranger = person(phone=True).sign_in("expert5"), person(phone=True).sign_in("expert8")
    seat = seat_of(owner)
    for page in ("declare", "file", "opinion"):
        answer = stranger.page.goto(f"{stranger.address}/hangzhou/expert/seats/{seat}/{page}/")
        assert answer is not None
        assert answer.status == 404


def test_the_visit_goes_into_the_calendar(person: Make) -> None:
    expert = person(phone=True).sign_in("expert5")
    expert.go("/hangzhou/expert/")
    expert.page.locator(".brief").get_by_role("link", name=UNIT).click()
    expect(expert.page.get_by_role("heading", name="现场考察路线单")).to_be_visible()
    expert.look("visit")
    link = expert.page.get_by_role("link", name="加入日历")
    words = expert.download(str(link.get_attribute("href"))).decode().replace("\r\n ", "")
    assert words.startswith("BEGIN:VCALENDAR\r\n")
    assert UNIT in words
    assert words.count("BEGIN:VEVENT") == 1
    expert.keep("visit.ics", words.encode())


def test_an_opinion_is_signed_by_hand_and_locked(person: Make) -> None:
    expert = person(phone=True).sign_in("expert5")
    page = expert.page
    seat = seat_of(expert)
    expert.go(f"/hangzhou/expert/seats/{seat}/opinion/")
    page.get_by_label("评估意见", exact=True).fill("只写了一半")
    page.get_by_role("button", name="存草稿").click()
    expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()
    expect(page.get_by_label("评估意见", exact=True)).to_have_value("只写了一半")
    expert.look("opinion-draft")
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.locator(".field__error").first).to_be_visible()
    expert.look("opinion-refused")
    page.get_by_label("同意认定").or_(page.get_by_label("建议认定")).first.check()
    page.get_by_label("评估意见", exact=True).fill(OPINION)
    sign(expert)
    expert.look("opinion-signed")
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.get_by_text("提交并锁定。")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator(".facts")).to_contain_text(OPINION)
    expert.look("opinion-locked")
    expert.go("/hangzhou/expert/")
    expect(page.locator(".rows li").filter(has_text=UNIT)).to_contain_text("意见已提交")


def test_the_bureau_sees_that_it_is_in_but_not_what_it_says(person: Make) -> None:
    officer = person().sign_in("officer")
    officer.go("/hangzhou/desk/panels/")
    officer.look_both("panels")
    officer.page.get_by_role("link", name=UNIT).first.click()
    expect(officer.page.locator("main")).to_contain_text("已提交 1 / 5")
    officer.look_both("panel-sealed")
    assert OPINION not in officer.page.content()


@pytest.mark.parametrize("path", ["/hangzhou/desk/inbox/", "/hangzhou/desk/shortlists/", "/hangzhou/desk/notices/"])
def test_the_desk_is_closed_to_experts(person: Make, portal: Portal, path: str) -> None:
    expert = person(phone=True).sign_in("expert")
    answer = expert.page.goto(f"{portal.address}{path}")
    assert answer is not None
    assert answer.status == 403
