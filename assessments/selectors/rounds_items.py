"""What a scored assessment computes by itself: each item with its rule, the figures, the calculation and what is doubtful.

Verified figures decide (G-14); what the base says stands beside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.enums import AssessmentState, RowState
from assessments.models import Assessment, LedgerRow
from assessments.selectors.due import filed_in
from assessments.selectors.figures import NOTHING, Amount, sums_by_month
from portal.policy.measures import show_number
from portal.policy.proposal import Filed, Kept, OwnedOnly, Stated
from portal.policy.scoring import Bands, PerEvent, ScoreItem
from reviews.selectors.evidence import Evidence
from reviews.selectors.scores import PanelSheet, SheetLine, plain

RECORD = "assessment-record"
"""The anchor of the base's record in what experts read."""
FIXED = (AssessmentState.PROPOSED, AssessmentState.HEARING, AssessmentState.DECIDED)
AGGREGATES = {"min": "取较低的年度", "mean": "取各年度平均"}


@dataclass(frozen=True)
class ItemLine:
    """One item: `proposal` is None where only experts can tell. `doubts` are figures somebody has yet to look at."""

    item: ScoreItem
    proposal: Decimal | None
    calculation: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The computed points; empty where there are none."""
        return "" if self.proposal is None else plain(self.proposal)

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept when a result is proposed."""
        return {"number": self.item.number, "calculation": list(self.calculation), "points": self.shown,
                "ledgers": list(self.ledgers)}  # fmt: skip


def item_lines(assessment: Assessment) -> list[ItemLine]:
    """Return every item of the edition's sheet as computed now; empty where points do not decide."""
    sheet = assessment.edition.assessment
    if sheet is None or not assessment.scored:
        return []
    record = _Record(assessment, sheet.items)
    return [record.line(item) for item in sheet.items]


def kept_items(assessment: Assessment) -> list[ItemLine]:
    """Return the items as they stood when the result was proposed; as computed now before that."""
    sheet = assessment.edition.assessment
    if sheet is None or not assessment.lines or assessment.state not in FIXED:
        return item_lines(assessment)
    items = {item.number: item for item in sheet.items}
    return [
        ItemLine(
            items[each["number"]], Decimal(each["points"]) if each["points"] else None, tuple(each["calculation"]),
            ledgers=tuple(each["ledgers"]),
        )
        for each in assessment.lines
    ]  # fmt: skip


def sheet_for_panel(assessment: Assessment, lines: Iterable[ItemLine]) -> PanelSheet:
    """Return the sheet its experts fill in."""
    sheet = assessment.edition.assessment
    assert sheet is not None  # noqa: S101 - a scheme by points has a sheet, the lint says
    evidence = (Evidence("考核期档案", "台账、报送、自评", RECORD),)
    return PanelSheet(
        assessment.scheme_key,
        sheet.title,
        sheet.clause,
        tuple(
            SheetLine(
                line.item, line.item.max_points, line.proposal, (*line.calculation, *line.doubts),
                bands=line.item.bands, evidence=evidence,
            )
            for line in lines
        ),
    )  # fmt: skip


def years_of(assessment: Assessment) -> range:
    """Return the calendar years it is about."""
    return range(assessment.starts_on.year, assessment.ends_on.year + 1)


class _Record:
    """A base's record over the period, read once for all items."""

    def __init__(self, assessment: Assessment, items: Iterable[ScoreItem]) -> None:
        self._assessment, self._base, items = assessment, assessment.base, list(items)
        self._settings = self._base.setting_values
        self._tallies = {tally.key: tally for tally in self._base.edition.tallies}
        period = assessment.period
        fed = {key for item in items for _, key in item.feeds}
        self._months = sums_by_month(self._base, fed, period.start, period.end) if fed else {}
        reports = {key for item in items if isinstance(item.formula, Filed) for key in item.formula.reports}
        self._filed = filed_in(self._base, reports, period) if reports else {}
        kept = {key for item in items if isinstance(item.formula, Kept) for key in item.formula.ledgers}
        self._rows = _kept(assessment, kept | {self._tallies[key].ledger for key in fed})

    def line(self, item: ScoreItem) -> ItemLine:
        formula = item.formula
        if isinstance(formula, Bands):
            return self._by_year(item, formula)
        if isinstance(formula, PerEvent):
            return self._by_event(item, formula)
        if isinstance(formula, Filed):
            return self._by_reports(item, formula)
        if isinstance(formula, Kept):
            return self._by_rows(item, formula)
        if isinstance(formula, (Stated, OwnedOnly)):
            return self._by_word(item, formula)
        return ItemLine(item, None, ())

    def _amount(self, key: str, year: int | None = None) -> Amount:
        return sum(
            (found.get(key, NOTHING) for month, found in self._months.items() if year in (None, month.year)), NOTHING
        )

    def _by_year(self, item: ScoreItem, formula: Bands) -> ItemLine:
        key, calculation, doubts, quantities = item.feeds[0][1], [], [], []
        tally = self._tallies[key]
        for year in years_of(self._assessment):
            amount = self._amount(key, year)
            quantity = int(amount.verified)
            quantities.append(quantity)
            calculation.append(
                f"{year} 年：已核 {quantity:,} {tally.unit}（自报 {show_number(amount.reported)} {tally.unit}），"
                f"{plain(formula.points(quantity))} 分"
            )
            if tally.ledger and not self._rows.get((tally.ledger, year), _NONE).count:
                doubts.append(f"{year} 年没有台账记录，按 0 {tally.unit}计")
            doubts += _unverified(f"{year} 年", amount, tally.unit)
        way = str(self._settings.get(formula.aggregate_setting, "min"))
        points = formula.join(quantities, way)
        other = next(each for each in AGGREGATES if each != way)
        calculation.append(
            f"{AGGREGATES.get(way, way)}：{plain(points)} 分；如{AGGREGATES[other]}，为 {plain(formula.join(quantities, other))} 分"
        )
        return ItemLine(item, points, tuple(calculation), tuple(doubts), (tally.ledger,))

    def _by_event(self, item: ScoreItem, formula: PerEvent) -> ItemLine:
        kinds, titles = dict(item.feeds), dict(formula.titles)
        amounts = {kind: self._amount(key) for kind, key in kinds.items()}
        events = {kind: int(amount.verified) for kind, amount in amounts.items()}
        parts = []
        for kind, points in formula.points_by_kind:
            tally = self._tallies[kinds[kind]]
            parts.append(f"{titles.get(kind, tally.title)} {events.get(kind, 0)} {tally.unit} × {plain(points)} 分")
        points = formula.points(events)
        calculation = (
            f"考核期内合计：{'，'.join(parts)}；得 {plain(points)} 分（最高 {plain(formula.cap)} 分）",
            f"自报 {show_number(sum((each.reported for each in amounts.values()), Fraction(0)))} 次",
        )
        doubts = [
            each
            for kind, amount in amounts.items()
            for each in _unverified(
                titles.get(kind, self._tallies[kinds[kind]].title), amount, self._tallies[kinds[kind]].unit
            )
        ]
        ledgers = tuple(dict.fromkeys(self._tallies[key].ledger for key in kinds.values()))
        return ItemLine(item, points, calculation, tuple(doubts), ledgers)

    def _by_reports(self, item: ScoreItem, formula: Filed) -> ItemLine:
        found = [(key, *self._filed.get(key, (0, 0))) for key in formula.reports]
        filed, due = sum(each[1] for each in found), sum(each[2] for each in found)
        titles = {report.key: report.title for report in self._base.edition.reports}
        calculation = [f"{titles[key]}：应报 {wanted} 份，已报 {there} 份" for key, there, wanted in found]
        share = f"（{show_number(Fraction(filed * 100, due))}%）" if due else ""
        calculation.append(f"合计应报 {due} 份，已报 {filed} 份{share}")
        return ItemLine(item, formula.points(item.max_points, filed, due), tuple(calculation))

    def _by_rows(self, item: ScoreItem, formula: Kept) -> ItemLine:
        titles = {ledger.key: ledger for ledger in self._base.edition.ledgers}
        calculation, counts = [], {}
        for key in formula.ledgers:
            found = sum((kept for (ledger, _), kept in self._rows.items() if ledger == key), _NONE)
            counts[key] = found.count
            said = f"{titles[key].title}：{found.count:,} {titles[key].noun}，其中已核 {found.verified:,} {titles[key].noun}"
            if titles[key].proofs and found.count:
                said += f"；{len(titles[key].proofs)} 项证明齐全 {found.complete:,} {titles[key].noun}"
                said += f"（{show_number(Fraction(found.complete * 100, found.count))}%）"
            calculation.append(said)
        return ItemLine(item, formula.points(item.max_points, counts), tuple(calculation), (), formula.ledgers)

    def _by_word(self, item: ScoreItem, formula: Stated | OwnedOnly) -> ItemLine:
        if not self._assessment.submitted_at:
            return ItemLine(item, None, ("自评尚未提交，由专家认定",))
        if isinstance(formula, Stated):
            said = _answer(self._assessment.answers, formula.reference)
            points = formula.points(item.max_points, said)
            return ItemLine(item, points, (f"自评：{self._word(formula.reference, said)}",))
        owned, leased = (_answer(self._assessment.answers, each) for each in (formula.owned, formula.leased))
        points = formula.points(item.max_points, owned, leased)
        calculation = [f"自评：自有 {owned or 0} 万元，租赁 {leased or 0} 万元"]
        whole = Fraction(str(owned or 0)) + Fraction(str(leased or 0))
        if points is None and whole:
            share = Fraction(str(leased or 0)) * 100 / whole
            calculation.append(f"租赁占 {show_number(share)}%，部分租赁，由专家酌情评分")
        return ItemLine(item, points, tuple(calculation))

    def _word(self, reference: str, said: Any) -> str:
        section_key, _, key = reference.partition(".")
        section = next((each for each in self._assessment.scheme.sections if each.key == section_key), None)
        field = next((each for each in section.fields if each.key == key), None) if section else None
        if field is None or said in (None, ""):
            return "未填"
        value = {"yes": "是", "no": "否"}.get(str(said), f"{said} {field.unit or '万元'}")
        return f"{field.label}：{value}"


@dataclass(frozen=True)
class _Rows:
    """Rows of one ledger: how many, how many of them verified, how many complete."""

    count: int = 0
    verified: int = 0
    complete: int = 0

    def __add__(self, other: "_Rows") -> "_Rows":
        return _Rows(self.count + other.count, self.verified + other.verified, self.complete + other.complete)


_NONE = _Rows()


def _kept(assessment: Assessment, ledgers: Iterable[str]) -> dict[tuple[str, int], _Rows]:
    """Return the rows that stand by ledger and year; one query."""
    proofs = {ledger.key: ledger.proofs for ledger in assessment.base.edition.ledgers}
    rows = LedgerRow.objects.filter(
        base=assessment.base, ledger__in=[key for key in ledgers if key], withdrawn_at__isnull=True,
        on__range=(assessment.starts_on, assessment.ends_on),
    ).exclude(state=RowState.REJECTED)  # fmt: skip
    found: dict[tuple[str, int], _Rows] = {}
    for ledger, on, state, data in rows.values_list("ledger", "on", "state", "data").order_by().iterator():
        whole = all(data.get(column) == "yes" for column in proofs[ledger])
        one = _Rows(1, int(state == RowState.VERIFIED), int(whole))
        found[ledger, on.year] = found.get((ledger, on.year), _NONE) + one
    return found


def _answer(answers: Mapping[str, Any], reference: str) -> Any:
    section, _, key = reference.partition(".")
    return (answers.get(section) or {}).get(key)


def _unverified(label: str, amount: Amount, unit: str) -> list[str]:
    open_figure = amount.reported - amount.verified
    return [f"{label}有 {show_number(open_figure)} {unit}未核实，未计入"] if open_figure > 0 else []
