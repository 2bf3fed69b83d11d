"""Reading panels and their members. Nothing here returns a sealed opinion's content."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from applications.models import Application
from portal.policy.procedure import StageKind, Status
from reviews.enums import ExpertState, MemberState
from reviews.models import Expert, Opinion, Panel, PanelMember

ACTING = (MemberState.INVITED, MemberState.DECLARED)


def acting_members(panel: Panel) -> QuerySet[PanelMember]:
    """The members who have neither recused themselves nor been replaced, the chair first."""
    return PanelMember.objects.filter(panel=panel, state__in=ACTING)


def members_with_progress(panel: Panel) -> QuerySet[PanelMember]:
    """Every member there was, with the expert and `handed_in`: whether, never what."""
    handed_in = Opinion.objects.filter(member=OuterRef("pk"), submitted_at__isnull=False)
    return PanelMember.objects.filter(panel=panel).select_related("expert__user").annotate(handed_in=Exists(handed_in))


def panels_in_list(panels: QuerySet[Panel]) -> QuerySet[Panel]:
    """Panels for a list: with the application, the visit and counts of acting members, declarations and opinions in."""
    acting = Q(members__state__in=ACTING)
    found = panels.select_related("application__organisation", "application__call", "visit").order_by("-id")
    return found.annotate(
        acting_count=Count("members", filter=acting, distinct=True),
        declared_count=Count("members", filter=Q(members__state=MemberState.DECLARED), distinct=True),
        opinion_count=Count("members", filter=acting & Q(members__opinion__submitted_at__isnull=False), distinct=True),
        recused_count=Count("members", filter=Q(members__state=MemberState.RECUSED), distinct=True),
    )


def waiting_for_panel(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Applications accepted, or reported to the level above, for which no panel of that stage has been begun."""
    begun = Panel.objects.filter(application=OuterRef("pk"))
    first = Q(status=Status.ACCEPTED.value) & ~Exists(begun.filter(stage=StageKind.EXPERT_REVIEW.value))
    above = Q(status=Status.REPORTED.value) & ~Exists(begun.filter(stage=StageKind.RECHECK.value))
    return applications.filter(first | above).select_related("organisation", "call")


def choosable_experts(panel: Panel) -> QuerySet[Expert]:
    """Available experts of the jurisdiction who are not, and have declared nothing, on this panel."""
    bound = PanelMember.objects.filter(panel=panel).exclude(state=MemberState.REMOVED, declared_at__isnull=True)
    return Expert.objects.filter(jurisdiction=panel.jurisdiction_id, state=ExpertState.AVAILABLE).exclude(
        pk__in=bound.values("expert")
    )


def unsealed_opinions(panel: Panel) -> QuerySet[Opinion]:
    """The opinions of a panel whose seal an officer has opened; none before that."""
    opinions = Opinion.objects.filter(member__panel=panel, member__state=MemberState.DECLARED)
    if panel.unsealed_at is None:
        return opinions.none()
    return (
        opinions.filter(submitted_at__isnull=False)
        .select_related("member__expert", "entered_by", "checked_by")
        .order_by("-member__chair", "member__id")
    )
