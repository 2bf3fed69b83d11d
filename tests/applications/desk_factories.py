"""Makers for the bureau's side: offices' people, submitted files with versions, materials, verdicts."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from applications.enums import CheckVerdict
from applications.models import Application, ApplicationVersion, Call, Check, MaterialFile
from applications.selectors.versions import conditions_to_judge
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.validation import evaluate_all, facts_for
from portal.tenancy.models import Jurisdiction, Organisation
from tests.applications.desk_answers import school_answers
from tests.factories import make_actor, make_call, make_office, make_unit, make_user

FILES = {
    "licence": 1,
    "contracts": 1,
    "certificates": 1,
    "rules_training": 1,
    "rules_assets": 1,
    "office_proof": 1,
    "matching_proof": 1,
}


def officer(jurisdiction: Jurisdiction) -> Actor:
    """Return a 受理岗 of the bureau."""
    return make_actor("bureau_officer", make_office(jurisdiction))


def approver(jurisdiction: Jurisdiction) -> Actor:
    """Return an 审批岗 of the bureau."""
    return make_actor("bureau_approver", make_office(jurisdiction))


def make_version(
    application: Application, answers: dict[str, Any], user: User, at: datetime | None = None
) -> ApplicationVersion:
    """Seal the next version of an application and make it the current one."""
    facts = facts_for(application.edition, application.track_key, answers, FILES)
    version = ApplicationVersion.objects.create(
        application=application,
        number=application.versions.count() + 1,
        answers=answers,
        manifest=[],
        results=[result.as_data() for result in evaluate_all(application.edition, facts)],
        settings=application.call.setting_values,
        declaration=application.edition.form.declaration,
        sha256=f"{application.pk:064d}",
        submitted_by=user,
        submitted_at=at or clock.now(),
    )
    application.current = version
    application.submitted_at = application.submitted_at or version.submitted_at
    application.save()
    return version


def submitted(
    call: Call,
    *,
    unit: Organisation | None = None,
    status: str = "submitted",
    at: datetime | None = None,
    **answers: Any,
) -> Application:
    """Return a file of the school track as the bureau receives it; `answers` replace those of the self-assessment."""
    unit, user, now = unit or make_unit(), make_user(), at or clock.now()
    application = Application.objects.create(
        jurisdiction=call.jurisdiction,
        call=call,
        track_key="school",
        organisation=unit,
        status="draft",
        created_by=user,
        created_at=now - timedelta(days=3),
        updated_at=now,
    )
    application.number = f"HZ-{call.year}-{call.batch:02d}-YX-{application.pk:04d}-K"
    typed = school_answers(unit.name, unit.credit_code)
    typed["standard"] |= answers
    make_version(application, typed, user, at)
    application.status = status
    application.save()
    return application


def checking(jurisdiction: Jurisdiction, **answers: Any) -> Application:
    """Return a file an officer has in work."""
    return submitted(make_call(jurisdiction), status="checking", **answers)


def add_file(application: Application, slot: str, *, name: str = "证明.pdf", **fields: Any) -> MaterialFile:
    """Put a small PDF into a slot."""
    stored = StoredFile(
        name=name,
        content_type="application/pdf",
        size=9,
        pages=12,
        sha256="a7f0" * 16,
        organisation=application.organisation,
        uploaded_at=clock.now(),
    )
    stored.content.save("proof.pdf", ContentFile(b"%PDF-1.4\n"), save=False)
    stored.save()
    return MaterialFile.objects.create(
        application=application,
        slot=slot,
        stored=stored,
        added_by=application.created_by,
        added_at=clock.now(),
        **fields,
    )


def judge_all(application: Application, by: Actor, verdict: str = CheckVerdict.MET) -> None:
    """Give every condition the same verdict."""
    version = application.current
    assert version is not None
    Check.objects.bulk_create(
        Check(
            application=application,
            version=version,
            code=condition.code,
            verdict=verdict,
            reason="" if verdict == CheckVerdict.MET else "现场核对不符",
            checked_by=by.user,
            checked_at=clock.now(),
        )
        for condition in conditions_to_judge(application, version)
    )
