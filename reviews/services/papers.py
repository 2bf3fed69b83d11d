"""Issuing the documents of reviews. What each holds is told by `selectors.printing`; here only who issues what about which object."""

from django.conf import settings

from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.documents.services.issue import issue_document
from portal.policy.procedure import paper_label
from reviews.enums import SelectionState
from reviews.models import Objection, Panel, PublicNotice, Recognition, RecognitionEntry, Selection, Visit
from reviews.selectors import printing
from reviews.selectors.draw_printing import draw_record
from reviews.selectors.selection_printing import placement


def _verify_url(code: str) -> str:
    return f"{settings.PORTAL_BASE_URL}/{code}/verify/?code="


def issue_panel_record(*, panel: Panel, by: Actor) -> Document:
    """The panel's opinion with every expert's, signatures in place (专家评估意见)."""
    return issue_document(
        kind="panel_record",
        subject=panel,
        title=panel.record_title,
        template="documents/panel_record.html",
        context=printing.panel_record(panel),
        by=by,
        jurisdiction=panel.jurisdiction,
        css=("form",),
        verify_url=_verify_url(panel.jurisdiction.code),
    )


def issue_draw_record(*, panel: Panel, by: Actor) -> Document:
    """The record of a panel's draws (专家抽取记录), from which anybody can draw again."""
    return issue_document(
        kind="draw_record",
        subject=panel,
        title="专家抽取记录",
        template="documents/draw_record.html",
        context=draw_record(panel),
        by=by,
        jurisdiction=panel.jurisdiction,
        css=("form",),
        verify_url=_verify_url(panel.jurisdiction.code),
    )


def issue_placement(*, selection: Selection, by: Actor) -> Document:
    """Who is selected and who waits, with the figures they were ordered by; a draft until it is fixed."""
    return issue_document(
        kind="placement",
        subject=selection,
        title="拟入选和备选名单",
        template="documents/placement.html",
        context=placement(selection),
        by=by,
        jurisdiction=selection.jurisdiction,
        css=("form",),
        draft=selection.state == SelectionState.DRAFT,
        verify_url=_verify_url(selection.jurisdiction.code),
    )


def issue_visit_record(*, visit: Visit, by: Actor) -> Document:
    """The record of a visit with its photos, under the name the policy gives it (现场考察记录)."""
    photos = {f"photo{photo.pk}": photo.stored for photo in visit.photos.select_related("stored")}
    return issue_document(
        kind="visit_record",
        subject=visit,
        title=paper_label("visit_record", visit.panel.rule),
        template="documents/visit_record.html",
        context=printing.visit_record(visit),
        by=by,
        jurisdiction=visit.panel.jurisdiction,
        css=("form",),
        resources=photos,
        verify_url=_verify_url(visit.panel.jurisdiction.code),
    )


def issue_public_notice(*, notice: PublicNotice, by: Actor) -> Document:
    """The notice as published, open to everybody."""
    return issue_document(
        kind="public_notice",
        subject=notice,
        title=notice.title,
        template="documents/public_notice.html",
        context=printing.public_notice(notice),
        by=by,
        jurisdiction=notice.jurisdiction,
        public=True,
        css=("official",),
        verify_url=_verify_url(notice.jurisdiction.code),
    )


def issue_recognition_decision(*, recognition: Recognition, by: Actor) -> Document:
    """The recognition document (认定文件)."""
    return issue_document(
        kind="recognition_decision",
        subject=recognition,
        title=recognition.title,
        template="documents/recognition_decision.html",
        context=printing.recognition_decision(recognition),
        by=by,
        jurisdiction=recognition.jurisdiction,
        public=True,
        css=("official",),
        verify_url=_verify_url(recognition.jurisdiction.code),
    )


def issue_certificate(*, entry: RecognitionEntry, by: Actor) -> Document:
    """One unit's certificate, verifiable by anyone who holds it."""
    jurisdiction = entry.recognition.jurisdiction
    return issue_document(
        kind="certificate",
        subject=entry,
        title="认定证书",
        template="documents/certificate.html",
        context=printing.certificate(entry),
        by=by,
        jurisdiction=jurisdiction,
        public=True,
        css=("certificate",),
        verify_url=_verify_url(jurisdiction.code),
    )


def issue_objection_receipt(*, objection: Objection, by: Actor) -> Document:
    """The receipt of an objection; the query code is never printed."""
    jurisdiction = objection.notice.jurisdiction
    return issue_document(
        kind="objection_receipt",
        subject=objection,
        title="异议登记回执",
        template="documents/objection_receipt.html",
        context=printing.objection_receipt(objection),
        by=by,
        jurisdiction=jurisdiction,
        css=("official",),
        verify_url=_verify_url(jurisdiction.code),
    )
