"""Targets: the straight line and the forecast by hand-computed examples, spans cut inside a month, checks, the pages."""

import io
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Base, LedgerRow
from assessments.selectors.baseline import baseline_of
from assessments.selectors.overview import overview
from assessments.selectors.pace import AHEAD, BEHIND, MET, MISSED, NOT_BEGUN, pace_of, state_of
from assessments.selectors.progress import check_targets, target_lines
from assessments.services import records
from portal.calendars import clock
from portal.policy.ledger import Period
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.models import RecognitionEntry
from tests.assessments.ledger_kit import certificate, reporter
from tests.assessments.money_kit import counted as done
from tests.assessments.money_kit import make_base, unit_of
from tests.factories import make_actor, make_office, make_unit
from tests.reviews.kit import officer
from tests.reviews.test_pages import sign_in
from tests.reviews.test_reach import counted

TODAY = date(2025, 6, 2)
FIRST = Period(date(2024, 10, 18), date(2025, 10, 18))


@pytest.fixture
def shunyi(db: Any) -> Any:
    place = Jurisdiction.objects.get(code="shunyi")
    with scope(jurisdiction=place), clock.travel(datetime(2025, 6, 2, 10, tzinfo=clock.SHANGHAI)):
        yield place


def test_the_straight_line_and_the_forecast_are_exact() -> None:
    pace = pace_of(FIRST, TODAY)  # 14 + 30 + 31 + 31 + 28 + 31 + 30 + 31 + 2 of 366 days
    assert (pace.days, pace.elapsed, pace.left) == (366, 228, 138)
    assert pace.line(Fraction(600)) == Fraction(136_800, 366)
    assert pace.forecast(Fraction(400), ratio=False) == Fraction(146_400, 228)
    assert pace.forecast(Fraction(95), ratio=True) == 95
    assert pace.forecast(None, ratio=False) is None


def test_the_first_thirty_days_say_nothing_and_the_end_says_itself() -> None:
    assert pace_of(FIRST, FIRST.start + timedelta(days=29)).forecast(Fraction(40), ratio=False) is None
    assert pace_of(FIRST, FIRST.start + timedelta(days=30)).forecast(Fraction(31), ratio=False) == 366
    assert pace_of(FIRST, FIRST.end).forecast(Fraction(599), ratio=False) == 599
    assert pace_of(FIRST, FIRST.start - timedelta(days=1)).elapsed == 0
    assert pace_of(FIRST, FIRST.end + timedelta(days=9)).left == 0


@pytest.mark.rule("G-14")
def test_only_what_is_verified_meets_a_target() -> None:
    pace, least, past = pace_of(FIRST, TODAY), Fraction(600), pace_of(FIRST, FIRST.end)
    assert state_of(pace, least, Fraction(600), Fraction(600), ratio=False) == MET
    assert state_of(pace, least, Fraction(0), Fraction(600), ratio=False) == AHEAD
    assert state_of(pace, least, Fraction(0), Fraction(373), ratio=False) == BEHIND  # the line stands at 373.77
    assert state_of(pace, least, Fraction(0), Fraction(374), ratio=False) == AHEAD
    assert state_of(past, least, Fraction(599), Fraction(700), ratio=False) == MISSED
    assert state_of(pace, Fraction(95), Fraction(96), Fraction(96), ratio=True) == AHEAD  # it may still fall
    assert state_of(past, Fraction(95), Fraction(95), Fraction(95), ratio=True) == MET
    assert state_of(pace_of(FIRST, date(2024, 1, 1)), least, None, None, ratio=False) == NOT_BEGUN


@pytest.mark.rule("SY-A-02")
def test_a_year_of_building_is_cut_to_the_day(shunyi: Any) -> None:
    base = make_base(shunyi)
    by, desk = reporter(base), officer(shunyi)
    with clock.travel(datetime(2025, 11, 3, 10, tzinfo=clock.SHANGHAI)):
        for serial, on in enumerate(("2024-10-18", "2025-10-18", "2025-10-19", "2025-05-06"), start=1):
            records.add_row(base=base, ledger="certificates", values=certificate(serial, on), by=by)
        records.verify_rows(rows=LedgerRow.objects.filter(base=base, on__lt=date(2025, 10, 18)), by=desk)
        lines = {line.target.code: line for line in target_lines(base, date(2025, 11, 3))}
    first, both = lines["SY-K01"], lines["SY-K02"]
    assert (first.period, first.reported, first.verified, first.met) == (FIRST, 3, 2, False)
    assert (both.reported, both.verified, both.period.end) == (4, 2, date(2026, 10, 18))
    assert lines["SY-K04"].reported is None  # nobody trained yet: no ratio
    [check] = check_targets(base, ["SY-K01"], until=date(2025, 10, 17))
    assert (check.reported, check.met) == (2, False)
    assert "已核 2 人次，自报 2 人次；未达到" in check.words


@pytest.mark.rule("SY-A-03", "SY-A-07")
def test_a_check_tolerates_and_prolongs_as_the_edition_says(shunyi: Any) -> None:
    base = make_base(shunyi, final__tolerance="ninety")
    done(base, date(2025, 3, 1), certified=1700, trained=1800)
    done(base, date(2026, 12, 1), certified=200, trained=950)
    plain = {line.target.code: line for line in check_targets(base, ["SY-K02", "SY-K05"])}
    assert (plain["SY-K02"].met, plain["SY-K02"].tolerable) == (False, True)
    assert "可以书面说明理由后认可" in plain["SY-K02"].words
    assert plain["SY-K05"].needs_finding
    longer = {
        line.target.code: line for line in check_targets(base, ["SY-K02", "SY-K05"], prolonged_to=date(2027, 10, 18))
    }
    assert (longer["SY-K02"].value, longer["SY-K02"].met) == (1900, True)
    assert longer["SY-K05"].period == Period(date(2026, 10, 19), date(2027, 10, 18))
    assert (longer["SY-K05"].value, longer["SY-K05"].met) == (950, True)


def test_what_the_unit_planned_stands_beside_the_target(shunyi: Any) -> None:
    base = make_base(shunyi)
    rows = [("certificates", "first", "650"), ("certificates", "second", "1300"), ("satisfaction", "first", "97.5")]
    told = [
        {"_id": str(at), "indicator": key, "year": year, "value": value} for at, (key, year, value) in enumerate(rows)
    ]
    application = base.source.application
    version = application.versions.create(
        number=1, answers={"targets": {"indicators": told}}, manifest=[], results=[], settings={}, declaration="", sha256="0" * 64,
        submitted_by=application.created_by, submitted_at=clock.now(),
    )  # fmt: skip
    application.current = version
    base.baseline = baseline_of(application)
    assert base.baseline["SY-K01"] == "650"
    assert base.baseline["SY-K02"] == "1950"
    assert base.baseline["SY-K03"] == "97.5"
    lines = {line.target.code: line.planned for line in target_lines(base, TODAY)}
    assert lines["SY-K03"] == Fraction(195, 2)


def test_the_tab_is_the_bureaus_and_the_units_own(shunyi: Any) -> None:
    base = make_base(shunyi)
    done(base, date(2025, 3, 1), certified=400, trained=430, surveyed=200, satisfied=196)
    desk = reverse("assessments:base_indicators", kwargs={"jurisdiction": "shunyi", "pk": base.pk})
    mine = reverse("assessments:my_indicators", kwargs={"jurisdiction": "shunyi", "pk": base.pk})
    page = sign_in(officer(shunyi)).get(desk).content.decode()
    assert "进度正常" in page
    assert "642.10" in page  # 400 / 228 days x 366 days
    assert "373.77" in page
    assert 'role="img"' in page
    own = sign_in(unit_of(base))
    assert own.get(mine).status_code == 200
    assert own.get(desk).status_code == 403
    assert sign_in(make_actor("unit_admin", make_unit())).get(mine).status_code == 404


def test_all_bases_are_filtered_sorted_summed_and_exported(shunyi: Any) -> None:
    fast, slow, other = make_base(shunyi), make_base(shunyi), make_base(shunyi, "cy")
    done(fast, date(2025, 3, 1), certified=600, trained=600, surveyed=200, satisfied=200)
    done(slow, date(2025, 3, 1), verified=False, certified=100, trained=125, surveyed=60, satisfied=30)
    place = {"jurisdiction": "shunyi"}
    client, address = sign_in(officer(shunyi)), reverse("assessments:indicators", kwargs=place)
    page = client.get(address, {"sort": "-certified.first_year"})
    assert [row.base for row, _ in page.context["lines"]][:2] == [fast, slow]
    behind = client.get(address, {"behind": "1", "track": "ts"})
    assert [row.base for row, _ in behind.context["lines"]] == [slow]
    found = overview([fast, slow, other], year=2025, today=TODAY)
    foot = dict(zip([column.key for column in found.columns], found.foot(), strict=True))
    assert (foot["certified"].reported, foot["certified"].verified) == (700, 600)
    assert foot["satisfaction"].reported == Fraction(230 * 100, 260)
    content = client.get(reverse("assessments:indicators_export", kwargs=place), {"period": "2025"}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 2 + 3 + 1
    assert rows[-1][:6] == ("合计 3 家", None, None, None, None, 700)
    assert client.get(address, {"period": "2023"}).context["title"].startswith("北京市顺义区基地指标（建设期")


def beside(base: Base, on: date) -> None:
    """Make another base of the same call, with figures."""
    application = base.source.application
    application.pk, application.organisation = None, make_unit()
    application.save(force_insert=True)
    entry = RecognitionEntry.objects.create(
        recognition=base.source.recognition, application=application, name="旁", plaque="旁",
        certificate_number=f"BESIDE-{application.pk}",
    )  # fmt: skip
    made = Base.objects.create(
        jurisdiction=base.jurisdiction, organisation=application.organisation, source=entry, edition_code=base.edition_code,
        track_key=base.track_key, name=f"旁{application.pk}", plaque_text="旁", certificate_number=entry.certificate_number,
        document_number="测", recognised_on=on, created_at=clock.now(),
    )  # fmt: skip
    done(made, date(2025, 3, 1), certified=on.day, trained=on.day + 1)


def test_the_table_stays_in_its_place_and_costs_the_same_with_3_and_60_bases(shunyi: Any) -> None:
    first = make_base(shunyi)

    def more(count: int) -> None:
        for at in range(count):
            beside(first, date(2024, 10, 1) + timedelta(days=at))

    client, address = sign_in(officer(shunyi)), reverse("assessments:indicators", kwargs={"jurisdiction": "shunyi"})
    more(2)
    few = counted(client, address)
    more(57)
    assert counted(client, address) == few
    elsewhere = Jurisdiction.objects.get(code="hangzhou")
    with scope(jurisdiction=elsewhere):
        stranger = sign_in(make_actor("bureau_officer", make_office(elsewhere)))
        assert stranger.get(address).status_code == 403
        mine = reverse("assessments:indicators", kwargs={"jurisdiction": "hangzhou"})
        assert stranger.get(mine).context["page"].paginator.count == 0
    assert Base.objects.count() == 60
