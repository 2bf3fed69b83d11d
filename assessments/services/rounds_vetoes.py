"""Facts that decide an assessment outright: recorded with evidence by one person, confirmed or not by another."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import AssessmentState, VetoState
from assessments.models import Assessment, Veto
from assessments.services.case_rows import EVIDENCE, MAXIMUM_FILES, Evidence
from assessments.services.rounds_rows import locked_assessment, require_state, sheet_of
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.documents.services.store import Refused as FileRefused
from portal.documents.services.store import store_file
from reviews.services.refusal import Refused

LEAST_FACTS = 10
OPEN = (AssessmentState.SELF, AssessmentState.READY, AssessmentState.PANEL, AssessmentState.SCORED)


@transaction.atomic
def record_veto(*, assessment: Assessment, code: str, facts: str, files: Iterable[Evidence], by: Actor) -> Veto:
    """Record a fact with its evidence; it counts for nothing until another person has confirmed it."""
    row = locked_assessment(assessment)
    by.require("base.keep", row.jurisdiction_id)
    require_state(row, *OPEN)
    if code not in {veto.code for veto in sheet_of(row).vetoes}:
        raise Refused("请选择情形", "code")
    if len(facts.strip()) < LEAST_FACTS:
        raise Refused(f"请写明时间、事实和核实情况，至少 {LEAST_FACTS} 字，已填 {len(facts.strip())} 字", "facts")
    given = list(files)
    if not given:
        raise Refused("请上传证据材料", "files")
    if len(given) > MAXIMUM_FILES:
        raise Refused(f"最多上传 {MAXIMUM_FILES} 个文件", "files")
    if row.vetoes.filter(code=code).exclude(state=VetoState.REJECTED).exists():
        raise Refused("该情形已登记，请勿重复", "code")
    made: Veto = Veto.objects.create(
        assessment=row, code=code, facts=facts.strip(), recorded_by=by.person, recorded_at=clock.now()
    )
    made.files.set([_stored(each, by) for each in given])
    record(
        by=by, action="assessment.veto", obj=row, jurisdiction_id=row.jurisdiction_id, after=made.facts,
        data={"veto": made.pk, "code": code, "files": [each.sha256 for each in made.files.all()]},
    )  # fmt: skip
    return made


@transaction.atomic
def decide_veto(*, veto: Veto, confirmed: bool, opinion: str, by: Actor) -> Veto:
    """Confirm a recorded fact, or not, as another person than who recorded it."""
    assessment = locked_assessment(veto.assessment)
    row: Veto = Veto.objects.select_for_update(of=("self",)).get(pk=veto.pk)
    by.require("base.recognise", assessment.jurisdiction_id)
    if by.person.pk == row.recorded_by_id:
        raise PermissionDenied("登记人不能认定自己登记的情形，请由另一位审批人办理")
    if row.state != VetoState.RECORDED:
        raise WrongState(f"该情形目前为“{row.get_state_display()}”，不能再次认定")
    require_state(assessment, *OPEN)
    if not opinion.strip():
        raise Refused("请填写认定意见", "opinion")
    row.state = VetoState.CONFIRMED if confirmed else VetoState.REJECTED
    row.opinion, row.decided_by, row.decided_at = opinion.strip(), by.person, clock.now()
    row.save()
    record(
        by=by, action="assessment.veto_decide", obj=assessment, jurisdiction_id=assessment.jurisdiction_id,
        reason=row.opinion, data={"veto": row.pk, "code": row.code, "confirmed": confirmed},
    )  # fmt: skip
    return row


def _stored(each: Evidence, by: Actor) -> StoredFile:
    if isinstance(each, StoredFile):
        return each
    try:
        return store_file(content=each[1], name=each[0], rules=EVIDENCE, by=by, organisation=by.organisation)
    except FileRefused as refusal:
        raise Refused("".join(refusal.problems), "files") from refusal
