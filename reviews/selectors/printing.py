"""What each document of a review says, as plain values: the templates in templates/documents/ lay it out."""

from dataclasses import asdict
from typing import Any

from portal.calendars import clock, wording
from portal.policy.procedure import paper_label
from portal.tenancy.models import Jurisdiction
from reviews.models import Objection, Opinion, Panel, PanelMember, PublicNotice, Recognition, RecognitionEntry, Visit
from reviews.selectors.naming import kinds_of, naming_of, parts_of_name, plaques_of
from reviews.selectors.outliers import Outlier, find_outliers
from reviews.selectors.panels import members_with_progress, unsealed_opinions
from reviews.selectors.reopening import reopenings_of
from reviews.selectors.score_matrix import score_matrix
from reviews.selectors.wording import PNG_PREFIX, TYPED_PREFIX, masked

Values = dict[str, Any]


def panel_record(panel: Panel) -> Values:
    """The review from its convening to the panel's opinion; opinions only once they are unsealed."""
    application = panel.application
    visit: Visit | None = Visit.objects.filter(panel=panel).select_related("record").first()
    opinions = list(unsealed_opinions(panel))
    return {
        **_file(panel),
        "title": panel.record_title,
        "clause": panel.rule.clause,
        "convened_at": panel.convened_at,
        "unsealed_at": panel.unsealed_at,
        "unsealed_by": panel.unsealed_by.name if panel.unsealed_by else "",
        "finished_at": panel.closed_at,
        "minimum": application.call.setting_values[panel.rule.minimum_setting],
        "members": [_member(member) for member in members_with_progress(panel)],
        "visit": _visit_summary(visit),
        "visit_word": panel.rule.visit_word,
        "conclusion": panel.conclusion,
        "opinions": [_opinion(opinion) for opinion in opinions],
        "reopenings": reopenings_of(panel),
        "matrix": score_matrix(panel, opinions),
        "outliers": [_outlier(each) for each in find_outliers(panel, opinions) if each.note],
    }


def visit_record(visit: Visit) -> Values:
    """What was planned and what was seen, with the photos as `doc:photo…` resources."""
    panel, record = visit.panel, visit.record
    members = [_member(each) for each in members_with_progress(panel) if each.state == "declared"]
    return {
        **_file(panel),
        "title": paper_label("visit_record", panel.rule),
        "short": panel.rule.visit_short,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "place": visit.place,
        "meeting_point": visit.meeting_point,
        "contact": visit.contact,
        "members": members,
        "attendance": record.attendance,
        "facts": record.facts,
        "originals_seen": record.originals_seen,
        "recorded_by": record.recorded_by.name,
        "recorded_at": record.recorded_at,
        "photos": [{"src": f"doc:photo{photo.pk}", "caption": photo.caption} for photo in visit.photos.all()],
    }


def public_notice(notice: PublicNotice) -> Values:
    """The notice from its snapshot alone: what was published, not what has changed since."""
    said = notice.snapshot
    return {
        "title": notice.title,
        "heading": notice.title,
        "issuer": said["issuer"],
        "signatory": said["issuer"],
        "signed_on": clock.local_date(notice.published_at),
        "paragraphs": said["paragraphs"],
        "entries": said["entries"],
        "list_title": said["list_title"],
        "list_note": said["list_note"],
        "contact": said["contact"],
        "place": said["place"],
        "period_text": said["period"],
        "ends_text": wording.period_end(notice.ends_at, with_year=True),
        "snapshot_sha256": notice.sha256,
    }


def recognition_decision(recognition: Recognition) -> Values:
    """The decision: whom it recognises under which name, and the plaque they receive."""
    rows = recognition.entries.select_related("application__organisation", "application__call", "entry")
    entries = list(rows.order_by("entry__position", "id"))
    edition, applications = recognition.call.edition, [each.application for each in entries]
    first = applications[0].organisation.name
    units = f"{first}等 {len(entries)} 家单位" if len(entries) > 1 else first
    kind, plaques = kinds_of(applications), plaques_of(applications)
    return {
        "title": recognition.title,
        "heading": recognition.title,
        "issuer": recognition.issuer,
        "mark": recognition.issuer,
        "document_number": recognition.document_number,
        "paragraphs": [
            f"根据{edition.citation}，{_way(recognition)}，决定{edition.act}{units}为{kind}，统一授予“{plaques}”铭牌。",
            "各单位应当按照规定做好基地的建设、运行和管理工作，接受考核评估。",
        ],
        "act": edition.act,
        "entries": [
            {"position": at, "unit": each.application.organisation.name, "name": each.name}
            for at, each in enumerate(entries, start=1)
        ],
        "plaque": plaques,
        "signatory": recognition.issuer,
        "signed_on": recognition.issued_on,
        "notice_title": recognition.notice.title if recognition.notice else "",
    }


def _way(recognition: Recognition) -> str:
    """How its units came to it."""
    if recognition.notice is None:
        return f"经单位申报、{recognition.jurisdiction.issuer}推荐、专家复核"
    return "经单位申报、受理审核、专家评审并向社会公示"


def certificate(entry: RecognitionEntry) -> Values:
    """One unit's certificate."""
    recognition, organisation = entry.recognition, entry.application.organisation
    edition = entry.application.edition
    way = "经公示无异议" if recognition.notice else "经推荐、公示和专家复核"
    return {
        "title": "认定证书",
        "issuer": recognition.issuer,
        "name": entry.name,
        "unit": organisation.name,
        "credit_code": organisation.credit_code,
        "plaque": entry.plaque,
        "certificate_number": entry.certificate_number,
        "document_number": recognition.document_number,
        "issued_on": recognition.issued_on,
        "recognised_text": f"根据{edition.citation}，{way}，{edition.act}{organisation.name}为“{entry.name}”。",
        "signatory": recognition.issuer,
    }


def objection_receipt(objection: Objection) -> Values:
    """What was received from whom, without the query code."""
    jurisdiction = objection.notice.jurisdiction
    files = [link.stored for link in objection.files.select_related("stored")]
    return {
        "title": "异议登记回执",
        "issuer": jurisdiction.issuer,
        "number": objection.number,
        "name": objection.name,
        "is_unit": objection.is_unit,
        "phone_masked": masked(objection.phone),
        "notice_title": objection.notice.title,
        "unit": objection.entry.application.organisation.name if objection.entry else "整个公示名单",
        "text": objection.text,
        "files": [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files],
        "received_at": objection.received_at,
        "contact": contact(jurisdiction),
        "signatory": jurisdiction.issuer,
        "signed_on": clock.local_date(objection.received_at),
        "query_hint": "凭本回执编号和登记时显示的查询码，可在公示页面查询办理进展。",
    }


def contact(jurisdiction: Jurisdiction) -> Values:
    """How to reach the bureau."""
    return {
        "department": jurisdiction.contact_department,
        "address": jurisdiction.contact_address,
        "postcode": jurisdiction.contact_postcode,
        "phone": jurisdiction.contact_phone,
        "email": jurisdiction.contact_email,
    }


def named_entry(entry: Any) -> Values:
    """A list entry's granted name with its core apart, for emphasis."""
    before, core, after = parts_of_name(naming_of(entry.application), entry.name_core)
    return {"granted_name": entry.granted_name, "before": before, "core": core, "after": after}


def _file(panel: Panel) -> Values:
    application = panel.application
    return {
        "issuer": panel.jurisdiction.issuer,
        "number": application.number,
        "unit": application.organisation.name,
        "track": application.track.title,
        "call_title": panel.batch_title,
        "words": asdict(panel.words),
        "asks_conclusion": panel.asks_conclusion,
    }


def _outlier(outlier: Outlier) -> Values:
    note = outlier.note
    return {
        "name": outlier.member.expert.name,
        "title": outlier.title,
        "points": outlier.points,
        "middle": outlier.middle,
        "off": outlier.off,
        "text": note.text if note else "",
        "by": note.written_by.name if note else "",
        "at": note.written_at if note else None,
        "by_chair": outlier.by_chair,
    }


def _member(member: PanelMember) -> Values:
    return {
        "name": member.expert.name,
        "unit": member.expert.unit_name,
        "title": member.expert.title,
        "chair": member.chair,
        "state": member.get_state_display(),
        "declared_at": member.declared_at,
        "reason": member.reason,
    }


def _visit_summary(visit: Visit | None) -> Values | None:
    if visit is None or not hasattr(visit, "record"):
        return None
    return {
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "place": visit.place,
        "attendance": visit.record.attendance,
    }


def _opinion(opinion: Opinion) -> Values:
    drawn = opinion.signature.startswith(PNG_PREFIX)
    return {
        "name": opinion.member.expert.name,
        "unit": opinion.member.expert.unit_name,
        "chair": opinion.member.chair,
        "conclusion": opinion.get_conclusion_display(),
        "text": opinion.text,
        "signature": opinion.signature if drawn else "",
        "signature_name": "" if drawn else opinion.signature.removeprefix(TYPED_PREFIX),
        "paper_note": opinion.paper_note,
        "submitted_at": opinion.submitted_at,
        "sha256": opinion.sha256,
    }
