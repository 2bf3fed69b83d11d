"""Tables as .xlsx: nothing changes before it is confirmed, nothing in a cell acts by itself."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from applications.forms.workbook import Unreadable, read, write
from applications.models import DraftSection
from portal.policy import registry
from tests.applications.applicant_kit import browser, complete, operator
from tests.applications.test_pages import url
from tests.factories import make_call

PATH = "project/a1/equipment"
HEADS = ["设备名称", "数量", "型号规格", "生产厂家", "产权", "原值（万元）"]


def equipment():
    return registry.current("hangzhou").form.find("project.equipment.items")


def workbook(rows, heads=HEADS):
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("设备.xlsx", stream.getvalue())


def stored():
    return DraftSection.objects.get(path=PATH).answers["items"]


def test_an_import_is_shown_first_and_done_when_confirmed(hangzhou):
    by = operator()
    client, application = browser(by), complete(make_call(hangzhou), by)
    address, before = url("table_import", application, path=f"{PATH}/items"), stored()
    good, bad = ["导入机床", 3, "M-1", "厂", "自有", 12.5], ["", "许多", "M-2", "厂", "借来的", ""]
    shown = client.post(address, {"file": workbook([good, bad])})
    assert stored() == before
    assert "1 行有问题" in shown.text
    assert "“许多”不是数字" in shown.text
    done = client.post(address, {"parcel": shown.context["preview"].parcel, "mode": "append"})
    assert done.status_code == 302
    assert [row["name"] for row in stored()] == [*(row["name"] for row in before), "导入机床", ""]
    assert (stored()[-2]["tenure"], stored()[-2]["value"], stored()[-1]["tenure"]) == ("owned", "12.5", "借来的")


def test_replacing_takes_the_old_rows_away(hangzhou):
    by = operator()
    client, application = browser(by), complete(make_call(hangzhou), by)
    address = url("table_import", application, path=f"{PATH}/items")
    shown = client.post(address, {"file": workbook([["甲", 1, "M", "厂", "自有", 1]])})
    client.post(address, {"parcel": shown.context["preview"].parcel, "mode": "replace"})
    assert [row["name"] for row in stored()] == ["甲"]


def test_a_parcel_for_another_table_is_not_taken(hangzhou):
    by = operator()
    client, application = browser(by), complete(make_call(hangzhou), by)
    shown = client.post(
        url("table_import", application, path=f"{PATH}/items"), {"file": workbook([["甲", 1, "M", "厂", "自有", 1]])}
    )
    other = url("table_import", application, path="standard/partners")
    assert client.post(other, {"parcel": shown.context["preview"].parcel}).status_code == 409
    assert client.post(other, {"parcel": "forged"}).status_code == 409


def test_ten_thousand_rows_are_refused_in_words(hangzhou):
    by = operator()
    client, application = browser(by), complete(make_call(hangzhou), by)
    rows = [["机床", 1, "M", "厂", "自有", 1]] * 10_000
    answer = client.post(url("table_import", application, path=f"{PATH}/items"), {"file": workbook(rows)})
    assert answer.status_code == 422
    assert "该表最多填 500 行，文件有 10,000 行，请删减 9,500 行后再导入" in answer.text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.4", "姓名,数量".encode()])
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(Unreadable, match="未能读取该文件"):
        read(equipment(), BytesIO(content))


def test_a_workbook_without_the_heads_is_refused():
    with pytest.raises(Unreadable, match="首行没有找到“设备名称”"):
        read(equipment(), workbook([["x"]], heads=["别的列"]))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-cmd|' /C calc'!A0", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_nothing_that_looks_like_a_formula_leaves_as_one(text):
    cell = load_workbook(BytesIO(write(equipment(), [{"name": text}])))["实训设备"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_is_exported_can_be_imported_again():
    rows = [
        {
            "name": "机床",
            "quantity": 3,
            "model": "M",
            "maker": "厂",
            "tenure": "leased",
            "value": "12.50",
            "lease_note": "需",
        }
    ]
    back = read(equipment(), BytesIO(write(equipment(), rows)))
    assert back.rows == [
        {
            "name": "机床",
            "quantity": "3",
            "model": "M",
            "maker": "厂",
            "tenure": "租赁",
            "value": "12.5",
            "lease_note": "需",
        }
    ]
    assert (back.unknown, back.absent) == ([], [])


@pytest.mark.parametrize("name", ["table_template", "table_export", "table_import"])
def test_tables_are_the_units_own(hangzhou, name):
    by = operator()
    application = complete(make_call(hangzhou), by)
    address = url(name, application, path=f"{PATH}/items")
    assert browser(by).get(address).status_code == 200
    assert browser(operator()).get(address).status_code == 404
    assert browser(by).get(url(name, application, path="basic/intro")).status_code == 404
