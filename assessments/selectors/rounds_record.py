"""What experts are told about the base they assess: computed figures, reports, ledgers with names veiled, its own words."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from assessments.enums import RowState
from assessments.models import Assessment, BaseChange, LedgerRow, Report, ReportFile
from assessments.selectors.rounds import in_full
from assessments.selectors.rounds_items import RECORD
from assessments.selectors.rounds_self import self_rows
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.tenancy.models import Organisation
from reviews.enums import PanelState
from reviews.models import Panel, PanelMember
from reviews.permissions import own_memberships
from reviews.selectors.occasions import About, Section, Table

STANDS = Q(withdrawn_at__isnull=True) & ~Q(state=RowState.REJECTED)


def about_panels(panels: Sequence[Panel]) -> Mapping[int, About]:
    """Tell about each panel that assesses a base; as many queries for one as for many."""
    rows = list(in_full(Assessment.objects.filter(panel__in=[panel.pk for panel in panels])))
    if not rows:
        return {}
    reports, counts = _reports(rows), _counts(rows)
    return {row.panel_id: _about(row, reports.get(row.pk, []), counts) for row in rows if row.panel_id}


def holders(panel: Panel) -> list[Organisation]:
    """Return the unit that holds the base a panel assesses, and those it was taken from, the latest first; two queries."""
    key = panel.occasion.partition(":")[2]
    row = Assessment.objects.filter(pk=key).select_related("base__organisation").first() if key.isdigit() else None
    if row is None:
        return []
    moves = BaseChange.objects.filter(base=row.base_id, from_organisation__isnull=False).order_by("-on", "-id")
    former = [each.from_organisation for each in moves.select_related("from_organisation")]
    return [row.base.organisation, *(each for each in former if each is not None)]


def assessments_of_expert(actor: Actor) -> QuerySet[Assessment]:
    """The assessments an expert sits on, once declared, as long as the panel stands."""
    seats = own_memberships(PanelMember.objects.filter(state="declared"), actor).exclude(
        panel__state=PanelState.DISSOLVED
    )
    return in_full(Assessment.objects.filter(panel__members__in=seats))


def rows_for_expert(row: Assessment, ledger: str) -> QuerySet[LedgerRow]:
    """The standing rows of one ledger within the period."""
    return LedgerRow.objects.filter(
        STANDS, base=row.base_id, ledger=ledger, on__range=(row.starts_on, row.ends_on)
    ).order_by("on", "id")


def reports_for_expert(row: Assessment) -> QuerySet[Report]:
    """The reports handed in for the period."""
    return Report.objects.filter(
        base=row.base_id,
        version__gt=0,
        period_start__gte=row.starts_on.replace(day=1, month=1),
        period_end__lte=row.ends_on,
    ).order_by("period_start", "key")


def may_expert_read(actor: Actor, file: StoredFile) -> bool:
    """Whether a file lies in a report that an expert reads for an assessment."""
    if not actor.can("review.score"):
        return False
    mine = assessments_of_expert(actor).values("base")
    return ReportFile.objects.filter(
        stored=file, removed_at__isnull=True, report__version__gt=0, report__base__in=mine
    ).exists()


def _about(row: Assessment, reports: list[Report], counts: Mapping[tuple[int, str, int], tuple[int, int]]) -> About:
    place, panel = row.base.jurisdiction.code, row.panel
    kept = panel.sheet["lines"] if panel else []
    computed = tuple(
        (f"{line['number']}．{line['title']}", "；".join(line["calculation"])) for line in kept if line["calculation"]
    )
    desk = reverse("assessments:assessment", kwargs={"jurisdiction": place, "pk": row.pk})
    record = reverse("assessments:assessment_record", kwargs={"jurisdiction": place, "pk": row.pk})
    links: list[tuple[str, str]] = [("考核期档案（台账、报送）", record)]
    if (row.result or {}).get("flagged"):
        chair = reverse("assessments:assessment_chair", kwargs={"jurisdiction": place, "pk": row.pk})
        links.append(("组长确认加分对等次的影响", chair))
    return About(
        text=f"{row.title}，考核期 {row.period.title}。台账数据以已核为准。",
        for_bureau=(("考核", desk),),
        for_experts=tuple(links),
        sections=(
            Section(RECORD, "考核期档案", computed, (_reported(row, reports), _kept(row, counts))),
            *(
                Section(f"assessment-{section.key}", section.title, tuple(values))
                for section, values in (self_rows(row) if row.submitted_at else [])
            ),
        ),
        files=(("定期报告附件", tuple(_files(reports))),),
    )


def _reported(row: Assessment, reports: list[Report]) -> Table:
    titles = {form.key: form.title for form in row.edition.reports}
    return Table(
        "定期报告",
        ("报告", "期间", "报送时间", "状态"),
        tuple(
            (
                titles.get(each.key, each.key),
                f"{each.period_start:%Y-%m-%d} 至 {each.period_end:%Y-%m-%d}",
                f"{clock.local_date(each.submitted_at):%Y-%m-%d}" if each.submitted_at else "",
                f"{each.get_state_display()}{'，迟报' if each.late else ''}",
            )
            for each in reports
        ),
    )


def _kept(row: Assessment, counts: Mapping[tuple[int, str, int], tuple[int, int]]) -> Table:
    years = range(row.starts_on.year, row.ends_on.year + 1)
    return Table(
        "台账",
        ("台账", "年度", "记录", "其中已核"),
        tuple(
            (ledger.title, f"{year} 年", f"{found[0]:,} {ledger.noun}", f"{found[1]:,} {ledger.noun}")
            for ledger in row.edition.ledgers
            if not ledger.tracks or row.base.track_key in ledger.tracks
            for year in years
            if (found := counts.get((row.base_id, ledger.key, year), (0, 0)))
        ),
    )


def _reports(rows: Sequence[Assessment]) -> dict[int, list[Report]]:
    live = ReportFile.objects.filter(removed_at__isnull=True).select_related("stored")
    found = list(
        Report.objects.filter(base__in=[row.base_id for row in rows], version__gt=0)
        .prefetch_related(Prefetch("files", live, to_attr="live"))
        .order_by("period_start", "key")
    )
    return {
        row.pk: [
            each
            for each in found
            if each.base_id == row.base_id
            and each.period_start.year >= row.starts_on.year
            and each.period_end <= row.ends_on
        ]
        for row in rows
    }


def _files(reports: list[Report]) -> list[StoredFile]:
    return [file.stored for report in reports for file in report.live]  # type: ignore[attr-defined]


def _counts(rows: Sequence[Assessment]) -> dict[tuple[int, str, int], tuple[int, int]]:
    found = (
        LedgerRow.objects.filter(STANDS, base__in=[row.base_id for row in rows])
        .values_list("base", "ledger", "on__year")
        .annotate(n=Count("pk"), verified=Count("pk", filter=Q(state=RowState.VERIFIED)))
        .order_by()
    )
    return {(base, ledger, year): (number, verified) for base, ledger, year, number, verified in found}
