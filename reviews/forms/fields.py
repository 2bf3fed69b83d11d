"""Kinds of answer that several forms ask for."""

from typing import Any

from django import forms

from applications.selectors.characters import refuse_undrawable
from portal.policy.text import normalise


class PrintedText(forms.CharField):
    """Text that will be printed: in normal form, and without characters no document font can draw."""

    def to_python(self, value: Any) -> str:
        """Normalise first, so that lengths and characters are counted as they are kept."""
        return normalise(super().to_python(value) or "").strip()

    def validate(self, value: Any) -> None:
        """Refuse what cannot be printed."""
        super().validate(value)
        if message := refuse_undrawable(value):
            raise forms.ValidationError(message)


class Moment(forms.DateTimeField):
    """Date and time on a Shanghai clock, to the minute."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(widget=widget, input_formats=formats, **options)


class Day(forms.DateField):
    """A date."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


class SeveralFiles(forms.FileField):
    """Any number of files under one name."""

    class Input(forms.ClearableFileInput):
        """The browser's own chooser, for several files at once."""

        allow_multiple_selected = True

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=self.Input(attrs={"multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the list of uploaded files, each checked by itself."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(SeveralFiles, self).clean(each, initial) for each in given]


def paragraph(label: str, *, rows: int = 5, limit: int | None = 3000, **options: Any) -> PrintedText:
    """Return a long text."""
    return PrintedText(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)
