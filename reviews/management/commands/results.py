"""`manage.py results`: `verify CALL`, `verify RECORD.json` or both works a call's result out again and compares.

`simulate` makes a call up and shows what the diagnostics find in it (docs/scoring.md).
Further subcommands are functions of this shape: a name, `add_arguments`, `handle`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from applications.models import Call
from portal.policy.simulation import Setup, simulate
from portal.policy.simulation_table import table
from portal.tenancy.managers import scopes_disabled
from reviews.services.result_checks import call_findings, comparison_findings, record_findings
from reviews.services.sheet_checks import Finding


class Command(BaseCommand):
    """Exit code 0 when everything agrees, 1 when something does not; each difference is a line of its own."""

    help = "Work a call's result out again from its stored sheets, from a record file, or compare one with the other."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the subcommand and its arguments."""
        tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
        verify = tasks.add_parser("verify", help="work a result out again")
        verify.add_argument(
            "targets", nargs="+", metavar="CALL|RECORD", help="the number of a call, a record file (.json), or both"
        )

        made_up = tasks.add_parser("simulate", help="make a call up with biased experts and show what is found of them")
        for name, usual in (("files", 300), ("experts", 7), ("seed", 1)):
            made_up.add_argument(f"--{name}", type=int, default=usual)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["task"] == "simulate":
            self._simulate(Setup(options["files"], options["experts"], options["seed"]))
        else:
            self._verify(options["targets"])

    def _simulate(self, setup: Setup) -> None:
        try:
            found = simulate(setup)
        except ValueError as error:
            raise CommandError("至少两家单位、两名专家。At least two files and two experts.") from error
        for line in table(found):
            self.stdout.write(line)

    def _verify(self, targets: list[str]) -> None:
        calls = [target for target in targets if target.isdigit()]
        files = [target for target in targets if not target.isdigit()]
        if len(calls) > 1 or len(files) > 1:
            raise CommandError("请给出一个批次编号、一个记录文件，或各一个。One call, one record, or one of each.")
        record = _record(files[0]) if files else None
        wrong = 0
        with scopes_disabled():
            call = _call(calls[0]) if calls else None
            if call is not None:
                wrong += self._tell(f"批次 {call.pk}《{call.title}》", call_findings(call))
            if record is not None:
                wrong += self._tell(f"记录 {files[0]}", record_findings(record))
            if record is not None and call is not None and not wrong:
                wrong += self._tell("记录与数据库", comparison_findings(record, call))
        if wrong:
            raise CommandError(f"不一致：共 {wrong} 处，见上。{wrong} differences.")
        self.stdout.write(self.style.SUCCESS("OK：全部一致。Everything matches."))

    def _tell(self, title: str, findings: Iterable[Finding]) -> int:
        """Write what was looked at, line by line; return how many differences there were."""
        self.stdout.write(title)
        wrong = 0
        for finding in findings:
            wrong += not finding.sound
            mark = "一致" if finding.sound else "不一致"
            self.stdout.write(f"  [{mark}] {finding.text}")
        return wrong


def _call(number: str) -> Call:
    call: Call | None = Call.objects.select_related("jurisdiction").filter(pk=int(number)).first()
    if call is None:
        raise CommandError(f"没有编号为 {number} 的批次。No such call.")
    return call


def _record(path: str) -> dict[str, Any]:
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"记录文件无法读取。The record cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise CommandError("记录文件不是评分计算记录。The file is no record of a result.")
    return record
