"""Telling people what happened, on commit and through tasks, so that a message never delays or undoes an act."""

from collections.abc import Iterable

from django.db import transaction

from reviews.models import (
    ConflictAlarm,
    Objection,
    Opinion,
    OpinionVersion,
    Panel,
    PanelMember,
    PaperEntry,
    Placement,
    PublicNotice,
    Shortlist,
    Visit,
)


def tell_members(*, panel: Panel, members: Iterable[PanelMember]) -> None:
    """Ask members to declare, after commit."""
    ids = [member.pk for member in members]

    def send() -> None:
        from reviews.tasks import announce_membership

        for member_id in ids:
            announce_membership.delay(panel.jurisdiction_id, member_id)

    transaction.on_commit(send)


def tell_dissolved(*, panel: Panel, members: Iterable[PanelMember], reason: str) -> None:
    """Tell members that their panel is no more, and why, after commit."""
    ids = [member.pk for member in members]

    def send() -> None:
        from reviews.tasks import announce_dissolved

        announce_dissolved.delay(panel.jurisdiction_id, panel.pk, ids, reason)

    transaction.on_commit(send)


def tell_visit(visit: Visit, said: str = "") -> None:
    """Tell members and unit how the visit stands now and, in `said`, what has changed or why, after commit."""
    jurisdiction_id, sequence = visit.panel.jurisdiction_id, visit.sequence

    def send() -> None:
        from reviews.tasks import announce_visit

        announce_visit.delay(jurisdiction_id, visit.pk, sequence, said)

    transaction.on_commit(send)


def tell_complete(panel: Panel) -> None:
    """Tell the bureau that all opinions are in, after commit."""

    def send() -> None:
        from reviews.tasks import announce_complete

        announce_complete.delay(panel.jurisdiction_id, panel.pk)

    transaction.on_commit(send)


def tell_published(notice: PublicNotice) -> None:
    """Tell the units on the list that it is public, after commit."""

    def send() -> None:
        from reviews.tasks import announce_notice

        announce_notice.delay(notice.jurisdiction_id, notice.pk)

    transaction.on_commit(send)


def tell_objection(objection: Objection) -> None:
    """Tell the bureau of an objection, after commit."""
    jurisdiction_id = objection.notice.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_objection

        announce_objection.delay(jurisdiction_id, objection.pk)

    transaction.on_commit(send)


def tell_ended(notice: PublicNotice) -> None:
    """Tell the bureau that a notice's time is over, after commit."""

    def send() -> None:
        from reviews.tasks import announce_ended

        announce_ended.delay(notice.jurisdiction_id, notice.pk)

    transaction.on_commit(send)


def tell_proposed(shortlist: Shortlist) -> None:
    """Ask the approvers to look at a list, after commit."""

    def send() -> None:
        from reviews.tasks import announce_proposal

        announce_proposal.delay(shortlist.jurisdiction_id, shortlist.pk)

    transaction.on_commit(send)


def tell_alarm(alarm: ConflictAlarm) -> None:
    """Tell those who run reviews of a conflict that came up later, after commit."""
    jurisdiction_id = alarm.member.panel.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_alarm

        announce_alarm.delay(jurisdiction_id, alarm.pk)

    transaction.on_commit(send)


def tell_promoted(placement: Placement) -> None:
    """Tell those who draft lists that an alternate has moved up, after commit."""
    jurisdiction_id = placement.selection.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_promotion

        announce_promotion.delay(jurisdiction_id, placement.pk)

    transaction.on_commit(send)


def tell_reopened(version: OpinionVersion) -> None:
    """Tell an expert that their sheet has come back, after commit."""
    jurisdiction_id = version.opinion.member.panel.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_reopened

        announce_reopened.delay(jurisdiction_id, version.pk)

    transaction.on_commit(send)


def tell_reopen_asked(opinion: Opinion) -> None:
    """Tell who can hand a sheet back that its expert asks for it, after commit."""
    jurisdiction_id = opinion.member.panel.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_reopen_asked

        announce_reopen_asked.delay(jurisdiction_id, opinion.pk)

    transaction.on_commit(send)


def tell_paper_entered(entry: PaperEntry) -> None:
    """Ask the others of the bureau to check a sheet typed in from paper, after commit."""
    jurisdiction_id = entry.member.panel.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_paper_entered

        announce_paper_entered.delay(jurisdiction_id, entry.pk)

    transaction.on_commit(send)


def tell_paper_settled(entry: PaperEntry) -> None:
    """Tell the expert what was entered in their name, or the typist that it came back, after commit."""
    jurisdiction_id = entry.member.panel.jurisdiction_id

    def send() -> None:
        from reviews.tasks import announce_paper_settled

        announce_paper_settled.delay(jurisdiction_id, entry.pk)

    transaction.on_commit(send)
