"""A panel that assesses a recognised base: formed for an occasion that another app knows, with a sheet that it hands over."""

from django.db import transaction

from applications.models import Application
from applications.services.moves import WrongState, locked
from portal.accounts.actor import Actor
from portal.audit.chain import digest
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.procedure import StageKind
from reviews.enums import PanelState
from reviews.models import Panel
from reviews.selectors.scores import PanelSheet, frozen
from reviews.services.panels import locked_panel
from reviews.services.refusal import Refused


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
