"""Every layout and component, drawn with sample values: clean under axe, no wider than the screen, within the CSP."""

import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Route, sync_playwright

from tests.browser import launched
from tests.desk.preview_context import render

ROOT = Path(settings.BASE_DIR)
AXE = (ROOT / "static/vendor/axe-core/axe.min.js").read_text()
POLICY = "; ".join(
    f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
PAGES = ["form", "list", "notice", "reading", "score"]
ERRORS = [f"errors/{name}.html" for name in ("400", "403", "404", "413", "csrf", "500")]
MODES = ["light", "dark", "elder"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launched())
        yield chromium
        chromium.close()


def open_page(browser: Browser, html: str, width: int, mode: str) -> tuple[Any, list[str]]:
    """A page with this HTML and the project's static files, and the list its console complaints go to."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark" if mode == "dark" else "light"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://preview.test").partition("?")[0]
        if path.startswith("/static/"):
            file = ROOT / path[1:]
            kind = mimetypes.guess_type(path)[0] or "text/plain"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    page.route("**/*", serve)
    page.goto("http://preview.test/x/")
    page.wait_for_load_state("load")
    return page, complaints


def violations(page: Any) -> list[str]:
    """What axe finds; nothing where pages are only walked through, as journeys are (see LOOKS in person.py)."""
    if os.environ.get("LOOKS") == "walk":
        return []
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.rule("P3-18")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PAGES)
def test_layouts_are_clean(browser: Browser, name: str, mode: str, width: int) -> None:
    html = render(name, signed_in=name != "notice", elder=mode == "elder")
    page, complaints = open_page(browser, html, width, mode)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_are_clean(browser: Browser, name: str) -> None:
    page, complaints = open_page(browser, render(name, signed_in=False), 390, "light")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []
    page.context.close()


def test_every_component_is_shown_in_a_preview() -> None:
    sources = "".join(file.read_text() for file in (ROOT / "tests/desk/preview").glob("*.html"))
    frame = "".join(file.read_text() for file in ROOT.glob("templates/*.html"))
    components = {file.name for file in (ROOT / "templates/components").glob("*.html")}
    inner = "".join(file.read_text() for file in (ROOT / "templates/components").glob("*.html"))
    tags = (ROOT / "portal/desk/templatetags/portal_ui.py").read_text()
    shown = {name for name in components if f"components/{name}" in sources + frame + inner + tags}
    assert shown == components


def test_menus_close_with_escape_and_the_section_sheet_opens_without_scripts(browser: Browser) -> None:
    page, _ = open_page(browser, render("form"), 390, "light")
    page.click(".menu > summary")
    assert page.locator(".menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0
    page.click("text=章节")
    assert page.locator("#sections").is_visible()
    page.click(".tasks__close")
    page.wait_for_function("getComputedStyle(document.getElementById('sections')).visibility === 'hidden'")
    page.context.close()


def test_a_lost_session_is_loud_and_what_was_typed_comes_back(browser: Browser) -> None:
    page, _ = open_page(browser, render("form"), 1280, "light")
    page.fill("#id_outlook", "刚刚填写的内容")
    page.evaluate("import('/static/js/connection.js').then((module) => module.reportFailure(401))")
    page.wait_for_selector("#alarm:not([hidden])")
    assert "登录已失效" in page.inner_text("#alarm")
    assert page.get_attribute("#alarm a", "href") == "/account/login/?next=%2Fx%2F"
    page.reload()
    page.click("text=恢复填写的内容")
    assert page.input_value("#id_outlook") == "刚刚填写的内容"
    page.context.close()


def test_the_list_is_walked_with_arrow_keys_and_rows_are_chosen_with_space(browser: Browser) -> None:
    page, _ = open_page(browser, render("list"), 1280, "light")
    page.focus("#files tbody tr:first-child")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("#files tr[aria-selected=true]").count() == 1
    assert page.inner_text("[data-bulk-of=files] [data-chosen]") == "1"
    page.context.close()


def test_the_stepper_moves_along_the_bands_of_the_rule(browser: Browser) -> None:
    page, _ = open_page(browser, render("score"), 390, "light")
    page.click("[aria-label=加一档]")
    assert page.input_value("[name=score]") == "30"
    assert page.is_disabled("[aria-label=加一档]")
    page.fill("[name=score]", "15")
    page.click("[aria-label=减一档]")
    assert page.input_value("[name=score]") == "10"
    page.context.close()


def test_a_confirmation_opens_in_the_dialog_and_closes(browser: Browser) -> None:
    page, complaints = open_page(browser, render("notice"), 1280, "light")
    act = render("act")
    page.route("**/act/", lambda route: route.fulfill(body=act, content_type="text/html; charset=utf-8"))
    page.evaluate("htmx.ajax('GET', '/act/', '#dialog-body')")
    page.wait_for_selector("#dialog.show #dialog-title:focus")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("#dialog", state="hidden")
    assert complaints == []
    page.context.close()


def test_a_lost_connection_offers_to_try_again_and_the_bar_goes_when_it_is_back(browser: Browser) -> None:
    page, _ = open_page(browser, render("form"), 1280, "light")
    page.route("**/save/", lambda route: route.abort())
    page.evaluate("htmx.ajax('GET', '/save/', '#save-state').catch(() => null)")
    page.wait_for_selector("#alarm:not([hidden]) button")
    page.unroute("**/save/")
    page.route("**/save/", lambda route: route.fulfill(body="已保存 14:05:01", content_type="text/html"))
    page.click("#alarm button")
    page.wait_for_selector("#alarm", state="hidden")
    assert page.inner_text("#save-state") == "已保存 14:05:01"
    page.context.close()
