"""What people do about a base after recognition, in more than one journey: acts with a choice, links to follow, awaited papers."""

import re
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import expect

from portal.policy.edition import Edition
from tests.journeys.desk import carry_out, keep_paper
from tests.journeys.person import Person

PASSWORD_FIELD = "input[name=password]"


def choose(person: Person, opener: str | re.Pattern[str], button: str, field: str, value: str, **texts: str) -> None:
    """Open an act's dialog from the page, make its choice, fill its texts by name, and carry it out."""
    person.page.get_by_role("link", name=opener).first.click()
    dialog = person.page.locator("#dialog-body form.act, main form.act").first
    expect(dialog).to_be_visible()
    dialog.locator(f"input[name={field}][value={value}]").check()
    for name, text in texts.items():
        dialog.locator(f"[name={name}]").fill(text)
    if dialog.locator(PASSWORD_FIELD).count():
        dialog.locator(PASSWORD_FIELD).fill(person.password)
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden(timeout=20_000)


def follow(person: Person, link: str | re.Pattern[str], heading: str | re.Pattern[str]) -> None:
    """Follow a link of the page, and stand on the page of that heading."""
    person.page.locator("main").get_by_role("link", name=link).first.click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(heading)


def book_of(edition: Edition, ledger: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """Return a workbook of a ledger's rows as a file that a browser sends."""
    declared = next(each for each in edition.ledgers if each.key == ledger)
    book, stream = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(declared.title)
    sheet.append([column.label for column in declared.columns])
    for row in rows:
        sheet.append([row.get(column.key, "") for column in declared.columns])
    book.save(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": f"{declared.title}.xlsx", "mimeType": kind, "buffer": stream.getvalue()}


def papers(person: Person, *wanted: tuple[str, str, tuple[str, ...]]) -> None:
    """Fetch papers that the page names: (name to keep it under, words of its link, words in it)."""
    for name, link, words in wanted:
        keep_paper(person, name, re.compile(link), *words)


def begin_check(officer: Person, place: str, base: str, title: str) -> str:
    """Begin the check that is due of a base from its tab of assessments; return the address of its page."""
    officer.go(f"/{place}/desk/bases/{base}/rounds/")
    expect(officer.page.locator("main")).to_contain_text(f"{title}待核验")
    carry_out(officer, "开始核验", "开始")
    expect(officer.page.get_by_role("region", name="逐项核验")).to_be_visible()
    return officer.page.url.removeprefix(officer.address)


def propose(officer: Person, outcome: str, after: str, *, found: str = "") -> None:
    """Propose what a check comes to, once what only a person sees is `found`; `after` is what the page says then."""
    if found:
        choose(officer, "登记认定", "登记认定", "met", "yes", words=found)
        expect(officer.page.get_by_text(f"核验认定：{found}")).to_be_visible()
    choose(officer, "拟定结果…", "拟定", "outcome", outcome)
    expect(officer.page.locator("main")).to_contain_text(after)


def account_is(person: Person, *sums: str) -> None:
    """The account on the page says so much granted, paid, due, cancelled, spent, unspent, ordered back and come back."""
    expect(person.page.get_by_role("region", name="资金账户").locator("tbody td")).to_have_text(list(sums))
