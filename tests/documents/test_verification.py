"""A document can be drawn again, in another process and years later, byte for byte; and what cannot is found."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.documents.models import Document
from portal.documents.services.issue import render_pending
from portal.tenancy.models import Jurisdiction
from tests.documents.test_issue import issued
from tests.factories import make_unit

DRAW = (
    "import hashlib, sys; from portal.documents.rendering.engine import render; "
    "print(hashlib.sha256(render(sys.stdin.read()).pdf).hexdigest())"
)


@pytest.fixture
def document(hangzhou: Jurisdiction) -> Document:
    pending = issued(make_unit())
    render_pending(document_id=pending.pk)
    return Document.objects.get(pk=pending.pk)


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("documents", "verify", *arguments, stdout=out)
    return out.getvalue()


def test_another_process_draws_the_same_bytes(document: Document) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        input=document.source,
        capture_output=True,
        check=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
    )
    assert done.stdout.strip() == document.sha256


def test_an_archive_as_it_was_is_confirmed(document: Document) -> None:
    assert "1 份文书逐字节一致" in verify()
    assert "1 份文书逐字节一致" in verify("--code", document.code.lower())
    assert "0 份文书" in verify("--kind", "certificate")
    with pytest.raises(CommandError, match="没有这个核验码"):
        verify("--code", "0000-0000-0000-0000")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("file", "PDF 文件已被改动"),
        ("gone", "存储中没有 PDF 文件"),
        ("source", "重新生成的结果不同。"),
        ("fonts", "重新生成的结果不同：文件字体已更换"),
        ("unprintable", "无法重新生成：文件引用了未随附的内容：http://evil.example/x.png"),
    ],
)
def test_a_mismatch_is_listed_with_its_reason(document: Document, damage: str, says: str) -> None:
    path = Path(document.content.path)
    if damage == "file":
        path.write_bytes(path.read_bytes() + b"\n")
    elif damage == "gone":
        path.unlink()
    elif damage == "unprintable":
        source = document.source.replace("<p>", '<img src="http://evil.example/x.png"><p>', 1)
        Document.objects.filter(pk=document.pk).update(source=source)
    else:
        changed = {"source": document.source.replace("现予受理", "不予受理")}
        Document.objects.filter(pk=document.pk).update(**changed, **({"fonts": "0" * 64} if damage == "fonts" else {}))
    out = StringIO()
    with pytest.raises(CommandError, match="1 份文书中 1 份不一致"):
        call_command("documents", "verify", stdout=out)
    assert f"{document.code} 受理通知书（第 1 版）：{says}" in out.getvalue()
