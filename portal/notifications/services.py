"""Sending messages. The same news (`key`) reaches a person once, however often it is sent."""

from collections.abc import Iterable

from django.core.mail import send_mail
from django.db import transaction

from portal.accounts.models import Membership
from portal.calendars import clock
from portal.notifications.models import Message
from portal.tenancy.models import Jurisdiction

MAIL_ATTEMPTS = 5


def notify(
    *,
    memberships: Iterable[Membership],
    key: str,
    title: str,
    body: str = "",
    link: str = "",
    jurisdiction: Jurisdiction | None = None,
    urgent: bool = False,
) -> int:
    """Put a message before each person in the capacity it concerns; return how many rows were offered to the database."""
    now = clock.now()
    rows = {
        each.user_id: Message(
            user_id=each.user_id,
            membership=each,
            jurisdiction=jurisdiction,
            key=key[:160],
            title=title[:120],
            body=body,
            link=link,
            urgent=urgent,
            created_at=now,
            mail_due=bool(each.user.email),
        )
        for each in memberships
    }
    Message.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def mark_read(*, message: Message) -> None:
    """Note that a message has been read; the first reading counts."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=clock.now())


def mark_all_read(*, user_id: int) -> None:
    """Note that a person has read everything."""
    Message.objects.filter(user_id=user_id, read_at__isnull=True).update(read_at=clock.now())


def mail_one(*, message_id: int) -> None:
    """Send one message by e-mail, once: the row is locked, and marked before the next may take it."""
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).select_related("user").get(pk=message_id)
        if message.mailed_at or not message.mail_due or message.mail_attempts >= MAIL_ATTEMPTS:
            return
        message.mail_attempts += 1
        message.save(update_fields=["mail_attempts"])
        if send_mail(
            message.title, f"{message.body}\n\n{message.link}", None, [message.user.email], fail_silently=True
        ):
            message.mailed_at = clock.now()
            message.save(update_fields=["mailed_at"])
