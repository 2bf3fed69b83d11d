"""Who may sit on a panel: the reasons that keep an expert off it (P3-10)."""

from collections.abc import Iterable

from portal.policy.text import plain_name
from portal.tenancy.models import Organisation
from reviews.enums import ExpertState
from reviews.models import Expert, Panel


def same_unit(expert: Expert, organisation: Organisation) -> str:
    """Say why the expert counts as belonging to the unit; an empty string when they do not."""
    if expert.unit_credit_code and expert.unit_credit_code.upper() == organisation.credit_code.upper():
        return f"专家工作单位与被评单位的统一社会信用代码相同（{organisation.credit_code}），应当回避"
    if plain_name(expert.unit_name) == plain_name(organisation.name):
        return f"专家工作单位与被评单位名称相同（{organisation.name}），应当回避"
    return ""


def one_of_theirs(expert: Expert, units: Iterable[Organisation]) -> str:
    """Say why the expert counts as belonging to one of the units; an empty string when they do not."""
    return next((found for unit in units if (found := same_unit(expert, unit))), "")


def obstacle(expert: Expert, units: Iterable[Organisation]) -> str:
    """Say why this expert may not judge these units; an empty string when nothing is in the way."""
    if expert.state != ExpertState.AVAILABLE:
        return f"该专家目前为“{expert.get_state_display()}”，不能选用"
    if expert.user_id is None:
        return "该专家尚未关联账号，无法作回避声明和提交意见，请先在专家库中关联账号"
    return one_of_theirs(expert, units)


def panel_limits(panel: Panel) -> tuple[int, bool]:
    """Return how small the panel may be at this stage and whether it must be odd, as its call has them set."""
    rule = panel.rule
    values = panel.application.call.setting_values
    return int(values[rule.minimum_setting]), bool(values[rule.odd_setting])


def panel_maximum(panel: Panel) -> int | None:
    """Return how large the panel may be at this stage; None without a limit."""
    name = panel.rule.maximum_setting
    return int(panel.application.call.setting_values[name]) if name else None


def size_problem(panel: Panel, count: int) -> str:
    """Say what is wrong with a panel of `count` acting members; an empty string when it may work."""
    minimum, odd = panel_limits(panel)
    if count < minimum:
        return f"专家组应不少于 {minimum} 人，现有 {count} 人，请再选 {minimum - count} 人"
    maximum = panel_maximum(panel)
    if maximum is not None and count > maximum:
        return f"专家组应不超过 {maximum} 人，现有 {count} 人，请减少 {count - maximum} 人"
    if odd and count % 2 == 0:
        return f"专家组人数应为单数，现有 {count} 人，请增加或减少 1 人"
    return ""
