"""`manage.py money verify`: hold every account against its journal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Prefetch

from assessments.models import Account, MoneyEntry
from assessments.services.money_account import faults_of
from portal.tenancy.managers import scopes_disabled


class Command(BaseCommand):
    """Recompute each account from its journal and say where the two part."""

    help = "Hold every base's account against its journal."

    def add_arguments(self, parser: CommandParser) -> None:
        """There is one thing to do."""
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Report every account whose figures its journal does not explain; fail if there is one."""
        with scopes_disabled():
            entries = Prefetch("entries", MoneyEntry.objects.order_by("id"))
            checked, broken = 0, 0
            for account in Account.objects.select_related("base").prefetch_related(entries).iterator(chunk_size=200):
                checked += 1
                faults = faults_of(account, account.entries.all())
                broken += bool(faults)
                for fault in faults:
                    self.stderr.write(f"{account.base.certificate_number}：{fault}")
        if broken:
            raise CommandError(f"{broken} 个账户与流水不一致（共 {checked} 个）")
        self.stdout.write(f"{checked} 个账户与流水一致")
