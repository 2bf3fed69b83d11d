"""The procedure of the invented jurisdiction, step by step, through the services of the engine and nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from applications.models import Application
from applications.selectors.versions import conditions_to_judge
from applications.services.check import give_verdict, open_application
from applications.services.decide import accept_application
from applications.services.draft import start_application
from applications.services.submit import submit_application
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.policy.procedure import StageKind
from reviews.models import Panel, PanelMember, Recommendation, Selection, Shortlist
from reviews.selectors.recommendations import full, needed_papers
from reviews.selectors.scores import sheet_lines
from reviews.services import (
    declarations,
    draws,
    opinions,
    panels,
    recommending,
    sealing,
    selecting,
    shortlists,
    verifying,
)
from reviews.services.recommendation_papers import issue_paper
from tests.applications.applicant_kit import fill
from tests.applications.desk_factories import add_file
from tests.extension.world import World, at, fresh, town_of, typed
from tests.reviews.kit import LONG, make_expert, seat, signature
from tests.reviews.recommend_kit import scan

REVIEW_DAYS: dict[str, Any] = {
    "required": (), "related": (), "regions": (), "since": date(2024, 7, 26), "until": date(2024, 8, 9),
}  # fmt: skip
POINTS = {"academy": {"2": "36", "3": "18"}, "college": {"2": "30", "3": "15"}, "works": {"2": "33", "3": "17"}}


def file_application(world: World, key: str) -> Application:
    """Have a sample unit fill in the form, submit it, and hand in the stamped scan."""
    sample, unit = world.units[key]
    draft = start_application(
        call=world.call,
        track_key=sample.track,
        by=unit,
        recommender=town_of(world, key).organisation,
        route=sample.route,
    )
    fill(draft, typed(sample))
    add_file(draft, "licence")
    version = submit_application(application_id=draft.pk, by=unit, declared=True)
    add_file(fresh(draft), "application_form", sealed_version=version.number)
    return fresh(draft)


def judge(application: Application, by: Actor) -> None:
    """Open a file and find every condition met."""
    opened = open_application(application=application, by=by)
    assert opened.current is not None
    for condition in conditions_to_judge(opened, opened.current):
        give_verdict(application=opened, code=condition.code, verdict="met", by=by)


def clear(world: World, key: str, application: Application) -> Application:
    """Have the town check a file, verify its figures, and clear it for recommendation."""
    town = town_of(world, key)
    judge(application, town)
    sample = typed(world.units[key][0])
    figures = {"persons": sample["training"]["persons"], "area": sample["site"]["area"]}
    _, problems = verifying.save_verification(application=fresh(application), answers=figures, by=town)
    assert problems == []
    return verifying.qualify_application(application=fresh(application), by=town)


def recommend(world: World, town: str, files: list[Application]) -> Recommendation:
    """Have a town list its files in this order, stamp the papers, and hand the whole in, sealed."""
    by = world.towns[town]
    recommendation = recommending.open_recommendation(call=world.call, stage="recommendation", by=by)
    for file in files:
        recommending.list_file(recommendation=recommendation, application=fresh(file), by=by)
    recommending.write_texts(recommendation=recommendation, texts={}, by=by, document_number="溪镇〔2024〕1号")
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    issue_paper(recommendation=row, paper="summary", by=by)
    for paper in needed_papers(row):
        issue_paper(recommendation=row, paper=paper.key, by=by, application=paper.application)
        if paper.missing:
            verifying.add_stamped(
                recommendation=row, paper=paper.key, stored=scan(by), by=by, application=paper.application
            )
    return sealing.seal_recommendation(recommendation=row, by=by)


def accept(world: World, application: Application) -> Application:
    """Have the bureau check what it received and accept it."""
    judge(fresh(application), world.officer)
    accept_application(application=fresh(application), by=world.officer)
    return fresh(application)


def draw_panel(world: World, application: Application) -> Panel:
    """Have the experts of a file drawn, and the panel convened under one of them."""
    panel = panels.form_panel(application=application, by=world.officer)
    draw = draws.commit_draw(panel=panel, by=world.officer)
    draws.lock_draw(draw=draw, by=world.officer, **REVIEW_DAYS)
    draws.run_draw(draw=draw, by=world.officer, supervisor="监督员甲", called="27")
    panels.name_chair(member=panel.members.order_by("id")[0], by=world.officer)
    return panels.convene(panel=panel, by=world.officer)


def declare_all(seats: Iterable[PanelMember], experts: dict[int, Actor]) -> None:
    """Have every member declare that nothing stands in the way."""
    for member in seats:
        by = experts[member.expert_id]
        declarations.declare(member=member, conflicts=[], explanation="", undertaking=True, by=by)


def score(panel: Panel, experts: dict[int, Actor], points: dict[str, str]) -> None:
    """Have every member declare, score and sign; `points` by the item's number, where no proposal stands."""
    seats = list(panel.members.order_by("id"))
    declare_all(seats, experts)
    for member in seats:
        by = experts[member.expert_id]
        given = {line.key: points.get(line.key) or str(line.proposal) for line in sheet_lines(panel)}
        opinions.submit_opinion(
            member=seat(panel, by), conclusion="recommend", text=LONG, signature=signature(), by=by, scores=given
        )


def finish(world: World, panel: Panel) -> None:
    """Open the opinions and close the review."""
    opinions.unseal(panel=panel, by=world.officer)
    opinions.finish_review(panel=panel, conclusion="同意列入排序。", by=world.officer)


def select(world: World) -> Selection:
    """Rank the reviewed files, fill the places, and have a second person fix the outcome."""
    selection = selecting.draw_up_selection(call=world.call, by=world.officer)
    return selecting.fix_selection(selection=selection, by=world.approver)


def shortlist(world: World) -> Shortlist:
    """List the selected, and have a second person approve the list."""
    listed = shortlists.draft_shortlist(call=world.call, title="拟认定名单", by=world.officer)
    shortlists.list_selected(shortlist=listed, by=world.officer)
    shortlists.propose_shortlist(shortlist=listed, by=world.officer)
    return shortlists.approve_shortlist(shortlist=listed, by=world.approver)


def stages(world: World) -> list[StageKind]:
    """Return the kinds of stage the policy declares."""
    return [stage.kind for stage in world.call.edition.procedure]


def recommended(world: World) -> dict[str, Application]:
    """Return the sample units' files after both towns have handed in, on 19 July."""
    files = {key: file_application(world, key) for key in world.units}
    with clock.travel(at(7, 19)):
        for key, file in files.items():
            clear(world, key, file)
        recommend(world, "upper", [files["academy"], files["works"]])
        recommend(world, "lower", [files["college"]])
    return files


def reviewed(world: World) -> dict[str, Application]:
    """Return the files after panels drawn by lot have scored them."""
    files = recommended(world)
    with clock.travel(at(7, 25)):
        for file in files.values():
            accept(world, file)
    with clock.travel(at(7, 26)):
        pool = dict(make_expert(world.place) for _ in range(9))
        experts = {expert.pk: actor for expert, actor in pool.items()}
        for key, file in files.items():
            panel = draw_panel(world, fresh(file))
            assert panel.members.count() == 5
            score(panel, experts, POINTS[key])
            finish(world, panel)
    return files
