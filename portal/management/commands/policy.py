"""`manage.py policy`: print an edition as JSON, check every declaration, trace every rule to its tests."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.export import export
from portal.policy.lint import lint
from portal.policy.traceability import TABLE, findings, render, titles_of, trace


class Command(BaseCommand):
    """Work on the policies themselves; nothing here touches the database."""

    help = (
        "Export a policy edition as JSON (policy export CODE), lint all of them (policy check), "
        "or write the table from each rule to its declaration and tests (policy trace)."
    )
    requires_system_checks = ()  # what the machine lacks for documents is no matter here

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `export CODE`, `check` or `trace`."""
        actions = parser.add_subparsers(dest="action", required=True)
        exporting = actions.add_parser("export", help="print one edition as JSON")
        exporting.add_argument("code", help="the code of an edition, or of a jurisdiction for its current edition")
        actions.add_parser("check", help="lint every registered edition")
        tracing = actions.add_parser("trace", help=f"write {TABLE}")
        tracing.add_argument(
            "--check", action="store_true", help="write nothing; fail on what is missing or out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; a finding, or an unknown code, ends with an error."""
        if options["action"] == "export":
            data = export(_find(options["code"]))
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        elif options["action"] == "trace":
            self._trace(only_check=options["check"])
        else:
            self._check()

    def _check(self) -> None:
        findings = [finding for edition in registry.registry for finding in lint(edition)]
        if findings:
            raise CommandError("\n".join(findings))
        for edition in registry.registry:
            self.stdout.write(f"{edition.code}: sound ({edition.title})")

    def _trace(self, *, only_check: bool) -> None:
        root = Path(settings.BASE_DIR)
        rows = trace(root, registry.registry)
        text = render(rows, titles_of(registry.registry))
        missing = findings(rows)
        table = root / TABLE
        if not only_check:
            table.write_text(text, encoding="utf-8")
            self.stdout.write(f"{TABLE}: {len(rows)} rules")
        elif not table.is_file() or table.read_text(encoding="utf-8") != text:
            missing.append(f"{TABLE} is out of date: manage.py policy trace")
        if missing:
            raise CommandError("\n".join(missing))


def _find(code: str) -> Edition:
    for look_up in (registry.get, registry.current):
        try:
            return look_up(code)
        except KeyError:
            continue
    known = ", ".join(edition.code for edition in registry.registry)
    raise CommandError(f"no edition and no jurisdiction is called {code}; editions: {known}")
