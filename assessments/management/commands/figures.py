"""`manage.py figures verify` compares the monthly figures of bases with their rows; `rebuild` makes them anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.models import Base
from assessments.services.rollup import check_figures, rebuild_figures
from portal.tenancy.managers import scope
from portal.tenancy.selectors import active_jurisdictions


class Command(BaseCommand):
    """Exit code 0 when every figure is the sum of its rows, 1 when one was not; each difference is a line of its own."""

    help = "Compare the monthly figures of recognised bases with the rows they are sums of, or make them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and for which bases."""
        parser.add_argument("task", choices=("verify", "rebuild"))
        parser.add_argument("bases", nargs="*", type=int, metavar="BASE", help="numbers of bases; all if none is given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the bases, jurisdiction by jurisdiction."""
        look = check_figures if options["task"] == "verify" else rebuild_figures
        bases = different = 0
        for jurisdiction in active_jurisdictions():
            with scope(jurisdiction=jurisdiction):
                rows = Base.objects.filter(pk__in=options["bases"]) if options["bases"] else Base.objects.all()
                for base in rows.order_by("pk"):
                    bases += 1
                    for line in look(base_pk=base.pk):
                        different += 1
                        self.stdout.write(f"{jurisdiction.code} {base.pk}: {line}")
        self.stdout.write(f"{bases} bases, {different} differences")
        if different and options["task"] == "verify":
            raise CommandError(
                "月度数据与台账不一致，请执行 manage.py figures rebuild。Figures differ from their rows."
            )
