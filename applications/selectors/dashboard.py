"""A unit's applications as cards for its home page: progress, next step, the returned ones first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from applications.enums import ENDED, CallState, RemarkState
from applications.models import Application, DraftSection, MaterialFile
from applications.selectors.coming import waiting_for
from applications.selectors.workspace import Workspace, build
from portal.calendars import clock
from portal.policy.procedure import Status
from portal.tenancy.models import Organisation

MOST = 30  # cards with worked-out progress; a unit never has more under way


@dataclass(frozen=True)
class Card:
    """One application on the home page. `page` names the address (applications:PAGE) its next step is at."""

    application: Application
    label: str
    status: str
    next_step: str
    page: str
    due_at: datetime | None = None
    done: int = 0
    pages: int = 0
    lacking: int = 0
    remarks: int = 0

    @property
    def returned(self) -> bool:
        """Whether it waits for correction."""
        return self.status == Status.RETURNED


@dataclass
class Dashboard:
    """Cards in the order of urgency, and the applications that have ended."""

    cards: list[Card]
    ended: list[Application] = field(default_factory=list)


def dashboard(organisation: Organisation) -> Dashboard:
    """Return a unit's applications, in a constant number of queries."""
    mine = list(_applications(organisation))
    live = [each for each in mine if each.status not in ENDED]
    workspaces = _workspaces([each for each in live if each.status in (Status.DRAFT, Status.RETURNED)][:MOST])
    cards = [_card(each, workspaces.get(each.pk)) for each in live]
    return Dashboard(
        cards=sorted(cards, key=lambda card: (not card.returned, card.status != Status.DRAFT, -card.application.pk)),
        ended=[each for each in mine if each.status in ENDED],
    )


def _applications(organisation: Organisation) -> QuerySet[Application]:
    waiting = Q(remarks__state=RemarkState.SENT)
    return (
        Application.objects.filter(organisation=organisation)
        .exclude(call__state=CallState.HISTORY)
        .select_related("call", "organisation", "jurisdiction", "current", "recommender")
        .annotate(remark_count=Count("remarks", filter=waiting))
        .order_by("-id")
    )


def _workspaces(applications: list[Application]) -> dict[int, Workspace]:
    """Put several drafts together in two queries."""
    drafts: dict[int, list[DraftSection]] = {}
    files: dict[int, list[MaterialFile]] = {}
    for draft in DraftSection.objects.filter(application__in=applications):
        drafts.setdefault(draft.application_id, []).append(draft)
    for each in MaterialFile.objects.filter(application__in=applications, removed_at=None).select_related("stored"):
        files.setdefault(each.application_id, []).append(each)
    return {each.pk: build(each, drafts.get(each.pk, []), files.get(each.pk, [])) for each in applications}


def _card(application: Application, workspace: Workspace | None) -> Card:
    step, page = _next_step(application, workspace)
    values: dict[str, Any] = {}
    if workspace:
        states = [workspace.state(place) for place in workspace.places]
        values = {
            "done": sum(1 for state in states if state.key == "done"),
            "pages": len(states),
            "lacking": len(workspace.blocking),
        }
    returned = application.status == Status.RETURNED
    due_at = application.correction_due_at if returned else application.call.closes_at
    return Card(
        application=application,
        label=application.applicant_label,
        status=application.status,
        next_step=step,
        page=page,
        due_at=due_at if workspace else None,
        remarks=getattr(application, "remark_count", 0) if returned else 0,
        **values,
    )


def _next_step(application: Application, workspace: Workspace | None) -> tuple[str, str]:
    if application.status == Status.RETURNED:
        due = application.correction_due_at
        late = due is not None and clock.now() >= due
        return ("补正期限已过，请联系受理处室" if late else "按意见补正后重新提交"), "tasklist"
    if workspace is not None:
        return ("继续填写", "tasklist") if workspace.blocking else ("核对后提交", "preview")
    waits = waiting_for(application)
    if application.status in (Status.SUBMITTED, Status.RESUBMITTED):
        return f"上传盖章扫描件，{waits}", "receipt"
    return waits or "查看办理记录", "history"
