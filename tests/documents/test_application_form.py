"""The application form on its official paper, at its limits: 附件2 table by table, then the portal's own pages."""

import re
from typing import Any

import pytest

from applications.models import ApplicationVersion
from applications.selectors.printing import form_context
from applications.services.print_form import issue_form
from portal.documents.models import Document
from portal.documents.services.issue import render_pending
from portal.tenancy.models import Jurisdiction
from tests.applications.desk_factories import submitted
from tests.documents.reading import pages_of
from tests.documents.samples import long_answers
from tests.factories import make_call, make_unit

OFFICIAL = [
    "附件2",
    "填写说明",
    "一、基本情况",
    "二、高技能人才培养情况",
    "三、申报项目情况",
    "项目一：数控加工与智能制造实训中心",
    "（一）基本情况",
    "（二）实训设备情况（填写主要设备）",
    "（三）自有管理人员和师资情况",
    "（四）项目前景",
    "项目二：工业机器人应用与智能产线实训中心",
    "四、审核意见",
    "专家评估意见",
    "市人力资源和社会保障局意见",
    "平台增设内容",
    "申报材料目录",
    "版本信息",
]


@pytest.fixture
def version(hangzhou: Jurisdiction) -> ApplicationVersion:
    unit = make_unit("杭州示例高级技工学校（示例技师学院）")
    application = submitted(make_call(hangzhou), unit=unit)
    found = application.current
    assert found is not None
    manifest = [
        {"slot": "licence", "file": 1, "name": "营业执照.pdf", "pages": 3, "sha256": "a7f09c3e" * 8, "rows": []}
    ]
    ApplicationVersion.objects.filter(pk=found.pk).update(
        answers=long_answers(unit.name, unit.credit_code), manifest=manifest
    )
    return ApplicationVersion.objects.get(pk=found.pk)


_read: list[list[str]] = []


@pytest.fixture
def pages(version: ApplicationVersion) -> list[str]:
    """The pages of one long form, drawn once for all tests of this file."""
    if not _read:
        _read.append(_print(version))
    return _read[0]


def _print(version: ApplicationVersion) -> list[str]:
    document = issue_form(version_id=version.pk)
    render_pending(document_id=document.pk)
    document = Document.objects.get(pk=document.pk)
    assert document.state == "ready", document.problem
    with document.content.open("rb") as stream:
        found = pages_of(stream.read())
    assert document.pages == len(found)
    assert all(document.code in page for page in found)
    return found


def test_the_parts_stand_in_the_order_of_the_official_form(pages: list[str]) -> None:
    whole = "".join(pages)
    places = [whole.index(words) for words in OFFICIAL]
    assert places == sorted(places)
    assert all(
        words in pages[0]
        for words in ("申报表", "单位名称：", "（盖章）", "联系电话：", "局制", "填表日期：2024年8月29日")
    )
    assert "☑白天" in whole
    assert "☐晚上" in whole
    assert "☑其他（退役军人）" in whole
    assert "实训室总面积3,260.50平方米" in whole
    assert "签名：" in whole


def test_heads_are_repeated_and_official_tables_hold_official_columns_only(pages: list[str]) -> None:
    heads = [page for page in pages if "序号设备名称数量型号规格生产厂家" in page]
    teachers = [page for page in pages if "师资姓名年龄职务学历所学专业职称（职业资格）" in page]
    assert len(heads) >= 4
    assert len(teachers) >= 3
    official, _, added = "".join(pages).partition("平台增设内容")
    assert "产权" not in official
    assert "序号设备名称产权原值（万元）" in added
    assert "认定标准自评（平台增设）" in added
    assert "以下数据所属年度2023" in added
    assert "合计12,330.00" in added


def test_no_row_of_the_equipment_is_torn(pages: list[str]) -> None:
    rows = [page.count("工业机器人多工位柔性装配实训平台") for page in pages if "型号规格" in page]
    assert sum(rows) == 25  # 22 of the first project, 3 of the second: each name in one piece, on one page


@pytest.mark.rule("P3-06")
@pytest.mark.rule("P3-08")
def test_materials_and_version_can_be_checked(pages: list[str]) -> None:
    tail = "".join(pages[-2:])
    assert "营业执照.pdf3" in tail
    assert "a7f09c3e" * 8 in tail
    assert "第1版" in tail
    assert re.search(r"受理编号HZ-\d{4}-\d+-YX-\d{4}-K", tail)
    assert re.search(r"内容摘要SHA-256[0-9a-f]{64}", tail)


def test_an_empty_form_prints_with_empty_tables(version: ApplicationVersion) -> None:
    ApplicationVersion.objects.filter(pk=version.pk).update(answers={"project": [{"_id": "a1"}]}, manifest=[])
    context: dict[str, Any] = form_context(ApplicationVersion.objects.get(pk=version.pk))
    assert [part["heading"] for part in context["parts"] if part["heading"]] == OFFICIAL[2:5]
    tables = [block for part in context["parts"] for block in part["blocks"] if block["kind"] == "table"]
    assert [len(block["rows"]) for block in tables] == [1, 1, 1, 1]
    document = issue_form(version_id=version.pk)
    render_pending(document_id=document.pk)
    assert Document.objects.get(pk=document.pk).state == "ready"
