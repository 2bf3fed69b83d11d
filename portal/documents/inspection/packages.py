"""ZIP packages: OFD, XLSX and DOCX, looked into without unpacking them."""

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from portal.documents.inspection.rules import Kind

MAX_ENTRIES = 10_000
MAX_UNPACKED = 500 * 1024**2  # bytes, all entries together
MAX_XML = 16 * 1024**2  # bytes of one description that is read here
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DAMAGED = "该文件已损坏，无法读取，请确认本机能正常打开后重新上传"
TOO_LARGE = "该文件展开后过大，无法安全打开，请精简内容（例如压缩图片）后重新上传"
ENCRYPTED = "该文件设有密码，请取消密码后重新上传"
MACROS = "该文件含有宏，请另存为不含宏的格式（.xlsx 或 .docx）后重新上传"
OLD = "该文件是旧版 Office 格式（.doc、.xls）或设有密码，请取消密码，另存为 .docx、.xlsx 或 PDF 后重新上传"


class Refused(Exception):
    """The package cannot be accepted; the message is a Chinese sentence for the person who uploaded it."""


def kind_of(path: Path) -> Kind | None:
    """What the ZIP at `path` is, by the parts it holds; None for another kind of archive. Raises `Refused`."""
    try:
        with ZipFile(path) as package:
            _check(package)
            names = set(package.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(DAMAGED) from error
    if "OFD.xml" in names:
        return Kind.OFD
    if "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused(MACROS)
        if "xl/workbook.xml" in names:
            return Kind.XLSX
        if "word/document.xml" in names:
            return Kind.DOCX
    return None


def _check(package: ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(TOO_LARGE)
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused(ENCRYPTED)
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
            raise Refused(DAMAGED)


def _read_xml(package: ZipFile, name: str) -> ElementTree.Element:
    """Parse one description. A document type is never needed here, and is how entity bombs come in."""
    if package.getinfo(name).file_size > MAX_XML:
        raise Refused(TOO_LARGE)
    content = package.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(DAMAGED)
    return ElementTree.fromstring(content)  # noqa: S314 - no document type, bounded size


def ofd_pages(path: Path) -> int:
    """Pages of an OFD (GB/T 33190-2016), counted over all its documents. Raises `Refused`."""
    try:
        with ZipFile(path) as package:
            root = _read_xml(package, "OFD.xml")
            bodies = [element.text or "" for element in root.iter() if element.tag.endswith("}DocRoot")]
            documents = [_read_xml(package, body.strip().lstrip("/")) for body in bodies]
    except (BadZipFile, KeyError, OSError, ValueError, ElementTree.ParseError) as error:
        raise Refused(DAMAGED) from error
    pages = sum(
        1
        for document in documents
        for holder in document
        if holder.tag.endswith("}Pages")
        for page in holder
        if page.tag.endswith("}Page")
    )
    if pages == 0:
        raise Refused(DAMAGED)
    return pages
