"""The protocol of on-site scoring: the day, entries, photos, handing in. Every refusal of content is an answer of 200."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from portal.policy.text import normalise
from reviews.api.devices import Malformed, OnDevice, instant, position, sending, text, uuid, whole
from reviews.enums import EntryOutcome
from reviews.selectors.onsite import iso, photo_data, seats_of_day
from reviews.services.entries import MOST, Entry, Result, write_entries
from reviews.services.from_devices import Handed, Shot, Submission, photo_from_device, submit_from_device
from reviews.services.opinions import MAXIMUM_REMARK, MAXIMUM_TEXT, MINIMUM_TEXT
from reviews.services.refusal import Refused

LONGEST_KEY = 40
ROUNDS = 1000
UNREADABLE = "此项的数据格式不正确，未写入"
LIMITS = {"text_minimum": MINIMUM_TEXT, "text_maximum": MAXIMUM_TEXT, "remark_maximum": MAXIMUM_REMARK}


class Day(OnDevice):
    """Everything a device needs to work without a connection."""

    methods: ClassVar[tuple[str, ...]] = ("GET",)

    def get(self, request: Request) -> Response:
        """Return account, place and seats; nobody else's sheet is in it."""
        asked: Any = request
        place = asked.jurisdiction
        seats = [{**LIMITS, **seat} for seat in seats_of_day(asked.actor, place.code)]
        return self.answer(
            {
                "account": {"id": asked.actor.person.pk, "name": asked.actor.person.name},
                "place": {"code": place.code, "name": place.name, "accent": place.accent},
                "seats": seats,
            }
        )


class Entries(OnDevice):
    """What was typed, in order."""

    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """Answer each entry with what became of it, in the order sent."""
        asked: Any = request
        body = self.said(request)
        sent = body.get("entries")
        if not isinstance(sent, list) or len(sent) > MOST:
            raise Malformed(f"一次最多发送 {MOST} 项")
        read = [_entry(each) for each in sent]
        entries = [each for each in read if isinstance(each, Entry)]
        written = iter(write_entries(entries=entries, sending=sending(body), by=asked.actor))
        results = [next(written) if isinstance(each, Entry) else each for each in read]
        return self.answer({"results": [vars(each) for each in results]})


class Photos(OnDevice):
    """One photo."""

    parser_classes = (MultiPartParser,)

    def post(self, request: Request) -> Response:
        """Keep it with the visit; the same one again is the one there is."""
        asked: Any = request
        body = self.said(request)
        shot = _shot(body)
        try:
            outcome, photo = photo_from_device(shot=shot, by=asked.actor)
        except Refused as refusal:
            refused = {"outcome": EntryOutcome.REFUSED, "message": refusal.message, "photo": None}
            return self.answer({"operation": str(shot.operation), **refused})
        kept = {"outcome": outcome, "message": "", "photo": photo_data(photo)}
        return self.answer({"operation": str(shot.operation), **kept})


class Submit(OnDevice):
    """Handing a sheet in."""

    parser_classes = (JSONParser,)

    def post(self, request: Request) -> Response:
        """Hand in what the server holds; answer with time and hash, with what is newer, or with every problem."""
        asked: Any = request
        body = self.said(request)
        submission = _submission(body)
        handed = submit_from_device(submission=submission, sending=sending(body), by=asked.actor)
        return self.answer({"operation": str(submission.operation), **_handed(handed)})


def _entry(raw: Any) -> Entry | Result:
    """Read one entry; one that cannot be read is refused alone."""
    raw = raw if isinstance(raw, Mapping) else {}
    key = normalise(text(raw.get("key")))
    try:
        if not 0 < len(key) <= LONGEST_KEY or not isinstance(raw.get("value", ""), (str, int, float, type(None))):
            raise Malformed
        return Entry(
            operation=uuid(raw.get("operation")), seat=whole(raw.get("seat")), key=key, value=text(raw.get("value")),
            base=whole(raw.get("base", 0)), round=whole(raw.get("round", 0), ROUNDS),
            sequence=whole(raw.get("sequence", 0)), typed_at=instant(raw.get("typed_at")),
        )  # fmt: skip
    except Malformed:
        name = text(raw.get("operation"))[:36]
        return Result(name, EntryOutcome.REFUSED.value, 0, key[:LONGEST_KEY], message=UNREADABLE)


def _shot(body: Any) -> Shot:
    upload = body.get("photo")
    if upload is None or not hasattr(upload, "file"):
        raise Malformed("没有收到照片")
    return Shot(
        operation=uuid(body.get("operation")), seat=whole(body.get("seat")), content=upload.file,
        caption=text(body.get("caption")), item=whole(body.get("item") or 0, ROUNDS),
        taken_at=instant(body.get("taken_at")), position=position(body),
    )  # fmt: skip


def _submission(body: Mapping[str, Any]) -> Submission:
    seen = body.get("revisions") or {}
    if not isinstance(seen, Mapping):
        raise Malformed
    operation: UUID = uuid(body.get("operation"))
    return Submission(
        operation=operation, seat=whole(body.get("seat")), round=whole(body.get("round", 0), ROUNDS),
        revisions={str(key): whole(revision) for key, revision in seen.items()},
        signature=normalise(text(body.get("signature"))),
    )  # fmt: skip


def _handed(handed: Handed) -> dict[str, Any]:
    found: dict[str, Any] = {"outcome": handed.outcome, "round": handed.round}
    if handed.outcome == EntryOutcome.REFUSED:
        return found | {"problems": handed.problems}
    if handed.outcome == EntryOutcome.CONFLICT:
        return found | {"conflicts": handed.conflicts}
    return found | {"submitted_at": iso(handed.submitted_at), "sha256": handed.sha256}
