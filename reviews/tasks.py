"""Background work of reviews: it announces and tidies up, it never decides. Every task may run twice or late."""

from typing import Any

from celery import shared_task

from applications.models import Application
from portal.accounts.actor import SYSTEM
from portal.calendars import clock
from portal.policy.procedure import Desk
from portal.tenancy.managers import scope
from portal.tenancy.models import Jurisdiction
from portal.tenancy.selectors import active_jurisdictions
from reviews.models import (
    ConflictAlarm,
    Meeting,
    Objection,
    Opinion,
    OpinionVersion,
    Panel,
    PanelMember,
    PaperEntry,
    Placement,
    PublicNotice,
    Recommendation,
    Shortlist,
    Visit,
)
from reviews.selectors.boards import running_out
from reviews.selectors.conflicts import seats_at_risk
from reviews.selectors.visits import visits_in_list
from reviews.services import messages, sheet_messages
from reviews.services.conflicts import raise_alarms
from reviews.services.meeting_news import of_meeting
from reviews.services.notices import announce_end
from reviews.services.outlier_news import of_outliers
from reviews.services.recommend_news import of_closing, of_recommendation


@shared_task
def sweep_notices() -> None:
    """Announce every notice whose time is over and has not been announced."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for notice in PublicNotice.objects.filter(end_announced_at__isnull=True, ends_at__lte=clock.now()):
                announce_end(notice=notice)


@shared_task
def sweep_conflicts() -> None:
    """Look for later conflicts on every panel that is not over."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            raise_alarms(members=seats_at_risk(), by=SYSTEM)


@shared_task
def look_for_conflicts(jurisdiction_id: int, application_id: int) -> None:
    """A unit has applied: look whether its people judge others in the same call."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        call = Application.objects.get(pk=application_id).call_id
        raise_alarms(members=seats_at_risk().filter(panel__application__call=call), by=SYSTEM)


@shared_task
def announce_alarm(jurisdiction_id: int, alarm_id: int) -> None:
    """Tell the bureau of a conflict that came up later."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_alarm(
            ConflictAlarm.objects.select_related(
                "member__panel__jurisdiction", "member__panel__application__organisation"
            ).get(pk=alarm_id)
        )


@shared_task
def announce_membership(jurisdiction_id: int, member_id: int) -> None:
    """Ask one expert to declare."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.to_invited_member(
            PanelMember.objects.select_related("panel__jurisdiction", "expert").get(pk=member_id)
        )


@shared_task
def announce_dissolved(jurisdiction_id: int, panel_id: int, member_ids: list[int], reason: str) -> None:
    """Tell experts that their panel is no more."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        panel = Panel.objects.select_related("jurisdiction", "application__organisation").get(pk=panel_id)
        members = PanelMember.objects.filter(panel=panel, pk__in=member_ids).select_related("panel", "expert")
        messages.of_dissolved(panel, list(members), reason)


@shared_task
def announce_visit(jurisdiction_id: int, visit_id: int, sequence: int, said: str = "") -> None:
    """Tell how a visit stands and what has changed (`said`); a later change tells itself."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        visit = visits_in_list(Visit.objects.all()).get(pk=visit_id)
        if visit.sequence == sequence:
            messages.of_visit(visit, said)


@shared_task
def announce_outliers(jurisdiction_id: int, panel_id: int) -> None:
    """Ask the chair to explain scores that stand off."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        of_outliers(Panel.objects.select_related("jurisdiction", "application__organisation").get(pk=panel_id))


@shared_task
def announce_complete(jurisdiction_id: int, panel_id: int) -> None:
    """Tell the bureau that a panel's opinions are all in."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_complete_panel(
            Panel.objects.select_related("jurisdiction", "application__organisation").get(pk=panel_id)
        )


@shared_task
def announce_meeting(jurisdiction_id: int, meeting_id: int, news: str, sha256: str) -> None:
    """Tell how the minutes of a meeting stand."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        of_meeting(Meeting.objects.select_related("jurisdiction").get(pk=meeting_id), news, sha256)


@shared_task
def announce_notice(jurisdiction_id: int, notice_id: int) -> None:
    """Tell the listed units that they are on public notice."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_notice(PublicNotice.objects.select_related("jurisdiction", "shortlist").get(pk=notice_id))


@shared_task
def announce_ended(jurisdiction_id: int, notice_id: int) -> None:
    """Tell the bureau that a notice's time is over."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_ended_notice(PublicNotice.objects.select_related("jurisdiction").get(pk=notice_id))


@shared_task
def announce_objection(jurisdiction_id: int, objection_id: int) -> None:
    """Tell the bureau of an objection."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_objection(Objection.objects.select_related("notice__jurisdiction").get(pk=objection_id))


@shared_task
def announce_proposal(jurisdiction_id: int, shortlist_id: int) -> None:
    """Ask the approvers to look at a list."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_proposed_list(Shortlist.objects.select_related("jurisdiction", "drafted_by").get(pk=shortlist_id))


@shared_task
def announce_promotion(jurisdiction_id: int, placement_id: int) -> None:
    """Tell the bureau that an alternate has moved up and needs a list and a notice of its own."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        messages.of_promotion(
            Placement.objects.select_related(
                "selection__jurisdiction", "selection__call", "application__organisation"
            ).get(pk=placement_id)
        )


@shared_task
def announce_outcome(jurisdiction_id: int, application_id: int, move: str) -> None:
    """Tell a unit what a review has come to; the bureau too, when the level above has decided."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        application = Application.objects.select_related("jurisdiction", "organisation").get(pk=application_id)
        messages.of_outcome(application, move)
        if application.desk == Desk.SUPERIOR and move in messages.OUTCOMES_ABOVE:
            messages.of_outcome_above(application, move)


@shared_task
def announce_recommendation(jurisdiction_id: int, recommendation_id: int, news: str, turn: int) -> None:
    """Tell of a seal or a return; what has happened since tells itself."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        rows = Recommendation.objects.select_related("jurisdiction", "call", "office__parent__parent")
        found = rows.get(pk=recommendation_id)
        if (found.state, found.round) == (news, turn):
            of_recommendation(found, news)


@shared_task
def remind_recommenders() -> None:
    """Remind offices three days and one day before they can no longer hand in what they recommend."""
    for jurisdiction in active_jurisdictions():
        with scope(jurisdiction=jurisdiction):
            for due in running_out(jurisdiction):
                of_closing(due)


@shared_task
def announce_reopened(jurisdiction_id: int, version_id: int) -> None:
    """Tell an expert that their sheet has come back."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        sheet_messages.of_reopened(_about(OpinionVersion, "opinion__member", "reopened_by").get(pk=version_id))


@shared_task
def announce_reopen_asked(jurisdiction_id: int, opinion_id: int) -> None:
    """Tell who can hand a sheet back that it is asked for."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        sheet_messages.of_reopen_asked(_about(Opinion, "member").get(pk=opinion_id))


@shared_task
def announce_paper_entered(jurisdiction_id: int, entry_id: int) -> None:
    """Ask for a sheet from paper to be checked."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        sheet_messages.of_paper_entered(_about(PaperEntry, "member").get(pk=entry_id))


@shared_task
def announce_paper_settled(jurisdiction_id: int, entry_id: int) -> None:
    """Tell what has become of a sheet from paper."""
    with scope(jurisdiction=Jurisdiction.objects.get(pk=jurisdiction_id)):
        sheet_messages.of_paper_settled(_about(PaperEntry, "member", "entered_by", "checked_by").get(pk=entry_id))


def _about(model: Any, member: str, *more: str) -> Any:
    """Rows of a sheet with their member's expert, panel and file."""
    panel = f"{member}__panel"
    return model.objects.select_related(
        f"{member}__expert", f"{panel}__jurisdiction", f"{panel}__application__organisation", *more
    )
