"""The sheet an application is scored by, what the portal proposes on it, and what its panel's sheets amount to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from applications.enums import CheckVerdict
from applications.models import Application
from applications.selectors.versions import version_facts
from portal.policy.aggregation import Terms
from portal.policy.condition import Verdict
from portal.policy.edition import Edition
from portal.policy.procedure import StageKind
from portal.policy.scoring import ByConditions, Mode, ReviewSheet, ScoreItem
from portal.policy.selection import RankBy
from reviews.models import Opinion, Panel
from reviews.selectors.evidence import Evidence, Finder

WHOLE = ReviewSheet(
    key="whole",
    title="专家评分表",
    items=(ScoreItem(1, "综合", "综合评分", Decimal(100), "由专家对照申报条件综合评分", step=Decimal("0.5")),),
    clause="平台默认",
)
"""Where an edition ranks by score and declares no sheet: one figure for the whole file."""


@dataclass(frozen=True)
class SheetLine:
    """One item as an expert is asked it: `maximum` by the settings; `proposal` and how it came about, where computed.

    Points under `remark_below` or over `remark_above` need a reason. `bands` are the formula in words with its points,
    `evidence` what to look at. An item of mode AUTO has its proposal as points, whatever is typed.
    """

    item: ScoreItem
    maximum: Decimal
    proposal: Decimal | None = None
    calculation: tuple[str, ...] = ()
    remark_below: Decimal | None = None
    remark_above: Decimal | None = None
    bands: tuple[tuple[str, Decimal], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """The key of its points in `Opinion.scores`."""
        return str(self.item.number)

    @property
    def given(self) -> str:
        """The points nobody can change, as text; empty where an expert gives them."""
        return plain(self.proposal) if self.item.mode is Mode.AUTO and self.proposal is not None else ""


@dataclass(frozen=True)
class PanelSheet:
    """The sheet of one panel: as it is declared now, or as it stood at the first saved score."""

    key: str
    title: str
    clause: str
    lines: tuple[SheetLine, ...]

    @property
    def maximum(self) -> Decimal:
        """The most the whole sheet can give."""
        return sum((line.maximum for line in self.lines), Decimal(0))


def sheet_of(application: Application) -> ReviewSheet | None:
    """Return the sheet an application is scored by, or None where the policy has experts give an opinion only."""
    edition = application.edition
    if application.current is None:
        return None
    facts = version_facts(application, application.current)
    for sheet in edition.review_sheets:
        if sheet.when is None or sheet.when.check(facts).met is True:
            return sheet
    ranked = edition.ranking is not None and any(key.by is RankBy.SCORE for key in edition.ranking.keys)
    return WHOLE if ranked else None


def panel_sheet(panel: Panel) -> PanelSheet | None:
    """Return what a panel's experts score; None at the re-check of the level above, and where there is no sheet.

    From the first saved score on it is the sheet as it stood then, whatever has become of settings and verdicts.
    """
    if panel.sheet:
        return thawed(panel.sheet)
    application = panel.application
    sheet = sheet_of(application) if panel.stage == StageKind.EXPERT_REVIEW.value else None
    if sheet is None:
        return None
    codes = {code for item in sheet.items if isinstance(item.formula, ByConditions) for code, _ in item.formula.weights}
    met, evidence = met_conditions(application, codes) if codes else set(), Finder(application)
    lines = tuple(_line(application, sheet, item, met, evidence) for item in sheet.items)
    return PanelSheet(sheet.key, sheet.title, sheet.clause, lines)


def sheet_lines(panel: Panel) -> list[SheetLine]:
    """Return the items a panel's experts score, as `panel_sheet` does."""
    sheet = panel_sheet(panel)
    return list(sheet.lines) if sheet else []


def terms_of(panel: Panel) -> Terms:
    """Return the arithmetic by which a panel's sheets become one result."""
    application = panel.application
    return application.edition.aggregation.terms(application.call.setting_values)


def met_conditions(application: Application, wanted: Collection[str]) -> set[str]:
    """Return those of the codes that an officer found met, or that the computed result says are met where none looked."""
    results = application.current.results if application.current else []
    met = {result["code"]: result["verdict"] == Verdict.MET.value for result in results if result["code"] in wanted}
    fetched: list[Any] | None = getattr(application, "verdicts", None)
    checks = list(application.checks.all()) if fetched is None else fetched
    for check in checks:
        if check.code in wanted and check.version_id == application.current_id:
            met[check.code] = check.verdict == CheckVerdict.MET
    return {code for code, found in met.items() if found}


def _line(
    application: Application, sheet: ReviewSheet, item: ScoreItem, met: Collection[str], evidence: Finder
) -> SheetLine:
    settings = application.call.setting_values
    maximum = sheet.maximum_of(item, settings)
    below, above = sheet.remark.bounds(maximum, settings)
    proposal, calculation = _proposal(application.edition, item, maximum, met)
    return SheetLine(item, maximum, proposal, calculation, below, above, item.bands, evidence.of(item.evidence))


def _proposal(
    edition: Edition, item: ScoreItem, maximum: Decimal, met: Collection[str]
) -> tuple[Decimal | None, tuple[str, ...]]:
    if item.mode is Mode.EXPERT or not isinstance(item.formula, ByConditions):
        return None, ()
    whole = sum(weight for _, weight in item.formula.weights)
    calculation = []
    for code, weight in item.formula.weights:
        share = plain(Decimal(shown(Fraction(maximum) * weight / whole)))
        verdict = f"符合，计 {share} 分" if code in met else f"不符合（可计 {share} 分），计 0 分"
        calculation.append(f"{edition.condition(code).title}（{code}）：{verdict}")
    return item.formula.points(maximum, met, item.step), tuple(calculation)


def frozen(sheet: PanelSheet) -> dict[str, Any]:
    """Return a sheet as JSON data, complete; `thawed` reads it back."""
    return {
        "key": sheet.key,
        "title": sheet.title,
        "clause": sheet.clause,
        "lines": [_kept(each) for each in sheet.lines],
    }


def thawed(data: Mapping[str, Any]) -> PanelSheet:
    """Read a sheet back as it stood."""
    return PanelSheet(data["key"], data["title"], data["clause"], tuple(_read(each) for each in data["lines"]))


def _kept(line: SheetLine) -> dict[str, Any]:
    item = line.item
    return {
        "number": item.number,
        "group": item.group,
        "title": item.title,
        "maximum": str(line.maximum),
        "step": str(item.step),
        "rule": item.rule,
        "mode": item.mode.value,
        "bonus": item.bonus,
        "proposal": _text(line.proposal),
        "calculation": list(line.calculation),
        "remark_below": _text(line.remark_below),
        "remark_above": _text(line.remark_above),
        "bands": [[text, str(points)] for text, points in line.bands],
        "evidence": [asdict(each) for each in line.evidence],
    }


def _read(data: Mapping[str, Any]) -> SheetLine:
    maximum = Decimal(data["maximum"])
    item = ScoreItem(
        data["number"], data["group"], data["title"], maximum, data["rule"], Mode(data["mode"]), data["bonus"],
        Decimal(data["step"]),
    )  # fmt: skip
    return SheetLine(
        item,
        maximum,
        _number(data["proposal"]),
        tuple(data["calculation"]),
        _number(data["remark_below"]),
        _number(data["remark_above"]),
        tuple((text, Decimal(points)) for text, points in data["bands"]),
        tuple(Evidence(**each) for each in data["evidence"]),
    )


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def read_points(text: str) -> Decimal | None:
    """Return typed points as a number, or None when they are none."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        return None
    return points if points.is_finite() else None


def with_given(lines: Iterable[SheetLine], scores: Mapping[str, str]) -> dict[str, str]:
    """Return typed points with those the portal gives itself put in."""
    return {**scores, **{line.key: line.given for line in lines if line.given and not scores.get(line.key)}}


def score_problems(lines: Iterable[SheetLine], scores: Mapping[str, str], remarks: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the way of submitting a sheet, by field (`score_4`, `remark_4`), each naming its item."""
    found: dict[str, str] = {}
    for line in lines:
        typed, remark = str(scores.get(line.key, "")).strip(), str(remarks.get(line.key, "")).strip()
        points = read_points(typed)
        if message := _wrong_points(line, typed, points):
            found[f"score_{line.key}"] = f"{_named(line)}{message}"
        elif points is not None and not remark and (message := _missing_remark(line, points)):
            found[f"remark_{line.key}"] = f"{_named(line)}{message}"
    return found


def _named(line: SheetLine) -> str:
    return f"第 {line.item.number} 项“{line.item.title}”"


def _wrong_points(line: SheetLine, typed: str, points: Decimal | None) -> str:
    if not typed:
        return "尚未评分"
    if points is None:
        return "的得分应为数字"
    if line.given and points != line.proposal:
        return f"由系统计分，为 {line.given} 分，不能更改"
    if line.given:
        return ""
    if not 0 <= points <= line.maximum:
        return f"的得分应在 0 至 {plain(line.maximum)} 分之间，已填 {plain(points)} 分"
    if points % line.item.step:
        return f"的得分应为 {plain(line.item.step)} 分的整倍数，已填 {plain(points)} 分"
    return ""


def remark_words(line: SheetLine) -> str:
    """Say, before anything is typed, which points of an item need a reason; empty where none do."""
    if line.given:
        return ""
    if line.proposal is not None:
        return f"与系统建议的 {plain(line.proposal)} 分不同的，须写明理由"
    bounds = [
        *([f"低于 {plain(line.remark_below)} 分"] if line.remark_below is not None else []),
        *([f"高于 {plain(line.remark_above)} 分"] if line.remark_above is not None else []),
    ]
    return f"{'或'.join(bounds)}的，须写明理由" if bounds else ""


def _missing_remark(line: SheetLine, points: Decimal) -> str:
    """Say why points need a reason that is not there; a proposal that is followed has its calculation as reason."""
    if line.proposal is not None:
        differs = points != line.proposal
        return f"与系统建议的 {plain(line.proposal)} 分不同，请写明理由" if differs else ""
    if line.remark_below is not None and points < line.remark_below:
        return f"评 {plain(points)} 分，低于 {plain(line.remark_below)} 分，请在备注中写明扣分理由"
    if line.remark_above is not None and points > line.remark_above:
        return f"评 {plain(points)} 分，高于 {plain(line.remark_above)} 分，请在备注中写明评高分的理由"
    return ""


def total_of(opinion: Opinion) -> Decimal:
    """Add one expert's submitted points up."""
    return sum((Decimal(points) for points in opinion.scores.values()), Decimal(0))


def shown(value: Fraction | None) -> str:
    """Write a share or a mean of points with two decimals, cut off; results are written by the edition's terms."""
    return Terms().shown(value)


def plain(points: Decimal) -> str:
    """Write points without needless noughts: 8, 7.5."""
    return f"{points.normalize():f}"
