import json

import pytest
from django.core.management import CommandError, call_command

from portal.calendars.models import CalendarYear
from tests.calendars.years import made_up_file

pytestmark = pytest.mark.django_db
SOURCE = "国办发明电〔2026〕9号"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(made_up_file(2027)), encoding="utf-8")
    return path


def test_status_lists_the_years_and_what_is_missing(capsys, settings):
    settings.PORTAL_CLOCK_AT = "2026-11-21T09:00:00+08:00"
    call_command("calendar", "status")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert lines[0] == "2026  官方  国办发明电〔2025〕7号  工作日248天"
    assert lines[-1].startswith("2027  未导入")


def test_import_takes_the_year_from_the_file_and_may_run_twice(capsys, file):
    call_command("calendar", "import", str(file), "--source", SOURCE)
    call_command("calendar", "import", str(file), "--source", SOURCE)
    assert capsys.readouterr().out.splitlines() == [
        "2027年工作日历：变更365天",
        "2027年工作日历：与已有内容一致，未作变更",
    ]
    assert CalendarYear.objects.get(year=2027).source_document == SOURCE


def test_import_prints_every_complaint(file):
    file.write_text(json.dumps({"year": 2027, "days": made_up_file(2027)["days"][:1]}), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("calendar", "import", str(file), "--source", SOURCE)
    assert "没有“春节”放假" in str(refused.value)
    assert "没有“国庆节”放假" in str(refused.value)


def test_import_of_another_year_or_no_file_is_refused(file, tmp_path):
    with pytest.raises(CommandError, match="要导入的是2028年"):
        call_command("calendar", "import", str(file), "--year", "2028", "--source", SOURCE)
    with pytest.raises(CommandError, match="无法读取文件"):
        call_command("calendar", "import", str(tmp_path / "none.json"), "--source", SOURCE)


def test_load_fills_what_is_missing(capsys):
    call_command("calendar", "load")
    CalendarYear.objects.filter(year=2025).delete()
    call_command("calendar", "load")
    assert capsys.readouterr().out.splitlines() == ["内置年度均已导入", "已导入：2025"]
