"""Registers the edition: a draft for comment, without number or date."""

from datetime import date, datetime, timedelta, timezone

from portal.jurisdictions.shunyi.aftercare import (
    CONSEQUENCES,
    INDICATORS,
    LEDGERS,
    RECORD,
    REPORTS,
    SCHEMES,
    TALLIES,
    TARGETS,
)
from portal.jurisdictions.shunyi.conditions import CONDITIONS
from portal.jurisdictions.shunyi.defaults import DEFAULTS
from portal.jurisdictions.shunyi.form import FORM
from portal.jurisdictions.shunyi.materials import MATERIALS
from portal.jurisdictions.shunyi.money import BUILD_PERIOD, RECOVERIES, SUPPORT
from portal.jurisdictions.shunyi.procedure import DUTIES, NAMING, NOTICE, PANEL, PROCEDURE
from portal.jurisdictions.shunyi.profile import BUREAU, PROFILE
from portal.jurisdictions.shunyi.settings import SETTINGS
from portal.jurisdictions.shunyi.tracks import COMBINABLE, EXCLUSIVE, TRACKS
from portal.policy.edition import Edition, EditionStatus, OfficialCall
from portal.policy.registry import register

_BEIJING = timezone(timedelta(hours=8))

CALL_2024 = OfficialCall(
    title="2024年顺义区技能人才培训基地建设项目申报",
    year=2024,
    batch=1,
    opens_at=datetime(2024, 8, 1, tzinfo=_BEIJING),
    closes_at=datetime(2024, 8, 31, 23, 59, 59, tzinfo=_BEIJING),  # a Saturday, not rolled (G-06)
    summary="应在2024年8月31日前向顺义区人力资源和社会保障局提交申请表；随申即评。",
    default="方案没有写明开始申报的时间，平台默认为截止当月的第一日。",
)

# The draft bears no date; an edition needs one to stand in order. The setting edition.issued_on says so on the rules page.
_ASSUMED_DAY = date(2024, 8, 1)

SY_2024_DRAFT = register(
    Edition(
        code="SY-2024-DRAFT",
        profile=PROFILE,
        title="顺义区技能人才培训基地建设项目实施方案（征求意见稿）",
        short_title="区技能人才培训基地建设项目认定",
        document_number="",
        issuer=BUREAU,
        status=EditionStatus.DRAFT,
        issued_on=_ASSUMED_DAY,
        effective_from=_ASSUMED_DAY,
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=CONDITIONS,
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=NAMING,
        assessment=None,  # outputs are verified, no points and no grades (工作要求（三）)
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
        scope="在顺义区内依法登记注册的高等院校、技工院校、职业技能培训机构和企事业单位。",
        scope_clause="二（一）",
        basis="为支持技术技能人才队伍建设，为产业发展提供有力的人才和技能保证；2024-2025年，支持建成一批职业技能提升培训基地、"
        "产业链企业培训基地和技能大赛集训基地，形成“1＋N”技能人才培训基地体系（一（二））",
        validity="本方案有效期至每个技能人才培训基地完成建设工作为止，不超过2026年12月31日。",
        citation="《顺义区技能人才培训基地建设项目实施方案（征求意见稿）》",
        exclusive=EXCLUSIVE,
        combinable=COMBINABLE,
        official_calls=(CALL_2024,),
        act="认定",
    )
)
