"""评审会议纪要 with long Chinese data: everything decided, every signature, the hash, a code on each page; in Word as well."""

import io
from types import SimpleNamespace
from typing import Any

from docx import Document as WordFile

from portal.documents.rendering.codes import qr_svg
from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import render
from portal.documents.rendering.text import title_lines
from reviews.enums import MeetingDecision
from reviews.selectors.minutes import shown
from reviews.selectors.minutes_word import minutes_word
from tests.documents.contexts import CITATION, ISSUER, UNIT, at
from tests.documents.reading import pages_of
from tests.reviews.kit import signature

DOCUMENT = SimpleNamespace(code="8F3K-22QX-7MNP-4D1A", version=2)
SHA256 = "9368a7d2" * 8


def said(files: int = 12) -> dict[str, Any]:
    """The values of a meeting on many files: every decision, one recused, one away, one signature typed."""
    decisions = list(MeetingDecision)
    snapshot = {
        "meeting": 7, "issuer": ISSUER, "call": "2024 年第二批分基地申报", "stage": "专家评审", "policy": CITATION, "clause": "二（三）2",
        "title": "2024 年第二批分基地申报专家评审会", "starts_at": "2024-09-20T09:00:00+08:00",
        "ends_at": "2024-09-20T17:30:00+08:00", "place": "杭州市示例路 1 号三楼会议室", "chair": "周专家", "minuted_by": "钱受理",
        "quorum": "三分之二以上", "votes": True, "discussion": "与会专家逐件审议申报材料和现场考察情况。\n认为设备台账应当补齐。",
        "attendance": [
            {"expert": number, "name": name, "unit": "浙江示例职业技术大学智能制造学院", "title": "教授",
             "present": number != 4, "reason": "" if number != 4 else "出差"}
            for number, name in enumerate(("周专家", "吴专家", "郑专家", "王专家", "冯专家"), start=1)
        ],
        "files": [
            {"position": number, "number": f"HZ-2024-02-YX-{number:04d}-K", "unit": UNIT, "track": "院校",
             "decision": (decision := decisions[number % 4]).value, "decided": decision.label, "note": "",
             "conditions": "一个月内补齐设备操作规程和设备台账" if decision == "conditional" else "", "votes": [3, 1, 0],
             "recused": [{"name": "冯专家", "reason": "曾任该校兼职教师"}] if number == 3 else []}
            for number in range(1, files + 1)
        ],
        "settled_at": "2024-09-20T18:00:05+08:00",
    }  # fmt: skip
    given = {number: (signature() if number != 2 else "typed:吴专家", at(9, 21)) for number in (1, 2, 3, 5)}
    return shown(snapshot, given, sha256=SHA256, settled=True, closed_at=at(9, 22))


def test_the_printed_minutes_hold_everything() -> None:
    values = said()
    known = {
        "title": values["heading"], "title_lines": title_lines(values["heading"]), "document": DOCUMENT,
        "qr": qr_svg("http://portal.example/verify/"),
    }  # fmt: skip
    html = compose("documents/minutes.html", values | known, css=("official", "minutes"), created=at(9, 22))
    pages = pages_of(render(html).pdf)
    text = "".join("".join(pages).split())
    for part in (
        "2024年9月20日（周五）09:00至17:30", "应到5人，实到4人，符合三分之二以上到会的要求", "王专家（出差）",
        "会议审议12件申报：同意3件，附条件同意3件，不同意3件，暂缓3件", "条件：一个月内补齐设备操作规程和设备台账",
        "同意3票不同意1票弃权0票", "冯专家（曾任该校兼职教师）", "（输入姓名确认）", "四、到会专家签名",
        "".join(SHA256),
    ):  # fmt: skip
        assert part in text, part
    assert [page for page in pages if DOCUMENT.code not in page] == []
    assert "送签稿" not in text


def test_the_word_file_holds_the_same() -> None:
    paper = WordFile(io.BytesIO(minutes_word(said(3))))
    lines = [each.text for each in paper.paragraphs]
    assert lines[0] == "2024 年第二批分基地申报专家评审会会议纪要"
    assert [each.text for each in paper.paragraphs if each.style and each.style.name == "Heading 1"] == [
        "一、到会情况", "二、议决情况", "三、讨论情况", "四、到会专家签名",
    ]  # fmt: skip
    assert lines[-1] == f"以下签名所签内容的摘要 SHA-256：{SHA256}"
    files, signatures = paper.tables
    assert [row.cells[2].text for row in files.rows][1:] == [
        f"{word}\n同意 3 票，不同意 1 票，弃权 0 票" for word in ("附条件同意", "不同意", "暂缓")
    ]
    assert [row.cells[0].text for row in signatures.rows][1:] == ["周专家", "吴专家", "郑专家", "冯专家"]
    assert len(paper.inline_shapes) == 3
    fonts = {run.font.name for each in paper.paragraphs for run in each.runs}
    assert fonts == {"方正小标宋简体", "仿宋_GB2312", "黑体"}
