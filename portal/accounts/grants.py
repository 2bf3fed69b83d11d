"""Object permissions: the one module that talks to django-guardian. Raw guardian calls elsewhere are a lint error."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, get_users_with_perms, remove_perm

from portal.accounts.models import User

M = TypeVar("M", bound=Model)


def grant(*, user: User, permission: str, to: Model) -> None:
    """Give a person a permission (`app_label.codename`) over one object; giving it twice changes nothing."""
    assign_perm(permission, user, to)


def revoke(*, user: User, permission: str, to: Model) -> None:
    """Take the permission away; taking it twice changes nothing."""
    remove_perm(permission, user, to)


def granted(user: User, permission: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """Return the objects of `queryset` over which the person holds the permission."""
    return get_objects_for_user(user, permission, queryset, with_superuser=False, accept_global_perms=False)


def holders(permission: str, of: Model) -> QuerySet[User]:
    """Return the people who hold a permission over one object."""
    codename = permission.partition(".")[2]
    found: Any = get_users_with_perms(of, only_with_perms_in=[codename], with_group_users=False)
    return found
