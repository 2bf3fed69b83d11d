import json
from datetime import date, timedelta

import pytest

from portal.calendars import services
from portal.calendars.enums import CalendarState
from portal.calendars.holiday_file import CalendarFileInvalid, dates_of
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.signals import calendar_imported
from portal.calendars.working_days import MissingCalendarYear
from tests.calendars.years import SHIPPED_YEARS, made_up_file, official_days, shipped_file

pytestmark = pytest.mark.django_db
SOURCE = "国办发明电〔2026〕9号"


@pytest.fixture
def news():
    received = []

    def note(sender, signal, **facts):
        received.append(facts)

    calendar_imported.connect(note)
    yield received
    calendar_imported.disconnect(note)


def import_2027(**options):
    defaults = {"year": 2027, "content": made_up_file(2027), "source_document": SOURCE, "by": "系统管理员"}
    return services.import_calendar(**{**defaults, **options})


def stored(year: int) -> dict:
    rows = CalendarDay.objects.filter(calendar_year__year=year).order_by("pk")
    return {row.date: (row.pk, row.is_workday, row.name, row.source_document) for row in rows}


def test_migrating_loads_the_official_years_whole():
    assert list(CalendarYear.objects.values_list("year", "state")) == [(y, "official") for y in SHIPPED_YEARS]
    rows = CalendarDay.objects.values_list("date", "is_workday", "name")
    assert {day: (works, name) for day, works, name in rows} == {
        day: (known.is_workday, known.name) for day, known in official_days().items()
    } | {date(2022, 12, 31): (False, "元旦")}


def test_every_row_says_which_document_it_rests_on():
    assert CalendarDay.objects.get(date=date(2026, 2, 14)).source_document == "国办发明电〔2025〕7号"
    assert CalendarDay.objects.get(date=date(2022, 12, 31)).source_document == "国办发明电〔2022〕16号"
    assert not CalendarDay.objects.filter(source_document="").exists()


def test_loading_again_touches_nothing():
    before = stored(2024)
    assert services.load_shipped_calendars() == []
    assert stored(2024) == before


def test_a_year_that_was_deleted_is_loaded_again():
    CalendarYear.objects.filter(year=2022).delete()
    assert services.load_shipped_calendars() == [2022]
    assert CalendarDay.objects.get(date=date(2022, 12, 31)).name == "元旦"  # said by the notice for 2023


def test_an_import_stores_one_row_a_date(news, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        result = import_2027()
    assert (result.year, result.changed_dates, result.replaced_demo) == (2027, 365, False)
    assert list(stored(2027)) == dates_of(2027)
    assert [(n["year"], n["by"], n["reason"], n["source_document"]) for n in news] == [
        (2027, "系统管理员", "import", SOURCE)
    ]


def test_the_same_import_again_changes_nothing_and_is_no_news(news, django_capture_on_commit_callbacks):
    import_2027()
    before = stored(2027), CalendarYear.objects.values().get(year=2027)
    with django_capture_on_commit_callbacks(execute=True):
        assert import_2027(by="另一人").changed_dates == 0
    assert (stored(2027), CalendarYear.objects.values().get(year=2027)) == before
    assert news == []


def test_an_amended_import_rewrites_only_what_differs():
    import_2027()
    before = stored(2027)
    file = made_up_file(2027)
    moved = next(day for day in file["days"] if day["name"] == "端午节")
    moved["date"] = (date.fromisoformat(moved["date"]) + timedelta(days=1)).isoformat()
    assert import_2027(content=file).changed_dates == 2
    after = stored(2027)
    assert len([day for day in after if after[day] != before[day]]) == 2


@pytest.mark.parametrize("content", ['{"year": 2027, "papers": [], "days": []}', "", "[]"])
def test_an_empty_file_leaves_the_year_unloaded(content):
    with pytest.raises(CalendarFileInvalid):
        import_2027(content=content)
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize("source", ["", "  ", "网上看到的", "国办发明电2025 7号"])
def test_a_source_is_a_document_number(source):
    with pytest.raises(CalendarFileInvalid, match="来源文号"):
        import_2027(source_document=source)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_refused_file_leaves_what_was_loaded():
    before = stored(2024)
    with pytest.raises(CalendarFileInvalid):
        services.import_calendar(
            year=2024, content={"year": 2024, "days": []}, source_document="国办发明电〔2023〕7号", by="系统管理员"
        )
    assert stored(2024) == before


def notice_with_last_december() -> dict:
    """2027 begins with a worked Saturday 2026-12-26 and Thursday 2026-12-31 off."""
    file = made_up_file(2027)
    file["days"] += [
        {"name": "元旦", "date": "2026-12-26", "isOffDay": False},
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
    ]
    return file


def december(year: int) -> list[bool]:
    days = (date(year, 12, 26), date(year, 12, 31))
    return [CalendarDay.objects.get(date=day).is_workday for day in days]


def test_a_notice_may_change_the_december_before_it():
    assert december(2026) == [False, True]
    assert import_2027(content=notice_with_last_december()).changed_dates == 365 + 2
    assert december(2026) == [True, False]
    assert CalendarDay.objects.get(date=date(2026, 12, 31)).source_document == SOURCE


def test_the_order_of_loading_two_years_does_not_matter():
    CalendarYear.objects.filter(year=2026).delete()
    import_2027(content=notice_with_last_december())
    services.load_shipped_calendars()
    assert december(2026) == [True, False]


def test_an_amended_notice_gives_december_back():
    import_2027(content=notice_with_last_december())
    import_2027()
    assert december(2026) == [False, True]


def test_a_day_is_corrected_by_a_later_document(news, django_capture_on_commit_callbacks):
    day = date(2026, 5, 6)
    with django_capture_on_commit_callbacks(execute=True):
        row = services.correct_day(
            day=day, is_workday=False, name="劳动节", source_document="国办发明电〔2026〕2号", by="系统管理员"
        )
    assert (row.is_workday, row.name, row.source_document) == (False, "劳动节", "国办发明电〔2026〕2号")
    assert [(n["year"], n["reason"], n["changed_dates"]) for n in news] == [(2026, "correction", 1)]
    import_2027()
    assert not CalendarDay.objects.get(date=day).is_workday  # importing the next year keeps it
    services.load_shipped_calendars()
    assert not CalendarDay.objects.get(date=day).is_workday


def test_importing_a_year_again_drops_its_corrections():
    day = date(2026, 5, 6)
    source = "国办发明电〔2025〕7号"
    services.correct_day(day=day, is_workday=False, name="", source_document=source, by="系统管理员")
    again = services.import_calendar(year=2026, content=shipped_file(2026), source_document=source, by="系统管理员")
    assert again.changed_dates == 1
    assert CalendarDay.objects.get(date=day).is_workday


def test_a_day_of_a_year_not_loaded_cannot_be_corrected():
    with pytest.raises(MissingCalendarYear, match="缺少2027年工作日历"):
        services.correct_day(day=date(2027, 1, 4), is_workday=False, name="", source_document=SOURCE, by="系统管理员")


def test_a_demo_year_is_monday_to_friday_and_says_what_it_is():
    year = services.ensure_demo_year(year=2030, by="演示")
    assert (year.state, year.get_state_display()) == (CalendarState.DEMO, "演示日历（非官方）")
    assert {day: works for day, (_, works, _, _) in stored(2030).items()} == {
        day: day.weekday() < 5 for day in dates_of(2030)
    }
    assert {source for *_, source in stored(2030).values()} == {"演示日历（非官方）"}


def test_a_demo_year_never_replaces_a_loaded_one():
    before = stored(2026)
    assert services.ensure_demo_year(year=2026, by="演示").state == CalendarState.OFFICIAL
    assert stored(2026) == before
    first = services.ensure_demo_year(year=2030, by="演示")
    rows = stored(2030)
    assert services.ensure_demo_year(year=2030, by="演示") == first
    assert stored(2030) == rows


def test_an_official_import_replaces_a_demo_year():
    services.ensure_demo_year(year=2027, by="演示")
    result = import_2027(content=json.dumps(made_up_file(2027)))
    assert result.replaced_demo
    year = CalendarYear.objects.get(year=2027)
    assert (year.state, year.source_document, year.imported_by) == (CalendarState.OFFICIAL, SOURCE, "系统管理员")
    assert {source for *_, source in stored(2027).values()} == {SOURCE}


def test_a_shipped_year_replaces_a_demo_year():
    CalendarYear.objects.filter(year=2026).delete()
    services.ensure_demo_year(year=2026, by="演示")
    assert services.load_shipped_calendars() == [2026]
    assert CalendarYear.objects.get(year=2026).state == CalendarState.OFFICIAL


def test_production_makes_no_demo_years(settings):
    settings.PORTAL_ALLOW_DEMO_CALENDAR = False
    with pytest.raises(services.DemoCalendarRefused, match="正式环境不得使用演示日历"):
        services.ensure_demo_year(year=2030, by="演示")
    assert not CalendarYear.objects.filter(year=2030).exists()
