"""A simulation as the table that `manage.py results simulate` prints."""

from collections.abc import Iterator
from fractions import Fraction

from portal.policy.diagnostics import Flag
from portal.policy.simulation import Simulated

FLAGS = {Flag.HARSH: "偏严", Flag.LENIENT: "偏宽", Flag.ERRATIC: "不一致", Flag.FLAT: "区分度低"}
WIDE = 2  # columns a Chinese character takes


def table(found: Simulated) -> Iterator[str]:
    """Return the lines: what was planted in each expert beside what was found, then how well each method orders."""
    setup = found.setup
    yield (
        f"{setup.files} 家 × {setup.experts} 名专家，种子 {setup.seed}；真实水平均值 {setup.mean:g}、标准差 {setup.quality:g}，"
        f"评分误差 {setup.noise:g}，回避 {setup.recused:.0%}"
    )
    yield ""
    yield _line("专家", "设定", "设定偏离", "测得偏离", "标准误", "标准差", "相关系数", "应标记", "已标记")
    for expert, habit in enumerate(found.habits):
        figures = found.figures.get(expert)
        if figures is None:  # recused from every file
            continue
        yield _line(
            f"专家 {expert + 1}", habit.label, f"{habit.shift:+.2f}", _signed(figures.bias), _fixed(figures.error),
            _fixed(figures.own.deviation), _fixed(figures.agreement), FLAGS[habit.planted] if habit.planted else "—",
            "、".join(FLAGS[flag] for flag in figures.flags) or "—",
        )  # fmt: skip
    yield ""
    yield f"漏标 {len(found.missed)} 项，误标 {len(found.false_alarms)} 项"
    yield ""
    yield _line("计分方法", "与真实次序的 τ", "前列重合")
    for order in found.orders:
        yield _line(order.label, f"{order.tau:.3f}", f"{order.hits}/{order.top}")


def _line(*cells: str) -> str:
    return "  ".join(_padded(cell) for cell in cells).rstrip()


def _padded(text: str, width: int = 14) -> str:
    taken = sum(WIDE if ord(letter) > 0x2E80 else 1 for letter in text)
    return text + " " * max(0, width - taken)


def _fixed(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _signed(value: Fraction | None) -> str:
    return "—" if value is None else f"{float(value):+.2f}"
