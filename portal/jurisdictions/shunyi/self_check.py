"""What 二（一）（二） ask and 附件1 has no box for: subject, records, premises, and the numbers of each type. All supplement."""

from portal.jurisdictions.shunyi.profile import TOWNS
from portal.jurisdictions.shunyi.subjects import (
    CHAIN_SUBJECTS,
    CONTEST_SUBJECTS,
    LINKED_SUBJECTS,
    TRAINING_SUBJECTS,
)
from portal.jurisdictions.shunyi.tracks import ON_CY, ON_DS, ON_TS
from portal.jurisdictions.shunyi.type_check import CHAIN, CONTEST, COOPERATION, TRAINING_NUMBERS
from portal.policy.form import Field, FieldKind, Option, Section, Table
from portal.policy.lookups import Includes
from portal.policy.tests import AllOf

_NOTE = "官方表样未列、核对申报条件所需的内容，由平台增设，随申报表另页打印。"
LINKED = AllOf((ON_CY, Includes("qualification.chain_subjects", LINKED_SUBJECTS, "", any_of=True)))

QUALIFICATION = Section(
    "qualification",
    "申报主体和信用情况自评",
    (
        Field(
            "registered",
            "是否在顺义区内依法登记注册",
            FieldKind.YES_NO,
            hint="以营业执照等登记证照载明的登记机关和住所为准；统一社会信用代码第 3 至 8 位为 110113 仅作参考",
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "town",
            "所在街镇",
            FieldKind.CHOICE,
            options=tuple(Option(each, each) for each in TOWNS),
            source="district",
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "training_subject",
            "申报主体类型",
            FieldKind.CHOICE,
            options=TRAINING_SUBJECTS,
            when=ON_TS,
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "chain_subjects",
            "申报主体类型",
            FieldKind.MULTIPLE,
            options=CHAIN_SUBJECTS,
            when=ON_CY,
            hint="可多选，均应附认定文件或其他证明",
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "linkage",
            "链接龙头企业或上市公司的能力",
            FieldKind.LONG_TEXT,
            limit=1000,
            when=LINKED,
            hint="单项冠军、专精特新企业填写",
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "standing",
            "在同行业中的知名度和成长性",
            FieldKind.LONG_TEXT,
            limit=1000,
            when=ON_CY,
            clause="二（一）",
            supplement=True,
        ),
        Field(
            "contest_subject",
            "申报主体类型",
            FieldKind.CHOICE,
            options=CONTEST_SUBJECTS,
            when=ON_DS,
            clause="二（一）",
            supplement=True,
        ),
        Field("permit", "是否持有办学许可证", FieldKind.YES_NO, clause="附件1 请附1", supplement=True),
        *(
            Field(
                key,
                label,
                FieldKind.INTEGER,
                minimum=0,
                unit="次",
                hint="自申报之日起向前推算 3 年，没有的填 0",
                clause="二（二）1",
                supplement=True,
            )
            for key, label in (
                ("criminal", "近3年受刑事处罚"),
                ("administrative", "近3年受行政处罚"),
                ("dishonest", "近3年受失信联合惩戒"),
            )
        ),
    ),
    hint=_NOTE,
    clause="二（一）、二（二）1",
    supplement=True,
)

PREMISES = Section(
    "premises",
    "场地和设备情况自评",
    (
        Table(
            "sites",
            "实训（训练）场地",
            (
                Field("name", "场地名称", limit=80, example="工业机器人实训室", supplement=True, width=20),
                Field("area", "面积（平方米）", FieldKind.DECIMAL, minimum=0, supplement=True, width=10),
                Field(
                    "tenure",
                    "权属",
                    FieldKind.CHOICE,
                    options=(Option("owned", "自有"), Option("leased", "租赁"), Option("shared", "合作共用")),
                    supplement=True,
                    width=10,
                ),
                Field("occupations", "服务专业（职业、工种）", limit=120, supplement=True, width=20),
            ),
            max_rows=100,
            totals=("area",),
            noun="处",
            supplement=True,
            clause="二（二）2",
        ),
        Table(
            "equipment",
            "主要设备设施、工具",
            (
                Field("name", "名称", limit=80, supplement=True, width=18),
                Field("model", "型号规格", limit=80, hint="无型号的填“定制”", supplement=True, width=14),
                Field("quantity", "数量", FieldKind.INTEGER, minimum=1, supplement=True, width=8),
                Field("value", "原值（万元）", FieldKind.MONEY, minimum=0, supplement=True, width=12),
                Field("occupations", "服务专业（职业、工种）", limit=120, supplement=True, width=20),
            ),
            totals=("quantity", "value"),
            noun="行",
            supplement=True,
            clause="二（二）2",
        ),
        Field(
            "consumables",
            "工具耗材保障情况",
            FieldKind.LONG_TEXT,
            limit=1000,
            when=ON_DS,
            clause="二（二）2",
            supplement=True,
        ),
        Field(
            "safety",
            "场所、设备设施符合国家建设和安全标准的说明",
            FieldKind.LONG_TEXT,
            limit=1000,
            hint="消防验收或备案、设备检验、安全操作规程等情况",
            clause="二（二）2",
            supplement=True,
        ),
    ),
    hint=_NOTE,
    clause="二（二）2",
    supplement=True,
)

SELF_CHECK = (QUALIFICATION, PREMISES, TRAINING_NUMBERS, CHAIN, COOPERATION, CONTEST)
