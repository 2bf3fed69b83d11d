"""Registers the edition in force."""

from datetime import date

from portal.jurisdictions.skills_foundation.aftercare import INDICATORS, RECORD, REPORTS, SCHEMES, TALLIES
from portal.jurisdictions.skills_foundation.conditions import CONDITIONS
from portal.jurisdictions.skills_foundation.defaults import DEFAULTS
from portal.jurisdictions.skills_foundation.form import FORM
from portal.jurisdictions.skills_foundation.materials import MATERIALS
from portal.jurisdictions.skills_foundation.procedure import NAMING, NOTICE, PANEL, PROCEDURE
from portal.jurisdictions.skills_foundation.profile import PROFILE
from portal.jurisdictions.skills_foundation.selection import CELLS, DUTIES, OFFICIAL_CALLS, RANKING, SUPPORT
from portal.jurisdictions.skills_foundation.settings import SETTINGS
from portal.jurisdictions.skills_foundation.tracks import TRACKS
from portal.policy.edition import Edition, EditionStatus
from portal.policy.registry import register

GJ_2022_162 = register(
    Edition(
        code="GJ-2022-162",
        profile=PROFILE,
        title="关于开展国家技能根基工程培训基地申报遴选工作的通知",
        short_title="国家技能根基工程培训基地遴选",
        document_number="人社厅函〔2022〕162号",
        issuer="人力资源社会保障部办公厅",
        status=EditionStatus.IN_FORCE,
        issued_on=date(2022, 11, 13),
        effective_from=date(2022, 11, 13),
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=CONDITIONS,
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=NAMING,
        assessment=None,
        settings=SETTINGS,
        defaults=DEFAULTS,
        duties=DUTIES,
        support=SUPPORT,
        record=RECORD,
        tallies=TALLIES,
        indicators=INDICATORS,
        reports=REPORTS,
        schemes=SCHEMES,
        scope="院校、民办职业培训学校、企业职工培训中心、公共实训基地等单位；驻自治区央企、自治区直属事业单位和国有大型企业通过所在地盟市申报。",
        scope_clause="内人社办函〔2022〕278号 一",
        basis="《关于加强新时代高技能人才队伍建设的意见》《制造业技能根基工程实施方案》",
        citation="《人力资源社会保障部办公厅关于开展国家技能根基工程培训基地申报遴选工作的通知》（人社厅函〔2022〕162号，内人社办函〔2022〕278号转发）",
        cells=CELLS,
        ranking=RANKING,
        official_calls=OFFICIAL_CALLS,
        act="公布",
    )
)
