"""The random draw of experts: who may be drawn, how many of which field, and an order anybody can repeat from a seed."""

from dataclasses import dataclass
from enum import StrEnum


class Exclusion(StrEnum):
    """Why an expert may not be drawn for a file."""

    SAME_UNIT = "same_unit"
    SAME_GROUP = "same_group"  # the unit's parent group or a sister company
    RECENT_SERVICE = "recent_service"  # employed by or serving the unit within the years of `years_setting`
    SAME_REGION = "same_region"
    UNAVAILABLE = "unavailable"
    OBJECTED = "objected"  # the applicant's justified objection
    INACTIVE = "inactive"  # left the pool or suspended
    OVERLOADED = "overloaded"  # as many reviews at once as they take
    RIVAL = "rival"  # their own unit applies in the same call
    SEATED = "seated"  # sits on this panel, or has left it for good


EXCLUSION_LABELS = {
    Exclusion.SAME_UNIT: "与申请单位为同一单位",
    Exclusion.SAME_GROUP: "与申请单位属同一集团或上下级单位",
    Exclusion.RECENT_SERVICE: "近年曾在申请单位任职或为其提供服务",
    Exclusion.SAME_REGION: "与申请单位同属一个地区",
    Exclusion.UNAVAILABLE: "该时段不能参加",
    Exclusion.OBJECTED: "申请单位申请回避且理由成立",
    Exclusion.INACTIVE: "已停用或出库",
    Exclusion.OVERLOADED: "在评项目已达承担上限",
    Exclusion.RIVAL: "所在单位为本批次申报单位",
    Exclusion.SEATED: "已在本专家组，或曾退出本专家组",
}

ALWAYS = (
    Exclusion.SAME_UNIT,
    Exclusion.UNAVAILABLE,
    Exclusion.INACTIVE,
    Exclusion.OVERLOADED,
    Exclusion.RIVAL,
    Exclusion.SEATED,
)  # what bars an expert whatever the policy says: who cannot come, or judges themselves


class Region(StrEnum):
    """What counts as the applicant's own region."""

    DISTRICT = "district"  # the district the unit lies in
    PLACE = "place"  # the whole place the bureau is responsible for, with every district of it


@dataclass(frozen=True)
class DrawRule:
    """How experts of a panel are drawn. `size_setting` is how many, `years_setting` how far back service counts.

    `exclusions` apply always; SAME_REGION is among them where the edition says so, and `region` how wide that is. With `stratified` each field of the
    files is represented before the rest is drawn from all.
    """

    size_setting: str
    years_setting: str
    exclusions: tuple[Exclusion, ...]
    stratified: bool
    clause: str
    default: str = ""
    alternates_setting: str = ""
    region: Region = Region.DISTRICT
