"""What a service says when it cannot act: typed input stays on the page, and each sentence says how to mend it."""

from dataclasses import dataclass

from portal.policy.text import normalise


@dataclass(frozen=True)
class Obstacle:
    """One reason why an act must wait. `field` names the form field it belongs to, empty when it is about the whole."""

    message: str
    field: str = ""


class NotReady(Exception):
    """The act must wait; nothing was written."""

    def __init__(self, *obstacles: Obstacle) -> None:
        self.obstacles = obstacles
        super().__init__("；".join(obstacle.message for obstacle in obstacles))


def refuse_if(obstacles: list[Obstacle]) -> None:
    """Raise `NotReady` when there is anything to wait for."""
    if obstacles:
        raise NotReady(*obstacles)


def clean_text(text: str, *, field: str, limit: int, what: str, required: bool = True) -> str:
    """Return a typed text in normal form, or raise `NotReady` with its field: empty though required, or too long."""
    value = normalise(text or "").strip()
    if required and not value:
        raise NotReady(Obstacle(f"请填写{what}", field))
    if len(value) > limit:
        raise NotReady(
            Obstacle(f"{what}已填 {len(value):,} 字，超过 {limit:,} 字，请删减 {len(value) - limit:,} 字", field)
        )
    return value
