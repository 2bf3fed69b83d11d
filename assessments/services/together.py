"""Two people of a unit write the same page: their changes are put together, and what both changed is given back to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from applications.services.answers import tidy
from applications.services.merging import merge
from portal.policy.form import Section

Answers = Mapping[str, Any]


class Clash(Exception):
    """Someone else saved the page in between, and both changed the same; nothing has been written. `mine` is kept."""

    def __init__(self, mine: dict[str, Any], revision: int, labels: list[str]) -> None:
        self.mine, self.revision = mine, revision
        super().__init__(
            f"“{'”“'.join(labels)}”已被他人修改，尚未保存您的内容；请刷新页面核对后再填，您填写的内容留存在本机"
        )


def put_together(
    *, sections: Sequence[Section], theirs: Answers, mine: dict[str, Any], before: Answers | None, revision: int
) -> dict[str, Any]:
    """Return both people's changes against `before`, all by section; `revision` is that of `theirs`.

    Raise `Clash` where both changed the same, or differ without `before`.
    """
    merged: dict[str, Any] = {}
    clashes: set[str] = set()
    for section in sections:
        old = tidy(section, before.get(section.key) or {}) if before is not None else {}
        merged[section.key], wrong = merge(section, old, theirs.get(section.key) or {}, mine[section.key])
        clashes |= wrong
    if clashes:
        labels = [item.label for section in sections for item in section.items if item.key in clashes]
        raise Clash(mine, revision, labels)
    return merged
