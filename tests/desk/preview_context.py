"""Sample values for the preview pages: invented institutions, one fixed moment."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

HERE = Path(__file__).parent / "preview"
NOW = datetime(2024, 8, 26, 6, 3, 22, tzinfo=UTC)
DEADLINE = datetime(2024, 8, 30, 10, 0, tzinfo=UTC)


class SampleForm(forms.Form):
    outlook = forms.CharField(label="项目前景", widget=forms.Textarea)
    area = forms.DecimalField(label="建筑面积")
    kind = forms.ChoiceField(label="单位类型", choices=[("a", "院校"), ("b", "企业")], required=False)
    sorts = forms.MultipleChoiceField(
        label="服务对象", choices=[("a", "企业职工"), ("b", "失业人员")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="以上内容真实，同意接受核查")
    remark = forms.CharField(label="备注", required=False)


def render(name: str, *, signed_in: bool = True, elder: bool = False) -> str:
    """One preview page as HTML, or an error page (`errors/404.html`)."""
    request: Any = RequestFactory().get("/x/list/", {"sort": "-submitted", "kind": "院校"})
    request.jurisdiction = SimpleNamespace(
        code="x", accent="lake", mark="示", short_name="示例市", platform_title="示例市高技能人才公共实训基地",
        issuer="示例市人力资源和社会保障局", contact_department="职业能力建设处", contact_phone="0571-0000 0001",
        icp="ICP备00000000号",
    )  # fmt: skip
    request.actor = _actor() if signed_in else None
    request.user = AnonymousUser()
    request.COOKIES["elder"] = "1" if elder else "0"
    template = engines["django"].get_template(name) if "/" in name else _from_file(name)
    return template.template.render(_context(request))


def _from_file(name: str) -> Any:
    return engines["django"].from_string((HERE / f"{name}.html").read_text())


def _actor() -> SimpleNamespace:
    return SimpleNamespace(
        user=SimpleNamespace(pk=7, name="林知远"),
        organisation=SimpleNamespace(name="湘湖智造技师学院"),
        role=SimpleNamespace(label="经办人"),
    )


def _context(request: Any) -> Any:
    from django.template import Context

    form = SampleForm({"outlook": "项目背景：本市数控加工领域高级工以上用工缺口持续扩大。" * 6, "kind": "a"})
    values = {"request": request, "now": NOW, "deadline": DEADLINE, "soon": NOW + timedelta(hours=9), "form": form}
    values |= {"platform_name": "服务平台", "platform_operator": "平台运行管理单位", "unread_count": 2}
    values |= {
        "site_nav": [("申报", "/x/", False), ("公示", "/x/notices/", True), ("基地名录", "/x/directory/", False)]
    }
    values |= {"csrf_token": "token", "saved_at": NOW, "messages": []}
    context = Context(values | _lists() | _records())
    context.request = request  # where {% querystring %} looks
    return context


def _lists() -> dict[str, Any]:
    sections = [
        {"label": "封面", "url": "#1", "kind": "done", "word": "已完成"},
        {"label": "（二）实训设备", "url": "#2", "kind": "attention", "word": "3 处需完善", "current": True},
        {"label": "（三）人员", "url": "#3", "kind": "doing", "word": "进行中"},
        {"label": "核对与提交", "url": "#4", "kind": "locked", "word": "尚不能提交"},
    ]
    maker = "启明教学仪器有限公司"
    return {
        "nav_title": "申报表　已完成 5 / 12 节",
        "groups": [{"label": "", "entries": sections[:1]}, {"label": "三、项目一　数控加工", "entries": sections[1:]}],
        "sheet": [("五轴联动加工中心", 4, "HR-650U", maker, "486.00"), ("数控车床", 16, "HK-6140", maker, "224.00"),
                  ("电气装调实训考核装置", 12, "", maker, "43.20"), ("激光干涉仪", 1, "LI-XD3", maker, "58.00")],
        "crumbs": [("首页", "/"), ("公示公告", "#n"), ("第一批", "")],
        "tabs": [("待受理", "#a", True, 18), ("退回补正", "#b", False, 3), ("全部", "#c", False, None)],
        "search_name": "q", "columns": [(2, "受理编号"), (3, "申报单位")], "keep": [("sort", "-submitted")],
        "filters": [{"name": "kind", "label": "类别", "value": "", "options": [("", "全部类别"), ("a", "院校")]}],
        "chips": [("类别：院校", "?")], "exports": [("导出 .xlsx", "#e")], "acts": [("assign", "分派", False)],
        "files": [("SL-2024-0031-R", "回兴机电职业技术学校", "attention", "已补正，待复核"),
                  ("SL-2024-0044-7", "果塘新能源实训中心", "todo", "待审核"),
                  ("SL-2024-0019-B", "龙兴建筑工匠培训中心", "failed", "不予受理")],
        "page": Paginator(range(480), 50).page(3),
    }  # fmt: skip


def _records() -> dict[str, Any]:
    kinds = ["off", "past", "past", "rest", "rest", "rest", "now", "future", "end"]
    counts = ["发布日", "第 1 日", "第 2 日", "休", "休", "休", "第 3 日", "第 4 日", "第 5 日"]
    notes = ["不计入", "", "调休上班", "中秋休", "中秋休", "中秋休", "今天", "", "24:00 截止"]
    days = [
        {"date": date(2024, 9, 12) + timedelta(days=at), "kind": kinds[at], "count": counts[at], "note": notes[at]}
        for at in range(9)
    ]
    file = {"name": "公示公告.pdf", "url": "#f", "pages": 2, "size": 186000, "sha256": "9368a7d21e018f64" * 4}
    return {
        "days": days, "file": file, "documents": [file], "effects": ["公示 5 个工作日，9月20日 24:00 截止。"],
        "errors": [{"label": "第 3 行", "message": "型号规格未填", "anchor": "cell-3"},
                   {"label": "第 7 行", "message": "租赁须说明", "anchor": "cell-2"}],
        "blocking": [{"kind": "failed", "label": "第 3 行设备：型号规格未填", "url": "#cell-3"}],
        "checks": [
            {"kind": "failed", "label": "年培训规模", "word": "不符合", "detail": "要求 ≥500 人，填报 420 人",
             "clause": "附件1 一（一）"},
            {"kind": "done", "label": "合作企业", "word": "符合", "detail": "要求 ≥10 家，填报 13 家", "clause": "一（二）"},
            {"kind": "judged", "label": "实训场地充足", "word": "由专家认定", "clause": "一（三）"}],
        "events": [{"moment": NOW, "actor": "受理岗", "label": "退回补正", "kind": "attention", "note": "意见 2 处"},
                   {"moment": NOW, "actor": "经办人", "label": "提交申报"}],
        "remark": {"number": 1, "text": "台账第 6 行 106 人为本校学生，请核实。", "evidence": "培训台账.pdf 第 3 页",
                   "required": True},
        "choices": [("good", "符合", "good"), ("bad", "不符合", "bad"), ("doubt", "存疑", "doubt")],
        "job": {"label": "正在生成申报材料", "done": 3, "total": 18, "state": "doing"},
        "figures": [("已认定基地", "186", "家"), ("上年公共服务", "38.6", "万人次")],
        "facts": [("统一社会信用代码", "123300004A00000001"), ("配套经费", "300 万元", "2024 年至 2026 年")],
        "contacts": [("书面", "职业能力建设处"), ("电话", "0571-0000 0001")],
        "calls": [("indigo", "甲", "2024 年技能人才培训基地建设项目", "attention", "今日截止"),
                  ("violet", "乙", "2024 年度公共实训基地", "open", "申报中"), ("sky", "丙", "培训基地推荐", "todo", "未开始")],
        "option": {"xAxis": {"type": "category", "data": ["2022", "2023", "2024"]}, "yAxis": {"type": "value"},
                   "tooltip": {"trigger": "axis"}, "series": [{"type": "bar", "name": "人次", "data": [980, 1286, 1642]}]},
        "head": ["年份", "人次"], "rows": [("2022", "980"), ("2023", "1,286"), ("2024", "1,642")],
        "steps": ["done"] * 9 + ["waiting", "done", "now", "none", "none"],
    }  # fmt: skip
