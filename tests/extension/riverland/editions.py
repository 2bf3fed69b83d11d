"""Registers the edition of 2024. The entry point names this module."""

from datetime import date, datetime, timedelta, timezone

from portal.policy.edition import Duty, Edition, EditionStatus, OfficialCall, Window
from portal.policy.registry import register
from riverland import samples  # noqa: F401 - what a demonstration is made of comes along with the edition
from riverland.aftercare import CONSEQUENCES, SCHEMES
from riverland.conditions import CONDITIONS
from riverland.form import FORM, MATERIALS, TRACKS
from riverland.procedure import ASSESSMENT, NAMING, NOTICE, PANEL, PROCEDURE
from riverland.profile import PROFILE
from riverland.selection import AGGREGATION, CELLS, RANKING, REVIEW_SHEET
from riverland.settings import DEFAULTS, SETTINGS

_LOCAL = timezone(timedelta(hours=8))
CALL_2024 = OfficialCall(
    "2024年溪川市技能实训基地认定",
    2024,
    1,
    opens_at=datetime(2024, 7, 1, tzinfo=_LOCAL),
    closes_at=datetime(2024, 7, 17, 18, tzinfo=_LOCAL),
    windows=(
        Window(
            "recommendation",
            datetime(2024, 7, 18, tzinfo=_LOCAL),
            datetime(2024, 7, 24, 23, 59, 59, tzinfo=_LOCAL),
        ),
    ),
)
RL_2024 = register(
    Edition(
        code="RL-2024",
        profile=PROFILE,
        title="溪川市技能实训基地认定办法（试行）",
        short_title="市技能实训基地认定",
        document_number="溪人社发〔2024〕8号",
        issuer=PROFILE.issuer,
        status=EditionStatus.IN_FORCE,
        issued_on=date(2024, 3, 1),
        effective_from=date(2024, 4, 1),
        tracks=TRACKS,
        form=FORM,
        materials=MATERIALS,
        conditions=CONDITIONS,
        procedure=PROCEDURE,
        panel=PANEL,
        notice=NOTICE,
        naming=NAMING,
        assessment=ASSESSMENT,
        schemes=SCHEMES,
        consequences=CONSEQUENCES,
        settings=SETTINGS,
        defaults=DEFAULTS,
        duties=(Duty("年度考核", "每年接受考核。", "四", "每年"),),
        scope="溪川市内的职业院校和企业。",
        scope_clause="一",
        citation="《溪川市技能实训基地认定办法（试行）》（溪人社发〔2024〕8号）",
        cells=CELLS,
        ranking=RANKING,
        review_sheets=(REVIEW_SHEET,),
        aggregation=AGGREGATION,
        official_calls=(CALL_2024,),
    )
)
