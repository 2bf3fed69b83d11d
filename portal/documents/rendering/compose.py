"""A Django template becomes one self-contained HTML text: the source from which a document is rendered for ever.

Print styles are written into it, pictures are `data:` or `doc:` addresses, and its date is a meta element; so the text
alone (with the fonts) gives the same PDF in ten years, whatever has become of the templates.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from portal.documents.rendering.text import normalise

PRINT_STYLES = Path(__file__).resolve().parents[3] / "static" / "css" / "print"


@cache
def print_css(name: str) -> str:
    """The print style sheet `static/css/print/NAME.css`, read once in a process."""
    return (PRINT_STYLES / f"{name}.css").read_text(encoding="utf-8")


def compose(
    template_name: str,
    context: Mapping[str, Any],
    *,
    css: Sequence[str],
    created: datetime | None = None,
    draft: bool = False,
) -> str:
    """Render `template_name` with `context` and return the complete HTML of a document.

    `css` names style sheets of static/css/print without their ending: `("form",)` or `("official",)`; `base` always
    comes first and the 草稿 watermark last when `draft`. `created` (aware) is the date the PDF will carry. The
    templates find the styles in `print_css`, the date in `created_iso` and the watermark's flag in `draft`.

    Text is normalised here, so what was typed as a radical is printed as the ideograph.
    """
    names = ["base", *css, *(["draft"] if draft else [])]
    styles = "\n".join(print_css(name) for name in dict.fromkeys(names))
    iso = timezone.localtime(created).replace(microsecond=0).isoformat() if created else ""
    own = {"print_css": mark_safe(styles), "created_iso": iso, "draft": draft}  # noqa: S308 - our own style sheets
    return normalise(render_to_string(template_name, {**context, **own}))
