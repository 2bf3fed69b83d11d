"""`manage.py personal rotate` encrypts and hashes the personal data of ledgers anew, after a key was changed (README.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.services.rotation import rotate_accounts, rotate_rows
from portal.tenancy.managers import scopes_disabled


class Command(BaseCommand):
    """Running it twice changes nothing that anybody sees."""

    help = "Encrypt the personal data of ledgers with the first of PERSONAL_KEYS and hash it with PERSONAL_HASH_KEY."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the subcommand."""
        parser.add_argument("task", choices=("rotate",))

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through every row of every jurisdiction."""
        done = 0
        with scopes_disabled():
            for done in rotate_rows():
                self.stdout.write(f"{done} rows")
            accounts = rotate_accounts()
        self.stdout.write(f"done: {done} rows, {accounts} bank accounts")
