"""四: the yearly review by points; a base that fails mends within three months, one that still fails loses its title."""

from portal.policy.aftercare import Consequence, Effect, Method, Rhythm, Scheme
from portal.policy.form import Field, FieldKind, Section
from riverland.procedure import GROUNDS

SCHEMES = (
    Scheme(
        "yearly",
        "年度考核",
        Rhythm.CALENDAR_YEARS,
        Method.SCORED,
        "四",
        text="每年考核一次，满分100分。",
        failing="rectify",
        minimum_months_setting="assessment.minimum_months",
        sections=(
            Section(
                "year",
                "年度自评",
                (
                    Field("persons", "年培训人数", FieldKind.INTEGER, minimum=0, unit="人"),
                    Field("opened", "向社会开放情况", FieldKind.LONG_TEXT, limit=1000),
                ),
            ),
        ),
        paper_title="溪川市技能实训基地年度考核表",
    ),
)
CONSEQUENCES = (
    Consequence(
        "rectify",
        "限期整改",
        Effect.IMPROVE,
        "考核不合格",
        "四",
        "考核不合格的，限期整改。",
        months=3,
        announced=False,
        removes_plaque=False,
        paper_title="限期整改通知书",
    ),
    Consequence(
        "revoke",
        "撤销",
        Effect.REVOKE,
        "",
        "四",
        "仍不合格的，撤销。",
        hearing_setting="revocation.hearing_days",
        rectify_first="rectify",
        paper_title="关于撤销溪川市技能实训基地的决定",
        grounds=GROUNDS,
    ),
)
