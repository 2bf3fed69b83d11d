import json
from datetime import date

import pytest

from portal.calendars import holiday_file, services
from portal.calendars.holiday_file import CalendarFileInvalid, read_holiday_file
from tests.calendars.years import SHIPPED_YEARS, made_up_file, shipped_file


def changed(**rows) -> dict:
    """The file of 2024 with the days named `d2024_09_14` replaced (None: left out)."""
    file = shipped_file(2024)
    by_date = {name[1:].replace("_", "-"): row for name, row in rows.items()}
    kept = [day for day in file["days"] if day["date"] not in by_date]
    return {**file, "days": kept + [row for row in by_date.values() if row]}


def errors_of(content, year=2024, **options) -> list[str]:
    with pytest.raises(CalendarFileInvalid) as refused:
        read_holiday_file(content, year, **options)
    return refused.value.errors


@pytest.mark.parametrize("year", SHIPPED_YEARS)
def test_every_shipped_year_is_sound_and_names_its_document(year):
    file = shipped_file(year)
    adjustments = read_holiday_file(file, year)
    assert len(adjustments) == len(file["days"])
    assert services.DOCUMENT_NUMBER.fullmatch(file["papers"][0])
    assert f"〔{year - 1}〕" in file["papers"][0]


def test_exactly_these_years_are_shipped():
    assert sorted(int(path.stem) for path in services.DATA_DIR.glob("*.json")) == list(SHIPPED_YEARS)


@pytest.mark.parametrize(
    ("year", "worked_weekends"),
    [
        (2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
    ],
)
def test_the_worked_weekends_are_those_of_the_notice(year, worked_weekends):
    worked = [a.date for a in read_holiday_file(shipped_file(year), year) if a.is_workday]
    assert worked == [date.fromisoformat(f"{year}-{day}") for day in worked_weekends.split()]


@pytest.mark.parametrize("content", ['{"year": 2027, "papers": [], "days": []}', "{}", '{"year": 2027, "days": null}'])
def test_an_empty_file_counts_as_not_loaded(content):
    assert errors_of(content, 2027) == ["文件中没有2027年的任何放假安排（空文件），视为未导入。"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", b"\xff\xfe"])
def test_what_is_no_json_object_is_refused(content):
    assert len(errors_of(content)) == 1


def test_bytes_with_a_byte_order_mark_are_read():
    content = json.dumps(shipped_file(2024)).encode("utf-8-sig")
    assert read_holiday_file(content, 2024) == read_holiday_file(shipped_file(2024), 2024)


def test_a_file_of_another_year_is_refused():
    assert errors_of(shipped_file(2024), 2025) == ["文件写的是“2024”年，要导入的是2025年。"]


def test_days_of_another_year_are_refused():
    file = {**shipped_file(2024), "year": 2025}
    errors = errors_of(file, 2025)
    assert errors[0] == "2024-01-01 不在2025年（或上年12月）内。"
    assert len(errors) == len(file["days"])


@pytest.mark.parametrize(
    "row",
    [
        {"name": "元旦", "date": "2024-13-01", "isOffDay": True},
        {"name": "元旦", "date": None, "isOffDay": True},
        {"name": "元旦", "date": "2024-01-02"},
        {"name": None, "date": "2024-01-02", "isOffDay": True},
        {"name": " ", "date": "2024-01-02", "isOffDay": True},
        {"name": "元旦", "date": "2024-01-02", "isOffDay": "yes"},
        "2024-01-02",
    ],
)
def test_a_row_that_cannot_be_read_is_named(row):
    file = shipped_file(2024)
    assert len(errors_of({**file, "days": [*file["days"], row]})) == 1


def test_a_date_twice_is_refused_even_when_both_say_the_same():
    file = shipped_file(2024)
    assert errors_of({**file, "days": [*file["days"], file["days"][0]]}) == ["2024-01-01 重复出现 2 次。"]


def test_a_weekday_is_no_make_up_day():
    file = changed(d2024_09_13={"name": "中秋节", "date": "2024-09-13", "isOffDay": False})
    assert errors_of(file) == ["2024-09-13 不是周末，不能是调休上班日。"]


def test_a_partial_file_names_every_festival_that_is_missing():
    file = {**shipped_file(2024), "days": shipped_file(2024)["days"][:1]}
    errors = errors_of(file)
    missing = ("春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
    assert errors[: len(missing)] == [f"安排不完整：没有“{name}”放假。" for name in missing]
    assert "安排不完整：10月2日是法定节假日，文件中不放假。" in errors


@pytest.mark.parametrize("left_out", ["d2024_09_14", "d2024_09_16", "d2024_10_07"])
def test_one_day_left_out_is_noticed_by_the_total(left_out):
    (error,) = errors_of(changed(**{left_out: None}))
    assert error.startswith("放假与调休的天数对不上")


def test_the_total_may_be_accepted_and_nothing_else():
    file = changed(d2024_09_14=None)
    assert len(read_holiday_file(file, 2024, accept_total=True)) == len(shipped_file(2024)["days"]) - 1
    assert errors_of({**file, "days": file["days"][:1]}, accept_total=True)


@pytest.mark.parametrize(("year", "legal"), [(2024, 11), (2025, 13)])
def test_the_legal_days_changed_in_2025(year, legal):
    assert holiday_file.legal_holidays(year) == legal


def test_the_year_may_be_read_from_the_file():
    assert holiday_file.year_of(json.dumps(made_up_file(2027))) == 2027
    with pytest.raises(CalendarFileInvalid, match="年度"):
        holiday_file.year_of({"days": []})
