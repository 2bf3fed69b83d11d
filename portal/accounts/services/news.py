"""Telling the apps above what happened to an account, inside the transaction of the change."""

from typing import Any

from django.db import models

from portal.accounts.actor import Actor
from portal.accounts.signals import account_changed


def tell(
    *,
    by: Actor,
    action: str,
    obj: models.Model,
    jurisdiction_id: int | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Send `account_changed`. `data` holds no password, token or personal number."""
    account_changed.send(
        sender=type(obj), obj=obj, by=by, action=action, jurisdiction_id=jurisdiction_id, reason=reason, data=data or {}
    )
