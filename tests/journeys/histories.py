"""What a base has lived through before a journey looks at it: played off stage by `Portal.script`, through the services people use.

Bases are taken over into the register as of the day of their recognition, each of a unit of the demonstration that can sign
in. Their years of books, checks and claims follow; what decides is left to the journey.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from assessments.enums import PlaqueState
from assessments.forms.taking_over_rows import check_rows
from assessments.models import Assessment, Base, Claim, GrantLine, Round
from assessments.services import payments, register, rounds_panel, rounds_self, taking_over
from assessments.services.claim_decisions import approve_first
from portal.calendars import clock
from portal.desk.demo import reviewing
from portal.desk.demo.filing import Cast
from portal.desk.demo.filing import on as hour
from portal.policy import registry
from portal.policy.sample import samples_of
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert
from reviews.services import panels
from tests.assessments import test_whole_shunyi as two_years
from tests.assessments.money_kit import counted, submitted
from tests.assessments.whole_kit import brought_in

GROUP = {
    "client": "杭州北塘机电有限公司", "side": "external", "kind": "training", "project": "数控加工", "hours": "16.0",
    "application": "yes", "agreement": "yes", "booking": "yes", "trainees": "yes",
}  # fmt: skip
CONTEST = {"name": "市职业技能大赛", "level": "city", "entrants": "80", "document": "竞赛组委会〔2025〕1号"}
BEGUN = date(2024, 10, 18)
YEAR_OVER, TERM_OVER = two_years.YEAR_OVER, two_years.TERM_OVER


def entered(cast: Cast, code: str, key: str, on: date, track: str = "") -> Base:
    """Take a base of a unit over as of its recognition: its plaque hangs, and what may be paid by then is paid."""
    place, edition, (unit, _) = Jurisdiction.objects.get(code=code), registry.current(code), cast.units[key]
    kind = track or unit.track
    naming = edition.naming_of(kind)
    row = {
        "name": naming.name(f"{unit.core}第二"),  # the demonstration may have given it a first one
        "unit": unit.name, "credit_code": unit.credit_code, "district": unit.district, "plaque_text": naming.plaque,
        "track": edition.track(kind).title, "recognised_under": edition.document_number or edition.title,
        "document_number": f"旧人社发〔{on.year}〕77号", "recognised_on": on.isoformat(), "plaque_on": "",
        "certificate_number": f"{code[:2].upper()}-{on.year}-{900 + list(cast.units).index(key)}",
    }  # fmt: skip
    with clock.travel(hour(on + timedelta(days=9), 10)):
        checked = check_rows(place, [(2, row)])
        assert checked.problems == [], checked.problems
        proposed = taking_over.propose_taking_over(
            jurisdiction=place, file_name="历史基地.xlsx", rows=checked.rows, basis="认定档案", by=cast.officer
        )
        (base,) = taking_over.approve_taking_over(taking=proposed, by=cast.approver, reason="与档案核对无误")
        register.record_plaque(
            base=base, state=PlaqueState.HANDED_OVER, on=clock.today(), receiver="基地负责人", by=cast.officer
        )
        pay_all(cast, base)
    return base


def pay_all(cast: Cast, base: Base) -> None:
    """Pay what may be paid, today."""
    for line in GrantLine.objects.filter(grant__account__base=base, state="payable"):
        payments.record_payment(line=line, paid_on=clock.today(), voucher=f"拨-{line.pk}", by=cast.staff["finance"])


def served(cast: Cast, base: Base, key: str, persons: dict[int, int], contests: Iterable[str] = ()) -> None:
    """Keep a Hangzhou base's books: so many persons served in each year, in spring and autumn, and contests; all verified."""
    halves = [(f"{year}-{month:02}-09", number // 2 + number % 2 * (month // 9))
              for year, number in persons.items() for month in (3, 9)]  # fmt: skip
    by, books = cast.units[key][1], {"service": [GROUP | {"on": on, "person_times": str(n)} for on, n in halves if n]}
    books["contests"] = [CONTEST | {"on": day} for day in contests]
    for ledger, rows in books.items():
        if rows:
            brought_in(base, ledger, rows, by=by, officer=cast.officer)


def judged(cast: Cast, found: Round, means: dict[str, dict[int, str]]) -> None:
    """Let every base of a round assess itself, and experts give their means: what is missing is the item's proposal, else nought."""
    samples, experts = (
        samples_of(found.jurisdiction.code),
        list(Expert.objects.filter(jurisdiction=found.jurisdiction).order_by("id")),
    )
    assert samples is not None
    assert samples.after is not None
    for key, given in means.items():
        by = cast.units[key][1]
        row: Assessment = found.assessments.get(base__organisation=by.organisation)
        row = rounds_self.submit_self(assessment=row, answers=samples.after.stated, by=by)
        panel = rounds_panel.form_panel(assessment=row, by=cast.officer, note="按已核数据考核。")
        for place, expert in enumerate(experts[:5]):
            panels.add_member(panel=panel, expert=expert, by=cast.officer, chair=not place, reason=reviewing.BY_HAND)
        panels.convene(panel=panel, by=cast.officer)
        reviewing.declare(cast, panel, clock.now())
        panel.refresh_from_db()
        lines = [(line, given.get(line["number"], line["proposal"] or "0")) for line in panel.sheet["lines"]]
        panel.result = {"items": [{"exact": mean} | {name: line[name] for name in ("number", "title", "bonus")}
                                  for line, mean in lines]}  # fmt: skip
        panel.state, panel.closed_at = "closed", clock.now()
        panel.save()
        rounds_panel.take_panel(assessment=row, by=cast.officer)


def district(cast: Cast) -> two_years.World:
    """Return Shunyi with the demonstration's people, as its whole histories want them."""
    place = Jurisdiction.objects.get(code="shunyi")
    return two_years.World(place, cast.officer, cast.approver, cast.staff["finance"])


def grown(base: Base, first: int, second: int, high: int = 0) -> None:
    """Train and certify so many in each of two years, all of them content; `high` of the second year at 高级工 or above."""
    two_years.grown(base, two_years.FIRST, first)
    two_years.grown(base, two_years.SECOND, second)
    if high:
        counted(base, two_years.SECOND, certified_high=high)


def spent(cast: Cast, base: Base, key: str, at: datetime, *amounts: int) -> None:
    """Enter spending in the dedicated account's ledger, on a day."""
    with clock.travel(at):
        two_years.spent(base, cast.units[key][1], *amounts)


def checked(cast: Cast, base: Base, at: datetime, scheme: str, outcome: str) -> Assessment:
    """Carry a check that is due through, on a day."""
    with clock.travel(at):
        return two_years.checked(district(cast), base, scheme, outcome)


def mending(cast: Cast, base: Base) -> None:
    """Miss the first year and be given the period to mend, with one occasion of guidance."""
    row = checked(cast, base, YEAR_OVER, "year1", "missed")
    with clock.travel(YEAR_OVER):
        two_years.improving(district(cast), row)


def claimed(cast: Cast, base: Base, key: str, support: str) -> Claim:
    """Hand a claim in and have it approved by the first of two persons."""
    claim = submitted(base, support, cast.units[key][1])
    return approve_first(claim=claim, words="核对无误，材料齐全。", findings=two_years.FOUND, by=cast.officer)


def granted(cast: Cast, base: Base, key: str, at: datetime, support: str, *, year: int | None = None) -> None:
    """Claim money, have it approved and paid, on a day."""
    with clock.travel(at):
        two_years.granted(district(cast), base, cast.units[key][1], support, year)


def held(cast: Cast, base: Base, key: str, at: datetime) -> None:
    """Enter a contest that a contest base has held, and spend but a part of what it was granted, on a day."""
    row = {"on": "2025-05-24", "name": "焊工项目竞赛", "level": "district", "entrants": "300", "document": "组委会3号"}
    with clock.travel(at):
        brought_in(base, "contests", [row], by=cast.units[key][1], officer=cast.officer)
    spent(cast, base, key, at, 60_000)
