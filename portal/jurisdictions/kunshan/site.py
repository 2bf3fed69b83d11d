"""The base itself: its name, its building, the safety and comfort of its rooms, and the equipment (7.2 F11)."""

from portal.policy.form import Field, FieldKind, Section, Table
from portal.policy.measures import Number
from portal.policy.tests import AllOf, Compare, SettingIs

BASE = Section(
    "base",
    "二、基地基本情况",
    (
        Field("name", "基地名称", limit=80, example="昆山精密制造公共实训基地", width=30),
        Field(
            "area",
            "建筑面积",
            FieldKind.DECIMAL,
            minimum=0,
            maximum=99_999_999,
            unit="平方米",
            clause="三（二）5",
            width=15,
        ),
        Field(
            "area_note",
            "建筑面积未达到 1000 平方米的说明",
            FieldKind.LONG_TEXT,
            limit=500,
            when=AllOf((SettingIs("area.rule", ("explain",)), Compare(Number("base.area"), "<", 1000))),
            hint="通知写作“原则在1000平方米以上”：请说明场地为何仍能满足实训要求",
            clause="三（二）5",
            width=30,
        ),
        Field("fire", "有满足实训要求的消防设备", FieldKind.YES_NO, clause="三（二）5", width=15),
        Field("ventilation", "有满足实训要求的通风设备", FieldKind.YES_NO, clause="三（二）5", width=15),
        Field("lighting", "有满足实训要求的照明设备", FieldKind.YES_NO, clause="三（二）5", width=15),
        Field("climate", "有满足实训要求的控温设备", FieldKind.YES_NO, clause="三（二）5", width=15),
        Field(
            "facility_note",
            "消防、通风、照明、控温设备说明",
            FieldKind.LONG_TEXT,
            limit=500,
            required=False,
            clause="三（二）5",
            width=30,
        ),
    ),
    short="二、基地情况",
    clause="三（二）5",
)

EQUIPMENT = Section(
    "equipment",
    "四、教学实训设备清单",
    (
        Table(
            "items",
            "实训设备",
            (
                Field("name", "名称", limit=80, example="五轴联动加工中心", width=16),
                Field("model", "型号", limit=80, example="VMC-650U", hint="无型号的填“定制”", width=12),
                Field("quantity", "数量", FieldKind.INTEGER, minimum=1, maximum=99_999, width=7),
                Field("value", "原值（万元）", FieldKind.MONEY, minimum=0, width=11),
                Field("advance", "先进性说明", limit=200, hint="在同行中的先进水平，所用于的实训项目", width=24),
            ),
            totals=("quantity", "value"),
            noun="行",
        ),
    ),
    short="四、实训设备",
    clause="三（二）3；三（三）1",
)
