"""Every hostile PDF is refused in words that say how to mend it, quickly, and without harm to this process."""

import io
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from portal.documents.inspection import pdf
from portal.documents.inspection.inspecting import inspect
from portal.documents.inspection.rules import Rules
from tests.documents import hostile

RULES = Rules(max_bytes=50 * 1024**2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (hostile.encrypted(user="secret"), pdf.MESSAGES["encrypted"]),
        (hostile.encrypted(user=""), pdf.MESSAGES["restricted"]),
        (hostile.plain(9)[:-400], pdf.MESSAGES["truncated"]),
        (hostile.plain(9)[:300] + hostile.plain(9)[-120:], pdf.MESSAGES["damaged"]),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF\n", pdf.MESSAGES["damaged"]),
        (hostile.cyclic(), pdf.MESSAGES["cyclic"]),
        (hostile.exponential(), pdf.MESSAGES["cyclic"]),
        (hostile.deep(), pdf.MESSAGES["cyclic"]),
        (hostile.flate_bomb(), pdf.MESSAGES["bomb"]),
        (hostile.flate_bomb(layers=2), pdf.MESSAGES["bomb"]),
        (hostile.picture_bomb(), pdf.MESSAGES["bomb"]),
        (hostile.plain(5001), pdf.MESSAGES["endless"]),
        (hostile.plain(0), pdf.MESSAGES["damaged"]),
        (hostile.plain(box=""), pdf.MESSAGES["no-size"].format(page=1)),
        (hostile.plain(box="/MediaBox [0 0 90000 5]"), pdf.MESSAGES["odd-size"].format(page=1, detail="31750 × 2")),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[4:18],
)
def test_a_hostile_or_broken_file_is_refused(content: bytes, message: str):
    start = time.monotonic()
    found = inspect(content, filename="申报表.pdf", rules=RULES)
    assert found.problems == (f"“申报表.pdf”：{message}。",)
    assert found.pages is None
    assert time.monotonic() - start < pdf.WALL_CLOCK


def test_pages_are_counted_not_believed():
    assert inspect(hostile.plain(7, claimed=1), filename="a.pdf", rules=RULES).pages == 7
    assert inspect(hostile.plain(7, claimed=10**9), filename="a.pdf", rules=RULES).pages == 7


@pytest.mark.parametrize(("pages", "word"), [(1, "至少应有 2 页"), (2, None), (4, None), (5, "超过上限 4 页")])
def test_limits_on_pages(pages: int, word: str | None):
    found = inspect(hostile.plain(pages), filename="a.pdf", rules=Rules(min_pages=2, max_pages=4))
    assert [word in problem for problem in found.problems] == ([True] if word else [])


def test_the_child_lowers_its_own_limits_and_not_ours():
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    assert inspect(hostile.plain(), filename="a.pdf", rules=RULES).ok
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before


def test_the_limits_are_a_gigabyte_and_ten_seconds():
    program = (
        f"import runpy, resource; runpy.run_path({str(pdf.CHILD)!r})['lower_limits']();"
        "print(*(resource.getrlimit(limit)[0] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"%d" % 1024**3, b"10"]


def test_a_child_that_cannot_answer_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    silent = tmp_path / "child.py"
    silent.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGXCPU)\n", encoding="utf-8")
    monkeypatch.setattr(pdf, "CHILD", silent)
    found = inspect(hostile.plain(), filename="a.pdf", rules=RULES)
    assert found.problems == (f"“a.pdf”：{pdf.MESSAGES['stopped']}。",)
    silent.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr(pdf, "WALL_CLOCK", 0.5)
    assert inspect(hostile.plain(), filename="a.pdf", rules=RULES).problems == found.problems


def test_what_acts_by_itself_is_found_and_taken_out():
    content = hostile.active()
    found = inspect(content, filename="a.pdf", rules=RULES)
    assert found.ok
    assert set(found.active) == {"JavaScript", "EmbeddedFiles", "AA", "Launch", "FileAttachment", "XFA"}
    cleaned = pdf.sanitise(content)
    for word in (b"JavaScript", b"EmbeddedFile", b"Launch", b"XFA", b"FileAttachment", b"MZ-embedded", b"cmd.exe"):
        assert word not in cleaned
    again = inspect(cleaned, filename="a.pdf", rules=RULES)
    assert (again.ok, again.pages, again.active) == (True, 1, ())
    links = [link.get_object() for link in PdfReader(io.BytesIO(cleaned)).pages[0]["/Annots"]]
    assert [link["/A"]["/S"] if "/A" in link else None for link in links] == [None, "/URI"]


def test_a_signed_file_that_acts_by_itself_is_refused():
    found = inspect(hostile.active(sign=True), filename="a.pdf", rules=RULES)
    assert len(found.problems) == 1
    assert "清除后签名即失效" in found.problems[0]


def test_sanitise_refuses_what_inspection_refuses():
    with pytest.raises(pdf.Refused, match="打开密码"):
        pdf.sanitise(hostile.encrypted(user="secret"))
