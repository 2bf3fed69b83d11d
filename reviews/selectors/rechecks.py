"""What has come up to the level above: files to look at again, those looked at, and what became of them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from applications.models import Application, Call
from portal.policy.procedure import StageKind, Status
from reviews.models import Panel, RecommendationEntry, ShortlistEntry

STEPS = (
    ("reported", "待复核", (Status.REPORTED.value,)),
    ("in_recheck", "复核中", (Status.IN_RECHECK.value,)),
    ("rechecked", "待公布", (Status.RECHECKED.value,)),
    ("recognised", "已公布", (Status.RECOGNISED.value,)),
    ("declined", "未公布", (Status.DECLINED.value,)),
)


def calls_above(files: QuerySet[Application]) -> QuerySet[Call]:
    """Return the calls of these files, newest first, each with how many of them stand at which step (`n_<step>`)."""
    counts = {
        f"n_{key}": Count("applications", filter=Q(applications__in=files, applications__status__in=statuses))
        for key, _, statuses in STEPS
    }
    return Call.objects.filter(pk__in=files.values("call")).annotate(**counts).order_by("-opens_at", "-id")


def files_above(files: QuerySet[Application], call: Call) -> QuerySet[Application]:
    """Return one call's files with the bureau's rank, the name on its list and what the re-check concluded."""
    panels = Panel.objects.filter(application=OuterRef("pk"), stage=StageKind.RECHECK.value)
    entries = ShortlistEntry.objects.filter(application=OuterRef("pk"), removed=False)
    stage = call.edition.stage(StageKind.REPORT)
    ranks = RecommendationEntry.objects.filter(
        application=OuterRef("pk"), recommendation__stage=stage.key if stage else "", sealed_round__isnull=False
    )
    return (
        files.filter(call=call)
        .select_related("organisation", "call", "recommender", "recognised__recognition")
        .annotate(
            report_rank=Subquery(ranks.values("rank")[:1]),
            listed_name=Subquery(entries.values("granted_name")[:1]),
            panel_conclusion=Subquery(panels.values("conclusion")[:1]),
        )
        .order_by("report_rank", "pk")
    )
