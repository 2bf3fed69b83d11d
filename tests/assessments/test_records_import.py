"""Workbooks of rows: what a preview tells, that it is applied once and whole, and what two bases claim."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from applications.services.moves import WrongState
from assessments.models import Base, LedgerImport, LedgerRow
from assessments.selectors.figures import sums
from assessments.selectors.ledger_sheet import template
from assessments.selectors.ledgers import claimed_rows, claims_elsewhere
from assessments.services import imports, records
from assessments.services.money import open_grants
from assessments.services.rollup import check_figures
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.policy.ledger import Ledger, Period
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused
from tests.assessments.ledger_kit import at_place, certificate, id_number, make_base, reporter, workbook
from tests.factories import make_actor, make_office

ROWS = LedgerRow.objects


@pytest.fixture
def shunyi(db: Any) -> Iterator[Jurisdiction]:
    with at_place("shunyi") as place:
        yield place


@pytest.fixture
def base(shunyi: Jurisdiction) -> Base:
    return make_base(shunyi, "ts")


@pytest.fixture
def by(base: Base) -> Actor:
    return reporter(base)


def ledger_of(base: Base, key: str = "certificates") -> Ledger:
    return next(ledger for ledger in base.edition.ledgers if ledger.key == key)


def preview(base: Base, rows: list[dict[str, str]], by: Actor, key: str = "certificates") -> LedgerImport:
    content = workbook(ledger_of(base, key), rows)
    return imports.preview_import(base=base, ledger=key, content=content, name="取证台账.xlsx", by=by)


def test_a_preview_counts_and_names_what_is_wrong_and_writes_nothing(
    shunyi: Jurisdiction, base: Base, by: Actor
) -> None:
    records.add_row(base=base, ledger="certificates", values=certificate(1), by=by)
    other = make_base(shunyi, "cy")
    records.add_row(base=other, ledger="certificates", values=certificate(5), by=reporter(other))
    rows = [
        certificate(1),  # there already
        certificate(2),
        certificate(2),  # twice in the file
        certificate(3, id_number=id_number(5)),  # another base's trainee
        certificate(4, certificate="S000000000001"),  # the first one's certificate
        certificate(6, level="八级", id_number="110113199001010011"),
    ]
    job = preview(base, rows, by)
    assert job.counts == {
        "rows": 6, "new": 2, "known": 1, "repeated": 1, "certificates": 1, "elsewhere": 1, "faulty": 2,
    }  # fmt: skip
    places = [(each["row"], each["label"]) for each in job.problems]
    assert places == [(6, "证书编号"), (7, "身份证号码"), (7, "等级")]
    assert "只登记一次" in next(each["message"] for each in job.problems if each["row"] == 6)
    assert ROWS.filter(base=base).count() == 1
    assert job.sample[1]["cells"]["id_number"].startswith("110113********")
    with job.stored.content.open("rb") as stream:
        assert not stream.read(4).startswith(b"PK")  # encrypted where it lies


def test_it_is_applied_whole_once_and_again_changes_nothing(base: Base, by: Actor) -> None:
    rows = [certificate(serial, f"2024-0{4 + serial % 3}-10") for serial in range(30)]
    job = preview(base, [*rows, certificate(99, level="八级")], by)
    with pytest.raises(Refused, match="有 1 行存在问题"):
        imports.apply_import(pk=job.pk, by=by)
    assert ROWS.count() == 0
    imports.apply_import(pk=job.pk, by=by, sound_only=True)
    imports.apply_import(pk=job.pk, by=by, sound_only=True)
    assert ROWS.filter(base=base, source=job).count() == 30
    span = Period(date(2024, 3, 1), date(2024, 12, 31))
    assert sums(base, ["certified"], span)["certified"].reported == 30
    assert check_figures(base_pk=base.pk) == []
    again = preview(base, rows, by)
    assert (again.counts["known"], again.counts["new"]) == (30, 0)
    imports.apply_import(pk=again.pk, by=by)
    assert ROWS.count() == 30
    with pytest.raises(WrongState, match="已导入"):
        imports.cancel_import(pk=job.pk, by=by)
    assert [event.data["new"] for event in Event.objects.filter(action="ledger.import").order_by("pk")] == [30, 0]


def test_the_faulty_rows_come_back_with_their_problem_and_can_be_brought_in_mended(base: Base, by: Actor) -> None:
    job = preview(base, [certificate(1), certificate(2, level="八级", on="2024年5月7日")], by)
    imports.apply_import(pk=job.pk, by=by, sound_only=True)
    content = imports.problem_workbook(pk=job.pk, by=by)
    head, line = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    said = dict(zip(head, line, strict=True))
    assert said["身份证号码"] == id_number(2)
    assert said["问题"].startswith("等级：“八级”不在可选项中")
    said["等级"] = "三级/高级工"
    keys = {column.label: column.key for column in ledger_of(base).columns}
    mended = preview(base, [{keys[label]: text for label, text in said.items() if label in keys}], by)
    assert mended.counts["new"] == 1
    assert Event.objects.filter(action="ledger.problems").count() == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda ledger: io.BytesIO(b"no workbook"), "不是可以识别的文件"),
        (lambda ledger: workbook(ledger, []), "没有填写任何记录"),
        (lambda ledger: workbook(ledger, [certificate(serial) for serial in range(4)]), "一次最多导入 3 行"),
    ],
)
def test_a_workbook_that_cannot_be_taken_says_why(base: Base, by: Actor, settings: Any, spoil: Any, words: str) -> None:
    settings.PORTAL_LEDGER_ROWS = 3
    with pytest.raises(Refused, match=words):
        imports.preview_import(
            base=base, ledger="certificates", content=spoil(ledger_of(base)), name="台账.xlsx", by=by
        )
    assert LedgerImport.objects.count() == 0


def test_a_number_a_spreadsheet_has_cut_is_told_apart_and_only_the_unit_imports(
    shunyi: Jurisdiction, base: Base, by: Actor
) -> None:
    job = preview(base, [certificate(1) | {"id_number": 110113199001010010}], by)  # type: ignore[dict-item]
    assert "数值格式" in job.problems[0]["message"]
    with pytest.raises(PermissionDenied):
        imports.apply_import(pk=job.pk, by=make_actor("bureau_officer", make_office(shunyi)))
    imports.cancel_import(pk=job.pk, by=by)
    with pytest.raises(WrongState, match="已取消"):
        imports.apply_import(pk=job.pk, by=by)


def test_the_template_has_heads_choices_and_no_example(base: Base) -> None:
    book = load_workbook(io.BytesIO(template(ledger_of(base))))
    sheet, notes = book.worksheets
    assert [cell.value for cell in sheet[1]] == [column.label for column in ledger_of(base).columns]
    assert sheet.max_row == 1
    assert any("三级/高级工" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    assert notes.title == "填写说明"


def test_two_bases_that_claim_one_trainee_are_flagged_on_both_sides(
    shunyi: Jurisdiction, base: Base, by: Actor
) -> None:
    neighbour = make_base(shunyi, "cy")
    mine = records.add_row(base=base, ledger="certificates", values=certificate(1), by=by)
    alone = records.add_row(base=base, ledger="certificates", values=certificate(2), by=by)
    theirs = records.add_row(
        base=neighbour, ledger="certificates", values=certificate(1, "2024-09-09"), by=reporter(neighbour)
    )
    kunshan = Jurisdiction.objects.get(code="kunshan")
    with scope(jurisdiction=kunshan):
        far = make_base(kunshan, "base")
        level = next(column for column in far.edition.ledgers[0].columns if column.key == "level").options[0].label
        values = {"on": "2024-08-01", "name": "测", "id_number": id_number(1), "occupation": "钳工", "level": level}
        records.add_row(base=far, ledger="training", values=values | {"certified": "否"}, by=reporter(far))
        (outside,) = claimed_rows(kunshan.pk)
        assert claims_elsewhere([outside], kunshan.pk)[outside.pk].whose == "其他统筹地区的基地"
    found = claims_elsewhere([mine, alone, theirs], shunyi.pk)
    assert found[mine.pk].names == (neighbour.name,)
    assert (found[mine.pk].what, found[mine.pk].outside) == ("同一人员、同一证书", 1)
    assert found[theirs.pk].whose == f"{base.name}；其他统筹地区的基地"
    assert alone.pk not in found
    assert {row.pk for row in claimed_rows(shunyi.pk)} == {mine.pk, theirs.pk}
    desk = make_actor("bureau_officer", make_office(shunyi))
    records.reject_rows(rows=ROWS.filter(pk=theirs.pk), reason="学员在另一基地取证", by=desk)
    assert claims_elsewhere([mine], shunyi.pk)[mine.pk].names == ()


def test_spending_is_booked_with_its_row_and_never_beyond_what_was_paid(base: Base, by: Actor) -> None:
    open_grants(base)
    rows = [
        {
            "on": "2024-05-06",
            "item": "培训实施",
            "purpose": "耗材",
            "payee": "测试公司",
            "voucher": "记-1",
            "amount": "100",
        }
    ]
    job = preview(base, rows, by, "spending")
    with pytest.raises(Refused, match="超出专账可用结余"):
        imports.apply_import(pk=job.pk, by=by)
    assert ROWS.count() == 0
    twice = preview(base, [*rows, rows[0] | {"amount": "200"}, rows[0] | {"on": "2024-06-06"}], by, "spending")
    assert (twice.counts["new"], twice.counts["faulty"]) == (2, 1)
    assert Decimal(twice.sample[0]["cells"]["amount"]) == 100
