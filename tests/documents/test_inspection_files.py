"""A file is what its content says; what does not fit is said in words that can be acted on."""

import hashlib
import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image, ImageFile

from portal.documents.inspection import packages, pictures
from portal.documents.inspection.inspecting import inspect
from portal.documents.inspection.rules import Kind, Rules
from tests.documents import hostile

ALL = Rules(allowed=frozenset(Kind))


def workbook() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def letter() -> bytes:
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def picture(form: str, size: tuple[int, int] = (300, 200)) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(file, form)
    return file.getvalue()


SOUND = {
    Kind.PDF: (hostile.plain(2), 2),
    Kind.OFD: (hostile.ofd(3), 3),
    Kind.JPEG: (picture("JPEG"), 1),
    Kind.PNG: (picture("PNG"), 1),
    Kind.XLSX: (workbook(), None),
    Kind.DOCX: (letter(), None),
}


@pytest.mark.rule("P3-15")
@pytest.mark.rule("P3-07")
@pytest.mark.parametrize("kind", SOUND)
def test_content_decides_whatever_the_name(kind: Kind):
    content, pages = SOUND[kind]
    found = inspect(content, filename="照片.exe", rules=ALL)
    assert (found.kind, found.pages, found.problems) == (kind, pages, ())
    assert found.content_type == kind.content_type
    assert (found.size, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("kind", SOUND)
def test_a_kind_that_is_not_allowed_is_named(kind: Kind):
    others = Rules(allowed=frozenset(Kind) - {kind})
    (problem,) = inspect(SOUND[kind][0], filename="材料", rules=others).problems
    assert problem.startswith(f"“材料”：内容是 {kind.label}，此处只接受 ")
    assert kind.label not in problem.partition("只接受")[2]


def test_path_bytes_and_open_file_are_the_same(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.plain(2))
    with path.open("rb") as file:
        answers = {inspect(source, filename="a.pdf", rules=ALL) for source in (path, path.read_bytes(), file)}
        assert file.tell() == 0
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00 a program", "不是可以识别的文件"),
        (b"<html>%PDF-1.7</html>", "不是可以识别的文件"),
        (hostile.package(a_dot_txt="x"), "不是可以识别的文件"),
        (packages.OLD_OFFICE + b"\0" * 600, packages.OLD),
        (SOUND[Kind.XLSX][0][:-50], packages.DAMAGED),
        (
            hostile.package(
                **{"[Content_Types]_dot_xml": "", "xl__workbook_dot_xml": "", "xl__vbaProject_dot_bin": ""}
            ),
            packages.MACROS,
        ),
        (hostile.package(OFD_dot_xml="x", _dot__dot___evil="x"), packages.DAMAGED),
        (hostile.package(**{f"f{number}": "" for number in range(10_001)}), packages.TOO_LARGE),
        (hostile.package(OFD_dot_xml=b"\0" * (501 * 1024**2)), packages.TOO_LARGE),
        (hostile.ofd(body='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), packages.DAMAGED),
        (hostile.ofd(0), packages.DAMAGED),
        (picture("JPEG")[:-900], pictures.DAMAGED),
        (picture("PNG")[:-900], pictures.DAMAGED),
    ],
    ids=range(14),
)
def test_what_cannot_stay_is_explained(content: bytes, message: str):
    (problem,) = inspect(content, filename="材料", rules=ALL).problems
    assert message in problem
    assert problem.endswith("。")


@pytest.mark.parametrize("lenient", [True, False])
def test_a_broken_picture_is_noticed_whatever_pillow_was_told(lenient: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    (problem,) = inspect(picture("JPEG")[:-900], filename="a.jpg", rules=ALL).problems
    assert pictures.DAMAGED in problem
    assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient


def test_a_picture_with_too_many_pixels_is_refused():
    file = io.BytesIO()
    Image.new("1", (10_000, 6_001)).save(file, "PNG")
    (problem,) = inspect(file.getvalue(), filename="a.png", rules=ALL).problems
    assert "10000 × 6001 像素" in problem
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    assert "像素" in inspect(file.getvalue(), filename="a.png", rules=ALL).problems[0]


@pytest.mark.parametrize(("surplus", "ok"), [(0, True), (1, False)])
def test_size_is_limited_to_the_byte(surplus: int, ok: bool):
    content = SOUND[Kind.PDF][0]
    found = inspect(content, filename="a.pdf", rules=Rules(max_bytes=len(content) - surplus))
    assert found.ok is ok


@given(st.binary(max_size=200))
def test_no_content_makes_it_fail(content: bytes):
    found = inspect(content, filename="a", rules=Rules(allowed=frozenset(Kind) - {Kind.PDF}))
    assert found.problems
    assert found.sha256 == hashlib.sha256(content).hexdigest()
