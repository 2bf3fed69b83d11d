"""The vendored fonts are the ones that the character table describes."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.documents.rendering import fontset
from portal.documents.rendering.charset import families
from portal.documents.rendering.engine import render
from portal.documents.rendering.environment import environment_report
from tests.documents.printing import page


@pytest.fixture(autouse=True)
def _fresh_fonts():
    fontset.font_files.cache_clear()
    fontset.fingerprint.cache_clear()
    yield
    fontset.font_files.cache_clear()
    fontset.fingerprint.cache_clear()


@pytest.mark.parametrize("name", sorted(families()))
def test_font_file_is_what_the_table_says(name: str):
    family, path = families()[name], fontset.VENDORED / families()[name].file
    with TTFont(path, lazy=True) as font:
        characters, name_in_file = set(font.getBestCmap()), font["name"].getDebugName(1)
        metrics = [part / font["head"].unitsPerEm for part in (font["hhea"].ascent, font["hhea"].descent)]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == family.sha256
    assert characters == family.characters
    assert 0x20 in characters
    assert name_in_file == name
    assert metrics == pytest.approx([0.88, -0.12], abs=0.001)


def test_the_official_repertoire_is_covered():
    gb2312 = {
        ord(char)
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        for char in bytes((row, cell)).decode("gb2312", errors="ignore")
    }
    assert len(gb2312) == 6763
    assert [name for name, family in families().items() if gb2312 - family.characters] == ["PF Sym"]
    assert set(range(0x4E00, 0x9FF0)) <= families()["PF Song"].characters


def test_each_source_licence_is_there():
    assert {path.name for path in (fontset.VENDORED / "licences").iterdir()} == {
        "DejaVu.txt",
        "GPL-Fandol.txt",
        "OFL-LXGW-WenKai.txt",
        "OFL-Noto-Sans-SC.txt",
        "OFL-Noto-Serif-SC.txt",
        "README-Fandol.txt",
    }


def test_a_complete_machine_lacks_nothing():
    assert environment_report() == []


def test_the_report_names_what_is_missing(settings, tmp_path: Path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    settings.PORTAL_FONT_FILES = {"PF Kai": str(tmp_path / "gone.ttf"), "PF Hei": str(broken)}
    assert environment_report() == [
        f"The font file of PF Hei is not a single TrueType or OpenType font: {broken}.",
        f"The font file of PF Kai is missing: {tmp_path / 'gone.ttf'}.",
    ]
    fontset.font_files.cache_clear()
    settings.PORTAL_FONT_FILES = {"PF Times": "x.ttf"}
    assert len(environment_report()) == 1
    assert "PF Times" in environment_report()[0]


RENDER = """
import sys, django
from django.conf import settings
settings.configure(VAR_DIR=sys.argv[1], PORTAL_FONT_FILES={"PF FangSong": sys.argv[2]})
django.setup()
from portal.documents.rendering.engine import render
sys.stdout.buffer.write(render(sys.stdin.read()).pdf)
"""


def test_a_bureau_may_set_its_own_font_for_a_family(tmp_path: Path):
    own = tmp_path / "Licensed.ttf"
    with TTFont(fontset.VENDORED / families()["PF Hei"].file) as font:
        for number in (1, 4, 6):
            font["name"].setName("Licensed", number, 3, 1, 0x409)
        font.save(own)
    html = page('<p class="fangsong">仿宋处</p><p class="hei">黑体处</p>')
    done = subprocess.run(
        [sys.executable, "-c", RENDER, str(tmp_path), str(own)], input=html.encode(), capture_output=True, check=True
    )
    names = subprocess.run(["pdffonts", "-"], input=done.stdout, capture_output=True, check=True).stdout.decode()
    assert sorted(line.split()[0].partition("+")[2] for line in names.splitlines()[2:]) == [
        "PF-FangSong",
        "PF-Hei",
        "PF-Song",  # the page number
    ]
    assert done.stdout != render(html).pdf
