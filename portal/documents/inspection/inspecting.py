"""One question for every uploaded file: what is it, and may it stay?"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from portal.documents.inspection import packages, pdf, pictures
from portal.documents.inspection.rules import Inspection, Kind, Rules

CHUNK = 1024**2
SIGNATURES = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
)


def inspect(source: Path | bytes | BinaryIO, *, filename: str, rules: Rules) -> Inspection:
    """Look into `source` (a path, the bytes, or an open binary file) and judge it by `rules`.

    The content decides what it is; `filename` only appears in messages. Raises nothing for a bad file: what is wrong is
    in `problems`, each a Chinese sentence that begins with the file's name and ends with how to mend it.
    """
    with _on_disk(source) as path:
        found = _look(path, rules)
    problems = (*found.problems, *_page_problems(found, rules))
    return replace(found, problems=tuple(f"“{filename}”：{problem}。" for problem in problems))


@contextmanager
def _on_disk(source: Path | bytes | BinaryIO) -> Iterator[Path]:
    if isinstance(source, Path):
        yield source
        return
    with tempfile.NamedTemporaryFile(prefix="portal-upload-") as file:
        if isinstance(source, bytes):
            file.write(source)
        else:
            source.seek(0)
            while chunk := source.read(CHUNK):
                file.write(chunk)
            source.seek(0)
        file.flush()
        yield Path(file.name)


def _look(path: Path, rules: Rules) -> Inspection:
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as file:
        head = file.read(16)
        digest.update(head)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    found = Inspection(None, size, digest.hexdigest())
    if size == 0:
        return replace(found, problems=("文件是空的，请重新选择文件",))
    if size > rules.max_bytes:
        return replace(found, problems=(_too_big(size, rules.max_bytes),))
    try:
        kind = _kind(path, head)
    except packages.Refused as refusal:
        return replace(found, problems=(str(refusal),))
    if kind not in rules.allowed:
        what = f"内容是 {kind.label}" if kind else "不是可以识别的文件"
        return replace(found, kind=kind, problems=(f"{what}，此处只接受 {rules.allowed_labels}，请转换格式后上传",))
    return _open(path, replace(found, kind=kind))


def _too_big(size: int, limit: int) -> str:
    mega = 1024**2
    return f"大小为 {size / mega:.1f} MB，超过上限 {limit / mega:g} MB，请压缩（例如降低扫描分辨率）或拆分后上传"


def _kind(path: Path, head: bytes) -> Kind | None:
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(packages.OLD_OFFICE):
        raise packages.Refused(packages.OLD)
    return packages.kind_of(path) if head.startswith(b"PK\x03\x04") else None


def _open(path: Path, found: Inspection) -> Inspection:
    """Open a file of an accepted kind and count its pages."""
    try:
        match found.kind:
            case Kind.PDF:
                return _open_pdf(path, found)
            case Kind.OFD:
                return replace(found, pages=packages.ofd_pages(path))
            case Kind.JPEG | Kind.PNG:
                pictures.check(path, found.kind)
                return replace(found, pages=1)
    except (pdf.Refused, packages.Refused, pictures.Refused) as refusal:
        return replace(found, problems=(str(refusal),))
    return found


def _open_pdf(path: Path, found: Inspection) -> Inspection:
    facts = pdf.examine(path)
    problems = (pdf.SIGNED_ACTIVE.format(active="、".join(facts.active)),) if facts.signed and facts.active else ()
    return replace(found, pages=facts.pages, active=facts.active, problems=problems)


def _page_problems(found: Inspection, rules: Rules) -> Iterator[str]:
    if found.pages is None or found.kind not in (Kind.PDF, Kind.OFD):
        return
    if rules.max_pages is not None and found.pages > rules.max_pages:
        yield f"共 {found.pages} 页，超过上限 {rules.max_pages} 页，请删去无关页面或拆分后上传"
    if rules.min_pages is not None and found.pages < rules.min_pages:
        yield f"只有 {found.pages} 页，至少应有 {rules.min_pages} 页，请检查是否缺页后重新上传"
