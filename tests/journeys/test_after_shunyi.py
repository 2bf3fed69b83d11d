"""Shunyi after two years: the last claim with its papers and checks, two approvals, paid and exported; another base mends."""

import re
from collections.abc import Callable
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.after import follow
from tests.journeys.desk import carry_out, keep_paper
from tests.journeys.filling import upload
from tests.journeys.live import Portal
from tests.journeys.person import Person

Make = Callable[..., Person]
PLACE, UNIT = "shunyi", "北京顺通高级技工学校"
NUMBER = "6222000011112222"
FIND = """
from assessments.models import Base
for name in ("顺通", "临空"):
    print(Base.objects.get(jurisdiction__code="shunyi", organisation__name__contains=name).pk)
"""


def write_claim(unit: Person, base: str) -> None:
    """Register the account, open the claim for the last instalment, lay the papers in and hand it in."""
    page = unit.go(f"/{PLACE}/bases/mine/{base}/money/")
    carry_out(unit, "登记…", "保存", holder=UNIT, bank="样例银行顺义支行", number=NUMBER)
    expect(page.locator("main")).to_contain_text("账号后四位 2222")
    unit.look_both("my-money")
    page.locator("a[href$='/money/claim/grant/']").click()
    page.locator("#dialog-body form.act, main form.act").first.get_by_role("button", name="填写申请").click()
    page.wait_for_url(re.compile(r"/bases/mine/claims/\d+/$"))
    expect(page.get_by_role("region", name="逐项核对").locator("tbody tr")).to_have_count(7)
    for slot, title in (("summary", "建设工作总结"), ("self_report", "绩效自评报告"), ("outputs", "产出佐证材料")):
        upload(unit, slot, [title])
    said = "名册、台账和满意度调查表齐全。"
    for proof in unit.whole().locator("#self-report input[name^=proof_]").all():
        proof.fill(said)
    for grade in page.locator("#self-report select[name^=grade_]").all():
        grade.select_option(index=1)
    page.fill("[name=statement]", "两年建设期任务全部完成，申请拨付末次补助资金和高技能人才评价奖励。")
    page.get_by_role("button", name="保存并生成绩效自评报告").click()
    keep_paper(unit, "绩效自评报告", re.compile("第 1 版"), UNIT, said)
    unit.look_both("my-claim")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("button", name="提交申请")).to_have_count(0)
    unit.look_both("my-claim-submitted")


def approve(officer: Person, approver: Person) -> None:
    """Approve over verified figures, with a finding on what only a person sees; then by another person."""
    officer.go(f"/{PLACE}/desk/money/")
    officer.look_both("money")
    follow(officer, re.compile(UNIT), re.compile("末次|补助|申请"))
    officer.look_both("claim")
    found = "专家组查看，技能人才培训体系已形成，培养能力达到要求。"
    carry_out(officer, "初审通过…", "初审通过", **{"words": "材料齐全，数据已核。", "finding_SY-K05": found})
    expect(officer.page.get_by_role("region", name="初审核对")).to_contain_text(found)
    approver.go(officer.page.url.removeprefix(officer.address))
    carry_out(approver, "复审通过…", "复审通过", words="同意拨付")
    approver.look_both("claim-approved")


def pay(finance: Person) -> None:
    """Pay what is payable, and take the list out with the account's number in full."""
    page = finance.go(f"/{PLACE}/desk/payments/")
    finance.look_both("payments")
    opened = page.get_by_role("region", name="待拨付").locator("tbody tr").filter(has_text=UNIT)
    for left in range(opened.count(), 0, -1):
        carry_out(finance, "登记拨付…", "登记拨付", voucher=f"记-{left}", document_number="顺财〔2026〕8号")
        expect(opened).to_have_count(left - 1)
    finance.look_both("paid")
    put_right(finance)
    with page.expect_download() as sent:
        page.get_by_role("button", name="导出 .xlsx").click()
    book = load_workbook(BytesIO(sent.value.path().read_bytes()), read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert NUMBER in cells
    assert "600000" in "".join(cells).replace(",", "").replace(".00", "")


def put_right(finance: Person) -> None:
    """Correct a voucher number that was mistyped: the record says so, with the reason."""
    page, why = finance.page, "凭证号录入有误，以记账凭证为准"
    carry_out(finance, "更正…", "更正", voucher="记-100", reason=why)
    expect(page.get_by_role("region", name="已拨付").locator("tbody tr").filter(has_text="记-100")).to_contain_text(why)
    finance.look_both("corrected")


def test_the_last_instalment_is_claimed_checked_paid_and_exported(person: Make, portal: Portal) -> None:
    base, other = portal.script(FIND).split()
    portal.forget_waiting()
    unit = person().sign_in("sy-shuntong")
    write_claim(unit, base)
    officer, approver = person().sign_in("sy-officer"), person().sign_in("sy-approver")
    approve(officer, approver)
    keep_paper(officer, "资金申请表", re.compile(r"申请表（第 1 版"), UNIT)
    pay(person().sign_in("sy-finance"))
    unit.go(f"/{PLACE}/bases/mine/{base}/money/")
    expect(unit.page.locator("main")).to_contain_text("已拨付")
    officer.go(f"/{PLACE}/desk/indicators/")
    expect(officer.page.locator("main")).to_contain_text("取证人数")
    officer.look_both("indicators")
    officer.go(f"/{PLACE}/desk/bases/{base}/indicators/")
    officer.look_both("base-indicators")
    officer.go(f"/{PLACE}/desk/bases/{other}/cases/")
    expect(officer.page.locator("main")).to_contain_text("指导记录")
    officer.look_both("improvement")
