"""Charts of the desk: an option for the chart component, the same figures as a table, and the sentence a screen reader says."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chart:
    """What `components/chart.html` needs, and the heading over it."""

    key: str
    title: str
    option: dict[str, Any]
    summary: str
    head: list[str]
    rows: list[list[Any]]

    @property
    def small(self) -> bool:
        """Whether so few bars fit into half the height."""
        return len(self.rows) <= 6


def bars(key: str, title: str, head: str, rows: list[tuple[str, int]], unit: str = "件") -> Chart:
    """Return horizontal bars, the first row on top."""
    shown = list(reversed(rows))
    option = {
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [label for label, _ in shown], "axisLabel": {"interval": 0}},
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 18,
                "data": [number for _, number in shown],
                "label": {"show": True, "position": "right"},
            }
        ],
    }
    said = "，".join(f"{label} {number} {unit}" for label, number in rows[:12])
    return Chart(
        key, title, option, f"{title}：{said}", [head, f"数量（{unit}）"], [[label, number] for label, number in rows]
    )
