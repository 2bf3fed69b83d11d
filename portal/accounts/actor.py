"""Who is acting: a person in one of their capacities, or the system itself."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from portal.accounts.models import Membership, User
from portal.accounts.roles import CAPABILITIES, TIER_CAPABILITIES, Role
from portal.tenancy.enums import Tier
from portal.tenancy.models import Organisation


@dataclass(frozen=True)
class Actor:
    """A user in a membership; both are None for the system. Every service takes one as `by`."""

    user: User | None
    membership: Membership | None
    ip: str | None = None

    def __bool__(self) -> bool:
        """Whether somebody is signed in."""
        return self.user is not None

    @property
    def person(self) -> User:
        """The user, for rows that must name one; `PermissionDenied` for the system and for visitors."""
        if self.user is None:
            raise PermissionDenied("此项操作须由本人登录后办理")
        return self.user

    @property
    def role(self) -> Role | None:
        """The role acted in."""
        return self.membership.role if self.membership else None

    @property
    def organisation(self) -> Organisation | None:
        """The organisation acted for."""
        return self.membership.organisation if self.membership else None

    @property
    def jurisdiction_id(self) -> int | None:
        """The jurisdiction of the office acted for; None for applicant units and platform staff."""
        return self.organisation.jurisdiction_id if self.organisation else None

    @property
    def label(self) -> str:
        """How the event log names the actor."""
        if self.user is None:
            return "系统" if self.ip is None else "未登录访问者"
        return (
            f"{self.user.name}（{self.organisation.name}，{self.role.label}）"
            if self.organisation and self.role
            else self.user.name
        )

    def can(self, capability: str, jurisdiction_id: int | None = None) -> bool:
        """Say whether the actor holds a capability, in that jurisdiction when one is given. The system may do anything.

        In an organisation that may not act (a unit whose registration waits for review) a person can do nothing.
        """
        if self.user is None:
            return self.membership is None and self.ip is None
        if self.role is None or capability not in self.role.capabilities:
            return False
        if self.organisation is None or not self.organisation.may_act:
            return False
        if not self.organisation.is_unit and capability not in TIER_CAPABILITIES.get(
            self.organisation.tier, CAPABILITIES
        ):
            return False
        return jurisdiction_id is None or self.jurisdiction_id == jurisdiction_id

    @property
    def tier(self) -> Tier | None:
        """Where the actor's office stands; None for units, visitors and the system."""
        return self.organisation.tier if self.organisation and not self.organisation.is_unit else None

    def require(self, capability: str, jurisdiction_id: int | None = None) -> None:
        """Raise `PermissionDenied` unless `can`."""
        if not self.can(capability, jurisdiction_id):
            raise PermissionDenied(f"当前身份没有此项权限（{capability}）")

    def require_at(self, capability: str, jurisdiction_id: int | None) -> None:
        """Raise `PermissionDenied` unless the actor holds a capability at that place: an office only its own, the platform any.

        Unlike `require`, a row without a jurisdiction (None) is out of an office's reach.
        """
        self.require(capability)
        if self.jurisdiction_id is not None and self.jurisdiction_id != jurisdiction_id:
            raise PermissionDenied("该事项不属于您所在的辖区")


SYSTEM = Actor(user=None, membership=None)
