"""The application form as its official paper lays it out: cover, parts table by table, and what the portal adds on pages after."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from applications.selectors.print_blocks import Block, page_blocks, ruled_table
from portal.policy.form import Form

Page = Mapping[str, Any]

_TITLE = re.compile(r"^(?P<name>.+?)(?P<bracket>（[^（）]+）)?(?P<word>[^（）]{2}[表书])$")


def cover_layout(title: str, form: Form, cover: Sequence[tuple[str, str]], pages: Sequence[Page]) -> dict[str, Any]:
    """Return the cover: `attachment` (附件2), `lines` of the `title`, its last `word` (申报表), `facts`, and the `date` apart."""
    facts: list[dict[str, Any]] = [
        {"label": label.replace("（", "\n（"), "value": value, "seal": at < form.seals}
        for at, (label, value) in enumerate(cover)
    ]
    date = facts.pop() if facts and facts[-1]["label"].endswith(("日期", "时间")) else None
    clause = pages[0]["clause"] if pages else ""
    found = _TITLE.match(title)
    lines = [found["name"], found["bracket"] or ""] if found else [title]
    return {
        "attachment": clause.split()[0] if clause.startswith("附件") else "",
        "lines": [line for line in lines if line],
        "word": found["word"] if found else "",
        "facts": facts,
        "date": date,
    }


def official_parts(form: Form, pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Return the official pages in order: `heading` (三、申报项目情况), `subheading` (项目一：…), `title` (（一）…), `blocks`.

    A heading is set once, above its first page. What is printed on the cover, and what the portal adds, is left out.
    """
    parts, seen = [], set()
    for page in pages:
        items = [
            item
            for item in page["items"]
            if not item["supplement"] and not _is_on_cover(form, page, item) and not item["names"]
        ]
        if page["supplement"] or not items:
            continue
        named = f"{page['group_number']}：{page['group_name']}" if page["group"] else ""
        part = {
            "heading": page["group"] or page["title"],
            "subheading": named,
            "title": page["title"] if page["group"] else "",
        }
        fresh = {key: "" if (key, text) in seen else text for key, text in part.items() if key != "title"}
        seen |= set(part.items())
        parts.append({**part, **fresh, "blocks": page_blocks(items, supplement=False)})
    return parts


def added_parts(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Return what the portal adds to the official form, section by section: `title`, `hint`, `blocks`.

    Columns added to an official table are printed beside that table's own numbering and first column.
    """
    parts = []
    for page in pages:
        whole = page["supplement"]
        items = [item for item in page["items"] if whole or item["supplement"]]
        blocks = page_blocks(items, supplement=True) if items else []
        blocks += [] if whole else [_added_columns(item) for item in page["items"] if _has_added_columns(item)]
        if blocks:
            title = f"{page['group_number']}{page['title']}"
            parts.append(
                {"title": title, "hint": page["hint"] if whole else "", "clause": page["clause"], "blocks": blocks}
            )
    return parts


def _is_on_cover(form: Form, page: Page, item: Mapping[str, Any]) -> bool:
    return f"{page['key']}.{item['key']}" in form.cover


def _has_added_columns(item: Mapping[str, Any]) -> bool:
    return item["kind"] == "table" and not item["supplement"] and bool(_added(item)) and bool(item["rows"])


def _added(item: Mapping[str, Any]) -> list[int]:
    """Return the places of the added columns in which anything was written."""
    return [
        at for at, column in enumerate(item["columns"]) if column["supplement"] and any(row[at] for row in item["rows"])
    ]


def _added_columns(item: Mapping[str, Any]) -> Block:
    shown = [0, *_added(item)]
    totals = [item["totals"][at] for at in shown] if item["totals"] else []
    rows = [[row[at] for at in shown] for row in item["rows"]]
    return ruled_table([item["columns"][at] for at in shown], rows, caption=f"{item['label']}：增设栏目", totals=totals)
