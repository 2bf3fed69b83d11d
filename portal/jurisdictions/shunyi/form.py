"""The application form, 附件1: headings, labels and notes verbatim; what the portal adds is marked `supplement`.

The main text says 申请表, the form itself 申报表; the form's own title is used.
"""

from portal.jurisdictions.shunyi.budget import BUDGET
from portal.jurisdictions.shunyi.goals import GOALS
from portal.jurisdictions.shunyi.self_check import SELF_CHECK
from portal.jurisdictions.shunyi.tracks import FORM_TITLE
from portal.jurisdictions.shunyi.work import WORK
from portal.policy.form import Field, FieldKind, Form, OfficeBlock, Option, Section, Table

COVER = Section(
    "cover",
    "封面",
    (
        Field("unit_name", "项目单位", source="name", locked=True, hint="取自单位资料；打印后在此处盖章"),
        Table(
            "occupations",
            "申报专业（职业工种）",
            (
                Field("name", "专业（职业、工种）", limit=60, example="工业机器人系统运维员", width=20),
                Field("code", "职业编码", required=False, limit=20, supplement=True, width=10),
            ),
            max_rows=10,
            noun="个专业",
            hint="与第三部分逐一对应",
        ),
        Field("contact", "填报人", limit=30, source="contact_name", personal=True),
        Field("phone", "联系电话", FieldKind.PHONE, source="contact_phone", personal=True, supplement=True),
        Field("filled_on", "填报时间", FieldKind.DATE, source="today", hint="按当日预填，可以修改"),
    ),
    hint="项目类别为本次申报所选的基地类型；一份申报表只申报一个类型。",
    clause="附件1",
)


def _person(prefix: str, heading: str, sources: tuple[str, str]) -> tuple[Field, ...]:
    name, phone = sources
    return (
        Field(f"{prefix}_name", f"{heading}：姓名", limit=30, source=name, personal=True, width=15),
        Field(f"{prefix}_post", "部门及职务", limit=60, width=15),
        Field(f"{prefix}_phone", "办公电话", FieldKind.PHONE, source=phone, personal=True, width=15),
        Field(f"{prefix}_mobile", "手机", FieldKind.PHONE, personal=True, width=15),
    )


BASIC = Section(
    "basic",
    "表1-1项目单位基本情况信息",
    (
        Field("unit_name", "项目单位名称", source="name", locked=True, width=30),
        Field(
            "ownership",
            "属性",
            FieldKind.CHOICE,
            options=(
                Option("government", "政府办"),
                Option("industry", "行业、企业办"),
                Option("other", "其它", other=True),
            ),
        ),
        Field(
            "unit_code",
            "统一社会信用代码或组织机构代码",
            FieldKind.UNIT_CODE,
            source="credit_code",
            hint="18 位统一社会信用代码；尚未换发的可填 9 位组织机构代码",
            width=20,
        ),
        Field("address", "项目单位地址", limit=200, source="address", width=20),
        Field("website", "网址", FieldKind.URL, required=False, source="website", width=10),
        *_person("legal", "法人代表信息", ("", "")),
        *_person("contact", "联系人信息", ("contact_name", "contact_phone")),
        Field(
            "account",
            "资金账号",
            FieldKind.ACCOUNT,
            limit=40,
            personal=True,
            hint="只用于拨付补助资金，专家和公众看不到完整账号",
            width=15,
        ),
        Field("bank", "开户银行", limit=80, example="××银行北京顺义支行", width=15),
        Field(
            "features",
            "特色概述",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="包括但不限于规范管理、培训能力、师资队伍、校企合作、办赛经验等方面（可附加页）",
            width=30,
        ),
    ),
    short="表1-1 单位基本情况",
    clause="附件1 一",
)

BACKGROUND = Section(
    "background",
    "表1-2项目背景及工作基础",
    (
        Field(
            "background",
            "项目背景",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="简述当地经济社会发展、产业结构调整、企业技能人才需求、技能人才培训等方面的总体情况",
            width=30,
        ),
        Field(
            "foundation",
            "工作基础",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="就拟申报的专业分别简述培养技能人才或组织技能大赛具备的条件和已有的工作基础",
            width=30,
        ),
    ),
    short="表1-2 背景和基础",
    clause="附件1 一",
)

SAFEGUARDS = Section(
    "safeguards",
    "四、主要保障措施（表4保障机制）",
    (
        Field(
            "organisation",
            "管理机构",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="管理机构的总体架构、基本职责、人员组成、责任分工以及考核奖惩措施等",
            width=30,
        ),
        Field(
            "mechanism",
            "保障机制",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="包括项目建设的培训机制、管理机制等",
            width=30,
        ),
        Field(
            "funding",
            "经费保障",
            FieldKind.LONG_TEXT,
            limit=3000,
            hint="包括补助经费的使用与管理，学校、行业、企业和其他方面的经费筹措措施",
            width=30,
        ),
    ),
    short="表4 保障措施",
    clause="附件1 四",
)

FORM = Form(
    title=FORM_TITLE,
    parts=(COVER, BASIC, BACKGROUND, *GOALS, WORK, SAFEGUARDS, *SELF_CHECK, BUDGET),
    notes=(
        "一、请按照要求，如实填写，仔细核对。",
        "二、须制定项目建设总体目标和分阶段目标，要有可量化的考核指标。各项目进度须明确年度目标、可监测指标和经费预算。",
        "三、填写内容文字要准确简练，内容要重点突出，数字要精准无误。",
        "四、请使用A4纸，双面印，左侧装订盖章后（2份）连同电子文档一并上报。",
    ),
    office_title="五、审核结果（表5 申报单位、专家审核意见和行政部门审核结果）",
    office=(
        OfficeBlock("unit", "申报单位意见", "（签字盖章）"),
        OfficeBlock("experts", "专家评审意见", ""),
        OfficeBlock(
            "expert_list",
            "专家信息（说明：1.专家人数不得少于3人；2.专家人数应为单数。）",
            "姓名、单位及职务/职称、手机、签名：",
        ),
        OfficeBlock("bureau", "行政部门审核意见（顺义区人力资源和社会保障局）", "（签字盖章）"),
    ),
    declaration="本单位承诺：申报表及所附材料的内容真实、准确、完整；如有弄虚作假、谎报成果等行为，愿意承担由此产生的一切后果。",
    cover=("cover.unit_name", "cover.occupations", "cover.contact", "cover.filled_on"),
    track_label="项目类别",
)
