"""`manage.py demo`: load the demonstrations, once; `--at DATE` as of a day, at which the portal then stays; `--accounts`."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.calendars import clock
from portal.calendars.selectors import demo_is_allowed
from portal.desk.demo import people, story
from portal.policy.sample import Samples, samples_of
from portal.tenancy.models import Jurisdiction
from portal.tenancy.selectors import active_jurisdictions


class Command(BaseCommand):
    """Loads the invented units, people and files of every jurisdiction that offers samples."""

    help = "Load the demonstration data (invented units and people); loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--accounts`, `--at` for the day it is, and `--only` for some of the jurisdictions."""
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument(
            "--at",
            metavar="DATE",
            help="as of this day (2026-12-31) or instant (2026-12-31T18:00); the portal stays there; `now` ends it",
        )
        parser.add_argument("--only", nargs="+", metavar="CODE", help="these jurisdictions and no others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing, then print the accounts."""
        if not demo_is_allowed():
            raise CommandError("演示数据不得装入正式环境（PORTAL_ALLOW_DEMO_CALENDAR 未开启）")
        told = [each for each in _told() if not options["only"] or each[0].code in options["only"]]
        at = _instant(options["at"]) if options["at"] else None
        if options["at"]:
            clock.fix(at)
            self.stdout.write(f"演示时间：{clock.local(at):%Y-%m-%d %H:%M}（时钟停在此刻）" if at else "已恢复实际时间")
        if not options["accounts"]:
            with clock.travel(at) if at else nullcontext():
                for jurisdiction, samples in told:
                    if story.load(jurisdiction, samples):
                        self.stdout.write(f"已装入演示数据：{jurisdiction.platform_title}")
        self.stdout.write(f"演示账号（密码均为 {people.PASSWORD}）")
        for jurisdiction, samples in told:
            self.stdout.write(f"\n{jurisdiction.platform_title}（{jurisdiction.name}）")
            for account in people.accounts(jurisdiction, samples):
                self.stdout.write(f"  {account.username:<22}{account.role}　{account.organisation}")


def _instant(said: str) -> datetime | None:
    """Read `--at`: a day means 09:00 of it in Shanghai; `now` is None."""
    if said == "now":
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise CommandError(f"日期不能识别：{said}，请写成 2026-12-31 或 2026-12-31T18:00") from error
    at = at.replace(hour=9) if "T" not in said else at
    return at if at.tzinfo else at.replace(tzinfo=clock.SHANGHAI)


def _told() -> list[tuple[Jurisdiction, Samples]]:
    """Return the places with samples, those whose usernames bear no prefix first."""
    places = [(place, samples) for place in active_jurisdictions() if (samples := samples_of(place.code))]
    return sorted(places, key=lambda each: each[1].prefixed)
