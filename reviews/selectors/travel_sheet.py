"""The roads between districts as a workbook: one road a row, the unknown ones left empty to be filled in."""

from reviews.selectors.travel import Roads, pairs_of
from reviews.selectors.workbook import Layout

LAYOUT = Layout(
    title="地区间路程",
    columns=(("origin", "地区", 24), ("destination", "到", 24), ("minutes", "路程（分钟）", 14)),
    needed=("地区", "到", "路程（分钟）"),
    source="本页导出的路程表",
    unit="行",
    empty="表中没有填写任何路程，请核对后重新选择",
    most_bytes=2 * 1024**2,
    most_rows=5000,
)


def export(districts: list[str], roads: Roads) -> bytes:
    """Return the workbook of every road there can be between these districts."""
    return LAYOUT.write((one, other, roads.minutes(one, other)) for one, other in pairs_of(districts))
