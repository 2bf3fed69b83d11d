"""What the letter of a decision says, as plain data for its template."""

from typing import Any

from applications.enums import CheckVerdict
from applications.models import Check, Decision, Remark
from applications.selectors.spots import spot_label
from applications.selectors.versions import version_facts
from portal.calendars import clock
from portal.policy.procedure import Desk, StageKind
from portal.tenancy.models import Jurisdiction, Organisation


def decision_context(decision: Decision) -> dict[str, Any]:
    """Return the context of acceptance_notice, correction_notice, refusal_notice, withholding_notice (templates/documents/).

    What a recommending office decides, it signs itself.

    Keys: `addressee`, `signatory`, `signed_on`, `file_number`, `opened` [place], `kind` (accept|return|refuse|withhold), `unit` {name,
    credit_code, address}, `number` (受理编号), `call` {title, year, batch}, `track`, `version` (int),
    `submitted_at`, `decided_at`, `due_at` (exclusive end, 24:00 of the last day, or None), `reason`,
    `remarks` [{number, place, text, quote, must_fix}], `unmet` [{title, clause, text, reason}], `policy` {title, number,
    citation}, `clause` (of its stage), `visit_word` (what the experts
    come for, or empty), `issuer`, `contact` {department, phone, address}. Instants are aware.
    """
    application, version = decision.application, decision.version
    edition, jurisdiction, unit = application.edition, application.jurisdiction, application.organisation
    facts = version_facts(application, version)
    office = application.recommender if application.desk == Desk.RECOMMENDER else None
    kind = StageKind.RECOMMENDATION if office else StageKind.ACCEPTANCE
    stage = next((each for each in edition.procedure if each.kind is kind), None)
    issuer = office.name if office else jurisdiction.issuer
    return {
        "addressee": unit.name,
        "signatory": issuer,
        "signed_on": clock.local_date(decision.decided_at),
        "file_number": application.number,
        "kind": decision.kind,
        "unit": {"name": unit.name, "credit_code": unit.credit_code, "address": unit.address},
        "number": application.number,
        "call": {"title": application.call.title, "year": application.call.year, "batch": application.call.batch},
        "track": application.track.title,
        "version": version.number,
        "submitted_at": version.submitted_at,
        "decided_at": decision.decided_at,
        "due_at": decision.due_at,
        "reason": decision.reason,
        "remarks": _remarks(decision),
        "opened": [label for path in application.unlocked if (label := spot_label(edition, facts, path))],
        "unmet": _unmet(decision),
        "policy": {"title": edition.title, "number": edition.document_number, "citation": edition.citation},
        "clause": stage.clause if stage else "",
        "visit_word": edition.panel.visit_word if edition.panel.visits(application.call.setting_values) else "",
        "issuer": issuer,
        "contact": _office_contact(office) if office else _contact(jurisdiction),
    }


def _contact(jurisdiction: Jurisdiction) -> dict[str, str]:
    return {
        "department": jurisdiction.contact_department,
        "phone": jurisdiction.contact_phone,
        "address": jurisdiction.contact_address,
    }


def _office_contact(office: Organisation) -> dict[str, str]:
    return {
        "department": office.name if office.contact_phone else "",
        "phone": office.contact_phone,
        "address": office.address,
    }


def _remarks(decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "place": remark.label,
            "text": remark.text,
            "quote": remark.quote,
            "must_fix": remark.must_fix,
        }
        for number, remark in enumerate(Remark.objects.filter(decision=decision).order_by("id"), start=1)
    ]


def _unmet(decision: Decision) -> list[dict[str, str]]:
    conditions = {condition.code: condition for condition in decision.application.edition.conditions}
    checks = Check.objects.filter(version=decision.version, verdict=CheckVerdict.UNMET).order_by("code")
    return [
        {
            "title": conditions[check.code].title,
            "clause": conditions[check.code].clause,
            "text": conditions[check.code].text,
            "reason": check.reason,
        }
        for check in checks
        if check.code in conditions
    ]
