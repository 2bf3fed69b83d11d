"""Cross-application: one act makes an application on the target track out of the unit's one on the source track."""

from django.db import IntegrityError, transaction

from applications.enums import ENDED
from applications.models import Application, DraftSection
from applications.permissions import readable_applications
from applications.selectors.cross import rule_for
from applications.selectors.live import live_applications
from applications.selectors.taking import Taken, take, taking_problem
from applications.selectors.workspace import group_of, load
from applications.services.answers import new_row_id
from applications.services.draft import ExistingDraft, NotOpen, begin
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.selection import CrossApplication


def cross_apply(*, application: Application, by: Actor) -> Application:
    """Make the application on the target track out of `application`, by the same office and route; return it.

    One made from it already is returned as it is. Raise `Application.DoesNotExist` for what is not the actor's unit's,
    `NotOpen` where the policy offers nothing, the call is closed or the rows are not ready, `ExistingDraft` when the unit
    has begun an application on the target track in another way.
    """
    by.require("application.edit")
    try:
        with transaction.atomic():
            return _cross(application.pk, by)
    except IntegrityError:
        rule = application.edition.cross_application
        live = live_applications(application.organisation).filter(call=application.call)
        raise ExistingDraft(live.get(track_key=rule.target if rule else "")) from None


def _cross(pk: int, by: Actor) -> Application:
    everyone = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "organisation", "jurisdiction", "recommender"
    )
    source = readable_applications(everyone, by).filter(organisation=by.organisation).get(pk=pk)
    rule = rule_for(source.edition, source.track_key)
    if rule is None:
        raise NotOpen("本批次的政策没有规定可由该申报同时申请参评其他类别")
    if source.status in ENDED:
        raise NotOpen(f"原申报目前为“{source.applicant_label}”，不能由其生成其他申报")
    live = live_applications(source.organisation).filter(call=source.call, track_key=rule.target)
    if (existing := live.first()) is not None:
        if existing.cross_from_id == source.pk:
            return existing
        raise ExistingDraft(existing)
    workspace = load(source)
    if problem := taking_problem(workspace, rule):
        raise NotOpen(problem)
    made = begin(
        call=source.call,
        track_key=rule.target,
        organisation=source.organisation,
        by=by,
        recommender=source.recommender,
        route=source.route,
    )
    return _lay_over(made, source, take(workspace, rule), rule, by)


def _lay_over(made: Application, source: Application, taken: Taken, rule: CrossApplication, by: Actor) -> Application:
    groups = {key: _filled_up(made, key, order) for key, order in taken.groups.items()}
    old = {draft.path: draft for draft in DraftSection.objects.filter(application=made)}
    pages = {
        path: (draft.answers, draft.prefilled) for path, draft in old.items() if path.partition("/")[0] not in groups
    }
    for path, (answers, marks) in taken.pages.items():
        if not answers:
            continue
        before, said = pages.get(path, ({}, {}))
        stays = {key: value for key, value in said.items() if key.partition("/")[0] not in answers}
        pages[path] = ({**before, **answers}, stays | marks)
    DraftSection.objects.filter(application=made).delete()
    now = clock.now()
    DraftSection.objects.bulk_create(
        DraftSection(application=made, path=path, answers=answers, prefilled=marks, saved_at=now)
        for path, (answers, marks) in pages.items()
    )
    made.cross_from, made.kept, made.groups = source, taken.kept, {**made.groups, **groups}
    made.save(update_fields=["cross_from", "kept", "groups"])
    record(
        by=by,
        action="application.cross",
        obj=made,
        jurisdiction_id=made.jurisdiction_id,
        after=taken.kept,
        data={"from": source.pk, "number": source.number, "mode": taken.kept["mode"], "clause": rule.clause},
    )
    return made


def _filled_up(made: Application, key: str, order: list[str]) -> list[str]:
    """The form asks for so many instances at least: what is missing is added empty."""
    lacking = max(0, group_of(made.edition, key).minimum - len(order))
    return [*order, *(new_row_id() for _ in range(lacking))]
