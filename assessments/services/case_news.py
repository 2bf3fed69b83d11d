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
