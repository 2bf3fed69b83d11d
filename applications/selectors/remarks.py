"""The remarks a returned file came back with, pinned where they belong."""

from django.db.models import QuerySet

from applications.enums import RemarkState
from applications.models import Application, Remark
from portal.policy.procedure import Status


def open_remarks(application: Application) -> QuerySet[Remark]:
    """Return the remarks sent with the present round of correction."""
    if application.status != Status.RETURNED:
        return Remark.objects.none()
    return Remark.objects.filter(application=application, version=application.current_id, state=RemarkState.SENT)


def by_path(remarks: QuerySet[Remark]) -> dict[str, list[Remark]]:
    """Return remarks by the path they are pinned to; one query unless there can be none."""
    pinned: dict[str, list[Remark]] = {}
    for remark in remarks:
        pinned.setdefault(remark.path, []).append(remark)
    return pinned
