"""HTML that the rendering tests print: written out here, so that they stand without any page of the portal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.documents.rendering.compose import print_css

WRITTEN = datetime(2024, 7, 17, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PARAGRAPH = (
    "学院建有智能制造、轨道交通、现代服务三个实训中心，实训楼 4 栋，自有场地 32,000 平方米，设备总值 1.2 亿元；"
    "专任教师 410 人，其中“双师型”教师占 86.5%，近三年面向企业职工、退役军人和失业人员开展技能培训 12,800 人次。"
)


def page(body: str, *, css: str = "form") -> str:
    """A complete document around `body`, with the print styles inlined as `compose` does."""
    styles = f"{print_css('base')}\n{print_css(css)}"
    head = f'<meta charset="utf-8"><title>测试文件</title><style>{styles}</style>'
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'


def table(rows: int) -> str:
    """An equipment table with a repeated head."""
    lines = "".join(
        f"<tr><td>{number}</td><td>五轴联动加工中心</td><td class=num>{number * 2}</td><td>VMC-850E/{number}</td>"
        "<td>示例精密机床有限公司</td></tr>"
        for number in range(1, rows + 1)
    )
    head = "".join(f"<th>{title}</th>" for title in ("序号", "设备名称", "数量", "型号规格", "生产厂家"))
    return f'<table class="fixed"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def ten_page_form() -> str:
    """Ten pages with about 10,800 characters: two long answers and a table."""
    answer = f'<table class="fixed"><tr class="long"><td class="label">单位简介</td><td class="answer">{PARAGRAPH * 52}</td></tr></table>'
    return page(f"<h2>一、基本情况</h2>{answer}<h2>二、实训设备情况</h2>{table(95)}")
