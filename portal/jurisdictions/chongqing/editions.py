"""Registers the edition of 2024."""

from datetime import date, datetime, timedelta, timezone

from portal.jurisdictions.chongqing.aftercare import (
    BUILD_PERIOD,
    CONSEQUENCES,
    INDICATORS,
    LEDGERS,
    RECORD,
    RECOVERIES,
    REPORTS,
    SCHEMES,
    TALLIES,
    TARGETS,
)
from portal.jurisdictions.chongqing.conditions_municipal import MUNICIPAL_CONDITIONS
from portal.jurisdictions.chongqing.conditions_national import NATIONAL_CONDITIONS
from portal.jurisdictions.chongqing.defaults import DEFAULTS
from portal.jurisdictions.chongqing.form import FORM
from portal.jurisdictions.chongqing.materials import MATERIALS
from portal.jurisdictions.chongqing.preferences import PREFERENCE_CONDITIONS
from portal.jurisdictions.chongqing.procedure import DUTIES, NOTICE, PROCEDURE, SUPPORT
from portal.jurisdictions.chongqing.profile import PROFILE
from portal.jurisdictions.chongqing.review import AGGREGATION, PANEL, REVIEW_SHEETS
from portal.jurisdictions.chongqing.selection import CELLS, CROSS_APPLICATION, RANKING, RELEASES
from portal.jurisdictions.chongqing.settings import SETTINGS
from portal.jurisdictions.chongqing.tracks import MUNICIPAL_NAMING, TRACKS
from portal.policy.edition import Edition, EditionStatus, OfficialCall, Window
from portal.policy.registry import register

_BEIJING = timezone(timedelta(hours=8))
_OPENED = date(2024, 6, 17)  # the source has no date: CQ-D-01

CALL_2024 = OfficialCall(
    title="2024年高技能人才培训基地申报",
    year=2024,
    batch=1,
    opens_at=datetime(_OPENED.year, _OPENED.month, _OPENED.day, 9, tzinfo=_BEIJING),
    closes_at=datetime(2024, 7, 17, 18, tzinfo=_BEIJING),
    windows=(
        Window(
            "recommendation",
            datetime(2024, 7, 18, tzinfo=_BEIJING),
            datetime(2024, 7, 24, 23, 59, 59, tzinfo=_BEIJING),
        ),
    ),
    summary="国家级 3 个；市级资金补助类、命名支持类各 8 个。",
    default="CQ-D-01",
)

TIER_TABLE = {
    "title": "国家级高技能人才培训基地建设项目分类分档对照表",
    "annex": "附件1",
    "columns": (
        "档次",
        "分类（新建、已建）",
        "年培训人次下限",
        "高技能人才下限",
        "职业数下限",
        "其他条件",
        "资金（万元）",
    ),
    "rows": (),
    "given": tuple((f"{tier} 档", f"tiers.{tier}") for tier in "ABCD"),
    "note": "附件1未随文公布，本表暂为空表，可由市局在政策设置中填写；空表不影响申报和评审，档次由专家组核定。",
    "default": "CQ-D-05",
}
"""Annex 1, shipped empty; `given` are the rows a bureau fills by settings: the first column, and the key of the rest."""

CQ_2024_8 = register(
    Edition(
        code="CQ-2024-8",
        profile=PROFILE,
        title="关于申报2024年高技能人才培训基地的通知",
        short_title="高技能人才培训基地评选",
        document_number="渝高技办〔2024〕8号",
        issuer="重庆市高技能人才工作联席会办公室",
        status=EditionStatus.IN_FORCE,
        issued_on=_OPENED,
        effective_from=_OPENED,
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=(*NATIONAL_CONDITIONS, *MUNICIPAL_CONDITIONS, *PREFERENCE_CONDITIONS),
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=MUNICIPAL_NAMING,
        assessment=None,
        settings=SETTINGS,
        defaults=DEFAULTS,
        duties=DUTIES,
        support=SUPPORT,
        recoveries=RECOVERIES,
        build_period=BUILD_PERIOD,
        record=RECORD,
        ledgers=LEDGERS,
        tallies=TALLIES,
        indicators=INDICATORS,
        targets=TARGETS,
        reports=REPORTS,
        schemes=SCHEMES,
        consequences=CONSEQUENCES,
        scope="具备高技能人才培训评价能力的职业院校、企业（行业）技能培训中心、职业培训机构和公共职业技能实训基地等；"
        "申报主体为职业院校的，要以技能人才培养为办学定位和办学目标。",
        scope_clause="三",
        basis="《国家级高技能人才培训基地建设项目实施管理办法（试行）》（人社厅发〔2013〕52号）、"
        "《重庆市市级高技能人才培训基地管理办法》（渝人社发〔2017〕183号）",
        citation="《关于申报2024年高技能人才培训基地的通知》（渝高技办〔2024〕8号）",
        cross_application=CROSS_APPLICATION,
        cells=CELLS,
        ranking=RANKING,
        releases=RELEASES,
        review_sheets=REVIEW_SHEETS,
        aggregation=AGGREGATION,
        official_calls=(CALL_2024,),
        act="批建",
        extra={"tables": (TIER_TABLE,)},
    )
)
