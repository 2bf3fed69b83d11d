"""The words of the messages that assessments send; each reaches a person once."""

from django.urls import reverse

from assessments.enums import AssessmentState
from assessments.models import Assessment, Round
from assessments.selectors.rounds import in_full
from portal.accounts.models import Membership
from portal.accounts.selectors import members_of, members_with
from portal.notifications.services import notify


def unit_page(assessment: Assessment) -> str:
    """Return the address of an assessment for the base's unit."""
    return reverse(
        "assessments:my_assessment",
        kwargs={
            "jurisdiction": assessment.base.jurisdiction.code, "pk": assessment.base_id, "assessment_pk": assessment.pk,
        },
    )  # fmt: skip


def desk_page(assessment: Assessment) -> str:
    """Return the address of an assessment for the bureau."""
    return reverse(
        "assessments:assessment", kwargs={"jurisdiction": assessment.base.jurisdiction.code, "pk": assessment.pk}
    )


def tell_opened(found: Round) -> None:
    """Tell every unit that the assessment of its base has begun, or that it takes no part."""
    rows = list(in_full(Assessment.objects.filter(round=found)))
    people: dict[int, list[Membership]] = {}
    units = {each.base.organisation_id: each.base.organisation for each in rows}
    for pk, unit in units.items():
        people[pk] = list(members_of(unit))
    for each in rows:
        _notify(each, people[each.base.organisation_id], "opened", *_opening(each))


def tell_returned(assessment: Assessment, times: int) -> None:
    """Tell the unit that its self-assessment was returned."""
    _to_unit(
        assessment, f"returned:{times}", "自评已退回",
        f"{assessment.base.name}的自评已退回，请修改后重新提交。理由：{assessment.return_reason}", urgent=True,
    )  # fmt: skip


def tell_submitted(assessment: Assessment, times: int) -> None:
    """Tell the bureau that a self-assessment is in."""
    place = assessment.base.jurisdiction
    notify(
        memberships=members_with("base.keep", place), key=f"assessment:{assessment.pk}:submitted:{times}",
        title="自评已提交", body=f"{assessment.base.name}已提交自评（{assessment.title}）。", link=desk_page(assessment),
        jurisdiction=place,
    )  # fmt: skip


def tell_scored(assessment: Assessment) -> None:
    """Tell the bureau that the experts are done, and the chair where the bonus changes the grade."""
    place = assessment.base.jurisdiction
    notify(
        memberships=members_with("base.keep", place), key=f"assessment:{assessment.pk}:scored", title="专家考核已办结",
        body=f"{assessment.base.name}的专家考核已办结，请拟定考核结果（{assessment.title}）。", link=desk_page(assessment),
        jurisdiction=place,
    )  # fmt: skip
    panel, result = assessment.panel, assessment.result or {}
    if panel is None or not result.get("flagged"):
        return
    chairs = panel.members.filter(chair=True).select_related("expert__user")
    users = [seat.expert.user_id for seat in chairs]
    notify(
        memberships=members_with("review.score", place).filter(user__in=users),
        key=f"assessment:{assessment.pk}:flagged", title="请确认加分对等次的影响",
        body=f"{assessment.base.name}的加分改变了考核等次，请您作为组长说明理由并确认（{assessment.title}）。",
        link=reverse("assessments:assessment_chair", kwargs={"jurisdiction": place.code, "pk": assessment.pk}),
        jurisdiction=place, urgent=True,
    )  # fmt: skip


def tell_result(assessment: Assessment) -> None:
    """Tell the unit the result, or what it would be before the hearing."""
    if assessment.state == AssessmentState.HEARING:
        _to_unit(
            assessment, f"hearing:{assessment.proposed_at:%Y%m%d%H%M%S}", "考核结果告知",
            f"{assessment.base.name}的考核结果拟定为“{assessment.outcome_title}”，考核结果告知书可以下载。"
            "处置决定作出前，可以按告知书陈述申辩。", urgent=True,
        )  # fmt: skip
        return
    _to_unit(
        assessment, "result", "考核结果通知",
        f"{assessment.base.name}的考核结果为“{assessment.outcome_title}”，结果通知可以下载（{assessment.title}）。",
    )  # fmt: skip


def tell_proposed(assessment: Assessment) -> None:
    """Tell the approvers that a result waits for them."""
    place = assessment.base.jurisdiction
    notify(
        memberships=members_with("base.recognise", place),
        key=f"assessment:{assessment.pk}:proposed:{assessment.proposed_at:%Y%m%d%H%M%S}", title="考核结果待审批",
        body=f"{assessment.base.name}：拟定为“{assessment.outcome_title}”（{assessment.title}）。",
        link=desk_page(assessment), jurisdiction=place,
    )  # fmt: skip


def tell_sent_back(assessment: Assessment) -> None:
    """Tell the officer that the proposal was sent back."""
    place = assessment.base.jurisdiction
    notify(
        memberships=members_with("base.keep", place),
        key=f"assessment:{assessment.pk}:back:{assessment.proposed_at:%Y%m%d%H%M%S}",
        title="考核结果已退回", body=f"{assessment.base.name}的考核结果未通过审批，请重新拟定。意见：{assessment.opinion}",
        link=desk_page(assessment), jurisdiction=place,
    )  # fmt: skip


def _opening(each: Assessment) -> tuple[str, str]:
    if each.state == AssessmentState.EXEMPT:
        return "本轮考核不参评", f"{each.base.name}不参加{each.title}。理由：{each.exempt_reason}。"
    found = each.round
    if each.state == AssessmentState.SELF and found and found.self_due_on:
        due = f"{found.self_due_on:%Y-%m-%d}"
        return "考核已启动，请提交自评", f"{each.base.name}参加{each.title}，请于 {due} 前提交自评。"
    return "考核已启动", f"{each.base.name}参加{each.title}，台账和报送材料将作为考核依据。"


def _to_unit(assessment: Assessment, news: str, title: str, body: str, *, urgent: bool = False) -> None:
    _notify(assessment, list(members_of(assessment.base.organisation)), news, title, body, urgent=urgent)


def _notify(
    assessment: Assessment, people: list[Membership], news: str, title: str, body: str, *, urgent: bool = False
) -> None:
    notify(
        memberships=people, key=f"assessment:{assessment.pk}:{news}", title=title, body=body, link=unit_page(assessment),
        jurisdiction=assessment.base.jurisdiction, urgent=urgent,
    )  # fmt: skip
