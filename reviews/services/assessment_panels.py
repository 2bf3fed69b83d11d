"""A panel that assesses a recognised base: formed for an occasion that another app knows, with a sheet that it hands over.

What it is for may fall away; then it is dissolved, and its experts are told.
"""

from django.db import transaction

from applications.models import Application
from applications.services.moves import WrongState, locked
from portal.accounts.actor import Actor
from portal.audit.chain import digest
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import StageKind
from reviews.enums import MemberState, PanelState
from reviews.models import Panel, PanelMember
from reviews.selectors.panels import acting_members
from reviews.selectors.scores import PanelSheet, frozen
from reviews.services.draws import void_open_draws
from reviews.services.news import tell_dissolved
from reviews.services.panels import close_file, locked_panel
from reviews.services.refusal import Refused
from reviews.services.visits import call_off_visits


@transaction.atomic
def form_assessment_panel(
    *, application: Application, occasion: str, title: str, sheet: PanelSheet, by: Actor
) -> Panel:
    """Begin the panel of one occasion of a base; asked twice, return the one there is.

    `application` is the one by which the base was recognised: neither its status nor its desk matters, and nothing the panel
    does moves it. `occasion` is an opaque reference (`assessment:17`), `title` what people call it. `sheet` is frozen as it
    comes, proposals and calculations included, and never computed anew.
    """
    row = locked(application)
    by.require("review.run", row.jurisdiction_id)
    if not (occasion and title.strip() and sheet.lines):
        raise ValueError("an assessment panel needs an occasion, a title and a sheet with items")
    stage = StageKind.ASSESSMENT.value
    existing: Panel | None = Panel.objects.filter(application=row, stage=stage, occasion=occasion).first()
    if existing is not None:
        return existing
    panel = Panel.objects.create(
        jurisdiction=row.jurisdiction, application=row, stage=stage, occasion=occasion, title=title.strip(),
        sheet=frozen(sheet), created_by=by.person, created_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="panel.form", obj=panel, jurisdiction_id=row.jurisdiction_id,
        data={"occasion": occasion, "sheet": digest(panel.sheet)},
    )  # fmt: skip
    return panel


@transaction.atomic
def change_assessment_sheet(*, panel: Panel, sheet: PanelSheet, reason: str, by: Actor) -> Panel:
    """Hand the panel another sheet, because figures were verified meanwhile; only before its experts begin, with a reason."""
    row = locked_panel(panel)
    by.require("review.run", row.jurisdiction_id)
    if not row.assesses or row.state != PanelState.FORMING:
        raise WrongState(f"专家组目前为“{row.get_state_display()}”，评分表已固定，不能再更换")
    if not reason.strip():
        raise Refused("请写明更换评分表的理由", "reason")
    row.sheet = frozen(sheet)
    row.save(update_fields=["sheet"])
    record(
        by=by, action="panel.freeze", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        data={"occasion": row.occasion, "sheet": digest(row.sheet)},
    )  # fmt: skip
    return row


@transaction.atomic
def dissolve_assessment_panel(*, panel: Panel, reason: str, by: Actor) -> Panel:
    """End a panel that nobody needs any more; one that is over stays as it is, so asked twice it is done once.

    In order: what it drew is void, its visit is called off, its experts' access to the file ends, they are told. What they had
    written stays sealed. Who may do so is for the act that lets the assessment fall: it calls this in its own transaction.
    """
    row = locked_panel(panel)
    if not row.assesses or not reason.strip():
        raise ValueError("only a panel that assesses a base is dissolved, with a reason")
    if row.state in (PanelState.CLOSED, PanelState.DISSOLVED):
        return row
    void_open_draws(panel=row, reason=reason, by=by)
    call_off_visits(panel=row, reason=reason, by=by)
    members: list[PanelMember] = list(acting_members(row).select_related("expert__user", "panel__application"))
    for member in members:
        if member.state == MemberState.DECLARED:
            close_file(member)
    before, row.state = row.state, PanelState.DISSOLVED
    row.save(update_fields=["state"])
    record(
        by=by, action="panel.dissolve", obj=row, jurisdiction_id=row.jurisdiction_id, reason=reason.strip(),
        data={"occasion": row.occasion, "from": before, "experts": [member.expert_id for member in members]},
    )  # fmt: skip
    if row.convened_at:  # before that, nobody had been asked
        tell_dissolved(panel=row, members=members, reason=reason.strip())
    return row
