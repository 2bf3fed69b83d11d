"""Rows of ledgers: what is taken, what counts once, who may do what, and that no name lies open anywhere."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from applications.services.moves import WrongState
from assessments.enums import BaseState
from assessments.models import Base, Figure, LedgerRow
from assessments.selectors.figures import Amount, indicator_value, source_rows, sums, sums_by_month, sums_of_bases
from assessments.services import records
from assessments.services.rollup import check_figures, rebuild_figures
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.calendars import clock
from portal.policy.ledger import Once, Period
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.ledger_kit import at_place, certificate, id_number, make_base, reporter
from tests.factories import make_actor, make_office

SPRING = datetime(2026, 3, 2, 9, tzinfo=clock.SHANGHAI)
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ROWS = LedgerRow.objects


@pytest.fixture
def shunyi(db: Any) -> Iterator[Jurisdiction]:
    with at_place("shunyi") as place:
        yield place


@pytest.fixture
def kunshan(db: Any) -> Iterator[Jurisdiction]:
    with at_place("kunshan") as place:
        yield place


def add(base: Base, by: Actor, serial: int, on: str = "2024-05-06", **more: str) -> LedgerRow:
    return records.add_row(base=base, ledger="certificates", values=certificate(serial, on, **more), by=by)


def of(base: Base, key: str = "certified", period: Period = YEAR) -> tuple[int, int]:
    amount = sums(base, [key], period)[key]
    return int(amount.reported), int(amount.verified)


def officer(base: Base) -> Actor:
    return make_actor("bureau_officer", make_office(base.jurisdiction))


@pytest.mark.rule("G-14")
def test_a_row_counts_where_its_columns_say_and_is_verified_in_place(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi, "ts")
    by, desk = reporter(base), officer(base)
    row = add(base, by, 1)
    add(base, by, 2, level="四级/中级工")
    assert (of(base), of(base, "certified_high")) == ((2, 0), (1, 0))
    assert records.verify_rows(rows=ROWS.filter(pk=row.pk), by=desk) == 1
    assert (of(base), of(base, "certified_high")) == ((2, 1), (1, 1))
    with pytest.raises(WrongState, match="已核实"):
        records.withdraw_row(row=row, reason="填错", by=by)
    records.reject_rows(rows=ROWS.filter(pk=row.pk), reason="查无此证", by=desk)
    assert (of(base), of(base, "certified_high")) == ((1, 0), (0, 0))
    changed = records.change_row(row=row, values=certificate(1, name="", id_number="", level="二级/技师"), by=by)
    assert (changed.state, changed.masked["id_number"], changed.reason) == ("reported", "110113********0016", "")
    assert of(base, "certified_high") == (1, 0)
    records.withdraw_row(row=row, reason="重复登记", by=by)
    assert of(base) == (1, 0)
    assert check_figures(base_pk=base.pk) == []
    with pytest.raises(PermissionDenied):
        records.verify_rows(rows=ROWS.filter(base=base), by=by)
    with pytest.raises(PermissionDenied):
        add(base, reporter(make_base(shunyi, "ts")), 9)


@pytest.mark.parametrize(
    ("more", "column", "words"),
    [
        ({"on": "2024-02-29"}, "on", "不能早于认定日期（2024年3月1日）"),
        ({"on": "2026-03-03"}, "on", "不能晚于今天（2026年3月2日）"),
        ({"on": "2025-07-01"}, "on", "自2025年6月30日起已终止"),
        ({"id_number": "110113199001010011"}, "id_number", "校验位正确"),
        ({"level": "八级"}, "level", "请从 不分等级"),
        ({"certificate": ""}, "certificate", "未填"),
    ],
)
def test_what_is_refused_names_the_column_and_how_to_mend_it(
    shunyi: Jurisdiction, more: dict[str, str], column: str, words: str
) -> None:
    base = make_base(shunyi, "ts", state=BaseState.TERMINATED, ended_on=date(2025, 6, 30))
    with clock.travel(SPRING), pytest.raises(Refused, match=words) as refusal:
        records.add_row(base=base, ledger="certificates", values=certificate(1) | more, by=reporter(base))
    assert refusal.value.field == column


@pytest.mark.rule("SY-A-08")
def test_a_certificate_is_entered_once_however_it_is_typed_and_a_person_counts_as_the_bureau_set(
    shunyi: Jurisdiction,
) -> None:
    base = make_base(shunyi, "ts")
    by = reporter(base)
    first = add(base, by, 1)
    with pytest.raises(Refused, match="完全相同"):
        add(base, by, 1)
    with pytest.raises(Refused, match=f"第 {first.pk} 号记录"):
        add(base, by, 2, certificate="Ｓ0000 00000001")
    add(base, by, 3, "2024-06-07", id_number=id_number(1))
    assert of(base) == (2, 0)
    call = base.source.application.call
    call.settings = {**call.settings, "certificate.count": "persons"}
    call.save()
    base.refresh_from_db()
    rebuild_figures(base_pk=base.pk)
    assert of(base) == (1, 0)


@pytest.mark.rule("G-03")
def test_persons_count_once_in_each_year_by_the_first_verified_row(kunshan: Jurisdiction) -> None:
    base = make_base(kunshan, "base")
    by, desk = reporter(base), officer(base)

    def train(on: str, serial: int, **more: str) -> LedgerRow:
        values = {"on": on, "name": "测试", "id_number": id_number(serial), "occupation": "钳工", "level": "3"}
        return records.add_row(
            base=base, ledger="training", values=values | {"certified": "是", "certificate": ""} | more, by=by
        )

    level = next(column for column in base.edition.ledgers[0].columns if column.key == "level")
    high = next(option.value for option in level.options if "高级工" in option.label)
    train("2024-04-01", 1, level=high)
    later = train("2024-09-01", 1, level=high)
    train("2025-01-05", 1, level=high)
    assert (of(base, "trained"), of(base, "trained", Period(date(2024, 1, 1), date(2025, 12, 31)))) == ((1, 0), (2, 0))
    records.verify_rows(rows=ROWS.filter(pk=later.pk), by=desk)
    by_month = sums_by_month(base, ["trained"], date(2024, 4, 1), date(2024, 9, 30))
    assert (by_month[date(2024, 4, 1)]["trained"], by_month[date(2024, 9, 1)]["trained"]) == (
        Amount(), Amount(Fraction(1), Fraction(1)),
    )  # fmt: skip
    share = next(each for each in base.edition.indicators if each.key == "certified")
    assert indicator_value(base, share, YEAR, verified=True) == 100
    assert indicator_value(base, share, Period(date(2023, 1, 1), date(2023, 12, 31)), verified=False) is None


def test_a_span_cut_inside_a_month_is_taken_from_rows_and_many_bases_cost_one_query(
    shunyi: Jurisdiction, django_assert_num_queries: Any
) -> None:
    bases = [make_base(shunyi, "ts") for _ in range(2)]
    for at, base in enumerate(bases):
        by = reporter(base)
        for serial, on in enumerate(("2024-05-06", "2024-05-20", "2024-06-30", "2024-07-01")):
            add(base, by, 10 * at + serial, on)
    cut = Period(date(2024, 5, 7), date(2024, 6, 30))
    with django_assert_num_queries(2):
        assert of(bases[0], period=cut) == (2, 0)
    assert [row.on.day for row in source_rows(bases[0], "certified", cut)] == [20, 30]
    with django_assert_num_queries(1):
        found = sums_of_bases([base.pk for base in bases], ["certified"], date(2024, 5, 1), date(2024, 6, 30))
    assert {int(each["certified"].reported) for each in found.values()} == {3}


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_equal_the_rows_after_any_history(shunyi: Jurisdiction, seed: int) -> None:
    """Thirty random acts; the sums are counted again here, by the rule and not by the code."""
    base, draw = make_base(shunyi, "ts"), Random(seed)  # noqa: S311 - a seeded history
    by, desk = reporter(base), officer(base)
    call = base.source.application.call
    call.settings = {**call.settings, "certificate.count": draw.choice(["persons", "person_times"])}
    call.save()
    base.refresh_from_db()
    with clock.travel(SPRING):
        for serial in range(30):
            on = date(2024, 3, 1) + timedelta(days=draw.randrange(200))
            act, rows = draw.randrange(6), list(ROWS.filter(base=base, withdrawn_at=None))
            row = draw.choice(rows) if rows else None
            values = certificate(serial, on.isoformat(), id_number=id_number(draw.randrange(4)))
            if row is None or act < 2:
                records.add_row(base=base, ledger="certificates", values=values, by=by)
            elif row.state != "verified" and act == 2:
                records.change_row(row=row, values=values, by=by)
            elif row.state != "verified" and act == 3:
                records.withdraw_row(row=row, reason="测试", by=by)
            elif row.state == "reported":
                records.verify_rows(rows=ROWS.filter(pk=row.pk), by=desk)
            elif row.state == "verified":
                records.reject_rows(rows=ROWS.filter(pk=row.pk), reason="测试", by=desk)
            else:
                records.reopen_rows(rows=ROWS.filter(pk=row.pk), reason="测试", by=desk)
    _as_the_rule_says(base)
    assert check_figures(base_pk=base.pk) == []


def _as_the_rule_says(base: Base) -> None:
    standing = [row for row in ROWS.filter(base=base) if row.holds]
    once = base.edition.tallies[3].counts_once(base.setting_values)
    keys = {(row.person_hash if once is Once.PERSON else row.certificate) for row in standing}
    verified = {
        (row.person_hash if once is Once.PERSON else row.certificate) for row in standing if row.state == "verified"
    }
    assert of(base, period=Period(base.recognised_on, date(2026, 12, 31))) == (len(keys), len(verified))


@pytest.mark.rule("P3-17")
def test_names_and_numbers_lie_open_nowhere_and_looking_is_recorded(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi, "ts")
    by, number = reporter(base), id_number(7)
    row = add(base, by, 7, name="欧阳测试")
    records.change_row(row=row, values=certificate(7, level="二级/技师", name="欧阳测试", id_number=number), by=by)
    row.refresh_from_db()
    assert records.reveal_row(row=row, reason="核对取证情况", by=officer(base)) == [
        ("姓名", "欧阳测试"), ("身份证号码", number),
    ]  # fmt: skip
    with pytest.raises(Refused, match="查看原因"):
        records.reveal_row(row=row, reason="看", by=by)
    with pytest.raises(PermissionDenied):
        records.reveal_row(row=row, reason="核对取证情况", by=make_actor("supervisor", make_office(shunyi)))
    event = Event.objects.get(action="personal.reveal")
    assert (event.reason, event.data["row"]) == ("核对取证情况", row.pk)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            text = str(cursor.fetchall())
            assert number not in text, table
            assert "欧阳测试" not in text, table


def test_keys_can_be_changed_and_a_person_is_known_again(shunyi: Jurisdiction) -> None:
    base = make_base(shunyi, "ts")
    row = add(base, reporter(base), 1)
    before = (row.personal, row.person_hash)
    with override_settings(PERSONAL_KEYS=["new", "development-personal-key"], PERSONAL_HASH_KEY="other"):
        call_command("personal", "rotate", stdout=StringIO())
        row.refresh_from_db()
        assert row.personal != before[0]
        assert row.person_hash != before[1]
        with pytest.raises(Refused, match="完全相同"):
            add(base, reporter(base), 1)
    with override_settings(PERSONAL_KEYS=["new"]):
        assert records.reveal_row(row=row, reason="核对取证情况", by=officer(base))[1][1] == id_number(1)


def test_the_command_finds_a_figure_that_is_not_the_sum_of_its_rows(shunyi: Jurisdiction, capsys: Any) -> None:
    base = make_base(shunyi, "ts")
    add(base, reporter(base), 1)
    call_command("figures", "verify")
    Figure.objects.filter(base=base, tally="certified").update(reported=5)
    with pytest.raises(CommandError):
        call_command("figures", "verify", str(base.pk))
    assert "certified 2024-05: rows 1/0" in capsys.readouterr().out
    call_command("figures", "rebuild")
    call_command("figures", "verify")
    ROWS.filter(base=base).update(counted="")
    assert len(check_figures(base_pk=base.pk)) == 3
