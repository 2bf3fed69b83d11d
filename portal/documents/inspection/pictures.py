"""JPEG and PNG, opened within a limit on pixels and read to their end."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile

from portal.documents.inspection.rules import Kind

MAX_PIXELS = 60_000_000  # an A4 sheet at 600 dpi has 35 million
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}

DAMAGED = "该图片已损坏或不完整，请确认本机能正常打开后重新上传"
TOO_LARGE = "该图片为 {width} × {height} 像素，超过 6000 万像素的上限，请缩小或降低扫描分辨率后重新上传"


class Refused(Exception):
    """The picture cannot be accepted; the message is a Chinese sentence for the person who uploaded it."""


def check(path: Path, kind: Kind) -> None:
    """Read the picture at `path` as `kind`, all of it. Raises `Refused`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower, and says so
            with Image.open(path, formats=[FORMATS[kind]]) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise Refused(TOO_LARGE.format(width=width, height=height))
                picture.verify()
            with _whole_pictures_only(), Image.open(path, formats=[FORMATS[kind]]) as picture:
                picture.load()  # verify() does not notice a JPEG that breaks off
    except Image.DecompressionBombError as error:
        raise Refused(TOO_LARGE.format(width="很多", height="很多")) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused(DAMAGED) from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint, once loaded, makes Pillow fill what is missing with grey; an upload must be whole."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
