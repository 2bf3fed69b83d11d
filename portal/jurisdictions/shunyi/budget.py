"""The budget: the filling notes ask for one (各项目进度须明确…经费预算), the printed form has no table for it."""

from portal.jurisdictions.shunyi.goals import YEARS
from portal.policy.form import Field, FieldKind, Option, Section, Table

BUDGET = Section(
    "budget",
    "项目经费预算",
    (
        Table(
            "lines",
            "经费预算",
            (
                Field("year", "年度", FieldKind.CHOICE, options=YEARS[:2], supplement=True, width=10),
                Field(
                    "item",
                    "支出项目",
                    FieldKind.CHOICE,
                    options=(
                        Option("curriculum", "课程和教材开发"),
                        Option("teachers", "师资能力提升"),
                        Option("equipment", "设备设施购置和改造"),
                        Option("training", "培训实施"),
                        Option("evaluation", "技能评价"),
                        Option("contest", "集训和竞赛组织"),
                        Option("management", "管理和其他"),
                    ),
                    supplement=True,
                    width=16,
                ),
                Field("purpose", "用途说明", limit=200, supplement=True, width=24),
                Field("grant", "补助资金（万元）", FieldKind.MONEY, minimum=0, supplement=True, width=12),
                Field("own", "自筹资金（万元）", FieldKind.MONEY, minimum=0, supplement=True, width=12),
            ),
            max_rows=80,
            totals=("grant", "own"),
            noun="项",
            supplement=True,
        ),
    ),
    hint="填写要求提出“各项目进度须明确年度目标、可监测指标和经费预算”，官方表样没有预算表，由平台增设，随申报表另页打印。",
    clause="附件1 填写要求二",
    supplement=True,
)
