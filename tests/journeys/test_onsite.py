"""An expert scores a workshop with no signal: killed, sent twice, on two devices, in a browser that others use as well."""

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Route, expect

from tests.browser import launched
from tests.journeys.filling import sign
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, UNIT = "kunshan", "昆山光澜电子技工学校"
HOME = f"/{PLACE}/expert/onsite/"
REMARK = "2023 年 11 月签到表缺 2 份，已现场核对原件。"
OPINION = "现场核对实训设备和师资，与申报材料一致，台账齐全，开放预约有记录，建议认定。"
WAIT = 20_000  # milliseconds that sending may take beside other tests
PHOTO = Path(__file__).resolve().parents[2] / "docs" / "images" / "home.png"
PREPARE = f"""
import json
from tests.journeys import backstage
panel = backstage.at_work(backstage.cast_of("{PLACE}"), "{PLACE}", ["guangdian"])[0]
print(json.dumps([[seat.pk, seat.expert.user.username] for seat in panel.members.select_related("expert__user")]))
"""
HAND_BACK = """
from portal.desk.demo import reviewing
from reviews.models import PanelMember
from reviews.services import reopening
from tests.journeys import backstage
cast = backstage.cast_of("{place}")
seat = PanelMember.objects.select_related("expert__user", "panel").get(pk={seat})
reviewing.opine_as(cast, seat.panel, seat)
chair = seat.panel.members.get(chair=True).expert.user
by = next(actor for actor in cast.experts if actor.user == chair)
reopening.reopen_opinion(member=seat, reason="评分备注不完整，请补充后重新提交。", by=by)
"""
ON_DEVICE = """async () => {
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const found = {};
    for (const { name } of await indexedDB.databases()) {
        const db = await answer(indexedDB.open(name));
        const counts = [];
        for (const store of ["values", "queue", "photos"]) {
            counts.push(await answer(db.transaction(store).objectStore(store).count()));
        }
        db.close();
        found[name.replace(/\\d+$/, "N")] = counts;
    }
    return { databases: found, papers: (await caches.keys()).filter((name) => name.startsWith("onsite-files")).length };
}"""


class Profile:
    """A browser profile on disk: what it stores outlives the browser, as on a telephone."""

    def __init__(self, kind: BrowserType, folder: Path) -> None:
        self.kind, self.folder = kind, folder

    def new_context(self, **options: Any) -> BrowserContext:
        """Start the browser on the profile."""
        return self.kind.launch_persistent_context(self.folder, **launched(), **options)

    def kill(self) -> None:
        """End its processes as a flat battery would."""
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if str(self.folder).encode() in each.read_bytes():
                    os.kill(int(each.parent.name), signal.SIGKILL)


class Phone(Person):
    """An expert's telephone with the app."""

    seat = 0

    def view(self, name: str = "") -> None:
        """Show a view of the app, by its own addresses."""
        self.page.evaluate("name => { location.hash = name }", f"#/{name}")

    def item(self, number: int) -> None:
        """Show one item of the sheet."""
        self.view(f"seat/{self.seat}/item/{number}")
        expect(self.page.locator("[data-f=position]")).to_have_text(f"{number} / 6")

    def says(self, words: str) -> None:
        """Wait until the bar says so."""
        expect(self.page.locator("#state")).to_contain_text(re.compile(words), timeout=WAIT)

    def open(self) -> "Phone":
        """Open the app with a connection, until it would open without."""
        self.go(HOME)
        expect(self.page.locator(".onsite-seat").first).to_contain_text(UNIT, timeout=WAIT)
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        return self


@pytest.fixture(scope="module")
def seats(portal: Portal) -> dict[str, int]:
    """The seats of a panel that scores on site today, by their experts' login names."""
    return {username: seat for seat, username in json.loads(portal.script(PREPARE).splitlines()[-1])}


@pytest.fixture
def phone(browser: Browser, portal: Portal, seats: dict[str, int]) -> Iterator[Callable[..., Phone]]:
    """A maker of telephones; of one profile at a time only one browser lives."""
    made: list[Phone] = []

    def make(username: str, profile: Profile | None = None) -> Phone:
        found: Any = profile or browser
        made.append(Phone(found, portal.address, "onsite", phone=True))
        made[-1].seat = seats[username]
        return made[-1]

    yield make
    for each in made:
        with suppress(Error):
            each.close()


def held(device: Phone) -> dict[str, Any]:
    """What the server holds of the device's seat, as it tells the device; a revision counts how often a value was written."""
    day = json.loads(device.download(f"{HOME}day.json"))
    return next(seat for seat in day["seats"] if seat["id"] == device.seat)


def score_everything(device: Phone) -> None:
    """Score all six items by tapping, with a remark and a photo; then the conclusion and the signature."""
    page = device.page
    for number in range(1, 7):
        device.item(number)
        if number not in (4, 5):  # these two are proposed: passing on confirms them
            page.get_by_role("button", name=re.compile("^加 ")).click()
            page.get_by_role("button", name=re.compile("^减 ")).click()
        if number == 3:
            page.set_input_files("[data-f=camera]", PHOTO)
            expect(page.locator(".photos figcaption")).to_have_text("待上传")
            page.get_by_label("备注").fill(REMARK)
            page.locator("[data-f=points]").press("ArrowDown")
            device.look("item-offline")
        page.locator("[data-f=next]").click()
    page.get_by_label("建议认定", exact=True).check()
    page.get_by_label("评估意见", exact=True).fill(OPINION)
    sign(device)
    # The bar does not count the signature; the page must not go before it is stored.
    expect(page.locator("[data-f=submit-why]")).to_have_text("联网后才能提交")
    device.says("离线.*10 项待上传，已存本机")
    device.look("opinion-offline")


def test_a_visit_without_signal_arrives_once(phone: Callable[..., Phone], browser: Browser, tmp_path: Path) -> None:
    profile = Profile(browser.browser_type, tmp_path / "profile")
    device = phone("ks-expert", profile)
    device.sign_in("ks-expert")
    device.go(f"/{PLACE}/expert/")
    device.look("entrance")
    device.open().look("day")
    device.view(f"seat/{device.seat}/file")
    device.page.get_by_role("button", name=re.compile("^全部下载到本机")).click()
    expect(device.page.get_by_text("已缓存")).to_have_count(7, timeout=WAIT)
    device.look("file")
    device.context.set_offline(True)
    score_everything(device)
    device.page.reload()
    device.view(f"seat/{device.seat}")
    expect(device.page.locator("[data-f=base]")).to_have_text("97.5")
    expect(device.page.get_by_role("button", name="提交评分")).to_be_disabled()
    device.look("list-offline")
    device.view("waiting")
    expect(device.page.locator(".onsite-waiting li")).to_have_count(10)
    device.look("waiting")
    device.view(f"seat/{device.seat}/visit")
    device.look("route")

    arrived: list[int] = []

    def hold(route: Route) -> None:
        arrived.append(route.fetch().status)  # the server has it; the device never hears of it

    device.page.route("**/entries/", hold)
    device.context.set_offline(False)
    while not arrived:
        device.page.wait_for_timeout(100)
    profile.kill()
    assert arrived == [200]

    device = phone("ks-expert", profile)
    device.sign_in("ks-expert")
    device.open().says("已全部上传")
    expect(device.page.locator(".onsite-seat").first).to_contain_text("已评 6 / 6")
    found = held(device)
    assert {key: kept["revision"] for key, kept in found["kept"].items()} == dict.fromkeys(
        [*(f"score.{number}" for number in range(1, 7)), "remark.3", "conclusion", "text"], 1
    ), "each was written once, though the first answer was lost"
    assert [found["kept"][key]["value"] for key in ("score.3", "score.4", "remark.3")] == ["19", "20", REMARK]
    assert [photo["item"] for photo in found["photos"]] == [3]
    two_devices(phone, device)
    hand_in(device)


def two_devices(phone: Callable[..., Phone], device: Phone) -> None:
    """The same expert changes one item on two devices: both versions are shown, and the chosen one counts."""
    other = phone("ks-expert")
    other.sign_in("ks-expert")
    other.open().item(1)
    device.context.set_offline(True)
    for each, points in ((device, "12"), (other, "13")):
        each.item(1)
        each.page.locator("[data-f=points]").fill(points)
    other.says("已全部上传")
    device.says("1 项待上传")
    device.context.set_offline(False)
    expect(device.page.locator(".onsite-conflict dd").filter(has_text="分")).to_have_text(
        ["12 分", "13 分"], timeout=WAIT
    )
    device.says("1 项填写不一致")
    device.look("conflict")
    device.page.get_by_role("button", name="采用我的").click()
    expect(device.page.locator(".onsite-conflict")).to_have_count(0)
    device.says("已全部上传")
    assert held(device)["kept"]["score.1"] == {"value": "12", "revision": 3}
    other.close()


def hand_in(device: Phone) -> None:
    """Hand the sheet in: it is locked, and nothing of it is left on the device."""
    page = device.page
    device.view(f"seat/{device.seat}")
    expect(page.locator("[data-f=submit-why]")).to_have_text("")  # or else the failure says what is missing
    page.get_by_role("button", name="提交评分").click()
    expect(page.get_by_role("dialog")).to_contain_text("合计 95 / 100 分")
    device.look("hand-in")
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.locator("main")).to_contain_text("提交并锁定。本机上的评分、照片和材料已删除。", timeout=WAIT)
    device.look("handed-in")
    assert page.evaluate(ON_DEVICE) == {"databases": {f"onsite-{PLACE}-N": [0, 0, 0]}, "papers": 0}
    assert held(device)["state"] == "submitted"


def every_kind(device: Phone) -> dict[str, Any]:
    """The day as it would be with an item by bands, one that is computed, and a bonus."""
    day: dict[str, Any] = json.loads(device.download(f"{HOME}day.json"))
    seat = next(each for each in day["seats"] if each["id"] == device.seat)
    first, second, *_, last = seat["sheet"]["lines"]
    first["bands"] = [{"text": f"每年 {100 * number} 人次以内", "points": f"{5 * number}"} for number in range(4)]
    first["rule"], second["mode"], seat["kept"]["score.2"] = "", "auto", {"value": "18", "revision": 0}
    last |= {"bonus": True, "group": "加分"}
    return day


def test_every_kind_of_item(phone: Callable[..., Phone]) -> None:
    """The stepper follows the bands of a rule, by keys as well; what is computed stands; a bonus is added up apart."""
    device = phone("ks-expert5")
    device.sign_in("ks-expert5")
    day = every_kind(device)
    device.page.route("**/day.json", lambda route: route.fulfill(json=day))
    device.open().item(1)
    points, more = device.page.locator("[data-f=points]"), device.page.get_by_role("button", name=re.compile("^加 "))
    for key, expected in (("ArrowDown", "0"), ("ArrowUp", "5"), ("ArrowUp", "10"), ("ArrowLeft", "5"), ("Enter", "10")):
        more.press(key)
        expect(points).to_have_value(expected)
    expect(device.page.locator(".bands .is-hit")).to_contain_text("每年 200 人次以内")
    device.look("bands")
    device.item(2)
    expect(points).to_be_disabled()
    expect(points).to_have_value("18")
    device.view(f"seat/{device.seat}")
    expect(device.page.locator("[data-f=totals]")).to_have_text(
        re.compile(r"基础\s*28\s*/ 90.*加分\s*–\s*/ 10", re.DOTALL)
    )
    device.look("bonus")


def test_a_sheet_is_handed_back_meanwhile(phone: Callable[..., Phone], portal: Portal) -> None:
    """What was typed before the sheet was handed in and reopened elsewhere counts only when it is chosen."""
    device = phone("ks-expert4")
    device.sign_in("ks-expert4")
    device.open().item(1)
    device.context.set_offline(True)
    device.page.locator("[data-f=points]").fill("9")
    device.says("1 项待上传")
    portal.script(HAND_BACK.format(place=PLACE, seat=device.seat))
    device.context.set_offline(False)
    expect(device.page.locator(".onsite-conflict")).to_contain_text("此项是退回前填写的", timeout=WAIT)
    stands = held(device)["kept"]["score.1"]["value"]
    expect(device.page.locator(".onsite-conflict dd").filter(has_text="分")).to_have_text(["9 分", f"{stands} 分"])
    device.look("handed-back")
    device.page.get_by_role("button", name="采用已上传的").click()
    expect(device.page.locator("[data-f=points]")).to_have_value(stands)
    device.view(f"seat/{device.seat}")
    expect(device.page.locator("[data-f=progress]")).to_have_text("已评 6 / 6")
    assert (held(device)["round"], held(device)["kept"]["score.1"]["value"]) == (1, stands)


def test_a_browser_that_others_use(phone: Callable[..., Phone], seats: dict[str, int]) -> None:
    """What is unsent belongs to its account: neither shown nor sent as another's, and deleted only when told to."""
    device = phone("ks-expert2")
    page = device.page
    device.sign_in("ks-expert2")
    device.open().item(1)
    page.route("**/entries/", lambda route: route.abort())
    page.locator("[data-f=points]").fill("11")
    device.says("1 项待上传")
    page.unroute("**/entries/")
    device.sign_in("ks-expert3")
    device.seat = seats["ks-expert3"]
    device.open()
    expect(page.locator("main")).to_contain_text("本机存有另一账号尚未上传的内容（1 项）", timeout=WAIT)
    device.look("another-account")
    device.item(1)
    expect(page.locator("[data-f=points]")).to_have_value("")
    assert "score.1" not in held(device)["kept"]
    device.sign_in("ks-expert2")
    device.seat = seats["ks-expert2"]
    assert "score.1" not in held(device)["kept"], "it was not sent while somebody else was signed in"
    device.go(f"/{PLACE}/expert/")
    page.get_by_text("我的", exact=True).click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("dialog")).to_contain_text("本机还有 1 项内容尚未上传", timeout=WAIT)
    device.look("leave")
    page.get_by_role("link", name="先上传").click()
    device.says("已全部上传")
    assert held(device)["kept"]["score.1"] == {"value": "11", "revision": 1}
    device.go(f"/{PLACE}/expert/")
    page.get_by_text("我的", exact=True).click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("已退出登录")).to_be_visible()
    names = page.evaluate("async () => [(await indexedDB.databases()).length, await caches.keys()]")
    assert names == [0, []]
