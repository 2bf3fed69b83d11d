"""What recommending offices do in the demonstration: check, rank, write, stamp, hand in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from applications.models import Application, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo import filing
from portal.desk.demo.filing import Cast
from portal.policy.sample import Samples, SampleUnit
from reviews.models import Recommendation
from reviews.selectors.recommendations import full, needed_papers, rule_of, verifies
from reviews.services import recommending, sealing, verifying

REASON = "该单位培训规模大，实训设备和师资居本地前列，近年承担职业技能竞赛集训和企业订单培训任务，示范带动作用明显。"
MISSED = "该项系阶段性原因所致，单位已制定整改计划并落实经费，其余各项均达到参考标准，经集体研究仍予推荐。"


def groups_of(samples: Samples) -> dict[str, list[SampleUnit]]:
    """Return the units of each office that somebody works at, by its key, the offices in their order."""
    return {
        each.office: [unit for unit in samples.units if unit.recommender == each.office] for each in samples.offices
    }


def file_with(cast: Cast, call: Call, unit: SampleUnit, at: datetime) -> Application:
    """Have a unit fill in and submit its file within a day."""
    return filing.hand_in(cast, unit.key, filing.fill(cast, unit.key, call, at), at + timedelta(hours=6))


def clear(cast: Cast, samples: Samples, unit: SampleUnit, application: Application, at: datetime) -> Application:
    """Check a file at its office, with the office's own figures and its word on what is missed, and clear it."""
    by = cast.desks[unit.recommender]
    filing.judge(cast, application, at, by)
    with clock.travel(at + timedelta(hours=2)):
        rule = application.edition.recommendation()
        if rule and samples.verification and verifies(rule, application):
            answers = samples.verification(unit, clock.today())
            _, problems = verifying.save_verification(application=application, answers=answers, by=by)
            if problems:
                raise ValueError(f"{unit.key}: {problems}")
        if rule and rule.justify:
            application.refresh_from_db()
            for code in recommending.missed_standards(application):
                recommending.justify(application=application, code=code, text=MISSED, by=by)
        verifying.qualify_application(application=application, by=by)
    application.refresh_from_db()
    return application


def put_forward(
    call: Call, stage: str, files: Sequence[Application], samples: Samples, *, at: datetime, by: Actor
) -> Recommendation:
    """List files in this order, say why, and write the recommendation's texts; it is not handed in yet."""
    with clock.travel(at):
        made = recommending.open_recommendation(call=call, stage=stage, by=by)
        for application in files:
            entry = recommending.list_file(recommendation=made, application=application, by=by)
            recommending.explain_entry(recommendation=made, entry_id=entry.pk, reason=REASON, by=by)
        chapters = {key: samples.chapters[key] for key, _ in rule_of(made).report_sections}
        return recommending.write_texts(
            recommendation=made,
            texts=chapters,
            by=by,
            document_number=f"{samples.document_series}荐〔{clock.today().year}〕{made.pk}号",
            contact=by.person.name,
            contact_phone="000-0000 0000",
        )


def seal(cast: Cast, made: Recommendation, at: datetime, by: Actor) -> Recommendation:
    """Upload every stamped paper and hand the recommendation in an hour later."""
    office = made.office
    with clock.travel(at):
        for paper in needed_papers(full(Recommendation.objects.all()).get(pk=made.pk)):
            if paper.missing:
                verifying.add_stamped(
                    recommendation=made,
                    paper=paper.key,
                    stored=cast.evidence.scan(paper.title, office, by),
                    by=by,
                    application=paper.application,
                )
    with clock.travel(at + timedelta(hours=1)):
        return sealing.seal_recommendation(recommendation=made, by=by)
