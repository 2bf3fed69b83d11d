"""What the score board shows, as rows of texts for a workbook."""

from collections.abc import Sequence
from typing import Any

from reviews.selectors.score_board import Column
from reviews.selectors.score_board_rows import METHODS, Matrix, foot_of, groups_of

Rows = list[list[str]]


def matrix_sheet(matrix: Matrix | None, *, scaled: bool, sealed: int) -> tuple[list[str], Rows]:
    """Return the head and the rows of the matrix: the files in their groups, then each expert's figures."""
    left = [[f"尚有 {sealed} 份未启封"]] if sealed else []
    if matrix is None:
        return ["申报单位"], left
    own, other = METHODS[matrix.own.terms.method], METHODS[matrix.other.terms.method]
    names = [column.full for column in matrix.columns]
    extra = [*(f"{name} 标准化" for name in names), "标准化均值", "标准化名次"] if scaled else []
    head = ["结果", "名次", "申报单位", "受理编号", *names, own, "标准差", other, f"{other}名次", *extra]
    rows: Rows = []
    for group in groups_of(matrix, scaled=scaled):
        rows += [_file(group["title"], row, scaled=scaled) for row in group["rows"]]
    return head, [*rows, *_foot(matrix), *left]


def _file(title: str, row: dict[str, Any], *, scaled: bool) -> list[str]:
    cells = row["cells"]
    texts = [f"{cell['text']}{cell['mark']}" for cell in cells]
    extra = [*(cell["scaled"] for cell in cells), row["scaled"], str(row["scaled_rank"])] if scaled else []
    return [row["state"] or title, str(row["rank"]), row["unit"], row["number"], *texts, row["result"], row["deviation"],
            row["other"], str(row["slope"]["after"]), *extra]  # fmt: skip


def _foot(matrix: Matrix) -> Rows:
    foot = foot_of(matrix)
    lines = (
        ("专家均分", [each["mean"] for each in foot]),
        ("相对其他专家的偏离", [each["bias"].lstrip("+") for each in foot]),  # a + would be taken for a formula
        ("离散（标准差）", [each["deviation"] for each in foot]),
        ("与其他专家的相关系数", [each["agreement"].replace("-", "−") for each in foot]),
        ("评分家数", [str(each["files"]) for each in foot]),
        ("提示", ["、".join(each["flags"]) for each in foot]),
    )
    return [[label, "", "", "", *texts] for label, texts in lines]


def items_sheet(sheets: Sequence[dict[str, Any]]) -> tuple[list[str], Rows]:
    """Return the head and the rows of every sheet's items; experts are columns through all of them."""
    columns: list[Column] = []
    for sheet in sheets:
        columns += [column for column in sheet["columns"] if column not in columns]
    columns.sort(key=lambda column: column.pk)
    head = [
        "评分表",
        "项目",
        "满分",
        "平均",
        "占满分",
        "标准差",
        "最低",
        "最高",
        *(f"{each.full} 平均" for each in columns),
    ]
    return head, [_item(sheet, row, columns) for sheet in sheets for row in sheet["rows"]]


def _item(sheet: dict[str, Any], row: dict[str, Any], columns: Sequence[Column]) -> list[str]:
    own = {column.pk: cell["text"] for column, cell in zip(sheet["columns"], row["cells"], strict=True)}
    return [sheet["title"], f"{row['number']} {row['title']}", row["maximum"], row["mean"], row["share"], row["deviation"],
            row["lowest"], row["highest"], *(own.get(column.pk, "") for column in columns)]  # fmt: skip
