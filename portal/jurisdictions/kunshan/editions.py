"""Registers the edition of 2021."""

from datetime import date

from portal.jurisdictions.kunshan.aftercare import (
    CONSEQUENCES,
    INDICATORS,
    LEDGERS,
    RECORD,
    REPORTS,
    SCHEMES,
    TALLIES,
    TARGETS,
)
from portal.jurisdictions.kunshan.calls import CALL_2021
from portal.jurisdictions.kunshan.conditions import CONDITIONS
from portal.jurisdictions.kunshan.defaults import DEFAULTS, SETTINGS
from portal.jurisdictions.kunshan.form import FORM
from portal.jurisdictions.kunshan.materials import MATERIALS
from portal.jurisdictions.kunshan.procedure import NAMING, NOTICE, PANEL, PROCEDURE
from portal.jurisdictions.kunshan.profile import PROFILE
from portal.jurisdictions.kunshan.records import DUTIES, SUPPORT
from portal.jurisdictions.kunshan.review import AGGREGATION, RANKING, REVIEW_SHEETS
from portal.jurisdictions.kunshan.tracks import TRACKS
from portal.policy.edition import Edition, EditionStatus
from portal.policy.registry import register

KS_2021 = register(
    Edition(
        code="KS-2021",
        profile=PROFILE,
        title="关于开展2021年昆山市高技能人才公共实训基地建设项目申报的通知",
        short_title="市高技能人才公共实训基地认定",
        document_number="",  # the notice has none
        issuer="昆山市人力资源和社会保障局",
        status=EditionStatus.IN_FORCE,
        issued_on=date(2021, 11, 26),
        effective_from=date(2021, 11, 26),
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=CONDITIONS,
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=NAMING,
        assessment=None,  # the notice has no score sheet for the yearly assessment (KS-A-02)
        settings=SETTINGS,
        defaults=DEFAULTS,
        duties=DUTIES,
        support=SUPPORT,
        record=RECORD,
        ledgers=LEDGERS,
        tallies=TALLIES,
        indicators=INDICATORS,
        targets=TARGETS,
        reports=REPORTS,
        schemes=SCHEMES,
        consequences=CONSEQUENCES,
        scope="昆山市范围内符合条件的行业协会（组织）、生产型企业、职业院校、职业培训机构等。",
        scope_clause="三（一）",
        basis=(
            "《市政府办公室关于印发昆山市职业技能提升行动实施方案的通知》（昆政办发〔2020〕67号）、"
            "《市政府办公室关于印发昆山市高技能人才计划实施办法（试行）的通知》（昆政办发〔2021〕75号）"
        ),
        citation="《关于开展2021年昆山市高技能人才公共实训基地建设项目申报的通知》（2021年11月26日）",
        ranking=RANKING,
        review_sheets=REVIEW_SHEETS,
        aggregation=AGGREGATION,
        official_calls=(CALL_2021,),
    )
)
