"""Writing jurisdictions from the profiles of their policy apps."""

from django.db import transaction

from portal.policy.edition import Profile
from portal.tenancy.models import Jurisdiction, Organisation


@transaction.atomic
def install_jurisdiction(*, profile: Profile) -> Jurisdiction:
    """Create the tenant and the offices of a profile where they are missing; what a bureau has edited stays.

    Run after migrations, as often as you like.
    """
    jurisdiction, _ = Jurisdiction.objects.get_or_create(
        code=profile.code,
        defaults={
            "name": profile.name,
            "short_name": profile.short_name,
            "mark": profile.mark,
            "platform_title": profile.platform_title,
            "issuer": profile.issuer,
            "accent": profile.accent,
            "receipt_prefix": profile.receipt_prefix,
            "contact_department": profile.contact_department,
            "contact_address": profile.contact_address,
            "contact_phone": profile.contact_phone,
        },
    )
    made: dict[str, Organisation] = {}
    for office in profile.offices:
        made[office.key], _ = Organisation.objects.get_or_create(
            jurisdiction=jurisdiction,
            name=office.name,
            defaults={"kind": office.kind, "parent": made.get(office.parent)},
        )
    return jurisdiction
