"""The PDF of one application as the documents worker makes it, beside WeasyPrint alone on the same HTML.

Each has a process of its own, warm, since Pango's objects must not be touched by two threads of one process.
"""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import django

from benchmarks.measure import Race, timing


def race_documents(versions: list[int], jurisdiction_id: int, label: str) -> Race:
    """Print each version both ways by turns; the first two warm both processes up."""
    spawn = multiprocessing.get_context("spawn")
    own, alone = [], []
    with (
        ProcessPoolExecutor(1, mp_context=spawn, initializer=django.setup) as worker,
        ProcessPoolExecutor(1, mp_context=spawn, initializer=django.setup) as plain,
    ):
        for version in versions:
            took, html = worker.submit(print_version, version, jurisdiction_id).result()
            own.append(took)
            alone.append(plain.submit(weasyprint_alone, html).result())
    return Race(label, timing(own[2:]), timing(alone[2:]))


def print_version(version_id: int, jurisdiction_id: int) -> tuple[float, str]:
    """Issue and render one application form; return the seconds, all queries and the storing included, and the HTML."""
    from django_scopes import scope

    from applications.services.print_form import issue_form
    from portal.documents.services.issue import render_pending
    from portal.tenancy.models import Jurisdiction

    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        began = time.perf_counter()
        document = issue_form(version_id=version_id)
        render_pending(document_id=document.pk)
        took = time.perf_counter() - began
        document.refresh_from_db()
    if document.state != "ready":
        raise RuntimeError(document.problem)
    return took, document.source


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    from portal.documents.rendering import fontset

    with fontset.only_our_fonts():
        return FontConfiguration()


def weasyprint_alone(html: str) -> float:
    """Return the seconds WeasyPrint takes for the HTML, with the same fonts and options and nothing else."""
    from weasyprint import HTML

    from portal.documents.rendering.engine import OPTIONS

    fonts = _fonts()
    began = time.perf_counter()
    HTML(string=html, base_url="doc:").write_pdf(font_config=fonts, **OPTIONS)
    return time.perf_counter() - began
