"""Proving a call's result from what the database keeps: its sheets, the log, the order and the places.

Nothing is written. Findings come in the order in which a person would redo the calculation.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from applications.models import Call
from portal.audit.models import Chain
from portal.audit.verification import verify
from portal.policy.drawing import canonical
from portal.policy.result_record import NOWHERE, differences, named, place_of, place_words, read, worked_out
from reviews.enums import SelectionState
from reviews.models import Placement, Selection
from reviews.selectors.results import inputs_of, listing_in, panels_of, record_of, selection_log
from reviews.selectors.standings import standings
from reviews.services.sheet_checks import MALFORMED, Finding, sheet_findings

Values = dict[str, Any]
PLACE = tuple(NOWHERE)  # as the log lists them, after the application


def call_findings(call: Call) -> Iterator[Finding]:
    """Check a whole call: log, sheets, standings, list and every change since."""
    selection = Selection.objects.filter(call=call).first()
    yield from _log_findings(call, selection)
    yield from sheet_findings(call)
    try:
        yield from _outcome_findings(call, selection)
    except MALFORMED as error:
        yield Finding(f"数据不能重算：{type(error).__name__} {error}", sound=False)


def _outcome_findings(call: Call, selection: Selection | None) -> Iterator[Finding]:
    """The order and the places, from the standings to the list as it is now."""
    inputs = inputs_of(call)
    if inputs["outstanding"]:
        yield Finding(f"尚有 {inputs['outstanding']} 个专家组的意见未启封，未列入")
    first, record = worked_out({**inputs, "changes": []}), worked_out(inputs)
    yield from _together("排序依据的精确值", _unlike_standings(call, record), len(record["files"]))
    if selection is None:
        yield Finding("尚未拟制名单，名次未与名单比对")
        return
    yield from _together("拟制时的名单与日志", _unlike_log(selection, first), len(first["files"]))
    yield from (Finding(f"名单变动不符合规则：{problem}", sound=False) for problem in record["problems"])
    yield from _together("现在的名单", _unlike_rows(selection, record), len(record["files"]))
    yield Finding(f"计算记录的 SHA-256 为 {record['sha256']}")


def record_findings(record: Mapping[str, Any]) -> Iterator[Finding]:
    """Work a record out again from itself alone."""
    wrong = list(differences(record))
    yield from (Finding(text, sound=False) for text in wrong)
    if not wrong:
        ranked = sum(each["ranked"] for each in record["files"])
        sheets = sum(len(each["sheets"]) for each in record["files"])
        yield Finding(
            f"记录：{len(record['files'])} 个单位、{sheets} 份评分表逐一重算，{ranked} 个单位的名次和结果相同"
        )


def comparison_findings(record: Mapping[str, Any], call: Call) -> Iterator[Finding]:
    """Compare a record with what the database comes to now."""
    now = record_of(call)
    wrong = list(_unlike_records(record, now))
    yield from (Finding(text, sound=False) for text in wrong)
    if not wrong:
        yield Finding(f"记录与数据库现有数据一致，SHA-256 为 {now['sha256']}")


def _together(what: str, wrong: Iterator[str], count: int) -> Iterator[Finding]:
    found = list(wrong)
    yield from (Finding(text, sound=False) for text in found)
    if not found:
        yield Finding(f"{what}：{count} 个单位重算一致")


def _log_findings(call: Call, selection: Selection | None) -> Iterator[Finding]:
    """The chains of the panels and of the list hold, and a fixed list has its event."""
    keys = [f"reviews.panel:{pk}" for pk in panels_of(call).values_list("pk", flat=True)]
    if selection is not None:
        keys.append(f"reviews.selection:{selection.pk}")
        actions = {event.action for event in selection_log(selection)}
        wanted = {"selection.draw_up": "拟制", "selection.fix": "确定"}
        if selection.state != SelectionState.FIXED:
            del wanted["selection.fix"]
        for action, word in wanted.items():
            if action not in actions:
                yield Finding(f"名单：日志中没有{word}名单的事件（{action}）", sound=False)
    report = verify(Chain.objects.filter(key__in=keys))
    yield from (Finding(f"事件日志：{finding.text}", sound=False) for finding in report.findings)
    if report.sound:
        yield Finding(f"事件日志：{report.chains} 条事件链、{report.events} 个事件完整")


def _unlike_standings(call: Call, record: Values) -> Iterator[str]:
    """The figures the list is drawn up from, worked out a second way."""
    files = {each["id"]: each for each in record["files"]}
    for standing in standings(call):
        file = files.get(standing.application.pk)
        if file is None:
            yield f"{standing.application.number} {standing.application.organisation.name}：计算表缺少该单位"
            continue
        ours = [-1 if figure["value"] is None else read(figure["value"]) for figure in file["figures"]]
        if ours != list(standing.candidate.standing):
            theirs = "、".join(str(each) for each in standing.candidate.standing)
            yield f"{named(file)}：排序依据为 {theirs}，按评分表重算为 {'、'.join(str(each) for each in ours)}"


def _unlike_log(selection: Selection, first: Values) -> Iterator[str]:
    """The list as it was drawn up, by the log, against what the rules make of the sheets."""
    log = selection_log(selection)
    listing = listing_in(log)
    if listing is None:
        return
    fixed = [event.data.get("placements") for event in log if event.action == "selection.fix"]
    if fixed and sorted(fixed[-1] or []) != sorted(listing):
        yield "名单：确定时的名单与最后一次拟制的不同"
    logged = {row[0]: dict(zip(PLACE, row[1:], strict=True)) for row in listing}
    for file in first["files"]:
        said = logged.pop(file["id"], NOWHERE)
        if said != place_of(file):
            yield f"{named(file)}：日志记载{place_words(said)}，重算为{place_words(file)}"
    yield from (f"日志记载的名单中有未参加评审的申报 {key}" for key in logged)


def _unlike_rows(selection: Selection, record: Values) -> Iterator[str]:
    """The stored places against the places worked out, changes followed."""
    rows = {row.application_id: row for row in selection.placements.select_related("application__organisation")}
    titles = [key["title"] for key in record["keys"]]
    for file in record["files"]:
        row = rows.pop(file["id"], None)
        if row is None:
            if file["state"]:
                yield f"{named(file)}：名单中缺失，重算为{place_words(file)}"
            continue
        yield from (f"{named(file)}：{text}" for text in _unlike_row(row, file, titles))
    for row in rows.values():
        yield f"{row.application.number} {row.application.organisation.name}：列在名单中，但不在参加排序的单位之内"
    if sorted(map(sorted, selection.ties)) != sorted(map(sorted, record["ties"])):
        yield f"同分单位：名单记载 {selection.ties}，重算为 {record['ties']}"


def _unlike_row(row: Placement, file: Values, titles: list[str]) -> Iterator[str]:
    stored = {key: getattr(row, key) for key in PLACE}
    if stored != place_of(file):
        yield f"名单记载{place_words(stored)}，重算为{place_words(file)}"
    if row.overall != file["overall"]:
        yield f"名单记载总次序 {row.overall}，重算为 {file['overall']}"
    figures = [
        {"title": title, "value": figure["shown"]} for title, figure in zip(titles, file["figures"], strict=True)
    ]
    if row.standing != figures:
        yield f"名单记载的排序依据为 {_figures(row.standing)}，重算为 {_figures(figures)}"


def _figures(figures: list[Values]) -> str:
    return "、".join(f"{each['title']} {each['value']}" for each in figures) or "无"


def _unlike_records(record: Mapping[str, Any], now: Values) -> Iterator[str]:
    """Where a record says something else than the database; files are compared one by one."""
    said = {each["id"]: each for each in record["files"]}
    for file in now["files"]:
        ours = said.pop(file["id"], None)
        if ours is None:
            yield f"{named(file)}：记录中没有该单位"
        elif canonical(ours) != canonical(file):
            keys = [key for key in file if canonical(ours.get(key)) != canonical(file[key])]
            yield f"{named(file)}：记录与数据库不同之处为 {'、'.join(keys)}"
    yield from (f"{named(file)}：数据库中没有该单位" for file in said.values())
    for key, value in now.items():
        if key not in ("files", "sha256") and canonical(record.get(key)) != canonical(value):
            yield f"记录的“{key}”与数据库不同"
    if record.get("sha256") != now["sha256"]:
        yield f"记录的 SHA-256 为 {record.get('sha256')}，数据库现为 {now['sha256']}"
