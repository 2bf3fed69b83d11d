"""Holding a call's sheets against their hashes, the event log and what was written when each review was closed.

Nothing is written. A `Finding` is sound when what was looked at agrees; otherwise it says what stands where instead of what.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from applications.models import Call
from portal.audit.chain import canonical
from portal.audit.models import Event
from portal.policy.aggregation import Terms
from portal.policy.result_record import plain, written
from reviews.enums import MemberState, PanelState
from reviews.models import Opinion, Panel, PanelMember
from reviews.selectors.results import panels_of
from reviews.selectors.scores import terms_of, total_of
from reviews.services.opinions import opinion_hash

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What comes of stored data that were written past the services: no number, no such key."""
Logged = dict[tuple[int, int], list[str]]  # (panel, member) → hashes handed in, in order


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `sound` when it agrees."""

    text: str
    sound: bool = True


def sheet_findings(call: Call) -> Iterator[Finding]:
    """Check every sheet of a call's unsealed panels, file by file; the number of queries does not depend on how many."""
    panels = list(_panels(call))
    logged = _logged(panels)
    for panel in panels:
        members = list(panel.members.all())
        wrong = list(_differences(panel, members, logged))
        yield from (Finding(f"{_named(panel)}{text}", sound=False) for text in wrong)
        if not wrong:
            yield Finding(f"{_named(panel)}：{_said(panel, members)}")


def _differences(panel: Panel, members: list[PanelMember], logged: Logged) -> Iterator[str]:
    yield from _sheets(panel, members, logged)
    try:
        yield from _result(panel, members)
    except MALFORMED as error:
        yield f"：评分表或计分结果不是可以计算的数据（{type(error).__name__} {error}）"


def _panels(call: Call) -> Any:
    opinions = Opinion.objects.select_related("paper").prefetch_related("versions")
    members = PanelMember.objects.order_by("-chair", "id").prefetch_related(Prefetch("opinion", opinions))
    return (
        panels_of(call)
        .filter(unsealed_at__isnull=False)
        .select_related("application__organisation", "application__call")
        .prefetch_related(Prefetch("members", members))
        .order_by("application__number", "pk")
    )


def _logged(panels: list[Panel]) -> Logged:
    keys = {f"{panel._meta.label_lower}:{panel.pk}": panel.pk for panel in panels}
    events = Event.objects.filter(chain__key__in=keys, action="opinion.submit").select_related("chain")
    found: Logged = {}
    for event in events.order_by("chain", "sequence"):
        place = (keys[event.chain.key], event.data.get("member", 0))
        found.setdefault(place, []).append(event.data.get("sha256", ""))
    return found


def _sheets(panel: Panel, members: list[PanelMember], logged: Logged) -> Iterator[str]:
    """What is wrong with the sheets of one panel: a member's content, its hash, its event."""
    known = {member.pk for member in members}
    for member in members:
        where, opinion = f"　{_label(member, members)}", _opinion(member)
        absent = opinion is None or opinion.submitted_at is None
        if absent and member.state == MemberState.DECLARED and panel.state != PanelState.WORKING:
            yield f"{where}：缺少评分表"
        kept = []
        if opinion is not None:
            kept = [version.sha256 for version in opinion.versions.all()]
            yield from (f"{where}：{text}" for text in _contents(opinion))
            if opinion.submitted_at is not None:
                kept.append(opinion.sha256)
        events = logged.get((panel.pk, member.pk), [])
        yield from (
            f"{where}：日志中没有 SHA-256 为 {sha} 的提交记录，事件缺失或评分表被替换"
            for sha in kept
            if sha not in events
        )
        yield from (f"{where}：日志记有 SHA-256 为 {sha} 的评分表，现已不存在" for sha in events if sha not in kept)
    strangers = sorted(member for owner, member in logged if owner == panel.pk and member not in known)
    yield from (f"　日志记有成员 {member} 提交评分表，该成员现已不存在" for member in strangers)


def _contents(opinion: Opinion) -> Iterator[str]:
    """Whether what a sheet says, and said before it was handed back, is what its hash is of."""
    for version in opinion.versions.all():
        found = hashlib.sha256(canonical(version.said).encode()).hexdigest()
        if found != version.sha256:
            yield f"第 {version.round + 1} 次提交的内容与其 SHA-256 不符，按现有内容为 {found}，提交时为 {version.sha256}"
    if opinion.submitted_at is not None and opinion_hash(opinion) != opinion.sha256:
        yield f"评分表内容与其 SHA-256 不符，按现有内容为 {opinion_hash(opinion)}，提交时为 {opinion.sha256}"


def _result(panel: Panel, members: list[PanelMember]) -> Iterator[str]:
    """Whether the result written when the review was closed follows from the sheets as they are."""
    totals = {member.pk: total_of(opinion) for member, opinion in _counting(members) if opinion.scores}
    if not panel.result and (panel.state != PanelState.CLOSED or not totals):
        return
    if not panel.result:
        yield "：办结时未记载计分结果"
        return
    terms = terms_of(panel)
    yield from _terms(panel.result, terms)
    written_down = {each["member"]: str(each["total"]) for each in panel.result["totals"]}
    for key in dict.fromkeys([*totals, *written_down]):
        ours, theirs = written_down.get(key, "无"), plain(totals[key]) if key in totals else "无"
        if ours != theirs:
            member = next((each for each in members if each.pk == key), None)
            label = _label(member, members) if member else f"成员 {key}"
            yield f"　{label}：办结时记载总分 {ours}，按评分表为 {theirs}"
    if set(written_down) == set(totals):
        yield from _figure(panel.result, [totals[each["member"]] for each in panel.result["totals"]], terms)


def _terms(said: Mapping[str, Any], terms: Terms) -> Iterator[str]:
    declared = {
        "method": str(terms.method),
        "trim_from": terms.trim_from,
        "places": terms.places,
        "rounding": terms.rounding,
        "basis": terms.basis,
    }
    for key, value in declared.items():
        if said[key] != value:
            yield f"：办结时记载的计分规则 {key} 为 {said[key]}，本批次为 {value}"


def _figure(said: Mapping[str, Any], totals: list[Decimal], terms: Terms) -> Iterator[str]:
    """Which totals count and what they come to, in the order in which they were written down."""
    kept, exact = terms.kept(totals), terms.result(totals)
    if [each["counted"] for each in said["totals"]] != [at in kept for at in range(len(totals))]:
        yield f"：办结时记载计入的总分与规则不符，应计入第 {'、'.join(str(at + 1) for at in kept)} 份"
    if (said["exact"], said["shown"]) != (written(exact), terms.shown(exact)):
        yield f"：办结时记载得分 {said['exact']}（{said['shown']}），重算为 {written(exact)}（{terms.shown(exact)}）"


def _said(panel: Panel, members: list[PanelMember]) -> str:
    """Say what was found in order."""
    opinions = [opinion for _, opinion in _counting(members)]
    said = f"{len(opinions)} 份评分表的内容与 SHA-256、日志相符"
    if not any(opinion.scores for opinion in opinions):
        return said
    totals = [total_of(opinion) for opinion in opinions]
    terms = terms_of(panel)
    exact, kept = terms.result(totals), terms.kept(totals)
    added = plain(sum((totals[at] for at in kept), Decimal(0)))
    closed = "，与办结时记载一致" if panel.state == PanelState.CLOSED else ""
    return f"{said}；得分 {added} ÷ {len(kept)} = {terms.shown(exact)}{closed}"


def _counting(members: list[PanelMember]) -> list[tuple[PanelMember, Opinion]]:
    found = [(member, _opinion(member)) for member in members if member.state == MemberState.DECLARED]
    return [(member, opinion) for member, opinion in found if opinion is not None and opinion.submitted_at is not None]


def _opinion(member: PanelMember) -> Opinion | None:
    found: Opinion | None = getattr(member, "opinion", None)
    return found


def _label(member: PanelMember, members: list[PanelMember]) -> str:
    """The number an expert has on the result page; a member whose sheet does not count has none."""
    counting = [each.pk for each, _ in _counting(members)]
    return f"专家{counting.index(member.pk) + 1}" if member.pk in counting else f"成员 {member.pk}"


def _named(panel: Panel) -> str:
    return f"{panel.application.number} {panel.application.organisation.name}"
