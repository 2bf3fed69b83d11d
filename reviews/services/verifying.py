"""An office's own verified figures of one file (核查证明表), its clearance of a file, and the stamped scans of its papers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications.models import Application
from applications.selectors.characters import refuse_undrawable
from applications.selectors.decisions import acceptance_obstacles
from applications.services.moves import WrongState, locked, move, require_at_desk
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy.edition import Edition
from portal.policy.form import Section
from portal.policy.places import SectionPlace
from portal.policy.procedure import Status
from portal.policy.reading import Problem, SectionReader
from portal.policy.settling import settle_section
from portal.policy.verification import conclusion_faults, find_figure
from reviews.models import Justification, Recommendation, StampedPaper, Verification
from reviews.selectors.recommendations import full, needed_papers, paper_hash
from reviews.selectors.verifications import verification_facts
from reviews.services.recommending import locked_recommendation, missed_standards, office_of, take_off_lists
from reviews.services.refusal import Refused


@transaction.atomic
def save_verification(
    *, application: Application, answers: Mapping[str, Any], by: Actor
) -> tuple[Verification, list[Problem]]:
    """Keep an office's figures of a file as typed, valid or not; return them with what is still to be mended."""
    applied = locked(application)
    require_at_desk("application.check", applied, by)
    rule = applied.edition.recommendation()
    if rule is None or rule.verification is None:
        raise WrongState("本政策不要求填写核查证明")
    if applied.status not in (Status.CHECKING, Status.QUALIFIED):
        raise WrongState(f"该申报目前为“{applied.bureau_label}”，不能填写核查数据")
    known = {item.key for item in rule.verification.items}
    typed = {key: value for key, value in answers.items() if key in known}
    kept, problems = read_verification(applied.edition, rule.verification, typed, applied)
    made, _ = Verification.objects.update_or_create(
        application=applied,
        defaults={
            "office": office_of(by),
            "answers": {**typed, **kept},
            "complete": not problems,
            "saved_by": by.person,
            "saved_at": clock.now(),
        },
    )
    record(
        by=by, action="recommendation.verify", obj=applied, jurisdiction_id=applied.jurisdiction_id, after=made.answers,
        data={"complete": made.complete},
    )  # fmt: skip
    return made, problems


def read_verification(
    edition: Edition, section: Section, answers: Mapping[str, Any], application: Application
) -> tuple[dict[str, Any], list[Problem]]:
    """Read an office's figures: stored form, and what is wrong. Tests in the section see the unit's own answers too.

    A conclusion that the figures do not bear out is a problem at its field.
    """
    own = settle_section(section, answers)
    facts = verification_facts(application, section, own)
    place = SectionPlace(section.key, None, None, 0, section, section.short or section.title)
    kept, problems = SectionReader(place, facts, refuse_undrawable).read(own)
    rule = edition.recommendation()
    findings = [find_figure(each, facts) for each in rule.figures] if rule else []
    labels = {item.key: item.label for item in section.fields}
    faults = [
        Problem(f"{section.key}/{key}", labels.get(key, ""), message, section.key)
        for key, message in conclusion_faults(findings, own)
    ]
    return kept, [*problems, *faults]


@transaction.atomic
def qualify_application(*, application: Application, by: Actor) -> Application:
    """Clear a checked file for recommendation: every condition has a verdict, nothing is open, every miss is justified.

    Raises `Refused` with all that is missing.
    """
    applied = locked(application)
    require_at_desk("application.check", applied, by)
    if applied.status != Status.CHECKING or applied.current is None:
        raise WrongState(f"该申报目前为“{applied.bureau_label}”，不能办理此项操作，请刷新页面查看最新状态")
    obstacles = [*acceptance_obstacles(applied, applied.current), *_unjustified(applied)]
    if obstacles:
        raise Refused("；".join(obstacles), "qualify")
    return move(application=applied, action="qualify", by=by)


@transaction.atomic
def reexamine_application(*, application: Application, reason: str, by: Actor) -> Application:
    """Take a cleared file back into checking, off the list it may be on."""
    if not reason.strip():
        raise Refused("请写明重新审核的理由", "reason")
    take_off_lists(application=application, by=by)
    return move(application=locked(application), action="reexamine", by=by, reason=reason.strip())


def _unjustified(application: Application) -> list[str]:
    rule = application.edition.recommendation()
    if rule is None or not rule.justify:
        return []
    written = set(Justification.objects.filter(application=application).values_list("code", flat=True))
    missing = [code for code in missed_standards(application) if code not in written]
    return [
        f"参考标准 {code}“{application.edition.condition(code).title}”未达到，须逐项写明仍推荐的理由"
        for code in missing
    ]


@transaction.atomic
def add_stamped(
    *, recommendation: Recommendation, paper: str, stored: StoredFile, by: Actor, application: Application | None = None
) -> StampedPaper:
    """Attach the stamped scan of a paper as it reads now; an earlier scan of it is set aside."""
    locked_recommendation(recommendation, by)
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    wanted = application.pk if application else None
    needed = [
        each
        for each in needed_papers(row)
        if each.key == paper and (each.application.pk if each.application else None) == wanted
    ]
    if not needed:
        raise Refused("没有这一份文书，请刷新页面", "paper")
    now = clock.now()
    row.stamped.filter(paper=paper, application=application, removed_at__isnull=True).update(removed_at=now)
    made = StampedPaper.objects.create(
        recommendation=row, paper=paper, application=application, stored=stored,
        content_sha256=paper_hash(row, needed[0].kind, needed[0].application), added_by=by.person, added_at=now,
    )  # fmt: skip
    record(
        by=by, action="recommendation.stamp", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"paper": paper, "application": wanted, "file": stored.pk, "sha256": stored.sha256},
    )  # fmt: skip
    return made
