"""The three types of base, the plaque of each, and which may be applied for together."""

from portal.policy.edition import Track
from portal.policy.notice import NamingPattern
from portal.policy.selection import CombinableTracks, ExclusiveTracks
from portal.policy.tests import OnTrack

TS, CY, DS = "ts", "cy", "ds"
TRAINING = (TS, CY)
"""The two 培训基地; the third is the 大赛集训基地."""

ON_TS, ON_CY, ON_DS, ON_TRAINING = OnTrack((TS,)), OnTrack((CY,)), OnTrack((DS,)), OnTrack(TRAINING)

FORM_TITLE = "顺义区技能人才培训基地建设项目申报表"


def _naming(plaque: str) -> NamingPattern:
    """A granted name is the title with the unit in brackets; the plaque is the title alone, word for word."""
    return NamingPattern(f"{plaque}（{{core}}）", plaque, (("unit", "单位名称"),), "四（三）")


TRACKS = (
    Track(
        TS,
        "职业技能提升培训基地",
        "TS",
        "申报主体为高等院校、技工院校、职业技能培训机构、企业培训中心。",
        "二（一）",
        FORM_TITLE,
        _naming("顺义区职业技能提升培训基地"),
    ),
    Track(
        CY,
        "产业链企业培训基地",
        "CY",
        "申报主体为规模以上企业、产业链链主企业、上市公司、产教融合型企业、技能型企业、有链接龙头企业或上市公司能力的"
        "单项冠军、专精特新企业，在同行业中具有较高知名度和较好成长性。",
        "二（一）",
        FORM_TITLE,
        _naming("顺义区产业链企业培训基地"),
    ),
    Track(
        DS,
        "技能大赛集训基地",
        "DS",
        "申报主体为企业、技工院校、职业院校和培训机构等。",
        "二（一）",
        FORM_TITLE,
        _naming("技能大赛集训基地"),  # without the district: so the draft has it (SY-A-11)
    ),
)

EXCLUSIVE = (ExclusiveTracks((TS, CY), "职业技能提升培训基地和产业链企业培训基地不可同时申报。", "二（一）"),)
_TOGETHER = "符合条件的企业可同时申报培训基地和大赛集训基地"
COMBINABLE = tuple(
    CombinableTracks((training, DS), ("enterprise",), _TOGETHER, "二（一）", "SY-A-09") for training in TRAINING
)
