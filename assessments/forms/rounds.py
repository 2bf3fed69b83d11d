"""Forms of rounds and assessments."""

from typing import Any

from django import forms

from applications.forms.fields import FieldView
from applications.forms.page import anchor, summary
from applications.forms.sheet import SheetReader, SheetView
from applications.selectors.correction import Opening
from assessments.models import Assessment
from assessments.selectors.rounds_self import read_self
from portal.policy.aftercare import Outcome, Scheme
from portal.policy.edition import Edition
from portal.policy.facts import Facts
from portal.policy.form import Field, Section, Table
from portal.policy.reading import Problem
from portal.policy.scoring import Veto
from portal.policy.validation import facts_for, shown
from reviews.forms.fields import Day, PrintedText, SeveralFiles, paragraph

EVERYTHING = Opening(everything=True)


class RoundForm(forms.Form):
    """A round: what is assessed, and from which year."""

    scheme = forms.ChoiceField(label="考核种类", widget=forms.RadioSelect)
    first_year = forms.IntegerField(label="考核期起始年度", min_value=2000, max_value=2200)
    title = PrintedText(label="名称", max_length=120, required=False, help_text="不填的，按考核期和考核种类命名")

    def __init__(self, *args: Any, schemes: list[tuple[Edition, Scheme]], **options: Any) -> None:
        super().__init__(*args, **options)
        several = len({edition.code for edition, _ in schemes}) > 1
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            (
                f"{edition.code}:{scheme.key}",
                f"{scheme.title}（每 {scheme.every} 年）{'　' + edition.document_number if several else ''}",
            )
            for edition, scheme in schemes
        ]


class OpenForm(forms.Form):
    """Until when the bases assess themselves."""

    self_due_on = Day(label="自评截止日期", help_text="含当日；逾期未提交的，可以不待自评组织专家考核")


class NoForm(forms.Form):
    """Nothing is asked."""


class ReasonForm(forms.Form):
    """A reason."""

    reason = paragraph("理由", rows=4, limit=500)

    def __init__(self, *args: Any, label: str = "理由", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = label


class NoteForm(forms.Form):
    """Why doubtful figures are put before experts as they are."""

    note = paragraph("按现有数据考核的理由", rows=3, limit=500, required=False)


class VetoForm(forms.Form):
    """A fact that decides outright, with its evidence."""

    code = forms.ChoiceField(label="情形", widget=forms.RadioSelect)
    facts = paragraph("事实", rows=5, limit=3000, help_text="写明时间、经过、核实方式和结论，至少 10 字")
    files = SeveralFiles(  # type: ignore[assignment]  # a declared field; forms keep their own `files` on the instance
        label="证据材料", help_text="PDF、OFD 或图片，最多 20 个，每个不超过 50 MB"
    )

    def __init__(self, *args: Any, vetoes: tuple[Veto, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [(each.code, f"{each.text}（{each.clause}）") for each in vetoes]  # type: ignore[attr-defined]


class VerdictForm(forms.Form):
    """Yes or no, with words."""

    met = forms.TypedChoiceField(label="认定", coerce=lambda value: value == "yes", widget=forms.RadioSelect)
    words = paragraph("认定依据", rows=4, limit=1000)

    def __init__(self, *args: Any, yes: str, no: str, label: str = "认定依据", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["met"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]
        self.fields["words"].label = label


class OutcomeForm(forms.Form):
    """The outcome of a check."""

    outcome = forms.ChoiceField(label="结果", widget=forms.RadioSelect)
    reason = paragraph("理由", rows=4, limit=1000, required=False, help_text="与系统建议不同的，须写明理由")

    def __init__(self, *args: Any, outcomes: list[Outcome], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = [(each.key, each.title) for each in outcomes]  # type: ignore[attr-defined]


class GradeForm(forms.Form):
    """What is said beside a grade: a reason, and remarks on single projects."""

    reason = paragraph("说明", rows=3, limit=1000, required=False)

    def __init__(self, *args: Any, projects: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._projects = projects
        for at, project in enumerate(projects):
            self.fields[f"project_{at}"] = paragraph(f"项目意见：{project}", rows=2, limit=500, required=False)

    def remarks(self) -> dict[str, str]:
        """Return what was remarked, by project."""
        return {project: self.cleaned_data[f"project_{at}"] for at, project in enumerate(self._projects)}


class OpinionForm(forms.Form):
    """The approver's words."""

    opinion = paragraph("审批意见", rows=3, limit=500, required=False)


class BeginForm(forms.Form):
    """Which check the bureau begins by itself."""

    scheme = forms.ChoiceField(label="考核种类", widget=forms.RadioSelect)

    def __init__(self, *args: Any, schemes: list[Scheme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scheme"].choices = [(each.key, f"{each.title}：{each.text}") for each in schemes]  # type: ignore[attr-defined]


Part = tuple[Section, list[FieldView | SheetView]]


def self_page(
    assessment: Assessment, answers: dict[str, Any], *, everything: bool
) -> tuple[list[Part], list[dict[str, str]]]:
    """Return the sections of a self-assessment ready to render, and what the summary at the top says."""
    told = [each for each in read_self(assessment, answers)[1] if everything or not each.missing]
    facts = facts_for(assessment.edition, assessment.base.track_key, answers, {}, None)
    parts: list[Part] = []
    for section in assessment.scheme.sections:
        own = answers.get(section.key) or {}
        inside = facts.within({section.key: own})
        items: list[FieldView | SheetView] = []
        for item in section.items:
            if isinstance(item, Table):
                reader = SheetReader(item, f"{section.key}/{item.key}", inside, told, {}, EVERYTHING, {})
                items.append(reader.view(own.get(item.key)))
            else:
                items.append(_field(section, item, own, told, inside))
        parts.append((section, items))
    return parts, summary(told)


def _field(section: Section, item: Field, own: dict[str, Any], told: list[Problem], facts: Facts) -> FieldView:
    path = f"{section.key}/{item.key}"
    errors = {each.path: each.message for each in told}
    return FieldView(
        field=item, id=anchor(item.key), value=own.get(item.key), other=str(own.get(f"{item.key}_other") or ""),
        error=errors.get(path, ""), other_error=errors.get(f"{path}_other", ""), remark=(), shown=shown(item.when, facts),
    )  # fmt: skip
