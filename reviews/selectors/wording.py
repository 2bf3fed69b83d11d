"""Small agreed spellings that services, pages and documents share."""

PNG_PREFIX = "data:image/png;base64,"
TYPED_PREFIX = "typed:"  # the way without a canvas: the expert's own name, typed as confirmation


def masked(phone: str) -> str:
    """A telephone number with its middle hidden (P3-17): 138****0001, 0571-****0001."""
    digits = [place for place, character in enumerate(phone) if character.isdigit()]
    hidden = set(digits[-8:-4]) if len(digits) > 7 else set(digits)
    return "".join("*" if place in hidden else character for place, character in enumerate(phone))
