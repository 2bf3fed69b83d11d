"""News from applications, sent inside the transaction; receivers only enqueue work on commit."""

from django.dispatch import Signal

# sender: Application; application, move: str (the action), by: Actor, version: ApplicationVersion | None
application_moved = Signal()
