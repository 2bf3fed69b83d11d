"""What 附件1 asks and 附件2 has no box for, and the reasons for what is missed: all of it supplement (GJ-A-10)."""

from dataclasses import replace

from portal.jurisdictions.skills_foundation.standard import TESTS
from portal.policy.form import Field, FieldKind, Section
from portal.policy.lookups import Not
from portal.policy.tests import AllOf


def _people(key: str, label: str, clause: str, unit: str = "人次") -> Field:
    return Field(
        key, label, FieldKind.INTEGER, minimum=0, maximum=9_999_999, unit=unit, hint="没有的填 0", clause=clause
    )


def _percent(key: str, label: str, hint: str) -> Field:
    return Field(
        key,
        label,
        FieldKind.DECIMAL,
        minimum=0,
        maximum=100,
        unit="%",
        hint=hint,
        clause="附件1 第二十一条",
    )


_GROUPS = "附件1 第五条"
_HONOURS = "附件1 第十三条"
_FIELDS = (
    _people("apprentices", "企业新型学徒制培训", _GROUPS),
    _people("graduates", "高校毕业生培训", _GROUPS),
    _people("veterans", "退役军人培训", _GROUPS),
    _people("migrants", "农民工培训", _GROUPS),
    _people("unemployed", "失业人员培训", _GROUPS),
    _people("disabled", "残疾人培训", _GROUPS),
    Field("multimedia", "是否配备满足正常教学需求的多媒体和网络设备设施", FieldKind.YES_NO, clause="附件1 第十一条"),
    Field("books", "是否具有一定数量的专业图书、专业期刊和技术培训资料", FieldKind.YES_NO, clause="附件1 第十一条"),
    Field("resource_bank", "是否建立有丰富的数字化培训资源库", FieldKind.YES_NO, clause="附件1 第十一条"),
    Field("information_platform", "是否具备便捷高效的信息化管理与服务平台", FieldKind.YES_NO, clause="附件1 第十一条"),
    _people("full_time_trainers", "专职培训师资", _HONOURS, "人"),
    _people("part_time_trainers", "兼职培训师资", _HONOURS, "人"),
    _people("skill_award", "中华技能大奖获得者", _HONOURS, "人"),
    _people("national_experts", "全国技术能手", _HONOURS, "人"),
    _people("master_studios", "国家级技能大师工作室带头人", _HONOURS, "人"),
    _people("allowances", "享受省级以上政府特殊津贴或获得省级以上技能相关荣誉表彰的高技能领军人才", _HONOURS, "人"),
    _percent("pass_rate", "培训合格率", "最近一个完整年度，考核合格人次占参加考核人次的比例"),
    _percent("employer_satisfaction", "企业调查评价满意率", "最近一次培训效果评估中企业的满意率"),
    _percent("learner_satisfaction", "劳动者调查评价满意率", "最近一次培训效果评估中参训劳动者的满意率"),
)

STANDARD = Section(
    "standard",
    "参考标准对照",
    tuple(replace(field, supplement=True) for field in _FIELDS),
    hint="申报书没有设置、参考标准（附件1）需要核对的数据，由平台增设；重点人群人次按最近一个完整年度填报。",
    clause="附件1",
    supplement=True,
)

_REASONS = (
    ("kind", "单位类别不在参考标准所列遴选对象之内", "附件1 第三条"),
    ("scale", "年培训规模未达 2000 人次", "附件1 第四条"),
    ("advanced", "高级工及以上培训不足 20%", "附件1 第四条"),
    ("capacity", "场所不能满足年累计培训 2000 人次以上", "附件1 第九条"),
    ("equipped", "具备相匹配实训设备的职业（工种）不足 3 个", "附件1 第十条"),
    ("equipment_value", "设备总价值低于 2000 万元", "附件1 第十条"),
    ("facilities", "多媒体、图书资料、资源库、信息化平台不全", "附件1 第十一条"),
    ("experts", "有职业（工种）的专家不足 3 名", "附件1 第十二条"),
    ("pass_rate", "培训合格率低于 90%", "附件1 第二十一条"),
    ("satisfaction", "企业或劳动者满意率低于 90%", "附件1 第二十一条"),
    ("integrated", "一体化（双师型）教师多于专任教师", "附件2 培训师资情况"),
    ("instructors", "实习指导教师分项之和与总数不一致", "附件2 培训师资情况"),
)

NOTES = Section(
    "notes",
    "未达参考标准的说明",
    tuple(
        Field(
            key,
            f"{label}的说明",
            FieldKind.LONG_TEXT,
            limit=500,
            when=Not(TESTS[key]),
            hint="写明原因、现状和改进措施；盟市人力资源社会保障部门推荐时须逐条说明理由",
            clause=clause,
            supplement=True,
        )
        for key, label, clause in _REASONS
    ),
    hint="参考标准不作为提交的硬性门槛；数据未达到的，逐条说明。",
    clause="附件1",
    when=Not(AllOf(tuple(TESTS.values()))),
    supplement=True,
)
