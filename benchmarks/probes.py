"""What is measured: each probe makes the requests a browser would make."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from benchmarks.measure import Request

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


class Page:
    """A page read again and again."""

    good: tuple[int, ...] = (200,)

    def __init__(self, label: str, path: str) -> None:
        self.label, self.path = label, path

    def request(self, number: int) -> Request:
        """Return the same request each time."""
        return "GET", self.path, None, {}

    def answered(self, content: bytes) -> None:
        """Nothing to learn from a page."""


class Autosave:
    """One page of a draft saved again and again, one answer changed each time."""

    good: tuple[int, ...] = (200,)

    def __init__(self, label: str, path: str, answers: dict[str, Any], revision: int, key: str) -> None:
        self.label, self.path, self.answers, self.revision, self.key = label, path, answers, revision, key

    def request(self, number: int) -> Request:
        """Return the page with something new typed into it, over the revision last heard of."""
        key, _, column = self.key.partition("/")
        if column:
            changed = {**self.answers[key][0], column: f"改动{self.revision}"}
            answers = {**self.answers, key: [changed, *self.answers[key][1:]]}
        else:
            answers = {**self.answers, key: f"改动{self.revision}"}
        body = json.dumps({"revision": self.revision, "answers": answers}, ensure_ascii=False)
        return "POST", self.path, body.encode(), JSON

    def answered(self, content: bytes) -> None:
        """The next save is made on this one."""
        self.revision = int(json.loads(content)["revision"])


class Submit:
    """Complete drafts submitted one after the other."""

    good: tuple[int, ...] = (302,)

    def __init__(self, label: str, paths: Sequence[str]) -> None:
        self.label = label
        self._paths: Iterator[str] = iter(paths)

    def request(self, number: int) -> Request:
        """Return the submission of the next draft."""
        return "POST", next(self._paths), urlencode({"declared": "yes"}).encode(), FORM

    def answered(self, content: bytes) -> None:
        """Nothing to learn from a redirection."""
