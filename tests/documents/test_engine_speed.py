"""How long a document takes. Measured on two cores of a small server, one of them used: 0.45 s warm, 0.9 s cold."""

import time

from portal.documents.rendering.engine import render
from tests.documents.printing import ten_page_form


def test_ten_pages_take_seconds_not_minutes():
    """A wide bound: it catches a lost subsetter, WOFF2 fonts or a font set rebuilt for each document."""
    html = ten_page_form()
    render(html)
    start = time.perf_counter()
    rendered = render(html)
    took = time.perf_counter() - start
    assert 8 <= rendered.pages <= 12
    assert len(rendered.pdf) < 600_000
    assert took < 10, f"{took:.2f} s for {rendered.pages} pages"
