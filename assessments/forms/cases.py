"""Forms of adverse acts, of the unit's answer, and of the period to mend."""

from typing import Any

from django import forms

from assessments.services.case_rows import MAXIMUM_FILES
from portal.policy.aftercare import Consequence
from reviews.forms.fields import Day, PrintedText, SeveralFiles, paragraph

_FILES = f"PDF、OFD 或图片，最多 {MAXIMUM_FILES} 个，每个不超过 50 MB"


def _files(label: str) -> SeveralFiles:
    return SeveralFiles(label=label, required=False, help_text=_FILES)


class ProposeForm(forms.Form):
    """What is proposed against a base, on what facts and by which clause."""

    consequence = forms.ChoiceField(label="处置种类", widget=forms.RadioSelect)
    first_year = forms.TypedChoiceField(
        label="改进情形", required=False, widget=forms.RadioSelect, empty_value=None,
        choices=[("yes", "建设当年未达到产出指标"), ("no", "完成建设当年标准，未完成两年内产出指标")],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    facts = paragraph("查明的事实", rows=7)
    clause = PrintedText(
        label="依据条款", max_length=200, required=False, help_text="不填的，按政策为该种处置规定的条款"
    )
    evidence = _files("证据材料")

    def __init__(self, *args: Any, choices: list[tuple[Consequence, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consequence"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.title}：{each.occasion}（{each.clause}）") for each, problem in choices if not problem
        ]
        if not any(each.to_term for each, problem in choices if not problem):
            del self.fields["first_year"]


class EvidenceForm(forms.Form):
    """More evidence."""

    evidence = SeveralFiles(label="证据材料", help_text=_FILES)


class StatementForm(forms.Form):
    """What the unit says for itself."""

    text = paragraph("陈述申辩意见", rows=8)
    files = _files("证明材料")  # type: ignore[assignment]  # a declared field; forms keep their own `files` on the instance


class HearingForm(forms.Form):
    """How the unit was heard, and what was found of what it said."""

    on = Day(label="听取日期")
    text = paragraph("听取和复核情况", rows=5)
    files = _files("陈述申辩笔录")  # type: ignore[assignment]  # see above


class DecisionForm(forms.Form):
    """The decision."""

    reason = paragraph("决定理由", rows=4)
    document_number = PrintedText(
        label="发文字号", max_length=60, help_text="如“×人社发〔2024〕12号”，可以改为本机关登记的号"
    )
    issued_on = Day(label="成文日期")


class DropForm(forms.Form):
    """Why nothing follows."""

    reason = paragraph("理由", rows=3, limit=500)


class GuidanceForm(forms.Form):
    """One occasion of guidance."""

    on = Day(label="指导日期")
    guide = PrintedText(label="指导人", max_length=60)
    content = paragraph("指导内容", rows=4)
    follow_up = paragraph("后续要求", rows=3, required=False)


class ExtensionForm(forms.Form):
    """Until when a period is prolonged, and on what basis."""

    to = Day(label="延长至")
    basis = paragraph("延长依据", rows=3, limit=500)


class RecheckForm(forms.Form):
    """The result of a re-check."""

    passed = forms.TypedChoiceField(
        label="复核结论", choices=[("yes", "已达到要求"), ("no", "仍未达到要求")], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    result = paragraph("复核情况", rows=3, limit=500)
