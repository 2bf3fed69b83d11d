"""Reading a PDF back, as a person who copies text out of it would."""

import subprocess


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order it was drawn, without blanks and line ends."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def pictures_in(pdf: bytes) -> int:
    """How many pictures are embedded."""
    done = subprocess.run(["pdfimages", "-list", "-"], input=pdf, capture_output=True, check=True)
    return sum(1 for line in done.stdout.decode().splitlines()[2:] if line.split()[2] == "image")
