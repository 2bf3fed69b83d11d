"""Rows in bulk: thousands of submitted applications, and complete drafts waiting to be submitted."""

from datetime import timedelta
from typing import Any

from applications.models import Application, ApplicationVersion, Call, DraftSection, MaterialFile
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.edition import Edition
from portal.policy.form import Group
from portal.policy.sample import SampleUnit, samples_of
from portal.policy.validation import facts_for
from portal.tenancy.enums import OrganisationKind, OrganisationState
from portal.tenancy.models import Jurisdiction, Organisation

STATUSES = ("submitted", "checking", "resubmitted", "accepted", "in_review", "reviewed", "in_notice", "recognised")
TABLE_ROWS = 200


def make_call(jurisdiction: Jurisdiction, edition: Edition, batch: int) -> Call:
    """Return a published call that is open."""
    now = clock.now()
    return Call.objects.create(
        jurisdiction=jurisdiction, edition_code=edition.code, title=f"测量批次{batch}", year=2000, batch=batch, state="published",
        opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=20), settings=edition.setting_values(), published_at=now,
    )  # fmt: skip


def sample(edition: Edition) -> SampleUnit:
    """Return the first invented unit that comes with the edition."""
    samples = samples_of(edition.jurisdiction)
    if samples is None:
        raise LookupError(f"{edition.jurisdiction} offers no samples")
    return samples.units[0]


def units(first: int, count: int) -> list[Organisation]:
    """Make so many applicant units."""
    made = [
        Organisation(
            kind=OrganisationKind.UNIT, name=f"测量技师学院{number}", state=OrganisationState.ACTIVE, nature="vocational",
            credit_code=f"BENCH{number:013d}", district="余杭区", address="测量路 1 号", postcode="311100", contact_name="测量",
            contact_phone="0571-00000000", contact_email="bench@example.cn",
        )
        for number in range(first, first + count)
    ]  # fmt: skip
    return Organisation.objects.bulk_create(made, batch_size=500)


def fill_inbox(call: Call, by: Actor, count: int, first: int) -> None:
    """Make so many submitted applications in one call."""
    answers: dict[str, Any] = dict(sample(call.edition).answers(clock.today()))
    now = clock.now()
    drafts = [
        Application(
            jurisdiction=call.jurisdiction, call=call, track_key="school", organisation=unit, status="draft",
            created_by=by.person, created_at=now, updated_at=now,
        )
        for unit in units(first, count)
    ]  # fmt: skip
    rows = Application.objects.bulk_create(drafts, batch_size=500)
    versions = ApplicationVersion.objects.bulk_create(
        [
            ApplicationVersion(
                application=row, number=1, answers=answers, manifest=[], results=[], settings={}, declaration="", sha256=f"{row.pk:064d}",
                submitted_by=by.person, submitted_at=now - timedelta(minutes=row.pk),
            )
            for row in rows
        ],
        batch_size=200,
    )  # fmt: skip
    for row, version in zip(rows, versions, strict=True):
        row.current, row.submitted_at, row.status = version, version.submitted_at, STATUSES[row.pk % len(STATUSES)]
        row.number = f"BENCH-{row.pk:08d}"
    Application.objects.bulk_update(rows, ["current", "submitted_at", "status", "number"], batch_size=200)


def ready_drafts(call: Call, by: Actor, count: int, first: int) -> list[Application]:
    """Make so many drafts that may be submitted, each with `TABLE_ROWS` rows of equipment; all belong to the actor's unit.

    One live application a call, track and unit is the rule, so each draft has a call of its own.
    """
    organisation = by.organisation
    if organisation is None:
        raise LookupError("the applicant acts for no unit")
    stored = StoredFile.objects.create(
        content="bench.pdf", name="证明.pdf", content_type="application/pdf", size=1000, pages=1, sha256="0" * 64,
        organisation=organisation, uploaded_by=by.user, uploaded_at=clock.now(),
    )  # fmt: skip
    return [
        _ready(make_call(call.jurisdiction, call.edition, first + number), organisation, by, stored)
        for number in range(count)
    ]


def _ready(call: Call, organisation: Organisation, by: Actor, stored: StoredFile) -> Application:
    now = clock.now()
    application = Application.objects.create(
        jurisdiction=call.jurisdiction, call=call, track_key="school", organisation=organisation, created_by=by.person,
        created_at=now, updated_at=now, groups={"project": ["a1"]},
    )  # fmt: skip
    pages = _pages(application, organisation)
    DraftSection.objects.bulk_create(
        [
            DraftSection(application=application, path=path, answers=answers, revision=1, saved_at=now)
            for path, answers in pages.items()
        ]
    )
    facts = facts_for(application.edition, "school", {}, {})
    slots = [each for each in application.edition.materials if each.minimum and not each.sealed]
    MaterialFile.objects.bulk_create(
        [
            MaterialFile(application=application, slot=slot.key, stored=stored, added_by=by.person, added_at=now)
            for slot in slots
            if slot.when is None or slot.when.check(facts).met
        ]
    )
    return application


def _pages(application: Application, organisation: Organisation) -> dict[str, dict[str, Any]]:
    answers: dict[str, Any] = dict(sample(application.edition).answers(clock.today()))
    pages: dict[str, dict[str, Any]] = {}
    for part in application.edition.form.parts:
        if isinstance(part, Group):
            instance = answers[part.key][0]
            pages |= {f"{part.key}/a1/{section.key}": dict(instance[section.key]) for section in part.sections}
        else:
            pages[part.key] = dict(answers.get(part.key, {}))
    items = pages["project/a1/equipment"]["items"]
    pages["project/a1/equipment"]["items"] = [
        {**items[number % len(items)], "_id": f"r{number}", "name": f"设备{number}"} for number in range(TABLE_ROWS)
    ]
    pages["standard"]["credit_code"] = organisation.credit_code
    return pages
