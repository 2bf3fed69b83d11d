"""`manage.py calendar status | import FILE --source … | load`: the working-day calendars of the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.calendars import clock, selectors, services
from portal.calendars.holiday_file import CalendarFileInvalid, year_of


class Command(BaseCommand):
    help = "查看、导入国务院办公厅公布的工作日历"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the three actions."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="列出已导入的年度")
        actions.add_parser("load", help="导入平台内置的官方年度（已导入的不动）")
        importing = actions.add_parser("import", help="导入一个年度文件（holiday-cn 格式 JSON）")
        importing.add_argument("file", type=Path)
        importing.add_argument("--year", type=int, help="年度，例如 2027；不写则以文件为准")
        importing.add_argument("--source", required=True, help="来源文号，例如 国办发明电〔2025〕7号")
        importing.add_argument("--accept-total", action="store_true", help="放假天数与法定天数不符时仍然导入")

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        """Run the action that was named."""
        {"status": self.show_status, "load": self.load, "import": self.import_file}[action](**options)

    def show_status(self, **_options: Any) -> None:
        """One line a year, then what is missing."""
        for row in selectors.calendar_years():
            self.stdout.write(
                f"{row.year}  {row.get_state_display()}  {row.source_document}  工作日{row.workday_count}天"
            )
        for year in selectors.years_to_import(clock.today()):
            self.stdout.write(self.style.WARNING(f"{year}  未导入：涉及{year}年的工作日期限一律不予计算"))

    def load(self, **_options: Any) -> None:
        """Load what ships with the portal."""
        added = services.load_shipped_calendars()
        self.stdout.write(f"已导入：{'、'.join(map(str, added))}" if added else "内置年度均已导入")

    def import_file(self, *, file: Path, year: int | None, source: str, accept_total: bool, **_options: Any) -> None:
        """Import one file; every complaint is printed, nothing is half done."""
        try:
            content = file.read_bytes()
            result = services.import_calendar(
                year=year or year_of(content),
                content=content,
                source_document=source,
                by="命令行",
                accept_total=accept_total,
            )
        except OSError as error:
            raise CommandError(f"无法读取文件 {file}：{error.strerror}") from error
        except CalendarFileInvalid as error:
            raise CommandError("\n".join(error.errors)) from error
        changed = f"变更{result.changed_dates}天" if result.changed_dates else "与已有内容一致，未作变更"
        self.stdout.write(self.style.SUCCESS(f"{result.year}年工作日历：{changed}"))
