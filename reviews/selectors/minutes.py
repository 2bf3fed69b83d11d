"""What the minutes of a meeting say: live while they are written, then from the snapshot that the signatures are given under."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from portal.audit.chain import canonical
from portal.calendars import clock, wording
from portal.policy.meeting import QUORUM_WORDS, Quorum
from reviews.enums import MeetingDecision
from reviews.models import Attendance, Meeting, MeetingItem
from reviews.selectors.meetings import attendance_of, items_of, quorum_of, rule_of, votes
from reviews.selectors.wording import PNG_PREFIX, TYPED_PREFIX

Values = dict[str, Any]
Signature = tuple[str, datetime | None]


def content(meeting: Meeting, at: datetime) -> Values:
    """Return the whole minutes as JSON-ready values, as they stand in the tables; `at` is when they are settled."""
    attendance, items = attendance_of(meeting), items_of(meeting)
    return {
        "meeting": meeting.pk,
        "issuer": meeting.jurisdiction.issuer,
        "call": meeting.call.title,
        "stage": meeting.get_stage_display(),
        "policy": meeting.call.edition.citation,
        "clause": rule_of(meeting).clause,
        "title": meeting.title,
        "starts_at": _iso(meeting.starts_at),
        "ends_at": _iso(meeting.ends_at),
        "place": meeting.place,
        "chair": meeting.chair.name,
        "minuted_by": meeting.minuted_by.name,
        "quorum": QUORUM_WORDS[quorum_of(meeting)],
        "votes": votes(meeting),
        "attendance": [_person(each) for each in attendance],
        "discussion": meeting.discussion,
        "files": [_file(item, counted=votes(meeting)) for item in items],
        "settled_at": _iso(at),
    }


def content_hash(said: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the minutes' canonical JSON (sorted keys, no blanks, UTF-8)."""
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def holds(meeting: Meeting) -> bool:
    """Say whether settled minutes still are what was hashed."""
    return meeting.snapshot is not None and content_hash(meeting.snapshot) == meeting.sha256


def minutes(meeting: Meeting) -> Values:
    """Return what page, PDF and Word file show: the snapshot once there is one, with the signatures given so far."""
    settled = meeting.snapshot is not None
    said = meeting.snapshot or content(meeting, clock.now())
    given = {each.expert_id: (each.signature, each.signed_at) for each in attendance_of(meeting)}
    return shown(said, given, sha256=meeting.sha256, settled=settled, closed_at=meeting.closed_at)


def shown(
    said: Values, given: Mapping[int, Signature], *, sha256: str, settled: bool, closed_at: datetime | None
) -> Values:
    """Put minutes into words, with signatures by expert."""
    people = [each | _signed(*given.get(each["expert"], ("", None))) for each in said["attendance"]]
    there = [each for each in people if each["present"]]
    tally = _tally(said["files"])
    return {
        **said,
        "heading": f"{said['title']}纪要" if said["title"].endswith("会议") else f"{said['title']}会议纪要",
        "made_at": closed_at or datetime.fromisoformat(said["settled_at"] if settled else said["starts_at"]),
        "there": there,
        "signed": sum(bool(each["signed_at"]) for each in there),
        "tally": tally,
        "files": [each | _words(each) for each in said["files"]],
        "facts": _facts(said),
        "attended": _attended(said, settled=settled),
        "outcome": _outcome(said, tally),
        "sha256": sha256,
        "final": closed_at is not None,
    }


def _iso(at: datetime) -> str:
    return clock.local(at).replace(microsecond=0).isoformat()


def _person(each: Attendance) -> Values:
    expert = each.expert
    return {
        "expert": expert.pk,
        "name": expert.name,
        "unit": expert.unit_name,
        "title": expert.title,
        "present": each.present,
        "reason": "" if each.present else each.reason,
    }


def _file(item: MeetingItem, *, counted: bool) -> Values:
    application = item.application
    return {
        "position": item.position,
        "number": application.number,
        "unit": application.organisation.name,
        "track": application.track.title,
        "decision": item.decision,
        "decided": item.get_decision_display(),
        "conditions": item.conditions if item.decision == MeetingDecision.CONDITIONAL else "",
        "note": item.note,
        "votes": [item.votes_for, item.votes_against, item.votes_abstained] if counted else None,
        "recused": [{"name": each["name"], "reason": each.get("reason", "")} for each in item.recused],
    }


def _signed(signature: str, at: datetime | None) -> Values:
    """A signature as documents show it: a picture, or the name that was typed."""
    return {
        "signature": signature if signature.startswith(PNG_PREFIX) else "",
        "signature_name": signature.removeprefix(TYPED_PREFIX) if signature.startswith(TYPED_PREFIX) else "",
        "signed_at": at,
    }


def _tally(files: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How many files each decision was taken on, in the order of the decisions."""
    counts = [
        (str(label), sum(each["decision"] == value for each in files)) for value, label in MeetingDecision.choices
    ]
    return [(label, count) for label, count in counts if count]


def _words(each: Mapping[str, Any]) -> Values:
    """What a row says of the votes, empty where none are counted, and of who left the room."""
    votes = each["votes"]
    recused = (f"{one['name']}（{one['reason']}）" if one["reason"] else one["name"] for one in each["recused"])
    return {
        "votes_words": f"同意 {votes[0]} 票，不同意 {votes[1]} 票，弃权 {votes[2]} 票" if votes else "",
        "recused_words": "；".join(recused) or "无",
    }


def _facts(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stands at the head of minutes: label, words."""
    start, end = (clock.local(datetime.fromisoformat(said[name])) for name in ("starts_at", "ends_at"))
    day = "" if start.date() == end.date() else wording.chinese_date(end.date())
    begins = f"{wording.chinese_date(start.date(), with_weekday=True)}{wording.chinese_time(start)}"
    return [
        ("时间", f"{begins}至{day}{wording.chinese_time(end)}"),
        ("地点", said["place"]),
        ("主持人", said["chair"]),
        ("记录人", said["minuted_by"]),
        ("批次", f"{said['call']}（{said['stage']}）"),
    ]


def _attended(said: Mapping[str, Any], *, settled: bool) -> list[str]:
    """Who was there and who was not, in sentences; settled minutes say that there were enough."""
    there = [each["name"] for each in said["attendance"] if each["present"]]
    away = [f"{each['name']}（{each['reason'] or '未写明原因'}）" for each in said["attendance"] if not each["present"]]
    rule = f"，符合{said['quorum']}到会的要求" if settled and said["quorum"] != QUORUM_WORDS[Quorum.NONE] else ""
    found = [f"应到 {len(there) + len(away)} 人，实到 {len(there)} 人{rule}。"]
    found += [f"到会：{'、'.join(there)}。"] if there else []
    return found + ([f"缺席：{'；'.join(away)}。"] if away else [])


def _outcome(said: Mapping[str, Any], tally: Sequence[tuple[str, int]]) -> str:
    """What was decided as a whole, and under which policy."""
    counted = "，".join(f"{label} {count} 件" for label, count in tally) or "均未填写决定"
    how = "会议逐件表决，票数列于决定之后。" if said["votes"] else ""
    return f"依据{said['policy']}，会议审议 {len(said['files'])} 件申报：{counted}。{how}"
