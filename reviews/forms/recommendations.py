"""What a recommending office writes on its board, and what the receiving level writes when it sends something back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from portal.calendars import clock
from portal.policy.recommendation import QuotaLine, RecommendationRule
from reviews.forms.fields import Moment, PrintedText, paragraph
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.recommendations import LedgerRow

CHAPTER, BASIS = 5000, 1000


class ReportForm(forms.Form):
    """Number, contact, the chapters of the report (`text-<key>`), the basis for more than a quota 原则上 (`basis-<line>`)."""

    document_number = PrintedText(label="推荐文件文号", max_length=60, required=False)
    contact = PrintedText(label="联系人", max_length=60, required=False)
    contact_phone = PrintedText(label="联系电话", max_length=40, required=False)

    def __init__(self, *args: Any, recommendation: Recommendation, rule: RecommendationRule, **options: Any) -> None:
        """Take over what is written already."""
        options["initial"] = {name: getattr(recommendation, name) for name in self.base_fields}
        super().__init__(*args, **options)
        for key, heading in rule.report_sections:
            self.fields[f"text-{key}"] = paragraph(heading, limit=CHAPTER, required=False)
            self.initial[f"text-{key}"] = recommendation.texts.get(key, "")
        for line in rule.lines:
            if line.exceed_with_basis:
                label = f"“{line.title}”超出“原则上”数量的依据"
                self.fields[f"basis-{line.key}"] = paragraph(label, rows=3, limit=BASIS, required=False)
                self.initial[f"basis-{line.key}"] = recommendation.bases.get(line.key, "")

    @property
    def chapters(self) -> list[tuple[forms.BoundField, int]]:
        """The long texts with the most characters each may have."""
        found = [(self[name], CHAPTER) for name in self.fields if name.startswith("text-")]
        return found + [(self[name], BASIS) for name in self.fields if name.startswith("basis-")]

    @property
    def written(self) -> dict[str, Any]:
        """What `services.recommending.write_texts` takes."""
        texts = {
            name.removeprefix("text-").replace("basis-", "basis."): value
            for name, value in self.cleaned_data.items()
            if name.startswith(("text-", "basis-"))
        }
        facts = {name: self.cleaned_data[name] for name in ("document_number", "contact", "contact_phone")}
        return {"texts": texts, **facts}


class GiveUpForm(forms.Form):
    """How many places of a line are given up, and why; 0 takes it back."""

    places = forms.IntegerField(label="放弃名额数", min_value=0)
    reason = PrintedText(label="理由", max_length=300, required=False)

    def __init__(self, *args: Any, row: LedgerRow, reason: str = "", **options: Any) -> None:
        """Offer what is left over."""
        left = row.given_up or max(row.left or 0, 0)
        options["initial"] = {"places": left, "reason": reason}
        super().__init__(*args, **options)
        self.fields["places"].widget.attrs["max"] = row.places

    def clean(self) -> dict[str, Any]:
        """A place is given up for a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("places") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "请写明放弃名额的理由")
        return cleaned


class EntryReasonForm(forms.Form):
    """Why a file is put forward."""

    reason = paragraph("推荐理由", limit=1000)


class ScanForm(forms.Form):
    """A stamped scan."""

    scan = forms.FileField(label="盖章扫描件", error_messages={"required": "请选择要上传的盖章扫描件"})


class ReturnForm(forms.Form):
    """Which files go back, why, and until when the office may hand in again."""

    applications = forms.MultipleChoiceField(
        label="退回的申报", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选择要退回的申报"}
    )
    reason = paragraph("退回理由", rows=4, limit=500)
    due_at = Moment(label="重新报送期限")

    def __init__(self, *args: Any, entries: Iterable[RecommendationEntry], **options: Any) -> None:
        """Offer the files that may still go back."""
        super().__init__(*args, **options)
        self.fields["applications"].choices = [  # type: ignore[attr-defined]
            (str(each.application_id), f"{each.application.organisation.name}　{each.application.number}")
            for each in entries
        ]

    def clean_due_at(self) -> Any:
        """A time that is still to come."""
        due_at = self.cleaned_data["due_at"]
        if due_at <= clock.now():
            raise forms.ValidationError("重新报送的期限应晚于现在")
        return due_at


def read_order(line: QuotaLine, entries: list[RecommendationEntry], data: Mapping[str, Any]) -> tuple[list[int], str]:
    """Read the typed ranks (`rank-<entry>`) of a line: entry ids best first, and what is wrong (empty: nothing)."""
    places: dict[int, int] = {}
    for entry in entries:
        raw = str(data.get(f"rank-{entry.pk}", "")).strip()
        if not raw.isascii() or not raw.isdigit():
            return [], f"“{line.title}”的名次应为 1 至 {len(entries)} 的整数，请补齐后保存"
        places[entry.pk] = int(raw)
    order = sorted(places, key=lambda pk: places[pk])
    if [places[pk] for pk in order] != list(range(1, len(order) + 1)):
        twice = sorted({place for place in places.values() if list(places.values()).count(place) > 1})
        what = f"第 {twice[0]} 名出现两次" if twice else "名次有空缺"
        return [], f"“{line.title}”{what}；名次应为 1 至 {len(entries)}，不重复、不空缺"
    return order, ""
