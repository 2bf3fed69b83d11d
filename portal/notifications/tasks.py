"""E-mail leaves by a sweep: a message is in the portal whatever becomes of its mail."""

from celery import shared_task

from portal.notifications.models import Message
from portal.notifications.services import MAIL_ATTEMPTS, mail_one


@shared_task
def sweep_mail() -> None:
    """Send what is due."""
    due = Message.objects.filter(mail_due=True, mailed_at__isnull=True, mail_attempts__lt=MAIL_ATTEMPTS)
    for message_id in due.values_list("pk", flat=True)[:500]:
        mail_one(message_id=message_id)
