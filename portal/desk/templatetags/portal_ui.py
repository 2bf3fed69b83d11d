"""What every template may use without loading it: formats, states, icons, fields, countdowns.

The components (HTML) live in templates/components/, this file only prepares their context.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, RadioSelect, Select
from django.forms.forms import BaseForm
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.calendars import clock
from portal.desk import formats
from portal.policy import registry
from portal.policy.edition import EDITION_LABELS, Edition, EditionStatus

register = template.Library()

# A state is a shape and a word; colour only repeats them (docs: the kinds are the file names of the shapes).
STATE_KINDS = frozenset({"done", "doing", "todo", "attention", "failed", "judged", "locked", "open"})

EDITION_KINDS = {EditionStatus.IN_FORCE: "done", EditionStatus.DRAFT: "attention", EditionStatus.ARCHIVED: "locked"}

register.filter("zh_date", formats.chinese_date)
register.filter("zh_moment", formats.chinese_moment)
register.filter("zh_short", formats.without_year)
register.filter("zh_weekday", formats.weekday)
register.filter("zh_deadline", formats.end_of_window)
register.filter("thousands", formats.thousands)
register.filter("yuan", formats.yuan)
register.filter("wan", formats.wan_yuan)
register.filter("percent", formats.percent)
register.filter("masked_phone", formats.masked_phone)
register.filter("file_size", formats.file_size)
register.filter("grouped", formats.grouped)


@register.filter
def zh_seconds(value: datetime | None) -> str:
    """2024年7月17日 18:00:05, where an act is told to the second."""
    return formats.chinese_moment(value, seconds=True)


@register.filter
def zh_clock(value: datetime | None) -> str:
    """14:03:22."""
    return f"{formats.local(value):%H:%M:%S}" if value else ""


@register.filter
def title_breaks(value: object) -> SafeString:
    """A long official title that may break before （ and after ）, 、 or ，, and neither in a word nor beside a number."""
    text = str(conditional_escape(str(value))).replace(" ", "\xa0")
    text = text.replace("（", "<wbr>（")
    for mark in "）、，":
        text = text.replace(mark, f"{mark}<wbr>")
    return mark_safe(text)  # noqa: S308  # escaped two lines up; only <wbr> was added


@register.filter
def hangs(value: object) -> str:
    """The class of a heading whose first character is a full-width bracket: it hangs half a character to the left."""
    return "hang" if str(value).startswith(("（", "《", "“", "【")) else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A shape of static/css/icons.css, silent to a screen reader: the word beside it speaks."""
    return format_html('<span class="icon icon--{}" aria-hidden="true"></span>', name)


@register.simple_tag
def state(kind: str, word: object) -> SafeString:
    """The tag of a state. An unknown kind is a programming error and says so."""
    if kind not in STATE_KINDS:
        raise ValueError(f"unknown state kind {kind!r}; one of {sorted(STATE_KINDS)}")
    return format_html('<span class="state state--{}">{}</span>', kind, word)


@register.simple_tag
def edition_state(edition: Edition) -> SafeString:
    """The tag that says whether a policy applies."""
    return state(EDITION_KINDS[edition.status], EDITION_LABELS[edition.status])


@register.simple_tag
def draft_mark(subject: Any) -> SafeString:
    """The mark 征求意见稿 of a policy that is still out for comment; nothing for any other.

    `subject` is an edition, what is kept under one (a call, an application, a base), or a place: then the edition its new
    calls use counts. Without a subject (a page of all places) there is nothing to mark.
    """
    edition = _edition_of(subject)
    if edition is None or edition.status is not EditionStatus.DRAFT:
        return SafeString("")
    return format_html('<span class="tag">{}</span>', EDITION_LABELS[edition.status])


def _edition_of(subject: Any) -> Edition | None:
    if not subject or isinstance(subject, Edition):
        return subject or None
    if code := getattr(subject, "edition_code", "") or getattr(getattr(subject, "call", None), "edition_code", ""):
        return registry.get(code)
    kept = [each for each in registry.of(subject.code) if each.status is not EditionStatus.ARCHIVED]
    return kept[0] if kept else None


@register.inclusion_tag("components/countdown.html", takes_context=True)
def countdown(
    context: Context, deadline: datetime | None, workdays: int | None = None, label: str = "距截止"
) -> dict[str, object]:
    """Time left until a deadline: working days from a day up, then hours, with the exact moment beside it.

    `workdays` is what the official calendar counts; without it, calendar days are told.
    """
    now = context.get("now") or clock.now()
    if deadline is None:
        return {"deadline": None}
    hours = (deadline - now).total_seconds() / 3600
    return {
        "deadline": deadline,
        "label": label,
        "left": formats.time_left(deadline, now, workdays),
        "over": hours <= 0,
        "urgent": 0 < hours < 24,
        "moment": formats.end_of_window(deadline).removeprefix(f"{formats.local(now).year}年"),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(source: Any, title: str = "") -> dict[str, object]:
    """The list of errors at the top of a page, each linked to its field.

    `source` is a form, several forms in a list, or a list of {"message", "anchor", "label"} of one's own.
    """
    return {"errors": list(_listed(source)), "title": title}


def _listed(source: Any) -> Iterable[dict[str, str]]:
    if isinstance(source, BaseForm):
        yield from _of_form(source)
        return
    for item in source or ():
        if isinstance(item, BaseForm):
            yield from _of_form(item)
        else:
            yield item


def _of_form(form: BaseForm) -> Iterable[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"label": "", "message": str(message), "anchor": ""}
    for bound in form:
        for message in bound.errors:
            yield {"label": str(bound.label), "message": str(message), "anchor": _anchor(bound)}


def _anchor(bound: BoundField) -> str:
    """The id that a link to the field can go to: of its first choice where the field is a group of choices."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label or bound.auto_id


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: object) -> dict[str, object]:
    """One form field: label, hint, message, control, count.

    Options: `hint` (else the field's help text), `unit` shown after the control, `maximum` characters (shows the count),
    `width` (s, m or l for short answers), `optional` (True writes 选填 beside the label), `hide_label`.
    """
    options.setdefault("hint", bound.help_text)
    return {"bound": bound, "group": bound.use_fieldset, "single": _is_single_box(bound), **options}


def _is_single_box(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, CheckboxInput)


@register.simple_tag
def control(bound: BoundField, hint: object = "", maximum: object = None) -> SafeString:
    """The widget of a field with the theme's class and the ids of its hint and message."""
    described = " ".join(
        f"{bound.auto_id}{suffix}"
        for present, suffix in ((hint, "_hint"), (bound.errors, "_error"), (maximum, "_count"))
        if present
    )
    attrs: dict[str, str | bool] = {"class": _control_class(bound)}
    if described:
        attrs["aria-describedby"] = described
    if maximum:
        attrs["data-count"] = str(maximum)
    return bound.as_widget(attrs=attrs)


def _control_class(bound: BoundField) -> str:
    widget = bound.field.widget
    given = widget.attrs.get("class", "")
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        own = "choice"
    elif isinstance(widget, Select):
        own = "input input--select"
    else:
        own = "input input--file" if isinstance(widget, ClearableFileInput) else "input"
    return f"{own} {given}".strip()


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, kind: str = "") -> dict[str, object]:
    """A table head that sorts: its link keeps the filters and turns the order; `kind` is num, center or empty.

    The view reads ?sort=key or ?sort=-key; `sort` in the URL decides what the head announces.
    """
    request = context["request"]
    current = request.GET.get("sort", "")
    parameters = request.GET.copy()
    parameters["sort"] = f"-{key}" if current == key else key
    parameters.pop("page", None)
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    return {"label": label, "order": order, "query": parameters.urlencode(), "kind": kind}
