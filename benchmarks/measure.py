"""Asking a server the same thing many times over one connection, and what the times were."""

import http.client
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

Request = tuple[str, str, bytes | None, dict[str, str]]


@dataclass(frozen=True)
class Timing:
    """Seconds at the median and at the 95th percentile of `count` requests."""

    p50: float
    p95: float
    count: int


def timing(times: list[float]) -> Timing:
    """Sum up measured seconds."""
    ordered = sorted(times)
    return Timing(statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], len(ordered))


class Session:
    """One kept-alive connection with the cookies of a signed-in person."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send one request and read the whole answer."""
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Host": "127.0.0.1",
            **(headers or {}),
        }
        if "csrftoken" in self.cookies:
            sent["X-CSRFToken"] = self.cookies["csrftoken"]
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, content

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as the page does."""
        self.ask("GET", "/account/login/")
        form = urlencode(
            {"username": username, "password": password, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        ).encode()
        status, content = self.ask(
            "POST", "/account/login/", form, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        if status != 302:
            raise RuntimeError(f"sign-in answered {status}: {content[:300]!r}")
        self.ask("GET", "/verify/")


class Probe(Protocol):
    """Something worth timing: the requests it makes, and what it learns from each answer for the next."""

    label: str
    good: tuple[int, ...]

    def request(self, number: int) -> Request:
        """Return the next request."""
        ...

    def answered(self, content: bytes) -> None:
        """Take note of an answer."""
        ...


@dataclass(frozen=True)
class Race:
    """A probe and the bare view beside it, asked in turn over the same connection."""

    label: str
    probe: Timing
    bare: Timing

    @property
    def ratio(self) -> float:
        """How many bare requests one of the probe's takes at the median."""
        return self.probe.p50 / self.bare.p50


def race(rivals: Sequence[tuple[Session, Probe]], bare: Request, count: int, warm_up: int = 5) -> list[Race]:
    """Ask every rival's request and the bare one by turns, so that whatever slows the machine slows all of them."""
    for session, _ in rivals:
        session.connection.close()  # the server has hung up if the last question was a while ago
    yardstick: list[float] = []
    times: list[list[float]] = [[] for _ in rivals]
    for number in range(warm_up + count):
        yardstick.append(_timed(rivals[0][0], bare, (200,))[0])
        for (session, probe), own in zip(rivals, times, strict=True):
            took, content = _timed(session, probe.request(number), probe.good)
            probe.answered(content)
            own.append(took)
    measured = timing(yardstick[warm_up:])
    return [Race(probe.label, timing(own[warm_up:]), measured) for (_, probe), own in zip(rivals, times, strict=True)]


def _timed(session: Session, request: Request, good: tuple[int, ...]) -> tuple[float, bytes]:
    method, path, body, headers = request
    began = time.perf_counter()
    status, content = session.ask(method, path, body, headers)
    took = time.perf_counter() - began
    if status not in good:
        raise RuntimeError(f"{method} {path} answered {status}: {content[:500].decode(errors='replace')}")
    return took, content
