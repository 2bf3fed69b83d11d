"""A refusal that belongs beside a field."""


class Refused(Exception):
    """What was asked for cannot be done; `field` names the form field the message belongs to, empty for the whole form."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
