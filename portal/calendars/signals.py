"""What the calendars tell the layers above.

`calendar_imported` is sent after commit, by a person's import or correction (never for the calendars that ship with
the portal), with `year: int`, `source_document: str`, `by: str` (the actor's label), `reason: str` ("import" or
"correction"), `changed_dates: int` (rows written).
"""

from django.dispatch import Signal

calendar_imported = Signal()
