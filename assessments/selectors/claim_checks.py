"""What a claim for money is checked by, line by line: the rule, the figures, the verdict; and the sums it comes to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.enums import ImprovementState
from assessments.models import Base, Improvement
from assessments.models.money import NOTHING
from assessments.selectors.cases import improvement_of
from assessments.selectors.figures import indicator_value
from assessments.selectors.money import ending_case
from assessments.selectors.progress import CheckLine, check_targets, indicator_of, show
from portal.policy.edition import Support
from portal.policy.funding import Instalment, MultipleAward, StepAward
from portal.policy.indicator import Span, span_of
from portal.policy.ledger import Period

MET, MISSED, FINDING, TOLERABLE, UNKNOWN = "met", "missed", "finding", "tolerable", "unknown"
NO_FIGURE = "—"
VERDICTS = {
    MET: "达到",
    MISSED: "未达到",
    FINDING: "须由审核人认定",
    TOLERABLE: "可书面说明理由后认可",
    UNKNOWN: "缺少数据，无法核对",
}


@dataclass(frozen=True)
class Line:
    """One check: by what is verified (`verdict`) and by what the unit says itself (`claimed`)."""

    key: str
    title: str
    rule: str
    reported: str
    verified: str
    verdict: str
    claimed: str

    @property
    def words(self) -> str:
        """What the verdict is called."""
        return VERDICTS[self.verdict]

    @property
    def needs_words(self) -> bool:
        """Whether the first approver has to write a finding or a reason."""
        return self.verdict in (FINDING, TOLERABLE)


@dataclass(frozen=True)
class Part:
    """A sum asked for and how it is computed."""

    support: str
    title: str
    amount: Decimal
    words: str

    def stored(self) -> dict[str, Any]:
        """Return it as a claim keeps it."""
        return {**asdict(self), "amount": f"{self.amount:.2f}"}


@dataclass(frozen=True)
class Reckoning:
    """All that is computed for a claim on a day. `claimed` sums rest on what the unit reports, `verified` on what is verified."""

    lines: tuple[Line, ...]
    claimed: tuple[Part, ...]
    verified: tuple[Part, ...]
    warnings: tuple[str, ...] = ()

    def hindrances(self, *, verified: bool) -> list[str]:
        """Return what stands in the way: of handing in, or (`verified`) of approving."""
        found = [(line, line.verdict if verified else line.claimed) for line in self.lines]
        return [f"{line.title}：{VERDICTS[verdict]}" for line, verdict in found if verdict in (MISSED, UNKNOWN)]


def stored(lines: Iterable[Line]) -> list[dict[str, str]]:
    """Return check lines as a claim keeps them."""
    return [{**asdict(line), "words": line.words} for line in lines]


def reckon_instalment(base: Base, support: Support, part: Instalment, today: date) -> Reckoning:
    """Check the claim of a last instalment, and add the awards that are claimed within it."""
    improvement, end = improvement_of(base), term_end(base)
    prolonged = improvement.ends_on if improvement is not None else None  # a first year missed is mended in the second
    lines = [_time_line(end, prolonged, today)] if end else []
    lines += [_target_line(base, each) for each in check_targets(base, part.targets, prolonged_to=prolonged)]
    lines += _standing_lines(base, improvement)
    words = f"{support.title}{part.title}，占核定金额的 {part.share}%（{part.clause}）"
    first = Part(support.key, f"{support.title}（{part.title}）", part.amount, words)
    claimed, verified = [first], [first]
    for other in base.edition.money_of(base.track_key):
        if isinstance(other.award, StepAward) and other.award.within == part.key:
            claimed += _step(base, other, other.award, verified=False)
            verified += _step(base, other, other.award, verified=True)
    return Reckoning(tuple(lines), tuple(claimed), tuple(verified), tuple(_warnings(base, improvement, today)))


def reckon_multiple(base: Base, support: Support, award: MultipleAward, year: int, today: date) -> Reckoning:
    """Check the claim of an award for a year of building: its basic target met, and the multiple reached."""
    improvement, basis = improvement_of(base), str(base.setting_values[award.base_setting])
    period = years_of(base)[year]
    target, threshold = award.target(base.track_key, year, basis), award.threshold(base.track_key, year, basis)
    wanted = (
        ("target", "基本产出指标", award.basic, target),
        ("multiple", f"基本产出指标 {award.multiple} 倍", award.counted, threshold),
    )
    lines = [_quantity_line(base, each, period, support.clause) for each in wanted]
    lines += _standing_lines(base, improvement)
    words = f"建设期第 {year} 年基本产出指标 {target:,}，{award.multiple} 倍为 {threshold:,}；每个基地只可以申请一次（{support.clause}）"
    parts = (Part(support.key, support.title, award.amount, words),)
    return Reckoning(tuple(lines), parts, parts, tuple(_warnings(base, improvement, today)))


def term_end(base: Base) -> date | None:
    """Return the last day of building, or None where the edition has no term."""
    term = base.edition.build_period
    return term.end(base.recognised_on) if term else None


def years_of(base: Base) -> dict[int, Period]:
    """Return the years of building by number; an improvement beyond the term is the last of them."""
    return years_with(base, improvement_of(base))


def years_with(base: Base, improvement: Improvement | None) -> dict[int, Period]:
    """Return the years of building where the newest improvement of the base, if it had one, is known already."""
    term, settings = base.edition.build_period, base.setting_values
    spans = (Span.FIRST_YEAR, Span.SECOND_YEAR)
    found = {n: span_of(span, base.recognised_on, term, settings, 0) for n, span in enumerate(spans, start=1)}
    if improvement is not None and improvement.ends_on > found[2].end:
        found[3] = Period(improvement.starts_on, improvement.ends_on)
    return found


def _time_line(end: date, prolonged: date | None, today: date) -> Line:
    last = max(end, prolonged or end)
    name = "改进期" if last > end else "建设期"
    verdict = MET if today > last else MISSED
    said = f"{last:%Y-%m-%d} 届满，今天 {today:%Y-%m-%d}"
    rule = f"{name}届满、产出指标任务完成后提出：{said}"
    return Line("term", f"{name}已届满", rule, NO_FIGURE, NO_FIGURE, verdict, verdict)


def _target_line(base: Base, each: CheckLine) -> Line:
    indicator, judged = indicator_of(base, each.target.indicator), each.target.judged
    unit = indicator.unit if indicator else ""
    tolerable = each.target.tolerable(each.reported, base.setting_values)
    return Line(
        each.target.code, each.target.title, each.words, show(each.reported, unit), show(each.value, unit),
        _verdict(each.met, judged=judged or indicator is None, tolerable=each.tolerable),
        _verdict(each.target.met(each.reported), judged=judged or indicator is None, tolerable=tolerable),
    )  # fmt: skip


def _verdict(met: bool | None, *, judged: bool, tolerable: bool) -> str:
    if judged:
        return FINDING
    if met is None:
        return UNKNOWN
    return MET if met else TOLERABLE if tolerable else MISSED


def _quantity_line(base: Base, wanted: tuple[str, str, str, int], period: Period, clause: str) -> Line:
    key, name, indicator_key, least = wanted
    indicator = indicator_of(base, indicator_key)
    if indicator is None:
        raise ValueError(f"the award reads the unknown indicator {indicator_key}")
    reported = indicator_value(base, indicator, period, verified=False)
    verified = indicator_value(base, indicator, period, verified=True)
    rule = f"{name}：{period.title} {indicator.title}应不少于 {show(Fraction(least), indicator.unit)}（{clause}）"
    return Line(
        key, f"{name}（{indicator.title}）", rule, show(reported, indicator.unit), show(verified, indicator.unit),
        _verdict(None if verified is None else verified >= least, judged=False, tolerable=False),
        _verdict(None if reported is None else reported >= least, judged=False, tolerable=False),
    )  # fmt: skip


def _standing_lines(base: Base, improvement: Improvement | None) -> list[Line]:
    """What must not stand in the way: a title that has ended, a case that would end it, a period to mend that failed."""
    case = ending_case(base)
    said = f"“{case.consequence.title}”正在办理" if case else "称号正常，没有未办结的处置"
    if not base.is_active:
        said = f"该基地目前为“{base.get_state_display()}”"
    good = case is None and base.is_active
    if improvement is not None and improvement.state == ImprovementState.FAILED:
        said, good = "改进期满复核为“仍未达到”", False
    verdict = MET if good else MISSED
    rule = f"基地称号正常，且没有未办结的终止、撤销处置：{said}"
    return [Line("standing", "基地称号正常", rule, NO_FIGURE, NO_FIGURE, verdict, verdict)]


def _step(base: Base, support: Support, award: StepAward, *, verified: bool) -> list[Part]:
    """The award for quantities beyond the target, over the two years of building; none where nothing is earned."""
    end, of_total, of_counted = term_end(base), indicator_of(base, award.total), indicator_of(base, award.counted)
    if end is None or of_total is None or of_counted is None:
        return []
    period = Period(base.recognised_on, end)
    total = int(indicator_value(base, of_total, period, verified=verified) or 0)
    counted = int(indicator_value(base, of_counted, period, verified=verified) or 0)
    basis = str(base.setting_values[award.basis_setting])
    amount = award.earned(base.track_key, total, counted, basis)
    if amount == NOTHING:
        return []
    target = dict(award.totals)[base.track_key]
    base_words = (
        f"两项取其小者 {min(total - target, counted):,}"
        if basis == "excess"
        else f"达到总产出指标后全部计入 {counted:,}"
    )
    words = (
        f"建设期内{of_total.title} {total:,} {of_total.unit}，超出总产出指标 {target:,} 的部分为 {total - target:,}；"
        f"{of_counted.title} {counted:,} {of_counted.unit}，{base_words}；每满 {award.step} 给予 {award.amount:,.0f} 元，"
        f"最高 {award.cap:,.0f} 元（{support.clause}）"
    )
    return [Part(support.key, support.title, amount, words)]


def _warnings(base: Base, improvement: Improvement | None, today: date) -> list[str]:
    term = base.edition.build_period
    found = []
    if term is not None and term.cap_setting:
        cap = date.fromisoformat(str(base.setting_values[term.cap_setting]))
        if today > cap:
            found.append(f"政策有效期至 {cap:%Y-%m-%d}，本申请在此之后提出，请核实延期依据")
    if improvement is not None and improvement.cut:
        found.append(f"改进期被截断：{improvement.cut_words}" if improvement.cut_words else "改进期按政策截止日截断")
    return found
