"""A draw record, and doing the draw over again from it alone.

A record is JSON: `rounds`, each with `seed_hash`, `snapshot` (`round`, `size`, `alternates`, `required`, `occasion`,
`candidates` with their `reasons`), `snapshot_sha256`, `seed`, `called`, `result`, or `void` with the reason; and
`substitutions`, each with `round`, `out`, `in`, `seated`, `passed`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.policy.candidates import candidate_from, occasion_from, reasons_against
from portal.policy.drawing import canonical, choose, digest, order, successor

FORMAT = "draw-record/1"

METHOD = (
    "抽取前先由系统生成随机种子（64 位十六进制字符），只公布种子的 SHA-256；锁定名单并公布名单的 SHA-256 后，才公布种子。",
    "每位可抽取专家的抽签值，是文字“种子|见证人报数|轮次|专家编号”的 SHA-256（UTF-8 编码，未报数的留空），按十六进制从小到大排列，即为抽取顺序。",
    "分领域抽取的，按领域名称的字符编码顺序，逐一为尚无人选的领域选取顺序最前的该领域专家；其余名额按顺序递补。",
    "候补按顺序列出。成员退出的，由候补递补：须有人承担的领域因此无人的，先取该领域顺序最前的候补，否则取顺序最前的候补；候补用尽的，另行补抽。",
    "复核方法：在任一计算机上执行 printf %s '种子|报数|轮次|编号' | sha256sum，逐人比对；或执行 manage.py draw verify 记录文件。",
)


def differences(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield, in order, what a repetition of the draw finds different from the record; nothing when all agrees."""
    try:
        if record["format"] != FORMAT:
            yield f"记录格式为“{record['format']}”，应为“{FORMAT}”"
            return
        rounds = {}
        for expected, each in enumerate(record["rounds"], start=1):
            if each["number"] != expected:
                yield f"第 {expected} 轮缺失，记录中为第 {each['number']} 轮"
                return
            rounds[each["number"]] = each
            yield from _round(each)
        used: dict[int, set[int]] = {}
        for at, each in enumerate(record["substitutions"], start=1):
            yield from _substitution(at, each, rounds[each["round"]], used.setdefault(each["round"], set()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield f"记录不完整或格式有误：{type(error).__name__} {error}"


def _round(each: Mapping[str, Any]) -> Iterator[str]:
    where = f"第 {each['number']} 轮"
    if each["seed"] and digest(each["seed"]) != each["seed_hash"]:
        yield f"{where}：公布的种子与事先公布的哈希不符，种子的 SHA-256 为 {digest(each['seed'])}"
    if each["snapshot"] is not None:
        yield from _snapshot(where, each)
    if each["void"]:
        return
    if not each["seed"]:
        yield f"{where}：尚未公布种子，不能复核"
    elif each["snapshot"] is None:
        yield f"{where}：没有名单"
    elif outcome_of(each) != each["result"]:
        yield f"{where}：{_first_unlike(each['result'], outcome_of(each))}"


def outcome_of(each: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a round of a record comes to, drawn again."""
    snapshot = each["snapshot"]
    eligible = {one["id"]: one["fields"] for one in snapshot["candidates"] if not one["reasons"]}
    ordered = order(each["seed"], each["called"], each["number"], list(eligible))
    return choose(
        ordered,
        eligible,
        required=snapshot["required"],
        size=snapshot["size"],
        alternates=snapshot["alternates"],
    ).as_json()


def _snapshot(where: str, each: Mapping[str, Any]) -> Iterator[str]:
    snapshot = each["snapshot"]
    found = digest(canonical(snapshot))
    if found != each["snapshot_sha256"]:
        yield f"{where}：名单与锁定时的哈希不符，现有名单的 SHA-256 为 {found}"
    if snapshot["round"] != each["number"]:
        yield f"{where}：名单属于第 {snapshot['round']} 轮"
    occasion = occasion_from(snapshot["occasion"])
    known = set()
    for raw in snapshot["candidates"]:
        candidate = candidate_from(raw)
        if candidate.id in known:
            yield f"{where}：专家 {candidate.id} 在名单中出现两次"
        known.add(candidate.id)
        # only the kinds: the words in which a reason is told may change from release to release
        reasons = reasons_against(candidate, occasion)
        if [str(kind) for kind, _ in reasons] != [kind for kind, _ in raw["reasons"]]:
            said, right = _words(raw["reasons"]), _words(reasons)
            yield f"{where}：专家 {candidate.id}（{candidate.name}）的排除理由，记录为{said}，重算为{right}"


def _substitution(at: int, each: Mapping[str, Any], made_in: Mapping[str, Any], used: set[int]) -> Iterator[str]:
    used.update(passed["id"] for passed in each["passed"])
    snapshot = made_in["snapshot"]
    right = successor(
        made_in["result"]["alternates"],
        {one["id"]: one["fields"] for one in snapshot["candidates"]},
        required=snapshot["required"],
        seated=each["seated"],
        used=used,
    )
    if right != each["in"]:
        yield f"第 {at} 次递补：记录为专家 {each['in']}，重算为{'无候补' if right is None else f'专家 {right}'}"
    used.add(each["in"])


def _first_unlike(said: Mapping[str, Any], right: Mapping[str, Any]) -> str:
    labels = {"order": "抽取顺序", "drawn": "抽中专家", "alternates": "候补", "uncovered": "无人可抽的领域"}
    for key, label in labels.items():
        ours, theirs = said[key], right[key]
        if ours == theirs:
            continue
        for place, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1):
            if one != other:
                return f"{label}第 {place} 位，记录为{_shown(one)}，重算为{_shown(other)}"
        return f"{label}，记录有 {len(ours)} 项，重算有 {len(theirs)} 项"
    return "抽取结果与重算不符"


def _shown(one: Any) -> str:
    if isinstance(one, Mapping):
        return f"专家 {one['id']}" + (f"（{one['field']}）" if one["field"] else "")
    return f"“{one}”" if isinstance(one, str) else f"专家 {one}"


def _words(reasons: Any) -> str:
    return f"“{'；'.join(text for _, text in reasons)}”" if reasons else "“可抽取”"
