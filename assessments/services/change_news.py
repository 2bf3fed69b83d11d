"""The words of the messages about a base that changes hands; each reaches a person once."""

from django.urls import reverse

from assessments.models import BaseChange
from portal.accounts.selectors import members_of
from portal.calendars import wording
from portal.notifications.services import notify


def tell_moved(change: BaseChange) -> None:
    """Tell the unit that held a base, and the one that holds it from now on."""
    base, old, new = change.base, change.from_organisation, change.to_organisation
    if old is None or new is None:
        return
    place, on = base.jurisdiction, wording.chinese_date(change.on)
    names = {"jurisdiction": place.code}
    for unit, title, body, link in (
        (
            old, "基地已移交其他单位",
            f"{base.name}已由本单位移交{new.name}（{on}，{change.get_kind_display()}），其报送、考核和资金事项由接收单位办理。",
            reverse("assessments:my_bases", kwargs=names),
        ),
        (
            new, "基地已移交本单位",
            f"{base.name}已由{old.name}移交本单位（{on}，{change.get_kind_display()}），请查看待报送、待办理的事项。",
            reverse("assessments:my_base", kwargs=names | {"pk": base.pk}),
        ),
    ):  # fmt: skip
        notify(
            memberships=members_of(unit), key=f"base-change:{change.pk}", title=title, body=body, link=link,
            jurisdiction=place, urgent=True,
        )  # fmt: skip
