"""Papers people hold in their hands: scans to upload, workbooks to import, and pictures of the PDFs they get back."""

import subprocess
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

from tests.journeys.live import ROOT

FONT = ROOT / "static" / "fonts" / "PFHei.ttf"


def _sheet(title: str, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, size[0] - 24, size[1] - 24), outline="#8a8a8a", width=3)
    draw.text((60, 80), title, fill="#111111", font=ImageFont.truetype(str(FONT), 34))
    return image


def scan(title: str, pages: int = 1) -> bytes:
    """Return a scanned PDF whose every page carries a title."""
    sheets = [_sheet(f"{title}　第 {number} 页", (620, 877)) for number in range(1, pages + 1)]
    made = BytesIO()
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:], resolution=75)
    return made.getvalue()


def photo(title: str) -> bytes:
    """Return a photograph."""
    made = BytesIO()
    _sheet(title, (800, 600)).save(made, "JPEG", quality=85)
    return made.getvalue()


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    """Return an .xlsx of rows, the heading first."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def pictures_of(paper: Path) -> list[Path]:
    """Render a PDF beside itself, one picture a page, and return them; fail when it is no PDF."""
    assert paper.read_bytes().startswith(b"%PDF"), f"{paper.name} is no PDF"
    stem = paper.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(paper), str(stem)], check=True, capture_output=True)
    return sorted(paper.parent.glob(f"{stem.name}-*.png"))


def words_of(paper: Path) -> str:
    """Return the text of a PDF without spaces and line breaks."""
    done = subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, text=True)
    return "".join(done.stdout.split())
