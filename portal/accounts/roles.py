"""Roles as data: what each kind of member may do, and in which kind of organisation the role exists.

A capability is a right to try; which objects it reaches is decided by the querysets in each app's `permissions`.
"""

from dataclasses import dataclass

from portal.tenancy.enums import OrganisationKind as Kind
from portal.tenancy.enums import Tier

OFFICES = frozenset({Kind.MINISTRY, Kind.PROVINCE, Kind.LEAGUE, Kind.CITY, Kind.DISTRICT, Kind.TOWN, Kind.INDUSTRY})
RECOMMENDERS = frozenset({Kind.LEAGUE, Kind.DISTRICT, Kind.TOWN, Kind.INDUSTRY, Kind.PROVINCE})


@dataclass(frozen=True)
class Role:
    """`exclusive` roles are the three administrators: nobody holds two of them (GB/T 22239-2019, 8.1.4.2)."""

    code: str
    label: str
    kinds: frozenset[str]
    capabilities: frozenset[str]
    exclusive: bool = False


def _role(code: str, label: str, kinds: frozenset[str], capabilities: str, *, exclusive: bool = False) -> Role:
    return Role(code, label, kinds, frozenset(capabilities.split()), exclusive)


_UNIT = frozenset({Kind.UNIT})
_ANY_OFFICE = OFFICES | {Kind.CENTRE, Kind.SUPERVISION, Kind.PLATFORM}

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("unit_admin", "单位管理员", _UNIT, "unit.manage application.edit application.submit base.report"),
        _role("unit_operator", "经办人", _UNIT, "application.edit application.submit base.report"),
        _role(
            "recommender",
            "推荐岗",
            RECOMMENDERS,
            "application.read application.check recommendation.read recommendation.work",
        ),
        _role(
            "bureau_officer",
            "受理岗",
            OFFICES,
            "application.read application.check application.decide review.run expert.manage shortlist.draft "
            "objection.handle registration.review call.prepare base.read base.keep statistics.read "
            "review.read expert.read shortlist.read objection.read document.mend "
            "recommendation.read recommendation.report",
        ),
        _role(
            "bureau_approver",
            "审批岗",
            OFFICES,
            "application.read call.prepare call.publish shortlist.approve notice.publish objection.rule base.recognise "
            "base.read statistics.read edition.configure review.read expert.read shortlist.read objection.read "
            "recommendation.read recommendation.report",
        ),
        _role("finance", "财务岗", OFFICES, "base.read payment.make"),
        _role("expert", "评审专家", _ANY_OFFICE, "review.score"),
        _role(
            "supervisor",
            "监督员",
            _ANY_OFFICE,
            "application.read review.read expert.read shortlist.read objection.read base.read audit.read statistics.read "
            "recommendation.read",
        ),
        _role(
            "system_admin", "系统管理员", _ANY_OFFICE, "system.configure calendar.import document.mend", exclusive=True
        ),
        _role("security_admin", "安全管理员", _ANY_OFFICE, "account.manage", exclusive=True),
        _role("audit_admin", "审计管理员", _ANY_OFFICE, "audit.read audit.export", exclusive=True),
    )
}
ROLE_CHOICES = [(role.code, role.label) for role in ROLES.values()]
EXCLUSIVE = [role.code for role in ROLES.values() if role.exclusive]
# What an office that does not run the calls may do at most, whatever the role: the rest is the bureau's.
TIER_CAPABILITIES: dict[str, frozenset[str]] = {
    Tier.RECOMMENDER: frozenset(
        ["application.read", "application.check", "recommendation.read", "recommendation.work", "review.score"]
    ),
    Tier.SUPERIOR: frozenset(
        [
            "application.read",
            "recommendation.read",
            "review.run",
            "review.read",
            "review.score",
            "expert.manage",
            "expert.read",
            "shortlist.approve",
            "base.recognise",
            "base.read",
            "document.mend",
        ]
    ),
}
CAPABILITIES = frozenset().union(*(role.capabilities for role in ROLES.values()))
