"""`manage.py draw verify RECORD`: draw again from a record alone and say whether the outcome is the same."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.policy.draw_record import differences
from portal.policy.drawing import canonical
from portal.tenancy.managers import scopes_disabled
from reviews.models import Panel
from reviews.selectors.draws import record_of


class Command(BaseCommand):
    """Exit code 0 when everything agrees, 1 with the first difference when something does not."""

    help = (
        "Repeat the draw of a record file, without a database; with --database compare it with what the portal keeps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and the record."""
        parser.add_argument("task", choices=["verify"])
        parser.add_argument("record", metavar="RECORD", help="the record file (.json) of a draw")
        parser.add_argument("--database", action="store_true", help="also compare with the draw the portal keeps")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report in both languages."""
        try:
            record = json.loads(Path(options["record"]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"记录文件无法读取。The record cannot be read: {error}") from error
        if not isinstance(record, dict):
            raise CommandError("记录文件不是抽取记录。The file is no draw record.")
        first = next(differences(record), "")
        if not first and options["database"]:
            first = _unlike_database(record)
        if first:
            raise CommandError(f"不一致：{first}。The record does not match.")
        rounds = len(record["rounds"])
        self.stdout.write(
            self.style.SUCCESS(
                f"一致：{record['application']} 共 {rounds} 轮抽取，逐轮重算结果相同。{rounds} rounds repeated, all match."
            )
        )


def _unlike_database(record: dict[str, Any]) -> str:
    """Say where the record differs from the stored draw; an empty string when nowhere."""
    with scopes_disabled():
        panels = Panel.objects.select_related("application__call", "application__organisation", "jurisdiction")
        panel = panels.filter(application__number=record["application"], stage=record["stage"]).first()
        if panel is None:
            return f"本平台没有 {record['application']} 的专家组"
        kept = record_of(panel)
    for key, value in kept.items():
        if canonical(record.get(key)) != canonical(value):
            return f"记录的“{key}”与本平台保存的不同"
    return ""
