"""The log is sealed every hour; a seal missed is made up by the next."""

from celery import shared_task

from portal.audit.services import seal_log


@shared_task
def seal() -> None:
    """Append a seal if anything was written since the last."""
    seal_log()
