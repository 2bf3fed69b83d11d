"""Forms of panels, visits and opinions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from reviews.enums import Conclusion
from reviews.forms.fields import PrintedText, SeveralFiles, paragraph
from reviews.models import Expert, Opinion
from reviews.selectors.kept import SCORE, field_of
from reviews.selectors.scores import SheetLine, plain, read_points, remark_words, score_problems, with_given
from reviews.services.opinions import MAXIMUM_POINTS, MAXIMUM_REMARK, MAXIMUM_TEXT, MINIMUM_TEXT
from reviews.services.sheet_page import Page, WrittenElsewhere, seen_of

EXCERPT = 40  # so many characters of what stands elsewhere are told beside a field; the whole stands above the form


class ReplacementForm(forms.Form):
    """Taking a member off, with another in their place or without."""

    reason = PrintedText(label="调整理由", max_length=300)
    expert = forms.ModelChoiceField(
        label="替换为", queryset=Expert.objects.none(), required=False, empty_label="不替换，仅移出"
    )

    def __init__(self, *args: Any, experts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]


class DeclarationForm(forms.Form):
    """An expert's declaration: what stands in the way, or that nothing does."""

    conflicts = forms.MultipleChoiceField(
        label="如有下列情形，请选择", required=False, widget=forms.CheckboxSelectMultiple
    )
    explanation = PrintedText(label="其他需要说明的情形", max_length=200, required=False)
    undertaking = forms.BooleanField(required=False)

    def __init__(self, *args: Any, recusals: tuple[str, ...], unit: str = "申报单位", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["undertaking"].label = f"本人与{unit}不存在应当回避的情形，已阅读并接受《评审专家保密协议》"
        self.fields["conflicts"].choices = [(text, text) for text in recusals]  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """An opinion with the points of its sheet; a draft may be unfinished, so what submitting needs is checked only then.

    `lines` are the items to score, none where the policy asks for an opinion only; proposals stand in until changed.
    """

    conclusion = forms.ChoiceField(
        label="评估结论", choices=Conclusion.choices, required=False, widget=forms.RadioSelect
    )
    text = paragraph(
        "评估意见", rows=7, limit=MAXIMUM_TEXT, required=False, help_text=f"至少 {MINIMUM_TEXT} 字，写明依据和建议"
    )
    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    typed_name = forms.CharField(label="或输入姓名确认", max_length=30, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # revisions the page was opened with, as JSON

    def __init__(
        self, *args: Any, lines: Sequence[SheetLine] = (), asks_conclusion: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        if not asks_conclusion:
            del self.fields["conclusion"]
        for line in lines:
            self.fields[f"score_{line.key}"] = _points(line)
            self.fields[f"remark_{line.key}"] = PrintedText(
                label="改动建议分的理由" if line.proposal is not None and not line.given else "备注",
                max_length=MAXIMUM_REMARK,
                required=False,
            )

    @staticmethod
    def initial_of(opinion: Opinion | None, lines: Sequence[SheetLine]) -> dict[str, Any]:
        """Return what the form begins with: what was kept, and proposals where nothing was ever written."""
        written = opinion.revisions if opinion else {}
        found: dict[str, Any] = {"seen": json.dumps(seen_of(opinion))}
        for line in lines:
            if line.proposal is not None and f"{SCORE}{line.key}" not in written:
                found[f"score_{line.key}"] = plain(line.proposal)
        if opinion is None:
            return found
        kept = {f"score_{key}": points for key, points in with_given(lines, opinion.scores).items()}
        noted = {f"remark_{key}": text for key, text in opinion.score_remarks.items()}
        return {**found, "conclusion": opinion.conclusion, "text": opinion.text, **kept, **noted}

    def sheet(self) -> Iterator[dict[str, Any]]:
        """Yield each item with its two fields; `group` only where a group begins."""
        group = ""
        for line in self.lines:
            yield {
                "line": line,
                "group": line.item.group if line.item.group != group else "",
                "score": self[f"score_{line.key}"],
                "remark": self[f"remark_{line.key}"],
                "maximum": plain(line.maximum),
                "step": plain(line.item.step),
                "proposal": "" if line.proposal is None else plain(line.proposal),
                "given": line.given,
                "reason": remark_words(line),
                "bands": [{"text": text, "points": plain(points)} for text, points in line.bands],
            }
            group = line.item.group

    def total(self) -> str:
        """Return the sum of what stands in the sheet and is a number."""
        typed = (read_points(str(self[f"score_{line.key}"].value() or "")) for line in self.lines)
        return plain(sum((points for points in typed if points is not None), Decimal(0)))

    def maximum(self) -> str:
        """Return the most the whole sheet can give."""
        return plain(sum((line.maximum for line in self.lines), Decimal(0)))

    def points(self) -> Mapping[str, str]:
        """Return what was typed as points, by item number."""
        return with_given(self.lines, {line.key: self.cleaned_data.get(f"score_{line.key}", "") for line in self.lines})

    def remarks(self) -> Mapping[str, str]:
        """Return the remarks, by item number."""
        return {line.key: self.cleaned_data.get(f"remark_{line.key}", "") for line in self.lines}

    def page(self) -> Page:
        """Return what stands on the page, with the revisions it was opened with."""
        said = self.cleaned_data
        return Page(said.get("conclusion", ""), said["text"], self.points(), self.remarks(), _revisions(said["seen"]))

    def show_both(self, others: WrittenElsewhere) -> list[dict[str, str]]:
        """Say beside each field what stands elsewhere; the page has seen it now. Return `{label, value}` in full."""
        shown = []
        for key, value in others.others.items():
            name = field_of(key)
            words = dict(Conclusion.choices).get(value, value) if name == "conclusion" else value
            short = f"{words[:EXCERPT]}…" if len(words) > EXCERPT else words
            other = f"已改为“{short}”" if short else "已清空"
            self.add_error(
                name, f"此项在另一处{other}，与本页不同。再次保存将以本页内容为准；要保留另一处的，请照此改填"
            )
            shown.append({"label": str(self.fields[name].label), "value": words or "（空）"})
        self.data = {**self.data.dict(), "seen": json.dumps(others.seen)}
        return shown

    def refuse_unfinished(self) -> bool:
        """Put every problem of the sheet beside its field; return whether there was one."""
        found = score_problems(self.lines, self.points(), self.remarks())
        for field, message in found.items():
            self.add_error(field, message)
        return bool(found)


def _revisions(text: str) -> dict[str, int] | None:
    """Read revisions as a page sends them back; None where there are none to read."""
    try:
        found = json.loads(text)
        return {str(key): int(revision) for key, revision in found.items()}
    except (ValueError, TypeError, AttributeError):
        return None


def _points(line: SheetLine) -> forms.CharField:
    """A number as typed: a draft keeps what is no number too, so the text itself is the value."""
    limits = {"min": "0", "max": plain(line.maximum), "step": plain(line.item.step), "inputmode": "decimal"}
    if line.given:
        limits["readonly"] = "readonly"
    label = f"{line.item.number} {line.item.title}"
    return forms.CharField(
        label=label, max_length=MAXIMUM_POINTS, required=False, widget=forms.NumberInput(attrs=limits)
    )


class ConclusionForm(forms.Form):
    """What the panel says together."""

    conclusion = paragraph("专家组意见", rows=5)


class VisitRecordForm(forms.Form):
    """What was seen on site."""

    attendance = PrintedText(label="到场人员", max_length=300)
    facts = paragraph("现场情况", rows=7)
    originals_seen = forms.BooleanField(label="证照原件已核", required=False)


class PhotoForm(forms.Form):
    """Photos taken on site."""

    photo = SeveralFiles(label="现场照片", help_text="JPG 或 PNG，每张不超过 20 MB；上传后自动去除拍摄信息并缩小")
    caption = PrintedText(label="说明", max_length=100, required=False)


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = paragraph("理由", rows=3, limit=300)


class DeclineForm(ReasonForm):
    """Why a unit is not recognised; on public notice it may only be because it gave its place up in writing."""

    given_up = forms.BooleanField(label="单位已书面放弃名额", required=False)
