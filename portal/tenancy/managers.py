"""Managers of rows that belong to a jurisdiction: a query outside a scope raises.

Scopes come from django-scopes: `with scope(jurisdiction=j):` limits every query to one jurisdiction, or to a list of them;
`with scopes_disabled():` is for migrations, sweeps that enter each scope in turn, and tests.
"""

from typing import Any

from django.db import models
from django_scopes import ScopedManager, scope, scopes_disabled

__all__ = ["scope", "scopes_disabled", "tenant_manager"]


def tenant_manager(path: str = "jurisdiction", queryset: type[models.QuerySet[Any]] | None = None) -> Any:
    """Return a manager that follows `path` to the jurisdiction and refuses to work outside a scope.

    Shape: assign it as `objects` of a model; `path` is a lookup such as `call__jurisdiction`.
    """
    manager_class = models.Manager.from_queryset(queryset) if queryset else models.Manager
    return ScopedManager(_manager_class=manager_class, jurisdiction=path)
