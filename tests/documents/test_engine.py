"""The same bytes, no missing glyph, nothing loaded from outside, heads repeated, text that can be copied out."""

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import MissingGlyph, ResourceRefused, render
from tests.documents.printing import PARAGRAPH, WRITTEN, page, table

ELSEWHERE = """
import sys, django
from django.conf import settings
settings.configure(VAR_DIR=sys.argv[1])
django.setup()
from portal.documents.rendering.engine import render
print(render(sys.stdin.read(), resources={"seal": open(sys.argv[2], "rb").read()}).sha256)
"""


def text_of(pdf: bytes) -> str:
    """What a reader copies out, without the spaces that layout brings in."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 600), (200, 0, 0)).save(file, "PNG")
    return file.getvalue()


def test_three_processes_draw_the_same_bytes(tmp_path: Path):
    seal = tmp_path / "seal.png"
    seal.write_bytes(picture())
    html = page(f'<p class="fangsong">{PARAGRAPH}</p>{table(60)}<img class="seal" src="doc:seal">')
    here = render(html, resources={"seal": seal.read_bytes()})
    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE, str(tmp_path / seed), str(seal)],
            input=html.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        .stdout.decode()
        .strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert elsewhere == [here.sha256, here.sha256]


def test_threads_of_one_process_wait_for_each_other():
    pages = [page(f"<p>{PARAGRAPH * repeat}</p>") for repeat in (1, 20, 40)]
    alone = [render(html).sha256 for html in pages]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda html: render(html).sha256, pages)) == alone


def test_a_missing_glyph_fails_the_render_and_is_named():
    with pytest.raises(MissingGlyph) as failure:
        render(page("<p>训练😀营𠮷</p>"))
    assert failure.value.characters == ["😀", "𠮷"]
    assert "“😀”（U+1F600）" in str(failure.value)


@pytest.mark.rule("P3-24")
@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="doc:unknown">',
        '<img src="/static/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import url("file:///etc/passwd");</style>',
        '<style>@font-face { font-family: X; src: url("file:///x.ttf") }</style><p style="font-family: X">字</p>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<svg viewBox="0 0 9 9"><image href="file:///etc/hostname"/></svg>',
    ],
)
def test_nothing_is_loaded_from_outside(body: str):
    with pytest.raises(ResourceRefused):
        render(page(body))


def test_text_can_be_copied_out_and_heads_stand_on_each_page():
    rendered = render(page(f'<p class="fangsong">{PARAGRAPH}</p><p>喆堃 ☑ x² ≤ 4</p>{table(90)}'))
    text = text_of(rendered.pdf)
    assert PARAGRAPH.replace(" ", "") in text
    assert "喆堃☑x²≤4" in text
    assert text.count("型号规格") == rendered.pages == len(PdfReader(io.BytesIO(rendered.pdf)).pages) > 2
    assert rendered.warnings == ()


def test_only_our_fonts_are_in_the_file():
    body = "".join(f'<p class="{name}">字 Aa1“”☑</p>' for name in ("xiaobiaosong", "fangsong", "hei", "kai", "song"))
    pdf = render(page(f'{body}<p style="font-family: DejaVu Sans, serif">字 Aa</p><p><b>粗</b><i>斜</i></p>')).pdf
    lines = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode().splitlines()
    assert {line.split()[0].partition("+")[2] for line in lines[2:]} == {
        "PF-FangSong",
        "PF-Hei",
        "PF-Kai",
        "PF-Song",
        "PF-Sym",
        "PF-XiaoBiaoSong",
    }


def test_a_long_answer_is_framed_on_every_page_and_loses_nothing():
    row = f'<table><tr class="long"><td class="label">简介</td><td class="answer">{PARAGRAPH * 60}</td></tr></table>'
    rendered = render(page(row))
    assert rendered.pages > 3
    assert text_of(rendered.pdf).replace("—", "").count("86.5%") == 60


def test_compose_inlines_all_and_normalises():
    context = {"title": "关于公布名单的通知", "issuer": "示例市⼈社局", "addressee": "各区县", "created_iso": "forged"}
    html = compose("documents/base_official.html", context, css=["official"], created=WRITTEN)
    assert "示例市人社局" in html
    assert '<meta name="dcterms.created" content="2024-07-17T18:00:00+08:00">' in html
    assert "<link" not in html
    information = PdfReader(io.BytesIO(render(html).pdf)).metadata
    assert information is not None
    assert (information.title, information["/CreationDate"]) == ("关于公布名单的通知", "D:20240717180000+08'00")


@pytest.mark.rule("P3-06")
def test_a_draft_bears_the_watermark_either_way_and_keeps_its_text():
    composed = {
        flag: compose("documents/base_form.html", {"title": "申报表"}, css=["form"], draft=flag)
        for flag in (True, False)
    }
    final, marked = render(composed[False]), render(composed[True])
    assert render(composed[False], draft=True).sha256 != final.sha256 != marked.sha256
    assert text_of(marked.pdf) == text_of(final.pdf)
    assert "CAOGAO" not in composed[True]


def test_markup_in_a_value_stays_text():
    html = compose("documents/base_official.html", {"title": "<script>alert(1)</script>"}, css=["official"])
    assert "<script>" not in html
    assert "<script>alert(1)</script>" in text_of(render(html).pdf)


def test_the_file_is_archivable_and_duplex():
    reader = PdfReader(io.BytesIO(render(page(table(90))).pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="U"' in metadata
    left = [min(x for x, _ in _positions(reader.pages[number])) for number in (0, 1)]
    assert left[0] - left[1] == pytest.approx(8 / 25.4 * 72, abs=1)


def _positions(pdf_page) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []

    def visit(text, current, matrix, *_):
        if text.strip():
            found.append((current[4] + matrix[4] * current[0], matrix[5]))

    pdf_page.extract_text(visitor_text=visit)
    return found
