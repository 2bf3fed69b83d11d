"""Forms about money: the bank account, a claim, what its two approvers say, a payment, money that came back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from assessments.selectors.claim_checks import Line
from portal.policy.ledger import Period
from reviews.forms.fields import Day, PrintedText, paragraph

GRADES = ("优秀", "良好", "合格", "不合格")


def yuan(label: str, **options: Any) -> forms.DecimalField:
    """Return a field for an amount in yuan."""
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, help_text="单位：元，最多两位小数",
        error_messages={"invalid": "请填写数字，单位为元，如 125000.00"}, **options,
    )  # fmt: skip


class BankForm(forms.Form):
    """The dedicated account of the unit."""

    holder = PrintedText(label="户名", max_length=100)
    bank = PrintedText(label="开户银行", max_length=100)
    number = forms.CharField(
        label="账号", max_length=40, help_text="加密保存；页面只显示后四位", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip


class ClaimForm(forms.Form):
    """What a unit says for its claim, and of each target where there are some: `whole` demands all of it at once."""

    use_required_attribute = False  # all that is missing is told at once, in the summary and beside its field
    statement = paragraph("申请说明", rows=6, limit=2000, error_messages={"required": "请填写申请说明"})

    def __init__(
        self,
        *args: Any,
        lines: Iterable[Line] = (),
        said: Mapping[str, Any] | None = None,
        whole: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.lines = tuple(lines)
        for line in self.lines:
            own = (said or {}).get(line.key, {})
            grade = forms.ChoiceField(
                label="自评等级", choices=[("", "请选择"), *((each, each) for each in GRADES)], required=whole,
                error_messages={"required": f"请填写“{line.title}”的自评等级"},
            )  # fmt: skip
            proof = PrintedText(
                label="佐证", max_length=200, required=whole, help_text="名册、调查表等材料的名称和页码",
                error_messages={"required": f"请填写“{line.title}”的佐证"},
            )  # fmt: skip
            deviation = PrintedText(label="偏差和原因", max_length=300, required=False)
            for name, field in (("grade", grade), ("proof", proof), ("deviation", deviation)):
                field.initial = own.get(name, "")
                self.fields[f"{name}_{line.key}"] = field

    @property
    def targets(self) -> list[tuple[Line, list[Any]]]:
        """Each target's check with its three questions."""
        return [(line, [self[f"{name}_{line.key}"] for name in ("grade", "proof", "deviation")]) for line in self.lines]

    @property
    def self_report(self) -> dict[str, dict[str, str]]:
        """The answers by target."""
        return {
            line.key: {name: self.cleaned_data[f"{name}_{line.key}"] for name in ("grade", "proof", "deviation")}
            for line in self.lines
        }


class YearForm(forms.Form):
    """The year of building an award is claimed for."""

    year = forms.TypedChoiceField(label="建设年度", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: dict[int, Period], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (number, f"第 {number} 年（{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}）")
            for number, period in years.items()
        ]


class FirstForm(forms.Form):
    """The first approver's opinion, with words for every line that only a person decides."""

    words = paragraph("初审意见", rows=4, limit=1000)

    def __init__(self, *args: Any, lines: Iterable[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        for line in lines:
            if line.needs_words:
                field = paragraph(f"{line.title}的认定意见", rows=3, limit=1000, help_text=line.rule)
                self.fields[f"finding_{line.key}"] = field

    @property
    def findings(self) -> dict[str, str]:
        """The words by line."""
        return {
            name.removeprefix("finding_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("finding_")
        }


class SecondForm(forms.Form):
    """The second approver's opinion."""

    words = paragraph("复审意见", rows=3, limit=1000, required=False)


class ReasonForm(forms.Form):
    """Why a claim goes back, or is refused."""

    reason = paragraph("原因", rows=4, limit=1000, help_text="写明哪一项不符合、怎样补正，单位会收到原文")


class EnterForm(forms.Form):
    """What the bureau grants where the policy names no amount."""

    support_key = forms.ChoiceField(label="补助事项", widget=forms.RadioSelect)
    amount = yuan("核定金额")
    basis = PrintedText(label="核定依据", max_length=200, help_text="文件名称和文号")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["support_key"].choices = choices  # type: ignore[attr-defined]


class PayForm(forms.Form):
    """A payment made."""

    paid_on = Day(label="拨付日期")
    voucher = PrintedText(label="凭证号", max_length=40)
    document_number = PrintedText(label="拨款文号", max_length=60, required=False)


class CorrectionForm(PayForm):
    """A recorded payment put right."""

    reason = paragraph("更正理由", rows=3, limit=300, help_text="写明错在哪里、以什么为准")


class ReceiptForm(forms.Form):
    """Money that came back."""

    amount = yuan("退回金额")
    received_on = Day(label="到账日期")
    voucher = PrintedText(label="凭证号", max_length=40)


class PlaqueForm(forms.Form):
    """The plaque of an award handed over."""

    on = Day(label="授予日期")
    receiver = PrintedText(label="经手人", max_length=60)
