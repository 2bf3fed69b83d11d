"""Check characters of the numbers that people read out and copy: objection receipts, certificates."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no letter that is mistaken for a digit
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """Return the check character of letters and digits, weighted 3^i mod 31 as in GB 32100; hyphens do not count."""
    total = sum(_VALUES.index(each) * pow(3, place, 31) for place, each in enumerate(text.upper().replace("-", "")))
    return ALPHABET[(31 - total % 31) % 31]


def with_check(text: str) -> str:
    """`XC-2024-0001` with its check character, `XC-2024-0001-K`."""
    return f"{text}-{check_character(text)}"


def is_well_formed(number: str) -> bool:
    """Say whether the last part of a number is the check character of the rest."""
    body, _, last = number.strip().upper().rpartition("-")
    return (
        bool(body)
        and body.replace("-", "").isascii()
        and body.replace("-", "").isalnum()
        and last == check_character(body)
    )
