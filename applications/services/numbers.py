"""Receipt numbers: readable aloud, gapless, with a check character."""

from django.db.models import F

from applications.models import Application, Counter

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no letter that is mistaken for a digit
_FOLDED = str.maketrans("IOSVZ", "10572")  # letters outside it that a prefix may hold


def check_character(body: str) -> str:
    """Return the check character of a number: weights 3^i mod 31 over its letters and digits, as GB 32100 has them."""
    signs = [char for char in body.upper().translate(_FOLDED) if char in ALPHABET]
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(signs))
    return ALPHABET[(31 - total % 31) % 31]


def is_valid(number: str) -> bool:
    """Say whether a receipt number's check character fits: one wrong or two swapped characters are found."""
    body, _, check = number.strip().upper().rpartition("-")
    return bool(body) and check == check_character(body)


def receipt_number(application: Application) -> str:
    """Take the next number of the application's call, e.g. `XC-2024-02-YX-0037-K`; call inside the transaction."""
    call, track = application.call, application.track
    key = f"receipt:{call.pk}"
    Counter.objects.get_or_create(jurisdiction=application.jurisdiction, key=key)
    counter = Counter.objects.select_for_update().get(jurisdiction=application.jurisdiction, key=key)
    Counter.objects.filter(pk=counter.pk).update(value=F("value") + 1)
    prefix = application.jurisdiction.receipt_prefix
    body = f"{prefix}-{call.year}-{call.batch:02d}-{track.code}-{counter.value + 1:04d}"
    return f"{body}-{check_character(body)}"
