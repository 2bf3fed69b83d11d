"""Why a service said no."""


class Refused(Exception):
    """What was asked cannot be done; the message is Chinese, says how to mend it, and belongs to `field` of the form."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
