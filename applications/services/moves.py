"""The one function that changes an application's status."""

from typing import Any

from django.core.exceptions import PermissionDenied

from applications.models import Application
from applications.permissions import holds
from applications.signals import application_moved
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import find_move


class WrongState(Exception):
    """The action is not open in the application's present state; the message is Chinese and shown as it is."""


def locked(application: Application) -> Application:
    """Return the application's row under lock, fresh from the database; call inside a transaction."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "organisation")
        .get(pk=application.pk)
    )


def move(
    *,
    application: Application,
    action: str,
    by: Actor,
    reason: str = "",
    before: Any = None,
    after: Any = None,
    data: dict[str, Any] | None = None,
) -> Application:
    """Carry out one row of the transition table on a locked application.

    In order: the table is asked; the actor's capability is checked (an office only what lies on its desk, a unit only its
    own file); the status is written; the event is recorded; `application_moved` is sent. Raise `WrongState` or
    `PermissionDenied`; nothing is written then.
    """
    row = find_move(application.status, action, application.desk, application.edition.stage_kinds)
    if row is None:
        raise WrongState(f"该申报目前为“{application.bureau_label}”，不能办理此项操作，请刷新页面查看最新状态")
    if not _may(by, row.capability, application):
        raise PermissionDenied("当前身份不能对该申报办理此项操作")
    source, application.status = application.status, row.target.value
    application.updated_at = clock.now()
    if row.to and row.to.value != application.desk:
        application.desk, application.desk_since = row.to.value, application.updated_at
    application.save()
    record(
        by=by,
        action=f"application.{action}",
        obj=application,
        jurisdiction_id=application.jurisdiction_id,
        reason=reason,
        before=before,
        after=after,
        data={"from": source, "to": application.status, "desk": application.desk, **(data or {})},
    )
    application_moved.send(sender=Application, application=application, move=action, by=by)
    return application


def require_at_desk(capability: str, application: Application, by: Actor) -> None:
    """Raise `PermissionDenied` unless the actor holds the capability and the file lies on the actor's desk."""
    by.require(capability, application.jurisdiction_id)
    if not holds(by, application):
        raise PermissionDenied("该申报目前不在本部门办理")


def _may(by: Actor, capability: str, application: Application) -> bool:
    if capability == "application.submit":
        return by.can(capability) and by.organisation == application.organisation
    return by.can("system") or (by.can(capability, application.jurisdiction_id) and holds(by, application))
