"""An office at its board: what it puts forward, in which order, what it leaves, what it says and verifies.

Everything here changes a recommendation that has not been sealed, or has been returned. Sealing is `services.sealing`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.models import Application, Call
from applications.services.decide import withhold_recommendation
from applications.services.moves import WrongState, locked, require_at_desk
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.condition import Verdict
from portal.policy.procedure import Stage, StageKind
from portal.tenancy.models import Organisation
from reviews.models import GivenUpPlace, Justification, Recommendation, RecommendationEntry
from reviews.selectors.recommendations import READY, places_of, rule_of, stage_of
from reviews.services.refusal import Refused

REASON, TEXT = 1000, 5000


def capability_of(stage: Stage) -> str:
    """Return what a person needs to put files forward at this stage."""
    return "recommendation.work" if stage.kind is StageKind.RECOMMENDATION else "recommendation.report"


@transaction.atomic
def open_recommendation(*, call: Call, stage: str, by: Actor) -> Recommendation:
    """Return the acting office's recommendation of a call, begun when there is none."""
    declared = stage_of(call.edition, stage)
    by.require(capability_of(declared), call.jurisdiction_id)
    office = office_of(by)
    found, made = Recommendation.objects.get_or_create(
        call=call,
        stage=stage,
        office=office,
        defaults={"jurisdiction": call.jurisdiction, "created_at": clock.now()},
    )
    if made:
        _log(found, by, "recommendation.begin", {"office": office.pk, "stage": stage})
    return found


@transaction.atomic
def list_file(
    *, recommendation: Recommendation, application: Application, by: Actor, reason: str = ""
) -> RecommendationEntry:
    """Put a file on the list, last in its quota line."""
    row = locked_recommendation(recommendation, by)
    stage, applied = stage_of(row.call.edition, row.stage), locked(application)
    require_at_desk("application.read", applied, by)
    if applied.call_id != row.call_id or applied.status != READY[stage.kind]:
        raise WrongState(f"该申报目前为“{applied.bureau_label}”，不能列入推荐")
    line = rule_of(row).line_for(applied.track_key)
    ranks = [entry.rank or 0 for entry in row.entries.filter(line=line.key)]
    rank = max(ranks, default=0) + 1 if line.ranked else None
    entry, made = RecommendationEntry.objects.get_or_create(
        recommendation=row,
        application=applied,
        defaults={"line": line.key, "rank": rank, "reason": reason.strip()[:REASON]},
    )
    if made:
        _log(row, by, "recommendation.list", {"application": applied.pk, "line": line.key, "rank": rank})
    return entry


@transaction.atomic
def unlist_file(*, recommendation: Recommendation, entry_id: int, by: Actor) -> None:
    """Take a file off the list; those behind it move up."""
    row = locked_recommendation(recommendation, by)
    entry = _entry(row, entry_id)
    if entry.sealed_round is not None:
        _require_not_taken_over(entry)
    _strike(row, entry, by)


@transaction.atomic
def rank_files(*, recommendation: Recommendation, line: str, order: Sequence[int], by: Actor) -> None:
    """Write the whole order of one line: entry ids, best first, each exactly once — a total order without ties."""
    row = locked_recommendation(recommendation, by)
    if not any(each.key == line and each.ranked for each in rule_of(row).lines):
        raise Refused("该名额不排序，请刷新页面", "order")
    mine = list(row.entries.filter(line=line).select_related("application__call").order_by("rank", "id"))
    if sorted(order) != sorted(entry.pk for entry in mine):
        raise Refused("名单已有变化，或同一名次出现两次，请刷新页面后重新排序", "order")
    places = {pk: place for place, pk in enumerate(order, start=1)}
    for entry in mine:
        if entry.sealed_round is not None and entry.rank != places[entry.pk]:
            _require_not_taken_over(entry)
    _write_ranks(row, line, list(order))
    _log(row, by, "recommendation.rank", {"line": line, "order": list(order)})


@transaction.atomic
def explain_entry(*, recommendation: Recommendation, entry_id: int, reason: str, by: Actor) -> RecommendationEntry:
    """Write why a file is put forward."""
    row = locked_recommendation(recommendation, by)
    entry = _entry(row, entry_id)
    entry.reason = _text(reason, "reason", REASON, "推荐理由")
    entry.save(update_fields=["reason"])
    _log(row, by, "recommendation.explain", {"application": entry.application_id}, entry.reason)
    return entry


@transaction.atomic
def give_up_places(*, recommendation: Recommendation, line: str, places: int, reason: str, by: Actor) -> None:
    """Give up places of a line, with a reason; 0 places takes it back."""
    row = locked_recommendation(recommendation, by)
    limits = {each.key: places_of(each, row.call.setting_values) for each in rule_of(row).lines}
    if limits.get(line) is None:
        raise Refused("没有这一名额，或该名额不设上限，请刷新页面", "line")
    if not 0 <= places <= (limits[line] or 0):
        raise Refused(f"放弃的名额应为 0 至 {limits[line]} 个", "places")
    if places == 0:
        row.given_up.filter(line=line).delete()
    else:
        said = _text(reason, "reason", 300, "放弃名额的理由")
        GivenUpPlace.objects.update_or_create(
            recommendation=row,
            line=line,
            defaults={"places": places, "reason": said, "given_up_by": by.person, "given_up_at": clock.now()},
        )
    _log(row, by, "recommendation.give_up", {"line": line, "places": places}, reason)


@transaction.atomic
def write_texts(*, recommendation: Recommendation, texts: Mapping[str, str], by: Actor, **facts: str) -> Recommendation:
    """Write the chapters of the report, and `document_number`, `contact`, `contact_phone`; `bases` come as `basis.<line>`."""
    row = locked_recommendation(recommendation, by)
    rule = rule_of(row)
    chapters = {key for key, _ in rule.report_sections}
    row.texts = {**row.texts, **{key: text.strip()[:TEXT] for key, text in texts.items() if key in chapters}}
    bases = {
        line.key: texts[f"basis.{line.key}"].strip()[:REASON] for line in rule.lines if f"basis.{line.key}" in texts
    }
    row.bases = {**row.bases, **bases}
    for name in ("document_number", "contact", "contact_phone"):
        if name in facts:
            setattr(row, name, facts[name].strip()[: 60 if name != "contact_phone" else 40])
    row.save(update_fields=["texts", "bases", "document_number", "contact", "contact_phone"])
    _log(row, by, "recommendation.write", {"chapters": sorted(chapters & set(texts)), "facts": sorted(facts)})
    return row


@transaction.atomic
def justify(*, application: Application, code: str, text: str, by: Actor) -> Justification:
    """Say why a file is recommended although it misses a reference standard; `code` is that condition's."""
    applied = locked(application)
    require_at_desk("application.check", applied, by)
    if code not in missed_standards(applied):
        raise Refused("该项没有未达标，无需说明，请刷新页面", "code")
    said = _text(text, "text", 500, "未达标仍推荐的说明")
    made, _ = Justification.objects.update_or_create(
        application=applied,
        code=code,
        defaults={"office": office_of(by), "text": said, "written_by": by.person, "written_at": clock.now()},
    )
    record(
        by=by, action="recommendation.justify", obj=applied, jurisdiction_id=applied.jurisdiction_id, reason=said,
        data={"condition": code},
    )  # fmt: skip
    return made


def missed_standards(application: Application) -> list[str]:
    """Return the codes of the reference standards the current version misses, in the edition's order."""
    results = application.current.results if application.current else []
    return [result["code"] for result in results if result["verdict"] == Verdict.EXPLAIN.value]


@transaction.atomic
def not_recommend(*, application: Application, reason: str, by: Actor) -> Application:
    """Decide not to recommend a file, with the reason the unit will read, in a letter of the office's own."""
    said = _text(reason, "reason", REASON, "不予推荐的理由")
    take_off_lists(application=application, by=by)
    return withhold_recommendation(application=application, by=by, reason=said).application


def take_off_lists(*, application: Application, by: Actor) -> None:
    """Take a file off the list it stands on, and let those behind it move up; call inside a transaction, before its lock.

    Whoever changes a list locks it before its files, so that two of them wait for one another instead of blocking both.
    """
    entries = RecommendationEntry.objects.filter(application=application)
    lists = Recommendation.objects.filter(pk__in=entries.values("recommendation")).order_by("pk")
    for row in lists.select_for_update(of=("self",)).select_related("call"):
        entry = row.entries.select_related("application__call").filter(application=application).first()
        if entry is None:
            continue  # taken off while this one waited for the lock
        if not row.editable or entry.sealed_round is not None:
            raise WrongState("该申报已随推荐报送，须由上级退回后方可办理此项操作")
        _strike(row, entry, by)


def office_of(by: Actor) -> Organisation:
    """Return the office acted for."""
    if by.organisation is None:
        raise PermissionDenied("请以推荐部门的身份办理")
    return by.organisation


def locked_recommendation(recommendation: Recommendation, by: Actor) -> Recommendation:
    """Lock a recommendation the actor's office may still change; call inside a transaction."""
    row: Recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("call", "office", "jurisdiction")
        .get(pk=recommendation.pk)
    )
    by.require(capability_of(stage_of(row.call.edition, row.stage)), row.jurisdiction_id)
    if row.office_id != office_of(by).pk:
        raise PermissionDenied("只能办理本部门的推荐")
    if not row.editable:
        raise WrongState("本部门的推荐已经报送，须由上级退回后方可修改")
    return row


def _entry(recommendation: Recommendation, pk: int) -> RecommendationEntry:
    entries = recommendation.entries.select_related("application__call")
    found: RecommendationEntry | None = entries.filter(pk=pk).first()
    if found is None:
        raise WrongState("该单位已不在推荐名单中，请刷新页面")
    return found


def _strike(row: Recommendation, entry: RecommendationEntry, by: Actor) -> None:
    """Remove an entry of a locked recommendation; those behind it move up."""
    line, application = entry.line, entry.application_id
    entry.delete()
    rest = list(row.entries.filter(line=line).order_by("rank", "id").values_list("pk", flat=True))
    _write_ranks(row, line, rest)
    _log(row, by, "recommendation.unlist", {"application": application, "line": line})


def _require_not_taken_over(entry: RecommendationEntry) -> None:
    """A file the level above has kept keeps its rank: only what came back may be ranked or taken off again."""
    stage = stage_of(entry.application.call.edition, entry.recommendation.stage)
    if entry.application.status != READY[stage.kind]:
        raise WrongState("上级已接收的单位不能改变名次或移出；可在其后增列")


def _write_ranks(recommendation: Recommendation, line: str, order: Sequence[int]) -> None:
    """Write 1…n in this order; ranks are cleared first, since no two rows may hold the same one even for a moment."""
    entries = recommendation.entries.filter(line=line)
    if next(each for each in rule_of(recommendation).lines if each.key == line).ranked:
        entries.update(rank=None)
        ranked = [RecommendationEntry(pk=pk, rank=place) for place, pk in enumerate(order, start=1)]
        RecommendationEntry.objects.bulk_update(ranked, ["rank"])


def _text(raw: str, field: str, limit: int, what: str) -> str:
    text = raw.strip()
    if not text:
        raise Refused(f"请填写{what}", field)
    if len(text) > limit:
        raise Refused(f"{what}最多 {limit} 字，现有 {len(text)} 字", field)
    return text


def _log(row: Recommendation, by: Actor, action: str, data: dict[str, Any], reason: str = "") -> None:
    record(by=by, action=action, obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason, data=data)
