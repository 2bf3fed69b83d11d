"""The districts and industry departments recommend: routes, quotas, the verified share of skilled staff, the papers."""

from portal.jurisdictions.chongqing.conditions_municipal import STUDENTS_TO_TEACHER
from portal.jurisdictions.chongqing.conditions_national import SKILLED_SHARE
from portal.jurisdictions.chongqing.form_people import SHARE_ASKED, SKILL_LEVELS
from portal.jurisdictions.chongqing.tracks import MUNICIPAL, NATIONAL
from portal.policy.condition import Measure
from portal.policy.form import Field, FieldKind, Option, Section
from portal.policy.measures import Count, Number, Share, Sum, Total
from portal.policy.recommendation import (
    PaperKind,
    QuotaLine,
    RecommendationPaper,
    RecommendationRule,
    Route,
    SummaryColumn,
)
from portal.policy.tests import Compare, Is
from portal.policy.verification import VerifiedFigure

ROUTES = (
    Route(
        "place",
        "属地",
        ("district",),
        "向所在区县（自治县）人力社保部门申报；中央在渝单位向属地区县人力社保部门申报。",
        "五（一）",
    ),
    Route(
        "industry",
        "归口",
        ("industry",),
        "按归口管理向上级行业主管部门申报；中央在渝单位不适用。",
        "五（一）",
        closed_to=("central",),
    ),
)

LINES = (
    QuotaLine("national", "国家级", NATIONAL, "quota.national", ranked=False, clause="五（一）"),
    QuotaLine("municipal", "市级", MUNICIPAL, "quota.municipal", ranked=True, clause="五（一）"),
)

_VERIFIED = Is("verification.conclusion", ("met", "unmet"))


def _persons(key: str, label: str) -> Field:
    return Field(key, label, FieldKind.INTEGER, unit="人", when=_VERIFIED, width=10)


VERIFICATION = Section(
    "verification",
    "推荐单位技能人才占比核查情况证明表",
    (
        Field(
            "conclusion",
            "核查结论",
            FieldKind.CHOICE,
            options=(Option("met", "符合"), Option("unmet", "不符合"), Option("not_applicable", "不适用")),
            hint="门槛：国家级 40%，市级 35%；被推荐单位非依托企业建设的选“不适用”，本表仍须上传",
            clause="四（一）1（2）；四（一）2（2）",
        ),
        Field("as_of", "统计截止日", FieldKind.DATE, when=_VERIFIED),
        _persons("employees", "在岗职工数"),
        _persons("dispatched", "劳务派遣人数"),
        *(_persons(key, f"技能人才：{label}") for key, label in SKILL_LEVELS),
        Field(
            "sources",
            "数据来源",
            FieldKind.MULTIPLE,
            options=(Option("social", "社保名册"), Option("ledger", "用工台账"), Option("certificates", "证书查询")),
            when=_VERIFIED,
        ),
        Field(
            "methods",
            "核查方式",
            FieldKind.MULTIPLE,
            options=(Option("on_site", "现场"), Option("papers", "资料")),
        ),
        Field("checker1", "核查人（1）", limit=30, personal=True),
        Field("checker2", "核查人（2）", limit=30, personal=True),
        Field("checked_on", "核查日期", FieldKind.DATE),
        Field(
            "remark",
            "核查说明",
            FieldKind.LONG_TEXT,
            limit=500,
            required=False,
            hint="结论与申报单位自报数据不一致的，说明差异原因",
        ),
    ),
    short="核查证明表",
    hint="本表为平台拟定的默认表样（附件7未随文公布），由推荐部门填写本部门核查的数据，加盖公章后上传。",
    clause="五（一）；七（二）",
)

_COUNTED = ("employees", "dispatched", *(key for key, _ in SKILL_LEVELS))
_VERIFIED_SHARE = Share(
    Sum(tuple(Number(f"verification.{key}") for key, _ in SKILL_LEVELS)),
    Sum((Number("verification.employees"), Number("verification.dispatched"))),
)
SHARE = VerifiedFigure(
    "技能人才占企业用工（含劳务派遣）总量的比例",
    own=_VERIFIED_SHARE,
    reported=SKILLED_SHARE,
    limits=((NATIONAL, Compare(_VERIFIED_SHARE, ">=", 40, "%")), (MUNICIPAL, Compare(_VERIFIED_SHARE, ">=", 35, "%"))),
    clause="四（一）1（2）；四（一）2（2）",
    when=SHARE_ASKED,
    conclusion="conclusion",
)

PAPERS = (
    RecommendationPaper(
        "recommendation_letter",
        PaperKind.LETTER,
        "高技能人才培训基地推荐函",
        "根据渝高技办〔2024〕8号要求，我单位对申报单位进行了审核，现按名额推荐如下，市级按推荐顺序排列。",
        "七（二）",
        default="CQ-D-05",
    ),
    RecommendationPaper(
        "verification",
        PaperKind.VERIFICATION,
        "推荐单位技能人才占比核查情况证明表",
        "经核查，被推荐单位的用工总量和技能人才情况如下。",
        "七（二）",
        default="CQ-A-07",
    ),
    RecommendationPaper(
        "recommendation_summary",
        PaperKind.SUMMARY,
        "高技能人才培训基地申报基本情况表",
        "由平台按申报数据汇总，一单位一行。",
        "五（一）",
        stamped=False,
        default="CQ-D-05",
    ),
)


def _said(title: str, reference: str, width: int = 10) -> SummaryColumn:
    return SummaryColumn(title, reference=reference, width=width)


def _measured(title: str, measure: Measure, width: int = 8) -> SummaryColumn:
    return SummaryColumn(title, measure=measure, width=width)


def _fact(title: str, fact: str, width: int = 8) -> SummaryColumn:
    return SummaryColumn(title, fact=fact, width=width)


_HIGH, _PERSONS = Number("training.high_persons"), Number("training.persons")
_TEACHERS, _PRACTICE = Number("teachers.total"), Number("teachers.practice")
_QUALIFIED, _SENIOR = Number("teachers.qualified"), Number("teachers.senior_qualified")

SUMMARY = (
    _fact("序号", "order", 5),
    _fact("受理编号", "number", 14),
    _fact("推荐次序", "rank", 6),
    _fact("单位名称", "unit", 18),
    _fact("统一社会信用代码", "credit_code", 14),
    _said("单位性质", "unit.kind"),
    _said("所在区县", "unit.district"),
    _said("主管部门", "unit.supervisor"),
    _fact("推荐部门", "recommender", 14),
    _fact("申报级别", "track", 6),
    _said("申报类别", "municipal.category", 8),
    _said("支持方式意向", "municipal.support", 8),
    _said("申报档次", "national.tier", 6),
    _said("申报专业（职业工种）", "professions.items.name", 18),
    _said("年培训人次", "training.person_times", 8),
    _said("年培训人数", "training.persons", 8),
    _measured("其中：高级工以上（人）", _HIGH),
    _measured("高级工以上占比（%）", Share(_HIGH, _PERSONS), 12),
    _said("年培训数字技能人才（人）", "training.digital", 8),
    _said("年评价人次", "training.evaluated", 8),
    _measured("教师总数", _TEACHERS),
    _measured("一体化教师数", Number("teachers.integrated")),
    _measured("一体化教师占比（%）", Share(Number("teachers.integrated"), _TEACHERS), 12),
    _measured("高级实习指导教师和技师以上教师占比（国家级，%）", Share(_QUALIFIED, _PRACTICE), 12),
    _measured("高级实习指导教师和高级技师教师占比（市级，%）", Share(_SENIOR, _PRACTICE), 12),
    _measured("师生比（1 比）", STUDENTS_TO_TEACHER, 10),
    _measured("大、中型合作企业数", Count("cooperation.partners", "size", ("large", "medium"))),
    _measured("与企业共建专业数", Count("professions.items", "developed", ("yes",))),
    _measured("设备总值（万元）", Total("professions.items", "value")),
    _said("场地面积（平方米）", "site.area", 8),
    _said("已建基地级别", "bases.items.level", 8),
    _said("已建基地年份", "bases.items.year", 8),
    _said("验收等次", "bases.items.grade", 8),
    _said("竞赛成绩", "merits.contests.result", 14),
    _measured("技能人才占比（%）", SKILLED_SHARE, 12),
    _fact("联系人", "contact"),
    _fact("联系电话", "phone", 10),
)

RECOMMENDATION = RecommendationRule(
    tier="推荐部门",
    routes=ROUTES,
    lines=LINES,
    papers=PAPERS,
    summary=SUMMARY,
    clause="五（一）；七（二）",
    summary_title="高技能人才培训基地申报基本情况表",
    verification=VERIFICATION,
    figures=(SHARE,),
    counterparts=tuple((key, f"workforce.{key}") for key in ("as_of", *_COUNTED)),
    default="CQ-A-15",
)
