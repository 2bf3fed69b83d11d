"""`manage.py documents verify`: draw stored documents again and compare them byte for byte."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.documents.models import Document
from portal.documents.verification import Sealed, verify_documents

SEALED = (
    "由 {provider} 加盖电子印章，盖章前的内容与重新生成的一致，印章本身请用签章软件验证。"
    "Sealed by another; drawn as before; the seal itself is not verified here."
)


class Command(BaseCommand):
    """Exit code 0 when every document is what it was, 1 with a list when one is not."""

    help = "Re-render stored documents from their sources and compare them with the stored files, byte for byte."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and, if wanted, which documents."""
        parser.add_argument("task", choices=["verify"])
        parser.add_argument(
            "--code", action="append", metavar="CODE", help="only the document with this code; repeatable"
        )
        parser.add_argument("--kind", help="only documents of one kind, such as certificate")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report in both languages."""
        documents = Document.objects.all()
        if options["code"]:
            documents = documents.filter(code__in=[code.upper() for code in options["code"]])
        if options["kind"]:
            documents = documents.filter(kind=options["kind"])
        count, wrong, stamped = 0, 0, 0
        for finding in verify_documents(documents):
            count += 1
            if finding is None:
                continue
            found = f"{finding.document.code} {finding.document.title}（第 {finding.document.version} 版）"
            if isinstance(finding, Sealed):
                stamped += 1
                self.stdout.write(f"{found}：{SEALED.format(provider=finding.provider)}")
                continue
            wrong += 1
            self.stdout.write(self.style.ERROR(f"{found}：{finding.text}。{finding.english}."))
        if options["code"] and not count:
            raise CommandError("没有这个核验码的已生成文书。No rendered document has this code.")
        if wrong:
            raise CommandError(f"{count} 份文书中 {wrong} 份不一致。{wrong} of {count} documents do not match.")
        same = count - stamped
        self.stdout.write(self.style.SUCCESS(f"{same} 份文书逐字节一致。{same} documents match byte for byte."))
        if stamped:
            self.stdout.write(f"{stamped} 份加盖了电子印章。{stamped} bear an electronic seal.")
