"""What the API framework needs of accounts."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class DenyByDefault(BasePermission):
    """Refuses every endpoint that does not name its own permission class."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Refuse."""
        return False


class Everyone(BasePermission):
    """Admits visitors: for open data only."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Admit."""
        return True


class SignedIn(BasePermission):
    """Admits signed-in people; which rows they get is decided by the view's queryset."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Look at the portal's own actor, which knows the capacity acted in."""
        return bool(getattr(request, "actor", None))
