"""The words of the messages that cases send; each reaches a person once."""

from datetime import timedelta

from django.urls import reverse

from assessments.models import Announcement, Case, Improvement
from portal.accounts.selectors import members_of, members_with
from portal.calendars import clock
from portal.notifications.services import notify

INSTANT = timedelta(microseconds=1)


def tell_served(case: Case) -> None:
    """Tell the unit what is proposed and until when it may answer."""
    last = clock.local_date(case.hearing_until - INSTANT) if case.hearing_until else clock.today()
    _to_unit(
        case, "served", "拟作出处置，请陈述申辩",
        f"{case.base.name}：拟作出“{case.consequence.title}”。可以在 {last:%Y-%m-%d} 24:00 前陈述申辩，逾期视为放弃。",
    )  # fmt: skip


def tell_stated(case: Case, what: str) -> None:
    """Tell the bureau that the unit has answered."""
    place = case.base.jurisdiction
    notify(
        memberships=members_with("base.keep", place),
        key=f"case:{case.pk}:stated:{case.state}:{case.statement_late}",
        title="单位陈述申辩",
        body=f"{case.base.organisation.name}就“{case.consequence.title}”{what}（{case.base.name}）。",
        link=reverse("assessments:case", kwargs={"jurisdiction": place.code, "pk": case.pk}),
        jurisdiction=place,
    )


def tell_decided(case: Case) -> None:
    """Tell the unit what was decided."""
    _to_unit(
        case, "decided", f"已作出“{case.consequence.title}”决定",
        f"{case.base.name}：{case.document_number}。决定书可以下载；不服的，可以按决定书载明的途径提出。",
    )  # fmt: skip


def tell_dropped(case: Case) -> None:
    """Tell the unit that nothing follows."""
    _to_unit(
        case, "dropped", "不予处理", f"{case.base.name}：拟作出的“{case.consequence.title}”不予处理。理由：{case.dropped_reason}"
    )  # fmt: skip


def tell_carried_out(case: Case, text: str) -> None:
    """Tell the unit what has changed for its base."""
    _to_unit(case, "carried_out", f"“{case.consequence.title}”已执行", f"{case.base.name}：{text}")


def tell_guided(improvement: Improvement, number: int) -> None:
    """Tell the unit that guidance was given."""
    case = improvement.case
    _to_unit(
        case, f"guided:{number}", "改进（整改）指导", f"{case.base.name}：指导记录已登记，请按后续要求办理。"
    )  # fmt: skip


def tell_period(improvement: Improvement, text: str) -> None:
    """Tell the unit that its period was prolonged, or how it ended."""
    _to_unit(
        improvement.case, f"period:{improvement.state}:{improvement.ends_on}", "改进（整改）期变动",
        f"{improvement.base.name}：{text}",
    )  # fmt: skip


def tell_hearing_over(case: Case) -> None:
    """Tell those who keep the register and those who decide that the unit had its time, and said nothing."""
    _to_desk(
        case, f"case:{case.pk}:hearing_over", "陈述申辩期满，请作出决定",
        f"{case.base.name}：拟作出“{case.consequence.title}”，单位没有在期限内陈述申辩，视为放弃。",
    )  # fmt: skip


def tell_improvement_over(improvement: Improvement) -> None:
    """Tell them that a period to mend is over, and that the re-check is due."""
    case = improvement.case
    _to_desk(
        case, f"improvement:{improvement.pk}:over:{improvement.ends_on}", "改进（整改）期满，请复核",
        f"{case.base.name}：“{case.consequence.title}”期已于 {improvement.ends_on:%Y-%m-%d} 届满，请复核并登记结论。",
    )  # fmt: skip


def tell_improvement_ends(improvement: Improvement, left: int) -> None:
    """Remind the unit that its period runs out; once, and again where it was prolonged meanwhile."""
    when = f"还有 {left} 天" if left else "就在今天"
    _to_unit(
        improvement.case, f"period:ends:{improvement.ends_on}", "改进（整改）期将满",
        f"{improvement.case.base.name}：“{improvement.case.consequence.title}”期到 {improvement.ends_on:%Y-%m-%d} 届满，{when}。"
        "请完成改进（整改），届满后主管部门复核。",
    )  # fmt: skip


def tell_announced(announcement: Announcement, case: Case) -> None:
    """Tell the bureau's people that the announcement is out."""
    place = announcement.jurisdiction
    notify(
        memberships=members_with("base.read", place),
        key=f"announcement:{announcement.pk}",
        title="公告已发布",
        body=announcement.title,
        link=reverse("assessments:announcement", kwargs={"jurisdiction": place.code, "pk": announcement.pk}),
        jurisdiction=place,
    )


def _to_desk(case: Case, key: str, title: str, body: str) -> None:
    place = case.base.jurisdiction
    notify(
        memberships=[*members_with("base.keep", place), *members_with("base.recognise", place)],
        key=key,
        title=title,
        body=body,
        link=reverse("assessments:case", kwargs={"jurisdiction": place.code, "pk": case.pk}),
        jurisdiction=place,
        urgent=True,
    )


def _to_unit(case: Case, what: str, title: str, body: str) -> None:
    place = case.base.jurisdiction
    notify(
        memberships=members_of(case.base.organisation),
        key=f"case:{case.pk}:{what}",
        title=title,
        body=body,
        link=reverse("assessments:my_case", kwargs={"jurisdiction": place.code, "pk": case.pk}),
        jurisdiction=place,
        urgent=True,
    )
