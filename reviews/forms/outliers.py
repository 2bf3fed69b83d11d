"""The form of explanations: one text for each score that stands off."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from reviews.forms.fields import PrintedText, paragraph
from reviews.selectors.outliers import Outlier
from reviews.services.outliers import MAXIMUM, MAXIMUM_REASON, MINIMUM


class OutlierForm(forms.Form):
    """`found` are the scores; with `in_name` an officer writes for the chair and says why."""

    def __init__(self, *args: Any, found: Sequence[Outlier], in_name: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = found
        if in_name:
            self.fields["reason"] = PrintedText(label="由工作人员代组长登记的理由", max_length=MAXIMUM_REASON)
        for each in found:
            label = f"{each.member.expert.name}　{each.title}"
            field = paragraph(
                f"{label}的说明",
                rows=3,
                limit=MAXIMUM,
                min_length=MINIMUM,
                required=each.must,
                error_messages={"required": "请填写说明", "min_length": f"至少应填 {MINIMUM} 字"},
            )
            field.initial = each.note.text if each.note else each.earlier
            self.fields[f"text_{each.key}"] = field

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield each score with its field."""
        for each in self.found:
            yield {"outlier": each, "field": self[f"text_{each.key}"]}

    def texts(self) -> Mapping[str, str]:
        """Return what was written, by `Outlier.key`."""
        return {each.key: self.cleaned_data.get(f"text_{each.key}", "") for each in self.found}
