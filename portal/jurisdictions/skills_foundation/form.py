"""The application form, 附件2: blocks, labels and notes verbatim and in order; what the portal adds is marked `supplement`."""

from portal.jurisdictions.skills_foundation.form_chapters import CHAPTERS
from portal.jurisdictions.skills_foundation.form_standard import NOTES, STANDARD
from portal.jurisdictions.skills_foundation.form_training import EVALUATION, SITE, STAFF
from portal.jurisdictions.skills_foundation.profile import LEAGUES
from portal.jurisdictions.skills_foundation.standard import KINDS
from portal.policy.form import Field, FieldKind, Form, OfficeBlock, Option, Section, Table
from portal.policy.tests import AnyOf, Is, SettingIs

_HAS_SUPERVISOR = AnyOf((SettingIs("seal.supervisor", ("required",)), Is("cover.has_supervisor", ("yes",))))

COVER = Section(
    "cover",
    "封面",
    (
        Field(
            "unit_name",
            "申报单位",
            source="name",
            locked=True,
            hint="取自单位资料；申报单位名称要与所使用印章统一，打印后在此处加盖公章",
            clause="内人社办函〔2022〕278号 三",
            width=30,
        ),
        Field(
            "has_supervisor",
            "是否有主管单位",
            FieldKind.YES_NO,
            when=SettingIs("seal.supervisor", ("optional",)),
            hint="民营企业等没有主管单位的选“否”，并说明理由，封面“主管单位”处可不加盖公章",
            clause="附件2 封面",
            supplement=True,
        ),
        Field(
            "supervisor",
            "主管单位",
            limit=100,
            when=_HAS_SUPERVISOR,
            hint="打印后由主管单位在此处加盖公章",
            width=30,
            clause="附件2 封面",
        ),
        Field(
            "no_supervisor_reason",
            "无主管单位的理由",
            limit=200,
            when=Is("cover.has_supervisor", ("no",)),
            example="民营企业，无上级主管单位",
            width=30,
            clause="附件2 封面",
            supplement=True,
        ),
        Table(
            "occupations",
            "申报职业",
            (Field("name", "职业（工种）", limit=60, example="数控车工", width=20),),
            max_rows=30,
            noun="个职业",
            hint="与“培训评价能力”中所列职业（工种）一致",
            clause="附件2 封面",
        ),
        Field("contact", "联系人", limit=30, source="contact_name", personal=True, supplement=True),
        Field(
            "phone",
            "联系电话",
            FieldKind.PHONE,
            source="contact_phone",
            personal=True,
            example="0471-0000 0000",
            supplement=True,
        ),
        Field("filled_on", "填报时间", FieldKind.DATE, source="today", hint="按当日预填，可以修改"),
    ),
    clause="附件2",
)

_LEGAL = "法人代表信息"

UNIT = Section(
    "unit",
    "申报单位基本情况",
    (
        Field("name", "申报单位名称", source="name", locked=True, width=30),
        Field(
            "kind",
            "单位类别",
            FieldKind.MULTIPLE,
            options=(*(Option(key, label) for key, label in KINDS), Option("other", "其他", other=True)),
            hint="可以多选：兼有几种称号的企业全部勾选；民办职业培训学校、企业职工培训中心等选“其他”并写明",
            clause="附件1 第三条",
        ),
        Field("address", "申报单位地址", limit=200, source="address", width=30),
        Field("postcode", "邮政编码", FieldKind.POSTCODE, source="postcode", example="010010", width=10),
        Field("website", "网址", FieldKind.URL, required=False, source="website", width=20),
        Field("legal_name", f"{_LEGAL}：姓名", limit=30, personal=True),
        Field("legal_post", f"{_LEGAL}：职务", limit=40),
        Field("legal_phone", f"{_LEGAL}：办公电话", FieldKind.PHONE, personal=True, example="0471-0000 0000"),
        Field("legal_fax", f"{_LEGAL}：传真", FieldKind.PHONE, required=False, personal=True),
        Field("legal_mobile", f"{_LEGAL}：手机", FieldKind.PHONE, personal=True),
        Field("legal_email", f"{_LEGAL}：电子邮箱", FieldKind.EMAIL, personal=True),
        Field(
            "supervisor",
            "申报单位主管部门",
            limit=100,
            required=False,
            width=30,
            hint="没有主管部门的可以不填",
        ),
        Field(
            "credit_code",
            "统一社会信用代码",
            FieldKind.CREDIT_CODE,
            source="credit_code",
            locked=True,
            supplement=True,
        ),
        Field(
            "league",
            "所在盟市",
            FieldKind.CHOICE,
            options=tuple(Option(league, league) for league in LEAGUES),
            source="district",
            width=20,
            hint="驻自治区央企、自治区直属事业单位和国有大型企业通过所在地盟市级人力资源社会保障部门申报",
            clause="内人社办函〔2022〕278号 一",
            supplement=True,
        ),
    ),
    clause="附件2",
)

FORM = Form(
    title="国家技能根基工程培训基地申报书",
    parts=(COVER, UNIT, SITE, STAFF, EVALUATION, *CHAPTERS, STANDARD, NOTES),
    notes=(
        "一、请按照要求，如实填写，仔细核对。",
        "二、文字描述要说清时间、内容、结果，抓住重点，叙述简要。",
        "三、此表请使用 A4 纸，双面印，左侧装订，一式四份连同电子文档一并上报。",
        "内蒙古自治区要求：纸质材料需提供2份，白色封面简单胶装成册，不得过度修饰装帧；报部所需份数由自治区厅打印。",
    ),
    office_title="推荐意见（平台增设）",
    office=(
        OfficeBlock("league", "盟市人力资源和社会保障局审核意见", "盖章："),
        OfficeBlock("region", "自治区人力资源和社会保障厅推荐意见", "盖章："),
    ),
    declaration="本单位承诺：申报书及佐证材料的内容真实、准确、完整，申报单位名称与所使用印章一致；如有虚假，愿意承担由此产生的一切后果。",
    cover=("cover.unit_name", "cover.supervisor", "cover.occupations", "cover.filled_on"),
    seals=2,
    maker="人力资源社会保障部职业能力建设司",
)
