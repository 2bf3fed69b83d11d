"""What every endpoint for an expert's device does alike: who may ask, what a failure looks like, reading what was sent."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.accounts.gates import first_step
from portal.calendars import clock
from portal.policy.text import normalise
from reviews.services.entries import Sending

LARGEST = 2**31 - 1
WORDS = {400: "malformed", 403: "forbidden", 404: "not_found", 405: "not_allowed", 415: "malformed"}
YEARS = range(1970, 2200)  # a device's clock beyond that is not worth keeping


class Failure(APIException):
    """An answer of its own: `word` is what the script reads, the message what the person may be told."""

    word = "failed"


class SignedOut(Failure):
    """The session is over, or the person has something to do at the door first."""

    status_code, word, default_detail = status.HTTP_401_UNAUTHORIZED, "signed_out", "登录已失效，请重新登录"


class StaleToken(Failure):
    """The token against forged requests is not this session's; the answer brings a fresh one."""

    status_code, word, default_detail = status.HTTP_403_FORBIDDEN, "csrf", "页面已过期，正在重试"


class OtherAccount(Failure):
    """Somebody else has signed in on this device meanwhile."""

    status_code, word, default_detail = status.HTTP_409_CONFLICT, "other_account", "本机已换成其他账号登录，内容未发送"


class Malformed(Failure):
    """Not what the protocol says."""

    status_code, word, default_detail = status.HTTP_400_BAD_REQUEST, "malformed", "发送的数据格式不正确"


class OwnSession(SessionAuthentication):
    """The portal's session, with an answer of its own to a stale token."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise `StaleToken` instead of a plain refusal."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as refusal:
            raise StaleToken from refusal


class Scores(BasePermission):
    """Admits who scores in this jurisdiction; which seats are theirs is decided by every query and service."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Look at the capacity acted in; raise `SignedOut` for nobody, and for who must do something else first."""
        asked: Any = request
        if asked.actor.user is None or first_step(asked):
            raise SignedOut
        place = asked.jurisdiction
        return bool(asked.actor.can("review.score", place.pk if place else None))


class OnDevice(APIView):
    """An endpoint for an expert's device: JSON in every case, never kept by a cache, a fresh token with each answer."""

    access = "review.score"
    methods: ClassVar[tuple[str, ...]] = ("POST",)
    authentication_classes = (OwnSession,)
    permission_classes = (Scores,)
    schema = None  # spoken by our own scripts alone: no part of the published interface

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        """Say who may open the view and how, as the guards of pages do."""
        view: Any = super().as_view(**options)
        view.access, view.methods = cls.access, cls.methods
        return view

    def handle_exception(self, exc: Exception) -> Response:
        """Turn every refusal into a word and a sentence; what is nobody's refusal goes on as an error of ours."""
        found = super().handle_exception(exc)
        word = exc.word if isinstance(exc, Failure) else WORDS.get(found.status_code, "failed")
        message = str(exc.detail) if isinstance(exc, APIException) else ""
        return self.answer({"error": word, "message": message}, found.status_code)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Forbid keeping: what is said here is for this person alone."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "no-store"
        return final

    def answer(self, body: Mapping[str, Any], code: int = status.HTTP_200_OK) -> Response:
        """Answer with the token and the server's time beside what is said."""
        token = get_token(self.request._request)  # noqa: SLF001  # Django's token wants Django's request
        return Response({"token": token, "now": clock.local(clock.now()).isoformat(), **body}, status=code)

    def said(self, request: Request) -> Any:
        """Return what was sent, when it is a mapping in the name of who is signed in; raise otherwise."""
        body: Any = request.data
        if not isinstance(body, Mapping) or "account" not in body:
            raise Malformed
        if str(body["account"]) != str(request.user.pk):
            raise OtherAccount
        return body


def sending(body: Mapping[str, Any]) -> Sending:
    """Read which device sends."""
    return Sending(device=normalise(str(body.get("device") or ""))[:36], sent_at=instant(body.get("sent_at")))


def uuid(value: Any) -> UUID:
    """Read a device's own name for something; raise `Malformed`."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Malformed from error


def whole(value: Any, most: int = LARGEST) -> int:
    """Read a whole number from 0 to `most`; raise `Malformed`."""
    try:
        number = int(str(value))
    except ValueError as error:
        raise Malformed from error
    if not 0 <= number <= most:
        raise Malformed
    return number


def text(value: Any) -> str:
    """Read a text; nothing is an empty one."""
    return "" if value is None else str(value)


def instant(value: Any) -> datetime | None:
    """Read an instant by a device's clock, however wrong; None when it is none."""
    try:
        at = parse_datetime(str(value or ""))
    except ValueError:
        return None
    if at is None or at.year not in YEARS:
        return None
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def position(body: Mapping[str, Any]) -> dict[str, float]:
    """Read {latitude, longitude, accuracy} in degrees and metres; empty unless both degrees are on the globe."""
    latitude, longitude = degrees(body.get("latitude"), 90), degrees(body.get("longitude"), 180)
    if latitude is None or longitude is None:
        return {}
    accuracy = degrees(body.get("accuracy"), 1_000_000)
    found = {"latitude": latitude, "longitude": longitude}
    return found if accuracy is None else {**found, "accuracy": accuracy}


def degrees(value: Any, most: float) -> float | None:
    """Read a number of at most so much, either way; None when it is none."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return round(number, 6) if math.isfinite(number) and abs(number) <= most else None
