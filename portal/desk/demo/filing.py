"""The first half of a demonstration file's life: filled in, submitted, checked."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from applications.models import Application, Call
from applications.selectors.workspace import load
from applications.services import check, decide, draft, groups, materials, submit
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo.files import Evidence
from portal.policy.form import Group
from portal.policy.sample import Answers, SampleUnit
from portal.policy.validation import evaluate_all, facts_for


@dataclass
class Cast:
    """The people of one demonstration: units by key, bureau members by role, experts in order, offices round the bureau."""

    units: dict[str, tuple[SampleUnit, Actor]]
    staff: dict[str, Actor]
    experts: list[Actor]
    evidence: Evidence
    desks: dict[str, Actor] = field(default_factory=dict)  # who recommends, by the office's key in the profile
    superior: Actor | None = None  # who runs the re-check at the level above

    @property
    def officer(self) -> Actor:
        """Who receives and checks."""
        return self.staff["bureau_officer"]

    @property
    def approver(self) -> Actor:
        """Who approves and signs."""
        return self.staff["bureau_approver"]


def begin(cast: Cast, key: str, call: Call, at: datetime, track: str = "") -> Application:
    """Begin a draft at an instant; `track` is another track than the unit's first, for which its sample has a form too."""
    sample, actor = cast.units[key]
    with clock.travel(at):
        return draft.start_application(
            call=call,
            track_key=track or sample.track,
            by=actor,
            recommender=cast.desks[sample.recommender].organisation if sample.recommender else None,
            route=sample.route,
        )


def fill(cast: Cast, key: str, call: Call, at: datetime, *, leave_out: tuple[str, ...] = ()) -> Application:
    """Begin a draft and fill it in; sections named in `leave_out` stay empty, materials too when `#` is among them."""
    sample, actor = cast.units[key]
    application = begin(cast, key, call, at)
    with clock.travel(at):
        fill_in(cast, application, sample.answers(clock.local_date(at)), actor, leave_out)
    return application


def fill_in(cast: Cast, application: Application, answers: Answers, actor: Actor, leave_out: tuple[str, ...]) -> None:
    """Fill in a draft that has been begun, now; `leave_out` as for `fill`."""
    for part in application.edition.form.parts:
        if part.key in leave_out or part.key not in answers:
            continue
        if isinstance(part, Group):
            _fill_group(application, part, answers[part.key], actor)
        else:
            _save(application, part.key, answers[part.key], actor)
    if "#" not in leave_out:
        _attach(cast, application, answers, actor)


def _fill_group(application: Application, group: Group, instances: list[dict[str, object]], actor: Actor) -> None:
    ids = list(load(application).application.groups.get(group.key, []))
    while len(ids) < len(instances):
        groups.add_instance(application_id=application.pk, key=group.key, by=actor)
        ids = list(Application.objects.get(pk=application.pk).groups[group.key])
    for identifier, instance in zip(ids, instances, strict=True):
        for section in (each for each in group.sections if each.key in instance):
            _save(application, f"{group.key}/{identifier}/{section.key}", dict(instance[section.key]), actor)  # type: ignore[call-overload]


def _save(application: Application, path: str, answers: dict[str, object], actor: Actor) -> None:
    """Save a section as one who has read it: rows taken over from an earlier application are confirmed with it."""
    drafts = {each.path: each.revision for each in application.drafts.all()}
    draft.save_section(
        application_id=application.pk,
        path=path,
        answers=answers,
        revision=drafts.get(path, 0),
        by=actor,
        confirmed=True,
    )
    if carried := list(application.drafts.get(path=path).prefilled):
        draft.confirm_prefilled(application_id=application.pk, path=path, keys=carried, by=actor)


def _attach(cast: Cast, application: Application, answers: Answers, actor: Actor) -> None:
    facts = facts_for(application.edition, application.track_key, dict(answers), {})
    for material in application.edition.materials:
        wanted = material.when is None or material.when.check(facts).met
        if material.minimum and wanted and not material.sealed:
            stored = cast.evidence.file(material, application.organisation, actor)
            materials.add_file(application_id=application.pk, slot=material.key, stored=stored, by=actor)


def hand_in(cast: Cast, key: str, application: Application, at: datetime) -> Application:
    """Submit at an instant, then upload the stamped scan of the submitted version an hour later."""
    _, actor = cast.units[key]
    with clock.travel(at):
        submit.submit_application(application_id=application.pk, by=actor, declared=True)
    with clock.travel(at + timedelta(hours=1)):
        for material in application.edition.materials:
            if material.sealed:
                stored = cast.evidence.file(material, application.organisation, actor)
                materials.add_file(application_id=application.pk, slot=material.key, stored=stored, by=actor)
    application.refresh_from_db()
    return application


def judge(cast: Cast, application: Application, at: datetime, by: Actor | None = None) -> None:
    """Open a submitted file and give a verdict on every condition; by the bureau's officer unless another is named."""
    officer = by or cast.officer
    with clock.travel(at):
        check.open_application(application=application, by=officer)
        application.refresh_from_db()
        version = application.current
        assert version is not None  # noqa: S101 - what is opened has been submitted
        facts = facts_for(application.edition, application.track_key, version.answers, {})
        for result in evaluate_all(application.edition, facts):
            if result.verdict.value == "not_applicable" or result.condition.severity.value in ("target", "preference"):
                continue
            check.give_verdict(application=application, code=result.condition.code, verdict="met", by=officer)


def accept(cast: Cast, application: Application, at: datetime) -> Application:
    """Judge a file and accept it."""
    judge(cast, application, at)
    with clock.travel(at + timedelta(hours=2)):
        decide.accept_application(application=application, by=cast.officer)
    application.refresh_from_db()
    return application


def send_back(
    cast: Cast, application: Application, at: datetime, remarks: tuple[tuple[str, str], ...], by: Actor | None = None
) -> Application:
    """Judge a file and return it once with all its remarks (path, text); by the bureau's officer unless another is named."""
    officer = by or cast.officer
    judge(cast, application, at, officer)
    with clock.travel(at + timedelta(hours=2)):
        for path, text in remarks:
            check.write_remark(application=application, path=path, text=text, by=officer)
        decide.return_application(application=locked_now(application), by=officer, reason="请对照意见一次性补正")
    application.refresh_from_db()
    return application


def locked_now(application: Application) -> Application:
    """Return the application as it stands."""
    application.refresh_from_db()
    return application


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant of a day in Shanghai."""
    return clock.start_of_day(day) + timedelta(hours=hour, minutes=minute)


def last_second(day: date) -> datetime:
    """Return 23:59:59 of a day in Shanghai."""
    return clock.end_of_day(day) - timedelta(seconds=1)
