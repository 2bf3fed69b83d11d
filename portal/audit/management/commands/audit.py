"""`manage.py audit verify`: check the event log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.audit.models import Chain
from portal.audit.verification import verify

SHOWN = 200


class Command(BaseCommand):
    """Exit code 0 when the log is sound, 1 with a report when it is not."""

    help = "Verify the event log: changed, missing, cut-off, reordered or forged events."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and, if wanted, one object."""
        parser.add_argument("task", choices=["verify"])
        parser.add_argument("--object", metavar="app.Model:pk", help="only the chain of one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report in both languages."""
        chains = Chain.objects.all()
        if key := options["object"]:
            chains = chains.filter(key=key.lower())
            if not chains.exists():
                raise CommandError(f"没有对象 {key} 的事件。No events of {key}.")
        report = verify(chains, whole=not key)
        self.stdout.write(
            f"已校验 {report.chains} 条事件链、{report.events} 条事件。"
            f"Verified {report.chains} chains, {report.events} events."
        )
        for finding in report.findings[:SHOWN]:
            self.stdout.write(self.style.ERROR(f"{finding.text}。{finding.english}."))
        if not report.sound:
            raise CommandError(
                f"发现 {len(report.findings)} 处异常，审计日志不可信。{len(report.findings)} findings: do not trust the log."
            )
        self.stdout.write(self.style.SUCCESS("未发现异常。The log is sound."))
