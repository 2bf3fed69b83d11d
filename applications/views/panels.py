"""The task list beside the form and the live checks at its other side, with their addresses."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from applications.forms.page import anchor_of, row_of, summary
from applications.models import Application
from applications.selectors.workspace import Workspace
from portal.policy.condition import Result, Severity, Verdict
from portal.policy.form import Group
from portal.policy.reading import Problem
from portal.policy.validation import SectionPlace, SectionState

STATE_KINDS = {"not_started": "todo", "in_progress": "doing", "attention": "attention", "done": "done"}
VERDICT_KINDS = {
    Verdict.MET: "done",
    Verdict.UNMET: "failed",
    Verdict.EXPLAIN: "attention",
    Verdict.UNKNOWN: "todo",
    Verdict.JUDGED: "judged",
    Verdict.WAIVED: "attention",
}
MOST_LISTED = 8
SUPPLEMENTS = "自评与材料"


def address(application: Application, name: str, **more: object) -> str:
    """Return the address of one of an application's own pages."""
    where = {"jurisdiction": application.jurisdiction.code, "pk": application.pk}
    return reverse(f"applications:{name}", kwargs={**where, **more})


def navigation(workspace: Workspace, current: str) -> dict[str, Any]:
    """Return the task list: title and groups of entries, `current` marked."""
    application = workspace.application
    groups: list[dict[str, Any]] = []
    done = 0
    for place in workspace.places:
        label = group_label(place)
        if not groups or groups[-1]["label"] != label:
            groups.append({"label": label, "entries": []})
        state = workspace.state(place)
        done += state.key == "done"
        groups[-1]["entries"].append(
            _entry(place.title, address(application, "section", path=place.path), place.path == current, state)
        )
    if not groups or groups[-1]["label"] != SUPPLEMENTS:
        groups.append({"label": SUPPLEMENTS, "entries": []})
    groups[-1]["entries"] += _closing_entries(workspace, current)
    return {
        "nav_title": f"申报表　已完成 {done} / {len(workspace.places)} 节",
        "groups": _with_group_pages(workspace, groups, current),
    }


def group_label(place: SectionPlace) -> str:
    """`三、项目一　数控加工`, `自评与材料` for what the portal adds, nothing for the official single sections."""
    if place.group is None:
        return SUPPLEMENTS if place.section.supplement else ""
    numeral, mark, _ = place.group.title.partition("、")
    return (
        f"{numeral}{mark if len(numeral) < 3 else ''}{place.group_title}　{place.name}".rstrip("　")
        if mark
        else f"{place.group_title}　{place.name}"
    )


def _entry(label: str, url: str, current: bool, state: SectionState) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current, "kind": STATE_KINDS[state.key], "word": state.label}


def _with_group_pages(workspace: Workspace, groups: list[dict[str, Any]], current: str) -> list[dict[str, Any]]:
    """Behind the last instance of each repeated part stands the way to add, order and remove instances."""
    for part in workspace.edition.form.parts:
        if not isinstance(part, Group) or not workspace.opening.whole(part.key):
            continue
        last = [place for place in workspace.places if place.group is part][-1:]
        label = group_label(last[0]) if last else ""
        after = max((at for at, each in enumerate(groups) if each["label"] == label), default=0)
        entry = {
            "label": f"增加或调整{part.noun}",
            "url": address(workspace.application, "groups", group=part.key),
            "current": current == part.key,
            "count": f"共 {len(workspace.application.groups.get(part.key, []))} 个",
        }
        groups[after]["entries"].append(entry)
    return groups


def _closing_entries(workspace: Workspace, current: str) -> list[dict[str, Any]]:
    application, lacking = workspace.application, len(workspace.material_problems)
    ready = not workspace.blocking
    return [
        {
            "label": "附件材料",
            "url": address(application, "materials"),
            "current": current == "#materials",
            "kind": "attention" if lacking else "done",
            "word": f"缺 {lacking} 项" if lacking else "已完成",
        },
        {
            "label": "核对与提交",
            "url": address(application, "preview"),
            "current": current == "#preview",
            "kind": "open" if ready else "locked",
            "word": "可以提交" if ready else "尚不能提交",
        },
    ]


def problem_url(application: Application, problem: Problem, current: str = "") -> str:
    """Return where a problem is mended: a control on this page, or on its own one."""
    if problem.path.startswith("#") or problem.section_path == "#":
        return f"{address(application, 'materials')}#slot-{problem.path.removeprefix('#')}"
    if not problem.path:
        return address(application, "preview")
    if problem.path in application.groups:
        return address(application, "groups", group=problem.path)
    hook = f"#{anchor_of(problem)}"
    page = address(application, "section", path=problem.section_path)
    return hook if problem.section_path == current else f"{page}{hook}"


def aside(workspace: Workspace, current: str) -> dict[str, Any]:
    """Return the live panel: what blocks submission, and every condition that applies with its clause."""
    waiting = waiting_list(workspace, current)
    results = workspace.results
    counts = {kind: sum(1 for each in results if VERDICT_KINDS[each.verdict] == kind) for kind in ("done", "failed")}
    rest = len(results) - counts["done"] - counts["failed"]
    return {
        "waiting": waiting[:MOST_LISTED],
        "waiting_more": max(0, len(waiting) - MOST_LISTED),
        "waiting_count": len(workspace.blocking),
        "conditions": [condition_line(workspace, each, current) for each in _worst_first(results)],
        "condition_counts": f"符合 {counts['done']}　不符合 {counts['failed']}　其他 {rest}",
        "track": workspace.application.track.title,
    }


def waiting_list(workspace: Workspace, current: str) -> list[dict[str, str]]:
    """Return what stands in the way: faults one by one, what is merely not filled in once a page."""
    application = workspace.application
    lines: list[dict[str, str]] = []
    empty: dict[str, int] = {}
    titles = {place.path: place_title(place) for place in workspace.places}
    faults: dict[str, list[Problem]] = {}
    for problem in workspace.blocking:
        if problem.missing and problem.section_path in titles:
            empty[problem.section_path] = empty.get(problem.section_path, 0) + 1
        else:
            faults.setdefault(row_of(problem) or problem.label, []).append(problem)
    for found in faults.values():
        line = summary(found)[0]
        where = titles.get(found[0].section_path, "") if found[0].section_path != current else ""
        label = _short(f"{where} {line['label']}：{line['message']}".strip())
        lines.append({"label": label, "url": problem_url(application, found[0], current), "kind": "failed"})
    for path, count in empty.items():
        url = address(application, "section", path=path) + "?all=1"
        lines.append({"label": f"{titles[path]}：还有 {count} 项待填或待确认", "url": url, "kind": "todo"})
    return lines


def place_title(place: SectionPlace) -> str:
    """The page's name, with its project's before it."""
    return f"{place.group_title} {place.title}".strip()


def condition_line(workspace: Workspace, result: Result, current: str = "") -> dict[str, str]:
    """Return one condition as the list of checks takes it."""
    condition = result.condition
    detail = ""
    if result.verdict is Verdict.JUDGED:
        detail = ""
    elif result.reported:
        detail = f"要求 {result.required}，填报 {result.reported}" if result.required else result.reported
    elif result.required:
        detail = f"要求 {result.required}"
    kind = VERDICT_KINDS[result.verdict]
    if kind == "failed" and condition.severity is not Severity.HARD:
        kind = "attention"
    problem = next((each for each in workspace.blocking if each.label == condition.title), None)
    return {
        "kind": kind,
        "label": condition.title,
        "url": problem_url(workspace.application, problem, current) if problem else "",
        "word": result.label,
        "detail": detail,
        "clause": condition.clause,
    }


def _worst_first(results: Iterable[Result]) -> list[Result]:
    order = ["failed", "attention", "todo", "done", "judged"]
    return sorted(results, key=lambda each: order.index(VERDICT_KINDS[each.verdict]))


def _short(text: str) -> str:
    return text if len(text) <= 48 else f"{text[:47]}…"


def following_url(workspace: Workspace, path: str) -> str:
    """Return where the page after `path` is; the materials come after the last one."""
    known = any(place.path == path for place in workspace.places)
    following = workspace.following(path) if known else None
    if following is None:
        return address(workspace.application, "materials")
    return address(workspace.application, "section", path=following.path)
