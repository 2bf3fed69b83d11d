"""Rounds: an assessment of all bases over declared years is set up, opened, closed, and its results are published."""

from datetime import date, timedelta

from django.db import transaction

from applications.services.moves import WrongState
from assessments.enums import AssessmentState, RoundState
from assessments.models import Assessment, Round
from assessments.selectors.rounds import candidates, in_full, round_schemes
from assessments.services.rounds_news import tell_opened, tell_result
from assessments.services.rounds_papers import issue_result_notice
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.calendars import clock
from portal.policy.ledger import Period
from portal.tenancy.models import Jurisdiction
from reviews.services.refusal import Refused

SELF_DAYS = 30


@transaction.atomic
def set_up_round(
    *, place: Jurisdiction, edition_code: str, scheme_key: str, first_year: int, by: Actor, title: str = "",
    self_due_on: date | None = None,
) -> Round:  # fmt: skip
    """Set up the assessment of a period that begins with a calendar year; periods of one kind never overlap."""
    by.require("base.keep", place.pk)
    Jurisdiction.objects.select_for_update(of=("self",)).get(pk=place.pk)
    found = next(
        (
            scheme
            for edition, scheme in round_schemes(place)
            if (edition.code, scheme.key) == (edition_code, scheme_key)
        ),
        None,
    )
    if found is None:
        raise Refused("请选择考核种类", "scheme")
    starts, ends = date(first_year, 1, 1), date(first_year + found.every - 1, 12, 31)
    if starts > clock.today():
        raise Refused(f"{first_year} 年尚未开始，不能拟定考核", "first_year")
    same = Round.objects.filter(jurisdiction=place, edition_code=edition_code, scheme_key=scheme_key)
    if other := same.filter(starts_on__lte=ends, ends_on__gte=starts).first():
        raise Refused(f"考核期与“{other.title}”（{Period(other.starts_on, other.ends_on).title}）重叠", "first_year")
    made: Round = Round.objects.create(
        jurisdiction=place, edition_code=edition_code, scheme_key=scheme_key, starts_on=starts, ends_on=ends,
        title=title.strip() or f"{Period(starts, ends).title.replace(' ', '')}{found.title}", self_due_on=self_due_on,
        created_by=by.person, created_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, action="round.set_up", obj=made, jurisdiction_id=place.pk,
        data={"edition": edition_code, "scheme": scheme_key, "from": starts.isoformat(), "to": ends.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def open_round(*, found: Round, by: Actor, self_due_on: date | None = None) -> Round:
    """Begin: every base gets its assessment, or the reason why it takes no part; both are told."""
    row = _locked(found)
    by.require("base.keep", row.jurisdiction_id)
    if row.state != RoundState.DRAFT:
        raise WrongState(f"该轮考核目前为“{row.get_state_display()}”，不能再次启动")
    today = clock.today()
    if today <= row.ends_on:
        raise WrongState(f"考核期至 {row.ends_on:%Y-%m-%d}，届满后方可启动")
    if row.scheme.sections:
        row.self_due_on = self_due_on or row.self_due_on or today + timedelta(days=SELF_DAYS)
        if row.self_due_on < today:
            raise Refused("自评截止日期不能早于今天", "self_due_on")
    listed = candidates(row)
    if not any(not each.reason for each in listed):
        raise WrongState("没有可以参评的基地，请核对基地名册和考核期")
    begins = AssessmentState.SELF if row.scheme.sections else AssessmentState.READY
    Assessment.objects.bulk_create(
        Assessment(
            jurisdiction_id=row.jurisdiction_id, base=each.base, round=row, scheme_key=row.scheme_key,
            starts_on=row.starts_on, ends_on=row.ends_on, created_at=clock.now(), exempt_reason=each.reason[:300],
            state=AssessmentState.EXEMPT if each.reason else begins,
        )
        for each in listed
    )  # fmt: skip
    row.state, row.opened_at = RoundState.OPEN, clock.now()
    row.save(update_fields=["state", "opened_at", "self_due_on"])
    taking_part = sum(not each.reason for each in listed)
    record(
        by=by, action="round.open", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"taking_part": taking_part, "exempt": len(listed) - taking_part},
    )  # fmt: skip
    tell_opened(row)
    return row


@transaction.atomic
def drop_round(*, found: Round, by: Actor) -> None:
    """Take back a round that was not opened."""
    row = _locked(found)
    by.require("base.keep", row.jurisdiction_id)
    if row.state != RoundState.DRAFT:
        raise WrongState("已启动的考核不能取消")
    record(by=by, action="round.drop", obj=row, jurisdiction_id=row.jurisdiction_id, before=row.title)
    row.delete()


@transaction.atomic
def close_round(*, found: Round, by: Actor) -> Round:
    """End a round in which everything is decided and published."""
    row = _locked(found)
    by.require("base.keep", row.jurisdiction_id)
    if row.state != RoundState.OPEN:
        raise WrongState(f"该轮考核目前为“{row.get_state_display()}”，不能办结")
    settled = (AssessmentState.EXEMPT, AssessmentState.DECIDED)
    if waiting := row.assessments.exclude(state__in=settled).count():
        raise WrongState(f"还有 {waiting} 个基地的考核结果未确定，全部确定后方可办结")
    if row.assessments.filter(state=AssessmentState.DECIDED, told_at__isnull=True).exists():
        raise WrongState("还有结果没有公布，请先公布结果")
    row.state, row.closed_at = RoundState.CLOSED, clock.now()
    row.save(update_fields=["state", "closed_at"])
    record(by=by, action="round.close", obj=row, jurisdiction_id=row.jurisdiction_id)
    return row


@transaction.atomic
def publish_results(*, found: Round, by: Actor) -> list[Assessment]:
    """Publish what is decided and not yet published: the public list, a notice to each base, a message to its unit."""
    row = _locked(found)
    by.require("base.recognise", row.jurisdiction_id)
    decided = Assessment.objects.filter(round=row, state=AssessmentState.DECIDED, told_at__isnull=True)
    fresh = list(in_full(decided.select_for_update(of=("self",))).order_by("base_id"))
    hidden = Assessment.objects.filter(round=row, state=AssessmentState.DECIDED, published_at__isnull=True)
    if not fresh and not hidden.exists():
        raise WrongState("没有待公布的结果；结果确定后方可公布")
    now = clock.now()
    for each in fresh:
        each.told_at = now
        each.save(update_fields=["told_at"])
        issue_result_notice(assessment=each, by=by)
        tell_result(each)
    hidden.update(published_at=now)
    row.published_at, row.published_by = row.published_at or now, row.published_by or by.person
    row.save(update_fields=["published_at", "published_by"])
    record(
        by=by, action="round.publish", obj=row, jurisdiction_id=row.jurisdiction_id,
        data={"assessments": [[each.pk, each.outcome_title] for each in fresh]},
    )  # fmt: skip
    return fresh


def _locked(found: Round) -> Round:
    row: Round = Round.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=found.pk)
    return row
