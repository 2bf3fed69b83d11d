"""Registers the edition in force."""

from datetime import date

from portal.jurisdictions.hangzhou.aftercare import CONSEQUENCES, INDICATORS, LEDGERS, RECORD, REPORTS, SCHEMES, TALLIES
from portal.jurisdictions.hangzhou.assessment import SHEET
from portal.jurisdictions.hangzhou.conditions import CONDITIONS
from portal.jurisdictions.hangzhou.defaults import DEFAULTS, SETTINGS
from portal.jurisdictions.hangzhou.form import FORM
from portal.jurisdictions.hangzhou.materials import MATERIALS
from portal.jurisdictions.hangzhou.procedure import DUTIES, NAMING, NOTICE, PANEL, PROCEDURE, SUPPORT
from portal.jurisdictions.hangzhou.profile import PROFILE
from portal.jurisdictions.hangzhou.tracks import TRACKS
from portal.policy.edition import Edition, EditionStatus
from portal.policy.registry import register

HZ_2023_115 = register(
    Edition(
        code="HZ-2023-115",
        profile=PROFILE,
        title="杭州市高技能人才公共实训基地体系建设实施办法",
        short_title="市高技能人才公共实训基地（分基地）认定",
        document_number="杭人社发〔2023〕115号",
        issuer="杭州市人力资源和社会保障局",
        status=EditionStatus.IN_FORCE,
        issued_on=date(2023, 11, 30),
        effective_from=date(2024, 1, 20),
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=CONDITIONS,
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=NAMING,
        assessment=SHEET,
        settings=SETTINGS,
        defaults=DEFAULTS,
        duties=DUTIES,
        support=SUPPORT,
        record=RECORD,
        ledgers=LEDGERS,
        tallies=TALLIES,
        indicators=INDICATORS,
        reports=REPORTS,
        schemes=SCHEMES,
        consequences=CONSEQUENCES,
        scope="杭州市内符合条件的各类企业、普通高校、职业院校（含技工院校）等单位。",
        scope_clause="二（一）",
        basis="《杭州市人民政府关于推进高质量就业工作的实施意见》（杭政函〔2022〕81号）",
        change_clause="如遇国家、省、市政策调整，按新政策执行。",
        repeals="《关于推进杭州市高技能人才公共实训基地体系建设的通知》（杭人社发〔2013〕480号）",
        citation="《杭州市高技能人才公共实训基地体系建设实施办法》（杭人社发〔2023〕115号）",
    )
)
