"""News from reviews, sent inside the transaction; receivers only enqueue work on commit."""

from django.dispatch import Signal

# sender: Recognition; recognition, entries: list[RecognitionEntry], by: Actor
units_recognised = Signal()

# sender: Panel; panel, by: Actor. The review is closed, `panel.result` is what the sheets came to; whoever assesses bases
# looks at `panel.occasion`, which is empty where an application was reviewed.
panel_closed = Signal()
