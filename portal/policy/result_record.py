"""The record of how a call's result follows from its score sheets, and working it out again from the record alone.

A record is JSON. Given are `terms` (portal.policy.aggregation.Terms), `keys` of the order, `cells` with their `places`
(moves included), `releases`, `decided` (the recorded order of equals), `changes` since the list was drawn up (`kind` drop,
promote or release, `id`, `cell`) and `files`, each with `id`, `number`, `unit`, `unit_id`, `track`, `cells`, `ranked`,
`given` (what is known of each key that is not worked out, as fractions) and `sheets` (`expert`, `points` by item number,
`conclusion`, `sha256`, `earlier`). Worked out are each sheet's `total` and `counted`, each file's `result`, `figures`,
`overall`, `state`, `cell`, `pool`, `position`, and `ties` and `problems` (changes that break the rules). `sha256` is of
everything else, in canonical form.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.policy.aggregation import Method, Terms
from portal.policy.drawing import canonical, digest
from portal.policy.result_outcome import placed
from portal.policy.selection import Candidate, RankBy, ranked

FORMAT = "result-record/1"
Values = dict[str, Any]

ARITHMETIC = (
    "一份评分表的总分，是表上各项得分之和。",
    "一个单位的得分，是计入的各专家总分之和除以计入的人数。",
    "去掉最高分、最低分的，总分最高和最低的各有一份不计；几份同为最高或者最低的，只去一份，去哪一份不影响结果。",
    "显示的得分按规定的小数位取舍；按精确值排序的，以分数比较，不以显示的数字比较。",
)
ORDER = (
    "各单位在本类别内依次比较各项排序依据，前一项相同的再比后一项；全部相同的，按写明理由的决定排列。",
    "名次在前的先取所报名额中第一个未满的，名额已满的按名次列入备选。",
    "复核方法：按本表逐行重算；或在任一安装本软件的计算机上执行 manage.py results verify 记录文件，不需要数据库。",
)


NOWHERE: Values = {"state": "", "cell": "", "pool": "", "position": None}
"""The place of a file that is not listed."""


def terms_of(record: Mapping[str, Any]) -> Terms:
    """Return the arithmetic a record was made by."""
    said = record["terms"]
    return Terms(
        method=Method(said["method"]),
        trim_from=int(said["trim_from"]),
        places=int(said["places"]),
        rounding=str(said["rounding"]),
        basis=str(said["basis"]),
    )


def written(value: Fraction | None) -> str | None:
    """Write an exact figure as `a/b`; None stays None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def read(text: str | None) -> Fraction | None:
    """Read what `written` wrote."""
    return None if text is None else Fraction(text)


def decimal_or_fraction(value: Fraction | None) -> str:
    """Write a figure exactly: as a decimal where that ends, as a fraction where it does not; a dash for None."""
    if value is None:
        return "—"
    rest, places = value.denominator, 0
    for factor in (2, 5):
        power = 0
        while rest % factor == 0:
            rest, power = rest // factor, power + 1
        places = max(places, power)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    return plain(Decimal(value.numerator * 10**places // value.denominator).scaleb(-places))


def plain(points: Decimal) -> str:
    """Write points without needless noughts."""
    return f"{points.normalize():f}"


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record without its own `sha256`."""
    return digest(canonical({key: value for key, value in record.items() if key != "sha256"}))


def worked_out(inputs: Mapping[str, Any]) -> Values:
    """Return a record complete: whatever follows from what is given, worked out, and the fingerprint."""
    terms, keys = terms_of(inputs), [RankBy(key["by"]) for key in inputs["keys"]]
    files = [_figured(each, keys, terms) for each in inputs["files"]]
    listed = [each for each in files if each["ranked"]]
    outcome = placed(inputs, listed, [candidate_of(each) for each in listed])
    overall = _overall(listed, inputs["decided"])
    for each in files:
        place = outcome.places.get(each["id"])
        each.update(NOWHERE if place is None else place.as_json(), overall=overall.get(each["id"]))
    ties, problems = [list(tie) for tie in outcome.ties], list(outcome.problems)
    record = {**inputs, "files": files, "ties": ties, "problems": problems}
    return {**record, "sha256": fingerprint(record)}


def candidate_of(file: Mapping[str, Any]) -> Candidate:
    """Return a file as the ranking sees it; a figure that is not known is below all others."""
    values = [read(figure["value"]) for figure in file["figures"]]
    return Candidate(
        file["id"], tuple(file["cells"]), tuple(Fraction(-1) if value is None else value for value in values)
    )


def _figured(file: Mapping[str, Any], keys: Sequence[RankBy], terms: Terms) -> Values:
    """One file with its sheets added up and its result."""
    totals = [sum((Decimal(each) for each in sheet["points"].values()), Decimal(0)) for sheet in file["sheets"]]
    kept = terms.kept(totals)
    sheets = [
        {**sheet, "total": plain(total), "counted": at in kept}
        for at, (sheet, total) in enumerate(zip(file["sheets"], totals, strict=True))
    ]
    scored = RankBy.SCORE in keys or any(sheet["points"] for sheet in sheets)
    exact = terms.result(totals) if scored else None
    result = None
    if exact is not None:
        added = sum((totals[at] for at in kept), Decimal(0))
        result = {"sum": plain(added), "divisor": len(kept), "exact": written(exact), "shown": terms.shown(exact)}
    votes = Fraction(sum(sheet["conclusion"] == "recommend" for sheet in sheets))
    own = {RankBy.SCORE: terms.standing(totals), RankBy.VOTES: votes}
    values = [own[by] if by in own else read(given) for by, given in zip(keys, file["given"], strict=True)]
    figures = [
        {"value": written(value), "shown": _shown(by, value, exact, terms)}
        for by, value in zip(keys, values, strict=True)
    ]
    return {**file, "sheets": sheets, "result": result, "figures": figures}


def _shown(by: RankBy, value: Fraction | None, exact: Fraction | None, terms: Terms) -> str:
    if by is RankBy.SCORE:
        return terms.shown(exact)
    if value is None:
        return "—"
    if by is RankBy.RECOMMENDED_RANK:
        return str(-int(value))
    return f"{int(value):,}" if value.denominator == 1 else Terms().shown(value)


def _overall(files: Sequence[Mapping[str, Any]], decided: Sequence[int]) -> dict[int, int]:
    """The place of each ranked file among all of its track."""
    tracks: dict[str, list[Candidate]] = {}
    for each in files:
        tracks.setdefault(each["track"], []).append(candidate_of(each))
    return {
        each.key: place
        for candidates in tracks.values()
        for place, each in enumerate(ranked(candidates, decided), start=1)
    }


def differences(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what working a record out again finds different from what it says; nothing when all agrees."""
    try:
        if record["format"] != FORMAT:
            yield f"记录格式为“{record['format']}”，应为“{FORMAT}”"
            return
        if fingerprint(record) != record["sha256"]:
            yield f"记录的内容与其 SHA-256 不符，按现有内容应为 {fingerprint(record)}"
        right = worked_out(record)
        for ours, theirs in zip(record["files"], right["files"], strict=True):
            yield from _unlike_file(named(ours), ours, theirs)
        if record["ties"] != right["ties"]:
            yield f"同分单位：记录为 {record['ties']}，重算为 {right['ties']}"
        yield from (f"名单变动不符合规则：{problem}" for problem in right["problems"])
        if record["problems"] != right["problems"]:
            yield f"名单变动：记录中的问题为 {record['problems']}，重算为 {right['problems']}"
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        yield f"记录不完整或格式有误：{type(error).__name__} {error}"


def named(file: Mapping[str, Any]) -> str:
    """Say which file is meant."""
    return f"{file['number']} {file['unit']}"


def _unlike_file(where: str, said: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[str]:
    for ours, theirs in zip(said["sheets"], right["sheets"], strict=True):
        if ours["total"] != theirs["total"]:
            yield f"{where} 专家{ours['expert']}：总分记录为 {ours['total']}，各项得分之和为 {theirs['total']}"
        if ours["counted"] != theirs["counted"]:
            yield f"{where} 专家{ours['expert']}：记录为{_counted(ours)}，重算为{_counted(theirs)}"
    if said["result"] != right["result"]:
        yield f"{where}：得分记录为 {_result(said['result'])}，重算为 {_result(right['result'])}"
    if said["figures"] != right["figures"]:
        yield f"{where}：排序依据记录为 {_figures(said)}，重算为 {_figures(right)}"
    if said["overall"] != right["overall"]:
        yield f"{where}：名次记录为 {said['overall']}，重算为 {right['overall']}"
    if place_of(said) != place_of(right):
        yield f"{where}：结果记录为{place_words(said)}，重算为{place_words(right)}"


STATES = {"selected": "拟入选", "alternate": "备选", "released": "已让出", "out": "已退出"}


def place_of(file: Mapping[str, Any]) -> Values:
    """Return where a file stands, as it is compared."""
    return {key: file[key] for key in NOWHERE}


def place_words(file: Mapping[str, Any]) -> str:
    """Say where a file stands: 拟入选（cell，pool）第 n 位."""
    if place_of(file) == NOWHERE:
        return "未列入"
    where = "，".join(each for each in (file["cell"], file["pool"]) if each)
    word = STATES.get(file["state"], file["state"] or "未列入")
    return f"{word}{f'（{where}）' if where else ''}第 {file['position']} 位"


def _counted(sheet: Mapping[str, Any]) -> str:
    return "计入" if sheet["counted"] else "不计"


def _result(result: Mapping[str, Any] | None) -> str:
    if result is None:
        return "无"
    return f"{result['sum']} ÷ {result['divisor']} = {result['exact']}（{result['shown']}）"


def _figures(file: Mapping[str, Any]) -> str:
    return "、".join(f"{figure['shown']}（{figure['value']}）" for figure in file["figures"]) or "无"
