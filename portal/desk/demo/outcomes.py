"""What has become of the bases of earlier years by the day of the demonstration: assessed, checked, improving, paid."""

from datetime import date, timedelta

from assessments.models import Assessment, Base, Case, Improvement
from assessments.selectors.bases import with_terms
from assessments.selectors.rounds import due_of_bases
from assessments.selectors.rounds_checks import check_lines, suggestion
from assessments.services import case_effects, cases, improvements, rounds, rounds_checks, rounds_panel, rounds_self
from assessments.services import rounds_results as results
from portal.calendars import clock
from portal.desk.demo import afterwards, reviewing
from portal.desk.demo.filing import Cast, on
from portal.policy.aftercare import Method, Rhythm, Scheme
from portal.policy.sample import SampleAfter, SampleBase, Samples
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Panel
from reviews.services import panels

Pairs = list[tuple[SampleBase, Base]]


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """Tell what follows recognition: the books and reports of older bases, then what they came to."""
    if samples.after is None:
        return
    pairs = afterwards.take_over(cast, jurisdiction, samples, today)
    for sample, base in pairs:
        afterwards.live(cast, samples.after, sample, base, today)
    edition = pairs[0][1].edition
    for scheme in edition.schemes:
        if scheme.rhythm is Rhythm.CALENDAR_YEARS:
            _round(cast, samples.after, pairs, scheme, today)
    for _, base in pairs:
        _checks(cast, base, today)


def _round(cast: Cast, after: SampleAfter, pairs: Pairs, scheme: Scheme, today: date) -> None:
    """A round over the last complete years: decided and published for who did well, under way for the other."""
    begins = min(on(date(today.year, 2, 20), 9), on(today - timedelta(days=1), 9))
    with clock.travel(begins):
        made = rounds.set_up_round(
            place=pairs[0][1].jurisdiction,
            edition_code=pairs[0][1].edition_code,
            scheme_key=scheme.key,
            first_year=today.year - scheme.every,
            by=cast.officer,
        )
        rounds.open_round(found=made, by=cast.officer, self_due_on=clock.today() + timedelta(days=30))
    for sample, base in pairs:
        row = Assessment.objects.filter(round=made, base=base, exempt_reason="").first()
        if row is None:
            continue
        if scheme.method is Method.SCORED:
            _scored(cast, after, sample, row, today)
        elif sample.pace >= 100:
            _decided(cast, row, today)


def _scored(cast: Cast, after: SampleAfter, sample: SampleBase, row: Assessment, today: date) -> None:
    """Self-assessment by all; experts have been to who did well, and are on the way to the other."""
    day = date(today.year, 3, 6)
    if day + timedelta(days=45) > today:
        return
    with clock.travel(on(day, 16)):
        rounds_self.submit_self(assessment=row, answers=after.stated, by=cast.units[sample.unit][1])
    with clock.travel(on(day + timedelta(days=10), 9)):
        panel = rounds_panel.form_panel(assessment=row, by=cast.officer, note="部分台账待核，按已核数计算。")
        for position, expert in enumerate(Expert.objects.filter(jurisdiction=row.jurisdiction_id).order_by("id")[:5]):
            panels.add_member(
                panel=panel, expert=expert, by=cast.officer, chair=position == 0, reason=reviewing.BY_HAND
            )
        panels.convene(panel=panel, by=cast.officer)
    if sample.pace < 50:
        reviewing.declare(cast, panel, on(day + timedelta(days=11), 10), 3)
        return
    _panel_done(cast, panel, day)
    with clock.travel(on(day + timedelta(days=35), 9)):
        row = rounds_panel.take_panel(assessment=row, by=cast.officer)
        if row.result and row.result["flagged"]:
            chair = panel.members.get(chair=True).expert
            rounds_panel.confirm_flag(
                assessment=row, reason="加分事项均有文件佐证，属实。", by=reviewing.actor_of(cast, chair)
            )
        results.propose_grade(assessment=row, by=cast.officer)
    with clock.travel(on(day + timedelta(days=37), 9)):
        results.approve_result(assessment=row, by=cast.approver, opinion="同意")
        if row.round:
            rounds.publish_results(found=row.round, by=cast.approver)


def _panel_done(cast: Cast, panel: Panel, day: date) -> None:
    reviewing.declare(cast, panel, on(day + timedelta(days=11), 10))
    if panel.rule.on_site:
        reviewing.visit(cast, panel, on(day + timedelta(days=12), 9), on(day + timedelta(days=18), 9), done=True)
    reviewing.opine(cast, panel, on(day + timedelta(days=25), 15), ("recommend",) * panel.members.count())
    reviewing.close_review(
        cast, panel, on(day + timedelta(days=30), 9), "专家组现场考核后一致认为，基地运行规范，公共服务成效明显。"
    )


def _decided(cast: Cast, row: Assessment, today: date, at: date | None = None) -> None:
    """Propose what the lines say, and have it approved; where they say nothing the officer has yet to decide."""
    day = at or min(date(today.year, 3, 12), today - timedelta(days=1))
    with clock.travel(on(day, 10)):
        outcome = suggestion(row.scheme, check_lines(row))
        if not outcome:
            return
        proposed = results.propose_outcome(assessment=row, outcome=outcome, by=cast.officer)
    with clock.travel(on(day, 15)):
        results.approve_result(assessment=proposed, by=cast.approver, opinion="同意")


def _checks(cast: Cast, base: Base, today: date) -> None:
    """Checks whose day has long passed are done, with what follows; one that fell due lately still waits."""
    held = with_terms(Base.objects.filter(pk=base.pk)).get()
    for due in due_of_bases([held], today):
        day = due.ends_on + timedelta(days=20)
        if day >= today - timedelta(days=20):
            continue
        with clock.travel(on(day, 9)):
            row = rounds_checks.begin_check(base=base, scheme_key=due.scheme.key, by=cast.officer, ends_on=due.ends_on)
            for target in (each for each in base.edition.targets if each.judged and each.code in due.scheme.targets):
                rounds_checks.judge(
                    assessment=row,
                    code=target.code,
                    met=True,
                    words="现场查看培训体系和能力，与报告一致。",
                    by=cast.officer,
                )
        _decided(cast, Assessment.objects.get(pk=row.pk), today, day + timedelta(days=5))
        _follow(cast, base, day + timedelta(days=8), today)


def _follow(cast: Cast, base: Base, day: date, today: date) -> None:
    """Decide and carry out an improvement that a check has led to, and begin its guidance."""
    for case in Case.objects.filter(base=base, state="proposed"):
        if case.consequence.hearing_setting:
            continue
        with clock.travel(on(day, 10)):
            number = f"{base.jurisdiction.issuer[:2]}改通〔{day.year}〕{case.pk}号"
            decided = cases.decide(
                case=case,
                reason="核验结果属实，依据政策给予改进期。",
                document_number=number,
                issued_on=day,
                by=cast.approver,
            )
            case_effects.carry_out(case=decided, by=cast.officer)
    for period in Improvement.objects.filter(base=base, state="running"):
        visited = min(day + timedelta(days=25), today)
        with clock.travel(on(visited, 14)):
            improvements.add_guidance(
                improvement=period,
                on=visited,
                guide="职业能力建设科",
                content="现场查看培训台账和设备使用情况，指出招生组织不足、取证批次偏少。",
                follow_up="每季度增加一期等级认定，下月复查。",
                by=cast.officer,
            )
