"""A person at a browser: signs in, walks, looks, and leaves a picture of every step."""

import os
import re
import shutil
from itertools import count
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from portal.desk.demo.people import PASSWORD
from tests.journeys.live import ROOT

PICTURES = ROOT / "var" / "journeys"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 400  # looks, 0.4 s apart, that the workers may take
LOOKS = os.environ.get("LOOKS", "axe")
"""How closely a page is looked at: `walk` fits and speaks Chinese; `axe` is accessible, too; `pictures` keeps one, too."""
AXE = Axe().axe_script
TALLEST = 9000  # a taller picture is cut at its foot
MACHINE = re.compile(r"\b(Error|Exception|Traceback|undefined|None|null|NaN)\b")  # words no page says to a person


_steps: dict[str, "count[int]"] = {}  # one numbering for all people of a journey


def folder_of(journey: str) -> Path:
    """Return where a journey leaves its pictures; what the last run left there goes away first."""
    folder = PICTURES / journey
    if journey not in _steps:
        _steps[journey] = count(1)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


class Person:
    """One browser profile. `journey` names the folder of its pictures; `phone` makes the screen 390 px wide."""

    def __init__(self, browser: Browser, address: str, journey: str, *, phone: bool = False) -> None:
        self.address, self.journey, self.phone = address, journey, phone
        self.context: BrowserContext = browser.new_context(
            viewport=NARROW if phone else WIDE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=phone,
            accept_downloads=True,  # type: ignore[arg-type]
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.username = self.password = self.name = ""
        self.failures: list[str] = []
        self.page.on("pageerror", lambda error: self.failures.append(f"script: {error}"))
        self.page.on(
            "response",
            lambda response: (
                self.failures.append(f"{response.status} {response.url}") if response.status >= 500 else None
            ),
        )

    def go(self, path: str) -> Page:
        """Open a page of the portal."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> "Person":
        """Sign in with a login name."""
        self.username, self.password = username, password
        self.go("/account/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.click("main form button[type=submit], main form button:not([type])")
        self.page.wait_for_url(lambda url: "/account/login" not in url)
        return self

    def again(self) -> "Person":
        """Sign in again: the time that has passed has ended the session."""
        return self.sign_in(self.username, self.password)

    def look(self, name: str, *, axe: bool = True) -> None:
        """Find nothing wrong with the page, and where pictures are wanted take one of the whole of it."""
        # Between two pages there is a moment without any document: wait until the next one stands.
        self.page.wait_for_load_state()
        self.page.locator("main").first.wait_for(state="attached")
        if LOOKS == "pictures":
            width = 390 if self.phone else 1280
            folder = folder_of(self.journey)
            self._whole(folder / f"{next(_steps[self.journey]):02d}-{name}-{width}.png")
        assert not self.failures, self.failures
        self._fits()
        assert not (leaked := MACHINE.findall(self.page.locator("main").first.inner_text())), (self.page.url, leaked)
        if axe and LOOKS != "walk":
            self._accessible()

    def look_both(self, name: str) -> None:
        """Look at the page at both widths."""
        for size, phone in ((NARROW, True), (WIDE, False)):
            was, self.phone = self.phone, phone
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.look(name)
            self.phone = was
        self.page.set_viewport_size(NARROW if self.phone else WIDE)  # type: ignore[arg-type]

    def whole(self) -> Page:
        """Wait until all of the page stands: what counts or lists its parts does not wait for those still to come."""
        self.page.wait_for_load_state()
        return self.page

    def confirm(self, label: str | re.Pattern[str]) -> None:
        """Carry out an official act: give the password if it is asked for, then press the button."""
        self.whole()
        password = self.page.locator("input[name=password]:visible")
        if password.count():
            password.first.fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label).last.click()

    def await_paper(self, name: str | re.Pattern[str]) -> bytes:
        """Reload the page until the workers have made the paper that a link names, and fetch it."""
        link = self.page.get_by_role("link", name=name).first
        for look in range(1, PATIENCE + 1):
            if link.is_visible() and (made := self.download(str(link.get_attribute("href")))).startswith(b"%PDF"):
                return made
            self.page.wait_for_timeout(400)
            if look % 5 == 0 or not link.is_visible():  # what is being made can be asked for without the page
                self.page.reload()
        raise AssertionError(f"no {name} on {self.page.url}")

    def await_rows(self, number: int, rows: str = "tbody tr") -> None:
        """Reload the page until the workers have brought it to so many rows."""
        for _ in range(PATIENCE):
            if self.page.locator(rows).count() == number:
                return
            self.page.wait_for_timeout(400)
            self.page.reload()
        raise AssertionError(f"{self.page.locator(rows).count()} {rows} on {self.page.url}, not {number}")

    def download(self, url: str) -> bytes:
        """Fetch a file with this person's session; fail unless it is sent."""
        answer = self.context.request.get(url if url.startswith("http") else f"{self.address}{url}")
        assert answer.ok, f"{answer.status} {url}"
        return answer.body()

    def keep(self, name: str, content: bytes) -> Path:
        """Keep a document beside the pictures."""
        kept = folder_of(self.journey) / name
        kept.write_bytes(content)
        return kept

    def close(self) -> None:
        """Close the browser profile."""
        self.context.close()

    def _whole(self, picture: Path) -> None:
        """Picture the whole page on a screen as tall as the page, so that a bar at the foot stands at the foot."""
        size = self.page.viewport_size or WIDE
        tall: Any = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": min(max(tall, size["height"]), TALLEST)})
        self.page.screenshot(path=picture, full_page=True)
        self.page.set_viewport_size({"width": size["width"], "height": size["height"]})

    def _fits(self) -> None:
        wide: Any = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{self.page.url} is {wide} px wider than the screen"

    def _accessible(self) -> None:
        # A document keeps axe from one look to the next; what is in order stays there: it would be megabytes to carry.
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found: Any = self.page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
        told = [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:3]}" for each in found]
        assert not told, f"{self.page.url}\n" + "\n".join(told)
