"""What people at the bureau's desk do in more than one journey."""

import re

from playwright.sync_api import expect

from tests.journeys.paper import pictures_of, words_of
from tests.journeys.person import Person

UNJUDGED = "tr[id^=condition-]:not(:has(.verdict [aria-pressed=true])) .verdict button[value=met]"


def keep_paper(person: Person, name: str, link: str | re.Pattern[str], *words: str) -> None:
    """Fetch a paper from the page, keep it with its pictures, and find words in it."""
    keep_pdf(person, name, person.await_paper(link), *words)


def keep_pdf(person: Person, name: str, content: bytes, *words: str) -> None:
    """Keep a PDF with its pictures, and find words in it."""
    kept = person.keep(f"{name}.pdf", content)
    assert pictures_of(kept)
    text = words_of(kept)
    assert [word for word in words if word not in text] == [], text[:600]


def open_file(officer: Person, unit: str, place: str = "hangzhou", address: str = "") -> None:
    """Find a unit's file in the inbox and begin to check it, unless that has begun; `address` tells two files apart."""
    officer.go(f"/{place}/desk/inbox/?tab=all&q={unit}")
    link = f"a[href*='{address}']" if address else "a"  # an empty value matches nothing
    officer.page.locator(f"#inbox tbody {link}").first.click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(unit)
    begin = officer.page.get_by_role("button", name="开始审核")
    officer.whole()
    if begin.count():
        begin.click()
        expect(officer.page.locator(".verdict button:enabled").first).to_be_visible()


def find_all_met(officer: Person) -> int:
    """Give the verdict 符合 on every condition that has none; return how many there were."""
    waiting = officer.whole().locator(UNJUDGED)
    number = waiting.count()
    for left in range(number, 0, -1):
        waiting.first.click()
        expect(waiting).to_have_count(left - 1)
    return number


def decide(officer: Person, act: str, button: str) -> None:
    """Go from the file to a decision and make it."""
    officer.page.get_by_role("link", name=re.compile(f"^{act}")).first.click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(act)
    officer.confirm(button)


def carry_out(person: Person, opener: str | re.Pattern[str], button: str | re.Pattern[str], **fields: str) -> None:
    """Open an official act's dialog from the page, fill its fields by name, and carry it out."""
    person.page.get_by_role("link", name=opener).first.click()
    dialog = person.page.locator("#dialog-body form.act, main form.act").first
    expect(dialog).to_be_visible()
    for name, text in fields.items():
        dialog.locator(f"[name={name}]").fill(text)
    password = dialog.locator("input[name=password]")
    if password.count():
        password.fill("Portal-demo-2026")
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden(timeout=20_000)


def form_panel(officer: Person, unit: str, number: int = 5) -> list[str]:
    """Form a panel for an accepted unit and set it to work; return the names of its members, the chair first."""
    officer.go("/hangzhou/desk/panels/")
    officer.page.locator(".rows").get_by_role("link", name=unit).click()
    officer.page.get_by_role("button", name="组建专家组").click()
    names = []
    for at in range(number):
        row = officer.page.locator("#candidates tbody tr").filter(has=officer.page.locator("button[name=chair]")).first
        names.append(row.locator("td").first.inner_text())
        row.locator("[name=reason]").fill("本领域专家不足，未作抽取")
        row.locator("button[name=chair]" if at == 0 else "button:not([name])").click()
        expect(officer.page.locator("main")).to_contain_text(f"{at + 1} 人")
    carry_out(officer, "开始评审…", "开始评审")
    return names


def recognise(approver: Person, number: str, act: str = "认定") -> None:
    """Recognise the units of the notice at hand under a document number; `act` is the policy's word for it."""
    approver.page.get_by_role("link", name=re.compile(rf"^{act}（\d+ 家）")).click()
    approver.page.get_by_label("发文字号").fill(number)
    approver.confirm(act)
