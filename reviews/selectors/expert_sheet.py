"""Reading a workbook of experts: what can be taken, and what must be mended, row by row; nothing is written."""

from dataclasses import dataclass, field
from typing import Any

from reviews.enums import ExpertGrade
from reviews.selectors.workbook import Layout

COLUMNS = (
    ("name", "姓名", 12),
    ("unit_name", "工作单位", 34),
    ("unit_credit_code", "单位统一社会信用代码", 24),
    ("title", "职务职称", 18),
    ("fields_text", "专业领域", 30),
    ("district", "所在地区", 16),
    ("phone", "手机号码", 16),
    ("group", "所属集团或上级单位", 30),
    ("grade", "专家级别", 12),
    ("most_at_once", "同时承担上限", 14),
    ("services_text", "近年任职和服务单位", 44),
    ("absences_text", "不能参加的时段", 30),
)
LAYOUT = Layout(
    title="专家名单",
    columns=COLUMNS,
    needed=[label for _, label, _ in COLUMNS[:2]],
    source="本页的模板",
    unit="人",
    empty="表中没有填写任何人，请核对后重新选择",
    most_bytes=5 * 1024**2,
    most_rows=2000,
)


@dataclass
class Preview:
    """What an import would do. `rows` are ready to be written, `problems` are (row number, sentence)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The rows for a page, with `grade_label`."""
        labels = dict(ExpertGrade.choices)
        return [row | {"grade_label": labels.get(row["grade"], "")} for row in self.rows]
