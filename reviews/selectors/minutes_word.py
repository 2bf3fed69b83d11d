"""The minutes as a Word file: the official layout with the official font names, the same bytes for the same minutes."""

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION_START
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from portal.calendars import clock, wording
from reviews.selectors.wording import PNG_PREFIX

TITLE, BODY, HEAD, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
SAN, ER, SI, XIAO_SI = Pt(16), Pt(22), Pt(14), Pt(12)
LINE = Pt(28)  # 22 lines in a type area of 225 mm
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP archive can say
FILES = (("序号", 12), ("申报单位", 46), ("决定", 26), ("附带条件和说明", 44), ("回避", 28))
SIGNATURES = (("姓名", 26), ("工作单位", 58), ("签名", 40), ("签名时间", 32))


def minutes_word(said: Mapping[str, Any]) -> bytes:
    """Return the .docx of minutes (`reviews.selectors.minutes.minutes`); A4, GB/T 9704 type area."""
    paper = _paper(said)
    _line(paper, said["heading"], font=TITLE, size=ER, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if not said["sha256"]:
        _line(paper, "（草稿，尚未定稿）", align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    _line(paper, "")
    for label, text in said["facts"]:
        _line(paper, f"{label}：", text, font=HEAD)
    _heading(paper, "一、到会情况")
    for text in said["attended"]:
        _line(paper, text)
    _heading(paper, "二、议决情况")
    _line(paper, said["outcome"])
    _table(paper, FILES, [_file_row(each) for each in said["files"]])
    _heading(paper, "三、讨论情况")
    for text in said["discussion"].splitlines() or ["无。"]:
        if text.strip():
            _line(paper, text.strip())
    _heading(paper, "四、到会专家签名")
    if said["sha256"]:
        _line(paper, f"以下签名所签内容的摘要 SHA-256：{said['sha256']}", size=Pt(9), indent=False)
    _sign(_table(paper, SIGNATURES, [_person_row(each) for each in said["there"]]), said["there"])
    _whole_rows(paper)
    return _deterministic(paper)


def _file_row(each: Mapping[str, Any]) -> list[str]:
    decided = "\n".join(part for part in (each["decided"] or "未填写", each["votes_words"]) if part)
    said = [f"条件：{each['conditions']}" if each["conditions"] else "", each["note"]]
    return [
        str(each["position"]),
        f"{each['unit']}\n{each['number']}　{each['track']}",
        decided,
        "\n".join(part for part in said if part) or "—",
        each["recused_words"],
    ]


def _person_row(each: Mapping[str, Any]) -> list[str]:
    at = each["signed_at"]
    signed = f"{wording.chinese_date(clock.local_date(at))} {wording.chinese_time(at)}" if at else ""
    name = f"{each['signature_name']}（输入姓名确认）" if each["signature_name"] else ""
    return [each["name"], each["unit"], name, signed]


def _paper(said: Mapping[str, Any]) -> WordDocument:
    """An empty A4 sheet with the type area of an official paper, fixed properties and page numbers."""
    paper = Document()
    at: datetime = said["made_at"]
    moment = clock.in_utc(at).replace(microsecond=0, tzinfo=None)
    properties = paper.core_properties
    properties.title, properties.author, properties.last_modified_by = said["heading"], said["issuer"], said["issuer"]
    properties.created = properties.modified = properties.last_printed = moment
    properties.comments = f"SHA-256 {said['sha256']}" if said["sha256"] else ""
    properties.language, properties.revision = "zh-CN", 1
    section = paper.sections[0]
    section.start_type = WD_SECTION_START.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _forget_themes(paper)
    _named(paper.styles["Normal"].font, BODY, SAN, paper.styles["Normal"].element)
    _page_number(section.footer.paragraphs[0])
    return paper


def _forget_themes(paper: WordDocument) -> None:
    """Take the theme's fonts out of the styles: Word would prefer them to the official ones."""
    for fonts in paper.styles.element.iter(qn("w:rFonts")):
        for name in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[name]


def _line(
    paper: WordDocument,
    lead: str,
    text: str = "",
    *,
    font: str = BODY,
    size: Any = SAN,
    align: Any = None,
    indent: bool = True,
) -> Paragraph:
    """A paragraph; with `text` only its lead is set in `font`."""
    made = paper.add_paragraph()
    _set(made, align, size if size is ER else LINE if size is SAN else None, indent=indent)
    _run(made, lead, font, size)
    if text:
        _run(made, text, BODY, size)
    return made


def _heading(paper: WordDocument, text: str) -> None:
    made = paper.add_paragraph(style="Heading 1")
    _set(made, None, LINE, indent=True)
    made.paragraph_format.keep_with_next = True
    run = _run(made, text, HEAD, SAN)
    run.bold, run.font.color.rgb = False, RGBColor(0, 0, 0)  # against the style's own blue


def _set(made: Paragraph, align: Any, line: Any, *, indent: bool) -> None:
    shape = made.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if align is not None:
        shape.alignment = align
    if line is LINE:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if indent:
        shape.first_line_indent = Pt(32)  # two characters of 3号


def _run(made: Paragraph, text: str, font: str, size: Any) -> Run:
    run = made.add_run(text)
    _named(run.font, font, size, run.element)
    return run


def _named(font: Any, name: str, size: Any, element: Any) -> None:
    """Name a font for Chinese as well as for Latin: Word keeps them apart."""
    font.name, font.size = name, size
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), name)


def _table(paper: WordDocument, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Any:
    table = paper.add_table(rows=1, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (title, _) in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, title, font=HEAD, align=WD_ALIGN_PARAGRAPH.CENTER)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell, text)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
    return table


def _fill(cell: _Cell, text: str, *, font: str = BODY, align: Any = None) -> None:
    for at, line in enumerate(text.split("\n")):
        made = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _set(made, align, None, indent=False)
        _run(made, line, font, XIAO_SI)


def _sign(table: Any, people: Sequence[Mapping[str, Any]]) -> None:
    """Put the drawn signatures into their cells."""
    for row, each in zip(table.rows[1:], people, strict=True):
        if each["signature"]:
            picture = base64.b64decode(each["signature"].removeprefix(PNG_PREFIX))
            row.cells[2].paragraphs[0].add_run().add_picture(io.BytesIO(picture), height=Mm(11))


def _whole_rows(paper: WordDocument) -> None:
    """No row is torn at the foot of a page, and heads are repeated."""
    for table in paper.element.body.iter(qn("w:tbl")):
        for at, row in enumerate(table.iter(qn("w:tr"))):
            shape = row.get_or_add_trPr()
            shape.append(OxmlElement("w:cantSplit"))
            if at == 0:
                shape.append(OxmlElement("w:tblHeader"))


def _page_number(made: Paragraph) -> None:
    """— 1 — in 4号宋体, as a field that Word counts."""
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(made, "— ", SONG, SI)
    run = _run(made, "", SONG, SI)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.element.append(part)
    _run(made, " —", SONG, SI)


def _deterministic(paper: WordDocument) -> bytes:
    """Save, then pack again with fixed times: a ZIP archive otherwise says when it was made."""
    saved, packed = io.BytesIO(), io.BytesIO()
    paper.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
