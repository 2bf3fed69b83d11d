"""The first account of a new portal: somebody has to be able to invite the others."""

from django.contrib.auth.password_validation import validate_password

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.services.news import tell
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import PersonDetails, one_at_a_time, open_account
from portal.tenancy.enums import OrganisationKind
from portal.tenancy.models import Organisation

FIRST_ROLE = "security_admin"
ALREADY = "平台已有安全管理员，请由其在“成员管理”中邀请其他人员"


def appoint_first_administrator(*, person: PersonDetails, office: str, by: Actor) -> Membership:
    """Open the account of the first security administrator, in the organisation that runs the portal.

    Works once: raises Refused as soon as anybody holds that role, so a shell on the server is no way round the others.
    Raises ValidationError when the password does not meet the rules.
    """
    validate_password(person.password, User(username=person.username, name=person.name, email=person.email))
    with one_at_a_time():
        if Membership.objects.filter(role_code=FIRST_ROLE, active=True).exists():
            raise Refused(ALREADY)
        platform, _ = Organisation.objects.get_or_create(
            kind=OrganisationKind.PLATFORM, jurisdiction=None, defaults={"name": office}
        )
        membership = Membership.objects.create(user=open_account(person), organisation=platform, role_code=FIRST_ROLE)
        tell(by=by, action="account.found", obj=membership.user, data={"role": FIRST_ROLE, "office": platform.name})
    return membership
