"""Writing a draft: begun once a unit, saved page by page, each save checked against the one it was made on."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from applications.enums import ENDED
from applications.models import Application, Call, DraftSection
from applications.permissions import editable_applications, readable_applications
from applications.selectors.live import live_applications
from applications.selectors.prefill import first_draft
from applications.selectors.routes import route_problem, track_problem
from applications.selectors.workspace import Workspace, build, load
from applications.services.answers import from_profile, tidy, within_opening
from applications.services.merging import merge
from applications.services.moves import WrongState
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.form import Section
from portal.policy.procedure import Status
from portal.policy.rows import with_given_rows
from portal.policy.validation import SectionPlace
from portal.tenancy.enums import OrganisationState
from portal.tenancy.models import Organisation


class NotOpen(Exception):
    """The call receives nothing now, or the unit may not apply yet; the message is Chinese and shown as it is."""


class ExistingDraft(Exception):
    """The unit has a live application on this track already; it is offered instead of a second one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__("本单位在该类别已有一份申报，请继续填写原有申报")


class Conflict(Exception):
    """Someone else saved the page in between; nothing has been written. `theirs` is the page as they left it."""

    def __init__(
        self, workspace: Workspace, place: SectionPlace, mine: Mapping[str, Any], clashes: set[str] | None = None
    ) -> None:
        self.workspace, self.place, self.mine, self.clashes = workspace, place, dict(mine), clashes
        self.draft = workspace.drafts[place.path]
        super().__init__("本节内容已被他人修改，请比较后选择保留的内容")


def start_application(
    *, call: Call, track_key: str, by: Actor, recommender: Organisation | None = None, route: str = ""
) -> Application:
    """Begin an application of the actor's unit on one track, its pages prefilled with what is known.

    Where the policy has a recommending tier, `recommender` is the office it goes through, by `route`. Raise `NotOpen` when
    the call is not open at this instant, the unit is not active, or route or track are closed to it; `ExistingDraft` when
    a live application exists: one a call, track and unit (G-11).
    """
    by.require("application.edit")
    organisation = by.organisation
    if organisation is None or by.user is None or not organisation.is_unit:
        raise NotOpen("请先切换到申报单位的身份，再填写申报")
    try:
        with transaction.atomic():
            return begin(
                call=call, track_key=track_key, organisation=organisation, by=by, recommender=recommender, route=route
            )
    except IntegrityError:
        raise ExistingDraft(_live(call, track_key, organisation)) from None


def begin(
    *, call: Call, track_key: str, organisation: Organisation, by: Actor, recommender: Organisation | None, route: str
) -> Application:
    """Write a new draft inside the transaction, with everything checked under the call's lock."""
    now = clock.now()
    fresh = Call.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=call.pk)
    if not fresh.is_open(now):
        raise NotOpen("该批次目前不接收申报，请查看批次的起止时间")
    if Organisation.objects.get(pk=organisation.pk).state != OrganisationState.ACTIVE:
        raise NotOpen("本单位的登记尚未审核通过，审核通过后即可申报")
    fresh.edition.track(track_key)
    problem = route_problem(fresh, organisation, recommender, route) or track_problem(
        fresh.edition, track_key, list(live_applications(organisation).filter(call=fresh))
    )
    if problem:
        raise NotOpen(problem)
    application = Application(
        jurisdiction=fresh.jurisdiction,
        call=fresh,
        track_key=track_key,
        organisation=organisation,
        recommender=recommender,
        route=route if recommender else "",
        created_by=by.user,
        created_at=now,
        updated_at=now,
    )
    application.groups, pages = first_draft(application)
    application.save(force_insert=True)
    DraftSection.objects.bulk_create(
        DraftSection(application=application, path=path, answers=answers, prefilled=sources, saved_at=now)
        for path, (answers, sources) in pages.items()
    )
    record(
        by=by,
        action="application.create",
        obj=application,
        jurisdiction_id=application.jurisdiction_id,
        data={"call": fresh.pk, "track": track_key, "recommender": recommender.pk if recommender else None},
    )
    return application


def _live(call: Call, track_key: str, organisation: Organisation) -> Application:
    return Application.objects.exclude(status__in=ENDED).get(call=call, track_key=track_key, organisation=organisation)


def open_draft(application_id: int, by: Actor) -> Application:
    """Lock a draft for writing; call inside a transaction.

    Raise `Application.DoesNotExist` for what the actor may not see, `WrongState` for what can no longer be written.
    """
    everyone = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "organisation", "jurisdiction"
    )
    application = readable_applications(everyone, by).get(pk=application_id)
    if not (by.can("application.edit") and application.organisation == by.organisation):
        raise Application.DoesNotExist
    if application.status not in (Status.DRAFT, Status.RETURNED):
        raise WrongState(
            f"该申报目前为“{application.applicant_label}”，不能再修改；您刚才填写的内容仍在本页，可先复制留存"
        )
    return application


@transaction.atomic
def save_section(
    *,
    application_id: int,
    path: str,
    answers: Mapping[str, Any],
    revision: int,
    by: Actor,
    confirmed: bool = False,
    base: Mapping[str, Any] | None = None,
) -> Workspace:
    """Keep what was typed on one page, valid or not, and return the workspace as it is afterwards.

    `revision` is the one the page was loaded with. If another save came in between, changes to different answers or cells
    are put together by `base`, what the page held before this person's changes; without it, or where both changed the
    same, `Conflict` is raised and nothing is written. Locked answers show the profile, given rows stand as given and kept
    rows of a cross-application in front, whatever was sent; where that undid a change of kept ones, the workspace's
    `notice` says so. In a round of correction only opened parts change. `confirmed` says that the person has seen the
    prefilled answers of the page. KeyError: no such page in this form.
    """
    application = open_draft(application_id, by)
    workspace = load(application)
    section = workspace.section(path)
    draft = workspace.drafts.get(path) or DraftSection(application=application, path=path)
    typed = tidy(section, answers)
    notice = _undone(workspace, path, section, typed)
    typed = _as_fixed(workspace, path, section, typed)
    typed = within_opening(section, path, workspace.opening, draft.answers, typed)
    if draft.revision != revision and draft.answers != typed:
        typed = _both(workspace, workspace.place(path), draft, typed, base)
    prefilled = still_unconfirmed(draft.prefilled, draft.answers, typed, confirmed=confirmed)
    saved = write_page(workspace, draft, typed, prefilled, by)
    saved.notice = notice
    return saved


def _as_fixed(workspace: Workspace, path: str, section: Section, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is not the applicant's to change over what was typed: the profile, given rows, kept rows and answers."""
    known = from_profile(section, workspace.application.organisation)
    answers = with_given_rows(section, {**typed, **known}, workspace.facts.settings)
    if workspace.kept is None:
        return answers
    stored = workspace.drafts.get(path) or DraftSection()
    return workspace.kept.put_back(path, section, answers, stored.answers)


def _undone(workspace: Workspace, path: str, section: Section, typed: Mapping[str, Any]) -> str:
    kept = workspace.kept
    return f"{kept.explanation}，已恢复原状" if kept and kept.locks and kept.touched(path, section, typed) else ""


def _both(
    workspace: Workspace,
    place: SectionPlace,
    draft: DraftSection,
    typed: dict[str, Any],
    base: Mapping[str, Any] | None,
) -> dict[str, Any]:
    if base is None:
        raise Conflict(workspace, place, typed)
    before = _as_fixed(workspace, place.path, place.section, tidy(place.section, base))
    merged, clashes = merge(place.section, before, draft.answers, typed)
    if clashes:
        raise Conflict(workspace, place, merged, clashes)
    return merged


def write_page(
    workspace: Workspace, draft: DraftSection, answers: dict[str, Any], prefilled: dict[str, str], by: Actor
) -> Workspace:
    """Write one page of a locked draft unless nothing changed; return the workspace over the new state."""
    if draft.pk and draft.answers == answers and draft.prefilled == prefilled:
        return workspace
    now, application = clock.now(), workspace.application
    draft.answers, draft.prefilled, draft.saved_by, draft.saved_at = answers, prefilled, by.user, now
    draft.revision += 1
    draft.save()
    application.revision, application.updated_at = application.revision + 1, now
    Application.objects.filter(pk=application.pk).update(revision=application.revision, updated_at=now)
    return build(application, [*workspace.drafts.values(), draft], workspace.materials)


def still_unconfirmed(
    prefilled: Mapping[str, str], old: Mapping[str, Any], new: Mapping[str, Any], *, confirmed: bool
) -> dict[str, str]:
    """Return the sources of the values nobody has confirmed: not those changed by hand, nor rows deleted.

    A whole page read and passed on (`confirmed`) confirms its single answers; a row taken over from an earlier
    application must be confirmed itself.
    """
    return {key: source for key, source in prefilled.items() if _unconfirmed(key, old, new, confirmed)}


def _unconfirmed(key: str, old: Mapping[str, Any], new: Mapping[str, Any], confirmed: bool) -> bool:
    table, _, row = key.partition("/")
    if not row:
        return not confirmed and _plain(old.get(key)) == _plain(new.get(key))
    before, after = (_row(answers, table, row) for answers in (old, new))
    return after is not None and _plain(before) == _plain(after)


def _plain(value: Any) -> Any:
    """A version keeps numbers, a browser sends text: 20 and "20" are the same answer."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if each not in (None, "")}
    return [_plain(each) for each in value] if isinstance(value, list) else "" if value is None else str(value)


def _row(answers: Mapping[str, Any], table: str, row_id: str) -> Any:
    return next((row for row in answers.get(table) or [] if row.get("_id") == row_id), None)


@transaction.atomic
def confirm_prefilled(*, application_id: int, path: str, keys: list[str], by: Actor) -> Workspace:
    """Take values over as one's own: the named fields or rows of a page, or all of them when `keys` is empty."""
    workspace = load(open_draft(application_id, by))
    draft = workspace.drafts[workspace.place(path).path]
    left = {key: source for key, source in draft.prefilled.items() if keys and key not in keys}
    return write_page(workspace, draft, draft.answers, left, by)


def may_edit(application: Application, by: Actor) -> bool:
    """Say whether the actor may write the application's draft now."""
    return editable_applications(Application.objects.all(), by).filter(pk=application.pk).exists()
