"""Forms of anonymous leads."""

from django import forms

from reviews.forms.fields import paragraph
from reviews.services.tips import MAXIMUM_NOTE


class TipForm(forms.Form):
    """What somebody wants known; how long it may be, the service says."""

    text = forms.CharField(label="线索内容", widget=forms.Textarea(attrs={"rows": 8}))


class TipNoteForm(forms.Form):
    """What came of it."""

    note = paragraph("核实情况", rows=4, limit=MAXIMUM_NOTE)
