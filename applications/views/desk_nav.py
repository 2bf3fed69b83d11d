"""The left column of the reading view: the form's sections, the materials, what has passed between unit and bureau."""

from typing import Any

from django.http import HttpRequest

from applications.selectors.reading import Reading
from applications.selectors.spots import place_label
from applications.views.desk_reach import KEPT, reading_address


def navigation(request: HttpRequest, read: Reading, at: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Return the groups of components/section_nav.html."""
    held = {key: asked[key] for key in KEPT if asked[key] and key != "at"}

    def entry(path: str, label: str, kind: str = "", word: str = "", **extra: Any) -> dict[str, Any]:
        url = reading_address(request, read.application.pk, **{**held, "at": path})
        return {"label": label, "url": url, "current": path == at, "kind": kind, "word": word, "path": path, **extra}

    check = [entry("conditions", "认定标准核对", *_progress(read))]
    if read.earlier:
        waiting = sum(1 for remark in read.earlier if remark.state == "sent")
        check.append(
            entry("review", "上次意见", *(("attention", f"{waiting} 条待复核") if waiting else ("done", "已复核")))
        )
    return [
        {"label": "核对", "entries": check},
        {
            "label": "申报表",
            "entries": [entry(place.path, place_label(place), *_state(read, place.path)) for place in read.places],
        },
        {
            "label": "附件材料",
            "entries": [entry(f"#{slot.material.key}", slot.material.title, *_slot_state(slot)) for slot in read.slots],
        },
        {"label": "往来", "entries": [entry("log", "状态与日志")]},
    ]


def _progress(read: Reading) -> tuple[str, str]:
    total = len(read.conditions)
    return ("done" if read.judged == total else "doing"), f"{read.judged} / {total}"


def _state(read: Reading, path: str) -> tuple[str, str]:
    if remarks := read.remarks_under(path):
        return "attention", f"{len(remarks)} 意见"
    if changes := read.changes_under(path):
        return "doing", f"{len(changes)} 改动"
    return "", ""


def _slot_state(slot: Any) -> tuple[str, str]:
    if slot.remarks:
        return "attention", f"{len(slot.remarks)} 意见"
    if not slot.files:
        return ("failed", "缺") if slot.material.minimum else ("todo", "无")
    return "", ""
