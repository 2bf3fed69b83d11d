"""Filling in the application form in a browser: typing, rows, files, and waiting until the page has saved itself."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.paper import scan
from tests.journeys.person import Person

SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")


def await_save(person: Person) -> str:
    """Wait until the page has saved all that was typed; return what it says.

    An earlier save may be answered after something more was typed; the page says 已保存 then, too. What is not saved yet
    it keeps in the browser: it has saved all once nothing is kept there.
    """
    state = person.page.locator("#save-state")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
    for _ in range(150):
        if not person.page.evaluate(kept):
            break
        person.page.wait_for_timeout(100)
    expect(state).to_have_attribute("data-state", "saved", timeout=15_000)
    expect(state).to_have_text(SAVED)
    return state.inner_text()


def typed_and_saved(person: Person, act: object = None) -> str:
    """Wait for the save that follows what has just been typed."""
    with person.page.expect_response(lambda response: "/save/" in response.url and response.request.method == "POST"):
        if callable(act):
            act()
    return await_save(person)


def cell(person: Person, table: str, row: int, column: str) -> Locator:
    """Return the control in a row (from 1) and column of a table."""
    return person.page.locator(f"[data-sheet={table}] tbody tr[data-row]").nth(row - 1).locator(f"[name$='.{column}']")


def paste(person: Person, text: str) -> None:
    """Paste as from a spreadsheet, with the keys."""
    person.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=person.address)
    person.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    person.page.keyboard.press("Control+V")


def upload(person: Person, slot: str, names: Iterable[str]) -> None:
    """Upload scans into a slot, all at once, and wait until they are listed."""
    files = [{"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": scan(name, 2)} for name in names]
    person.page.set_input_files(f"#slot-{slot} .upload:not(.replace) input[type=file]", files)  # type: ignore[arg-type]
    for file in files:
        link = person.page.locator(f"#slot-{slot} .files").get_by_role("link", name=str(file["name"]))
        expect(link.first).to_be_visible(timeout=30_000)


def sign(person: Person) -> None:
    """Draw a line of a signature on the pad."""
    canvas = person.page.locator("canvas.signature-pad")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    mouse = person.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 60)
    mouse.down()
    for step in range(1, 24):
        mouse.move(box["x"] + 30 + step * 11, box["y"] + 60 + (32 if step % 4 < 2 else -24))
    mouse.up()


def fill_section(person: Person, answers: Mapping[str, Any]) -> None:
    """Fill in one page of the form by the names of its questions; what it does not ask, or has filled in itself, is left."""
    for key, answer in answers.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            fill_table(person, key, answer)
        elif not key.startswith("_"):
            fill_field(person, key, answer)


def fill_field(person: Person, key: str, answer: Any, form: str = "#section-form") -> None:
    """Answer one question of a form, whatever its control."""
    control = person.page.locator(f"{form} [name='{key}']:not([type=hidden])")
    expect(control.first).to_be_visible()
    if not control.first.is_enabled() or control.first.get_attribute("readonly") is not None:
        return
    kind = control.first.get_attribute("type") or control.first.evaluate("element => element.tagName")
    if kind in ("radio", "checkbox"):
        for each in answer if isinstance(answer, list) else [answer]:
            control.and_(person.page.locator(f"[value='{each}']")).check()
    elif kind == "SELECT":
        control.select_option(str(answer))
    else:
        control.fill(str(answer))


def fill_table(person: Person, key: str, rows: list[dict[str, Any]]) -> None:
    """Paste all rows of a table at once, in the order of its columns."""
    sheet = person.page.locator(f"[data-sheet={key}]")
    columns = sheet.evaluate(
        "table => [...table.tHead.querySelectorAll('[data-column]')].map(head => head.dataset.column)"
    )
    text = "\n".join("\t".join(str(row.get(column, "")) for column in columns) for row in rows)
    sheet.locator("tbody tr[data-row=new] td input").first.click()
    paste(person, text)
    expect(sheet.locator("tbody tr[data-row]")).to_have_count(len(rows) + 1)
