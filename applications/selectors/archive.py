"""One file's papers in one archive, for a bureau's own records (P3-21): the printed form, every material, a list with hashes."""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from applications.models import Application, MaterialFile
from applications.selectors.live import printed_forms
from portal.calendars import clock
from portal.documents.models import DocumentState

IN_MEMORY = 20 * 1024**2  # bytes kept in memory; a larger archive is written to a temporary file
PIECE = 1024**2
HEAD = ("路径", "材料", "原文件名", "页数", "字节数", "SHA-256")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def archive(application: Application) -> IO[bytes]:
    """Return a ZIP, opened at its start. Files lie in numbered folders in the order of the edition's materials.

    `目录.csv` lists them with page counts and hashes, so that whoever holds the archive can check it without the portal.
    """
    packed: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    listed: list[tuple[Any, ...]] = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:  # PDFs and pictures do not shrink
        for path, title, name, kept in _entries(application):
            with kept.content.open("rb") as source, target.open(_info(path), "w") as sink:
                while piece := source.read(PIECE):
                    sink.write(piece)
            listed.append((path, title, name, kept.pages or "", kept.size, kept.sha256))
        target.writestr(_info("目录.csv"), _table(listed))
    packed.seek(0)
    return packed


def archive_name(application: Application) -> str:
    """Return what the archive is called: receipt number and unit."""
    return f"{application.number}-{_fit(application.organisation.name)}.zip"


def _entries(application: Application) -> Iterator[tuple[str, str, str, Any]]:
    form = next((each for each in printed_forms(application) if each.state == DocumentState.READY), None)
    if form is not None:
        yield f"00-{_fit(form.title)}.pdf", form.title, f"{form.title}.pdf", form
    titles = {material.key: material.title for material in application.edition.materials}
    order = {key: at for at, key in enumerate(titles, start=1)}
    files = MaterialFile.objects.filter(application=application, removed_at__isnull=True).select_related("stored")
    taken: set[str] = set()
    for each in sorted(files, key=lambda file: (order.get(file.slot, 99), file.position, file.pk)):
        title = titles.get(each.slot, each.slot)
        folder = f"{order.get(each.slot, 99):02d}-{_fit(title)[:40]}"
        path = f"{folder}/{_fit(each.stored.name)}"
        if path in taken:
            path = f"{folder}/{each.pk}-{_fit(each.stored.name)}"
        taken.add(path)
        yield path, title, each.stored.name, each.stored


def _info(path: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(path, clock.local(clock.now()).timetuple()[:6])


def _fit(name: str) -> str:
    """Return a name that every file system takes, and that leads nowhere else."""
    return _UNFIT.sub("_", name).strip(". ")[:100] or "未命名"


def _table(rows: list[tuple[Any, ...]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([HEAD, *rows])
    return b"\xef\xbb\xbf" + written.getvalue().encode()
