"""The layouts as they come out on paper: sheet, margins, lines on a page, foot of the last page."""

import io
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from assessments.selectors.case_printing import REMEDIES
from portal.documents.rendering.codes import qr_svg
from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import render
from tests.documents.printing import PARAGRAPH, page

POINTS = 72 / 25.4
FOOT = {"document": {"code": "8F3K-22QX-7MNP-4D1A", "version": 2}, "qr": qr_svg("https://portal.example/v/8F3K")}


def lines_of(pdf: bytes) -> list[list[str]]:
    """Lines of text, page by page."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    return [[line.strip() for line in text.splitlines() if line.strip()] for text in pages]


@pytest.mark.rule("P3-14")
def test_an_official_paper_has_22_lines_of_28_characters():
    rendered = render(page(f"<p class='flush'>{'公' * (28 * 22 + 1)}</p>", css="official"))
    assert rendered.pages == 2
    body = [[line for line in lines if "公" in line] for lines in lines_of(rendered.pdf)]
    assert [len(lines) for lines in body] == [21, 2]  # 22 lines fit; one moves on so that no line stands alone
    assert body[0] == ["公" * 28] * 21


@pytest.mark.rule("P3-06")
def test_every_page_bears_number_and_version_code():
    context = {"title": "申报表", **FOOT}
    html = compose("documents/base_form.html", context, css=["form"])
    long = html.replace("</body>", f"<p>{PARAGRAPH * 40}</p></body>")
    pages = lines_of(render(long).pdf)
    assert len(pages) > 2
    for number, lines in enumerate(pages, start=1):
        foot = " ".join(lines[-3:])
        assert "8F3K-22QX-7MNP-4D1A" in foot
        assert f"—{number}—" in foot.replace(" ", "")


@pytest.mark.parametrize(
    "mark", ["示例市政府文件", "示例市人力社保局文件", "示例市人力资源和社会保障局文件", "示例市" * 8]
)
def test_the_mark_of_an_issuer_stays_on_the_sheet(mark: str):
    context = {"title": "关于公布名单的通知", "mark": mark, "document_number": "示人社发〔2024〕7号", **FOOT}
    rendered = render(compose("documents/base_official.html", context, css=["official"]))
    assert "".join(lines_of(rendered.pdf)[0]).startswith(mark)
    assert "示人社发〔2024〕7号" in lines_of(rendered.pdf)[0]


def test_the_imprint_stands_at_the_foot_of_the_last_page():
    context = {
        "title": "关于公布名单的通知",
        "signatory": "示例市人力资源和社会保障局",
        "signed_on": date(2024, 8, 1),
        "cc": "市财政局",
        "printed_by": "示例市人力资源和社会保障局办公室",
        "printed_on": date(2024, 8, 2),
        **FOOT,
    }
    last = lines_of(render(compose("documents/base_official.html", context, css=["official"])).pdf)[-1]
    assert "2024年8月1日" in last
    imprint = [index for index, line in enumerate(last) if "抄送：市财政局。" in line or "2024年8月2日印发" in line]
    assert len(imprint) == 2
    assert imprint[0] > last.index("2024年8月1日")
    assert imprint[1] >= len(last) - 5  # only the page number and the code come after it


def test_a_certificate_is_one_landscape_sheet():
    context = {
        "title": "认定证书",
        "recognised_text": "根据《示例市高技能人才公共实训基地体系建设实施办法》（示人社发〔2023〕115号），"
        "经公示无异议，认定示例职业技术学院为“示例市公共实训基地智能制造分基地”。",
        "plaque": "示例市高技能人才公共实训基地",
        "certificate_number": "SL-2024-0001",
        "document_number": "示人社发〔2024〕7号",
        "signatory": "示例市人力资源和社会保障局",
        "issued_on": date(2024, 8, 1),
        **FOOT,
    }
    rendered = render(compose("documents/certificate.html", context, css=["certificate"]))
    box = PdfReader(io.BytesIO(rendered.pdf)).pages[0].mediabox
    assert (rendered.pages, rendered.warnings) == (1, ())
    assert (round(box.width / POINTS), round(box.height / POINTS)) == (297, 210)
    assert "8F3K-22QX-7MNP-4D1A" in " ".join(lines_of(rendered.pdf)[0])


@pytest.mark.parametrize("facts", [1, 2, 5])
def test_a_signature_never_stands_without_text_of_the_paper(facts: int):
    context = {
        "title": "关于撤销称号的决定", "mark": "示例市人力资源和社会保障局", "document_number": "示人社发〔2026〕9号",
        "addressee": "示例职业技术学院", "facts": ["两次书面通知后仍未改正，现场查看时设备已经移出，实训无法进行。"] * facts,
        "evidence": ["考核结果", "现场记录"], "hearing": ["你单位逾期未陈述申辩，视为放弃。" * 2], "reason": ["考核不合格。"],
        "citation": "《示例办法》", "clause": "第二十条", "ground": "考核结果为不合格", "policy_text": "撤销称号，收回铭牌。",
        "decided": ["作出撤销称号处理，自即日起称号终止。", "你单位应当停止使用该称号，并交回铭牌。", "本决定向社会公告。"],
        "remedies": REMEDIES, "contact": {"department": "职业能力建设处", "phone": "0571-85250000", "address": "示例路1号"},
        "signatory": "示例市人力资源和社会保障局", "signed_on": date(2026, 3, 10), **FOOT,
    }  # fmt: skip
    last = lines_of(render(compose("documents/case_decision.html", context, css=["official"])).pdf)[-1]
    above = next(at for at, line in enumerate(last) if line.startswith("联系部门"))
    assert above >= 2
    assert "2026年3月10日" in last
