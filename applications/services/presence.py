"""Who is in a page of the form: kept in the cache for a minute, never in the database."""

from django.core.cache import cache

from portal.accounts.actor import Actor
from portal.calendars import clock

SECONDS = 60
Present = dict[int, tuple[str, float]]


def _key(application_id: int, path: str) -> str:
    return f"presence:{application_id}:{path.replace(' ', '')}"


def enter(*, application_id: int, path: str, by: Actor) -> list[str]:
    """Note that the actor is in the page, and return the names of the others seen there within the last minute.

    Two people who arrive in the same instant may overwrite each other's note; the next heartbeat mends it.
    """
    now, key = clock.now().timestamp(), _key(application_id, path)
    seen: Present = cache.get(key) or {}
    present = {person: note for person, note in seen.items() if now - note[1] < SECONDS}
    others = [name for person, (name, _) in present.items() if by.user is None or person != by.user.pk]
    if by.user is not None:
        present[by.user.pk] = (by.user.name, now)
        cache.set(key, present, SECONDS)
    return sorted(others)


def leave(*, application_id: int, path: str, by: Actor) -> None:
    """Take the actor's note away, so that the next person is not warned of someone who has gone."""
    key = _key(application_id, path)
    present: Present = cache.get(key) or {}
    if by.user is not None and present.pop(by.user.pk, False):
        cache.set(key, present, SECONDS)
