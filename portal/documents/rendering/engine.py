"""HTML in, PDF out: the same bytes each time, and never with a character missing.

WeasyPrint is slow to start, and Pango's objects crash when two threads touch them. So each process that renders has one
press: a thread of its own with one `FontConfiguration`, made at the first document and kept. Whoever calls `render` waits
for that thread. Rendering belongs in a prefork worker, never in a web request; importing this module loads neither
WeasyPrint nor Pango.

A 10-page Chinese form of 10,800 characters takes 0.5 s in a warm process on one core, 0.9 s with the start; see
tests/documents/test_engine_speed.py.
"""

import hashlib
import logging
import os
import threading
import warnings
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.documents.rendering import fontset
from portal.documents.rendering.compose import print_css

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

OPTIONS = {"pdf_variant": "pdf/a-3u", "dpi": 300}
"""PDF/A-3u: archivable, every glyph with its Unicode. Photographs are brought down to what a printer shows."""


class RenderingFailed(Exception):
    """The HTML could not become a faithful PDF; the message says why, in Chinese, for the record of the document."""


class MissingGlyph(RenderingFailed):
    """No document font draws these characters; `characters` lists each once, in order."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in characters)
        super().__init__(f"文件字体中没有这些字符：{named}，请改用其他写法后重新生成")


class ResourceRefused(RenderingFailed):
    """The HTML asked for something that was not handed over with it; `url` says what."""

    def __init__(self, url: str) -> None:
        self.url = url[:200]
        super().__init__(f"文件引用了未随附的内容：{self.url}")


@dataclass(frozen=True)
class Rendered:
    """One PDF with what its record needs.

    `sha256` is of `pdf`, in hexadecimal; `fonts` is the fingerprint of the fonts it was drawn with (a re-render is
    identical only where this and the WeasyPrint version in the PDF's Producer are the same); `warnings` is what
    WeasyPrint remarked on the styles.
    """

    pdf: bytes
    pages: int
    sha256: str
    fonts: str
    warnings: tuple[str, ...]


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs during one render."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.missing: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.missing[str(record.args[0])] = None
        else:
            self.messages.append(record.getMessage())


class _Press:
    """The one thread of this process that touches Pango."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        self.fonts: FontConfiguration | None = None

    def run(self, html: str, resources: Mapping[str, bytes], draft: bool) -> Rendered:
        outcome = self.hand.submit(self._work, html, resources, draft).result()
        if isinstance(outcome, RenderingFailed):
            raise outcome
        return outcome

    def _work(self, html: str, resources: Mapping[str, bytes], draft: bool) -> Rendered | RenderingFailed:
        """Failures are returned, not raised: a traceback would carry Pango's objects into the caller's thread."""
        if self.fonts is None:
            self.fonts = _load_fonts()
        complaints = _Complaints()
        logger = logging.getLogger("weasyprint")
        logger.addHandler(complaints)
        try:
            pages, pdf, refused = _draw(html, resources, draft, self.fonts)
        finally:
            logger.removeHandler(complaints)
        if refused is not None:
            return ResourceRefused(refused)
        if complaints.missing:
            return MissingGlyph(list(complaints.missing))
        digest = hashlib.sha256(pdf).hexdigest()
        return Rendered(pdf, pages, digest, fontset.fingerprint(), tuple(complaints.messages))


def _load_fonts() -> "FontConfiguration":
    with fontset.only_our_fonts():
        # Not at the top: a web process imports this module through its tasks and must not load Pango for it.
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()


def _draw(
    html: str, resources: Mapping[str, bytes], draft: bool, fonts: "FontConfiguration"
) -> tuple[int, bytes, str | None]:
    """Pages, PDF and the address that was refused, if one was."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError

    from portal.documents.rendering.resources import DocumentFetcher

    fetcher = DocumentFetcher(resources)
    try:
        extra = [CSS(string=print_css("draft"), url_fetcher=fetcher)] if draft else []
        laid_out = HTML(string=html, base_url="doc:", url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=extra, **OPTIONS
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
            pdf = laid_out.write_pdf(**OPTIONS)
        return len(laid_out.pages), pdf, fetcher.refused
    except FatalURLFetchingError:
        return 0, b"", fetcher.refused or "data:"


_press: _Press | None = None
_opening = threading.Lock()


def _current_press() -> _Press:
    """This process's press; a forked worker does not use the one it inherited, whose thread stayed behind."""
    global _press  # noqa: PLW0603 - one for each process is the point
    with _opening:
        if _press is None or _press.process != os.getpid():
            _press = _Press()
        return _press


def render(html: str, *, resources: Mapping[str, bytes] | None = None, draft: bool = False) -> Rendered:
    """Turn self-contained `html` into a PDF/A-3u file.

    `resources` are the bytes behind `doc:NAME` addresses; `draft` lays the 草稿 watermark under every page, as
    `compose(draft=True)` does. Title, language and dates come from the HTML's own head.

    Raises `MissingGlyph`, and `ResourceRefused` for any other address.
    """
    return _current_press().run(html, dict(resources or {}), draft)
