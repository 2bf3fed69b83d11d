"""Each kind of document with long Chinese data: nothing missing, nothing torn, a code on each page, the same bytes again."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.rendering.codes import qr_svg
from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import Rendered, render
from portal.documents.rendering.text import title_lines
from tests.documents.contexts import CONTEXTS, CSS, ISSUER, NUMBER, RESOURCES, UNIT, at
from tests.documents.reading import pages_of, pictures_in

CODE = "8F3K-22QX-7MNP-4D1A"
DOCUMENT = SimpleNamespace(code=CODE, version=3)
SAYS = {
    "acceptance_notice": [
        "受理通知书",
        f"受理编号：{NUMBER}",
        f"{UNIT}：",
        "现予受理",
        "2024年7月17日09:30",
        "联系部门：职业能力建设处",
    ],
    "correction_notice": [
        "补正告知书",
        "一次性告知",
        "12．一、基本情况“单位简介”",
        "2024年8月15日24:00前",
        "（10个工作日）",
        "原盖章扫描件失效",
    ],
    "refusal_notice": [
        "不予受理通知书",
        "决定不予受理",
        "1．年培训社会人员规模",
        "附件1一（一）",
        "填报312人，要求≥500人",
    ],
    "panel_record": [
        "专家评审意见",
        "已回避",
        "与申报单位有聘用关系",
        "签名：",
        "（组长）",
        "建议认定",
        "三、专家组意见",
    ],
    "visit_record": ["现场考察记录", "☑已核对原件", "☐未核对原件", "7．实训室第7处，设备与申报表一致", "测试受理岗"],
    "public_notice": ["拟认定名单的公示", "现予公示", "署实名", "30家，按列入名单的顺序，不分先后", "9368a7d2"],
    "recognition_decision": [
        "杭人社发〔2024〕77号",
        "的通知",
        "统一授予“杭州市高技能人才公共实训基地”铭牌",
        "认定名单",
    ],
    "certificate": [
        "认定证书",
        "HZ-GXJD-2024-0017",
        "智能制造与工业机器人分基地",
        "12330100MA0000001X",
        "2024年10月9日",
    ],
    "objection_receipt": [
        "异议登记回执",
        "回执编号：YY-2024-0003",
        "138****0001",
        "场地租赁合同复印件.pdf",
        "1.8MB",
        "查询码",
    ],
}
"""What a reader of each must find; blanks left out."""


def printed(kind: str, **own: Any) -> Rendered:
    context = CONTEXTS[kind] | own
    known = {
        "document": DOCUMENT,
        "qr": qr_svg(f"http://portal.example/verify/?code={CODE}"),
        "title_lines": title_lines(context["title"]),
    }
    html = compose(f"documents/{kind}.html", context | known, css=(CSS.get(kind, "official"),), created=at(10, 9))
    return render(html, resources=RESOURCES.get(kind, dict)())


@pytest.mark.parametrize("kind", CONTEXTS)
def test_it_says_what_it_must_with_a_code_on_each_page_and_the_same_bytes_again(kind: str) -> None:
    rendered = printed(kind)  # a missing glyph would raise
    assert printed(kind).pdf == rendered.pdf
    pages = pages_of(rendered.pdf)
    whole = "".join(pages)
    assert rendered.warnings == ()
    assert [
        words
        for words in [*SAYS[kind], ISSUER if kind not in ("panel_record", "visit_record") else UNIT]
        if words not in whole
    ] == []
    assert [CODE in page for page in pages] == [True] * rendered.pages
    assert "\ufffd" not in whole


def test_every_remark_of_a_correction_is_listed() -> None:
    whole = "".join(pages_of(printed("correction_notice").pdf))
    for remark in CONTEXTS["correction_notice"]["remarks"]:
        assert f"{remark['number']}．{''.join(remark['place'].split())}。" in whole
    assert whole.count("（建议完善，不作为必须补正的内容）") == 3
    assert whole.count("（所指内容：“自有场地32,000平方米”）") == 6


def test_a_correction_without_remarks_gives_its_reason_once() -> None:
    whole = "".join(pages_of(printed("correction_notice", remarks=[]).pdf))
    assert whole.count("请对照附件1逐项核实数据口径") == 1
    assert "三、补正期限" not in whole


@pytest.mark.parametrize(
    ("kind", "heads"), [("public_notice", "申报单位拟授予名称"), ("recognition_decision", "单位授予名称")]
)
def test_a_long_list_repeats_its_head_and_tears_no_row(kind: str, heads: str) -> None:
    entries = [
        {**entry, "unit": f"甲{n}始示例职业技术学院示例产业学院示例技师学院乙{n}终"}
        for n, entry in enumerate(CONTEXTS[kind]["entries"], 100)
    ]
    pages = pages_of(printed(kind, entries=entries).pdf)
    sheets = [page for page in pages if heads in page]
    assert len(sheets) >= 3
    for number in range(100, 130):
        begins = [at for at, page in enumerate(pages) if f"甲{number}始" in page]
        ends = [at for at, page in enumerate(pages) if f"乙{number}终" in page]
        assert begins == ends
        assert len(begins) == 1
        assert heads in pages[begins[0]]


def test_signatures_and_photos_are_embedded() -> None:
    assert pictures_in(printed("panel_record").pdf) == 3
    assert pictures_in(printed("visit_record").pdf) == 7
    assert "签名：测试专家" in "".join(pages_of(printed("panel_record").pdf))


def test_a_script_in_a_text_is_printed_as_text() -> None:
    whole = "".join(
        pages_of(printed("objection_receipt", text="<script>alert(1)</script><img src=http://evil.example>").pdf)
    )
    assert "<script>alert(1)</script><imgsrc=http://evil.example>" in whole


def test_titles_break_where_a_reader_would_pause() -> None:
    assert title_lines("异议登记回执") == ["异议登记回执"]
    assert title_lines("关于认定 2024 年第二批杭州市公共实训基地分基地的通知") == [
        "关于认定 2024 年第二批",
        "杭州市公共实训基地分基地的通知",
    ]


@given(st.text("关于公布名单的通知（）、2024 A", min_size=1, max_size=100).map(str.strip).filter(bool))
def test_no_title_loses_a_character_or_leaves_its_line(title: str) -> None:
    lines = title_lines(title)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert max(map(len, lines)) <= 20
