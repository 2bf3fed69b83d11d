"""A policy of no real place with three tiers, its offices and people, and recommendations at any stage."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, connections
from django_scopes import scope

from applications.models import Application, ApplicationVersion, Call
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.models import StoredFile
from portal.policy import registry
from portal.policy.edition import Edition, Office, Profile, Setting
from portal.policy.form import Field, FieldKind, Section
from portal.policy.procedure import Stage, StageKind
from portal.policy.recommendation import (
    PaperKind,
    QuotaLine,
    RecommendationPaper,
    RecommendationRule,
    Route,
    SummaryColumn,
)
from portal.tenancy.models import Jurisdiction, Organisation
from portal.tenancy.services import install_jurisdiction
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.recommendations import full, needed_papers, rule_of, verifies
from reviews.services import recommending, sealing, verifying
from tests.factories import make_actor, make_call, make_unit

_serial = count(1)
NOON = datetime(2024, 7, 20, 12, tzinfo=clock.SHANGHAI)
CLOSES = datetime(2024, 7, 24, 23, 59, 59, tzinfo=clock.SHANGHAI)
SUMMARY = (SummaryColumn("单位名称", fact="unit"),)
VERIFICATION = Section("verification", "核查证明表", (Field("employees", "在岗职工数", FieldKind.INTEGER, unit="人"),))
UPWARD = RecommendationRule(
    tier="推荐部门",
    routes=(Route("place", "属地", ("district",)),),
    lines=(
        QuotaLine("national", "国家级", ("school",), "quota.national", ranked=False, clause="五（一）"),
        QuotaLine("municipal", "市级", ("enterprise", "other"), "quota.municipal", clause="五（一）"),
    ),
    papers=(
        RecommendationPaper("letter", PaperKind.LETTER, "推荐函", "推荐如下", "七（二）"),
        RecommendationPaper("proof", PaperKind.VERIFICATION, "核查证明表", "经核查", "七（二）"),
        RecommendationPaper("summary", PaperKind.SUMMARY, "汇总表", "", "五（一）", stamped=False),
    ),
    summary=SUMMARY,
    clause="五（一）",
    verification=VERIFICATION,
    verified_tracks=("enterprise",),
    report_sections=(("process", "推荐过程"),),
)
REPORT = RecommendationRule(
    tier="主管部门",
    routes=(),
    lines=(
        QuotaLine(
            "all", "全部类别", ("school", "enterprise", "other"), "quota.report", clause="六", exceed_with_basis=True
        ),
    ),
    papers=(RecommendationPaper("report_letter", PaperKind.LETTER, "推荐报告", "报送如下", "六"),),
    summary=SUMMARY,
    clause="六",
)
OFFICES = (
    Office("ministry", "测试部", "ministry"),
    Office("bureau", "三级市人力资源和社会保障局", "province", "ministry"),
    *(
        Office(f"d{number}", f"三级市{name}区人力资源和社会保障局", "district", "bureau")
        for number, name in enumerate("甲乙丙丁")
    ),
)


def edition() -> Edition:
    """Return the policy: districts recommend, the bureau reviews and reports, the ministry looks again."""
    model = registry.current("hangzhou")
    profile = Profile(
        code="tiers", name="三级市", short_name="三级", mark="级", accent="lake", platform_title="三级市实训基地平台",
        issuer="三级市人力资源和社会保障局", receipt_prefix="SJ", offices=OFFICES, districts=("甲区", "乙区", "丙区", "丁区"),
    )  # fmt: skip
    return replace(tiered(model, "tiers-2024"), profile=profile)


def tiered(model: Edition, code: str) -> Edition:
    """Return a policy with a recommending tier below its bureau and a level above it; it is older than its model."""
    settings = (
        *model.settings,
        Setting("quota.national", "国家级名额", 1, "个"),
        Setting("quota.municipal", "市级名额", 2, "个"),
        Setting("quota.report", "上报名额", 2, "个"),
    )
    before = model.effective_from - timedelta(days=365)
    return replace(model, code=code, procedure=_procedure(model), settings=settings, effective_from=before)


def _procedure(model: Edition) -> tuple[Stage, ...]:
    below = Stage(
        "recommendation", StageKind.RECOMMENDATION, "审核推荐", "推荐部门", "", "五（一）", recommendation=UPWARD
    )
    above = Stage("report", StageKind.REPORT, "推荐上报", "主管部门", "", "六", recommendation=REPORT)
    again = Stage("recheck", StageKind.RECHECK, "复核", "部", "", "六", panel=model.panel)
    stages: list[Stage] = []
    for stage in model.procedure:
        stages.append(stage)
        if stage.kind is StageKind.FILING:
            stages.append(below)
        if stage.kind is StageKind.NOTICE:
            stages += [above, again]
    return tuple(stages)


@dataclass
class Tiers:
    """The place, its offices from top to bottom, and one person of each."""

    place: Jurisdiction
    bureau: Organisation
    districts: list[Organisation]
    officer: Actor  # 受理岗 of the bureau
    approver: Actor
    superior: Actor
    recommender: Actor  # of the first district
    colleague: Actor  # of the first district too
    neighbour: Actor  # of the second district
    call: Call


@contextmanager
def tiers() -> Iterator[Tiers]:
    """Register the policy, install its place, enter its scope; the clock is the caller's."""
    declared = registry.register(edition())
    try:
        place = install_jurisdiction(profile=declared.profile)
        with scope(jurisdiction=place):
            yield _people(place)
    finally:
        registry.registry._editions.pop(declared.code)


def _people(place: Jurisdiction) -> Tiers:
    offices = list(Organisation.objects.filter(jurisdiction=place).select_related("parent__parent").order_by("id"))
    top, bureau, districts = offices[0], offices[1], offices[2:]
    return Tiers(
        place, bureau, districts,
        officer=make_actor("bureau_officer", bureau), approver=make_actor("bureau_approver", bureau),
        superior=make_actor("bureau_officer", top), recommender=make_actor("recommender", districts[0]),
        colleague=make_actor("recommender", districts[0]), neighbour=make_actor("recommender", districts[1]),
        call=a_call(place),
    )  # fmt: skip


def a_call(place: Jurisdiction, closes: datetime = CLOSES, **fields: Any) -> Call:
    """Return a call whose offices may hand in for six days, until `closes`."""
    call = make_call(place, **fields)
    call.windows.create(stage="recommendation", opens_at=closes - timedelta(days=6), closes_at=closes)
    return call


def a_file(call: Call, office: Organisation, track: str = "enterprise", status: str = "qualified") -> Application:
    """Return a file that lies with a recommending office, cleared for recommendation."""
    return _file(call, track, status, desk="recommender", recommender=office, route="place")


def many_files(call: Call, office: Organisation, number: int, *, listed_in: Recommendation | None = None) -> None:
    """Put so many files on an office's desk at a stroke, on its list if one is given."""
    first, now = a_file(call, office, "other"), clock.now()
    units = Organisation.objects.bulk_create(
        Organisation(kind="unit", name=f"三级市批量学院{next(_serial)}", nature="vocational") for _ in range(number - 1)
    )
    files = Application.objects.bulk_create(
        Application(
            jurisdiction=call.jurisdiction, call=call, track_key="other", organisation=unit, status="draft", desk="recommender",
            recommender=office, created_by=first.created_by, created_at=now, updated_at=now, number=f"SJ-{unit.pk}",
        )
        for unit in units
    )  # fmt: skip
    versions = ApplicationVersion.objects.bulk_create(
        ApplicationVersion(
            application=each, number=1, answers={}, manifest=[], results=[], settings={}, declaration="",
            sha256=f"{each.pk:064d}", submitted_by=first.created_by, submitted_at=now,
        )
        for each in files
    )  # fmt: skip
    for each, version in zip(files, versions, strict=True):
        each.current, each.status, each.submitted_at = version, "qualified", now
    Application.objects.bulk_update(files, ["current", "status", "submitted_at"])
    if listed_in is not None:
        RecommendationEntry.objects.bulk_create(
            RecommendationEntry(recommendation=listed_in, application=each, line="municipal", rank=rank)
            for rank, each in enumerate([first, *files], start=1)
        )


def a_noticed(call: Call, track: str = "school") -> Application:
    """Return a file of the bureau's that stands on public notice."""
    return _file(call, track, "in_notice", desk="bureau")


def _file(call: Call, track: str, status: str, **fields: Any) -> Application:
    unit = make_unit(name=f"三级市测试技师学院{next(_serial)}")
    person, now = make_actor("unit_admin", unit), clock.now()
    application = Application.objects.create(
        jurisdiction=call.jurisdiction, call=call, track_key=track, organisation=unit, status="draft",
        created_by=person.user, created_at=now, updated_at=now, **fields,
    )  # fmt: skip
    application.current = ApplicationVersion.objects.create(
        application=application, number=1, answers={"cover": {"unit_name": unit.name}}, manifest=[], results=[],
        settings=call.settings, declaration="", sha256=f"{application.pk:064d}", submitted_by=person.user, submitted_at=now,
    )  # fmt: skip
    application.status, application.submitted_at = status, now
    application.number = f"SJ-{now.year}-01-QY-{application.pk:04d}-X"
    application.save()
    return application


def begun(call: Call, by: Actor) -> Recommendation:
    """Return an office's recommendation, begun."""
    return recommending.open_recommendation(call=call, stage="recommendation", by=by)


def listed(recommendation: Recommendation, by: Actor, *tracks: str) -> list[RecommendationEntry]:
    """List a new file on each of the tracks; return the entries in that order."""
    files = [a_file(recommendation.call, recommendation.office, track) for track in tracks]
    return [recommending.list_file(recommendation=recommendation, application=each, by=by) for each in files]


def finish(recommendation: Recommendation, by: Actor) -> Recommendation:
    """Write, verify and stamp all that is missing, so that nothing but time, quota and order can stand in the way."""
    recommending.write_texts(
        recommendation=recommendation, texts={"process": "经公开遴选。"}, by=by, document_number="三级人社〔2024〕1号"
    )
    for entry in recommendation.entries.select_related("application"):
        if verifies(rule_of(recommendation), entry.application) and entry.sealed_round is None:
            verifying.save_verification(application=entry.application, answers={"employees": 100}, by=by)
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    for paper in needed_papers(row):
        if paper.missing:
            verifying.add_stamped(
                recommendation=row, paper=paper.key, stored=scan(by), by=by, application=paper.application
            )
    return row


def ready(call: Call, by: Actor, *tracks: str) -> Recommendation:
    """Return a recommendation that nothing stands in the way of, with a new file on each of the tracks."""
    recommendation = begun(call, by)
    listed(recommendation, by, *(tracks or ("enterprise",)))
    return finish(recommendation, by)


def sealed(call: Call, by: Actor, *tracks: str) -> Recommendation:
    """Return a recommendation handed in, with a new file on each of the tracks."""
    return sealing.seal_recommendation(recommendation=ready(call, by, *tracks), by=by)


def scan(by: Actor) -> StoredFile:
    """Return a stored scan."""
    stored = StoredFile(
        name="盖章件.pdf", content_type="application/pdf", size=9, pages=1, sha256="0" * 64, organisation=by.organisation,
        uploaded_by=by.user, uploaded_at=clock.now(),
    )  # fmt: skip
    stored.content.save("scan.pdf", ContentFile(b"%PDF-1.4\n"), save=True)
    return stored


def at_once(place: Jurisdiction, *acts: Callable[[], Any]) -> list[Any]:
    """Do the acts at the same instant, each on a connection of its own; return what each returned or raised.

    SQLite admits one writer at a time and keeps its test database in one process's memory, so there they follow one another:
    what they come to must be the same.
    """
    if connection.vendor != "postgresql":
        return [_outcome(place, act) for act in acts]
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=10)
            found[at] = _outcome(place, act)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def _outcome(place: Jurisdiction, act: Callable[[], Any]) -> Any:
    with scope(jurisdiction=place), clock.travel(NOON):
        try:
            return act()
        except Exception as refusal:  # noqa: BLE001 - whatever it raised is what the test looks at
            return refusal
