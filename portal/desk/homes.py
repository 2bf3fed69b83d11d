"""What waits for a person, in the capacity they act in: counts with the page that deals with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from applications.enums import BUREAU_LABELS, RECOMMENDER_LABELS
from applications.models import Application, Call
from applications.permissions import readable_applications
from assessments.enums import TakingOverState
from assessments.models import Base, TakingOver
from assessments.permissions import readable_bases
from assessments.selectors.cases import duties as case_duties
from assessments.selectors.ledgers import unverified
from assessments.selectors.money_duties import money_duties, place_has_money
from assessments.selectors.report_matrix import missing, under_review
from assessments.selectors.rounds import round_duties
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.selectors import failed_documents
from portal.policy import registry
from portal.policy.procedure import Desk, StageKind, Status
from portal.tenancy.enums import OrganisationState, Tier
from portal.tenancy.models import Jurisdiction, Organisation
from reviews.enums import (
    OPEN_OBJECTIONS,
    NoticeState,
    PanelState,
    RecommendationState,
    SelectionState,
    ShortlistState,
    TipState,
)
from reviews.models import Objection, Panel, PublicNotice, Recommendation, Selection, Shortlist, Tip
from reviews.permissions import readable_panels
from reviews.selectors.boards import MAKES, has_stage
from reviews.selectors.receiving import RECEIVES

WAITING_AT = {
    Tier.RECOMMENDER: (Status.SUBMITTED, Status.RESUBMITTED, Status.CHECKING, Status.QUALIFIED),
    Tier.BUREAU: (
        Status.SUBMITTED,
        Status.RESUBMITTED,
        Status.RECOMMENDED,
        Status.CHECKING,
        Status.ACCEPTED,
        Status.REVIEWED,
    ),
}
DUE_SOON = timedelta(days=3)


@dataclass(frozen=True)
class Duty:
    """A kind of work with how much of it waits."""

    label: str
    number: int
    url: str
    urgent: bool = False


@dataclass(frozen=True)
class Room:
    """A page of the desk a person may enter."""

    label: str
    text: str
    url: str


def duties(actor: Actor, place: Jurisdiction) -> list[Duty]:
    """Return what waits in one jurisdiction, empty kinds left out."""
    waiting = (
        *_files(actor, place), *_recommending(actor, place), *_reviews(actor, place), *_bases(actor, place),
        *_rows(actor, place), *_cases(actor, place), *_money(actor, place),
        *_rounds(actor, place),
        *_older_bases(actor, place), *_units(actor, place),
    )  # fmt: skip
    return [duty for duty in waiting if duty.number]


def _url(name: str, place: Jurisdiction, query: str = "") -> str:
    return reverse(name, kwargs={"jurisdiction": place.code}) + query


def _files(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if actor.tier is Tier.SUPERIOR and actor.can("review.read"):
        yield from _files_above(actor, place)
    if not actor.can("application.check"):
        return
    waiting = WAITING_AT.get(actor.tier or Tier.BUREAU, ())
    counted = {f"n_{status.value}": Count("pk", filter=Q(status=status.value)) for status in waiting}
    late = Count("pk", filter=Q(status=Status.RETURNED.value, correction_due_at__lte=clock.now()))
    mine = readable_applications(Application.objects.filter(jurisdiction=place), actor)
    found: dict[str, int] = mine.filter(desk=(actor.tier or Tier.BUREAU).value).aggregate(**counted, late=late)
    labels = RECOMMENDER_LABELS if actor.tier is Tier.RECOMMENDER else BUREAU_LABELS
    for status in waiting:
        name = _next_page(place) if status is Status.REVIEWED else "applications:inbox"
        query = "" if status is Status.REVIEWED else f"?status={status.value}"
        yield Duty(labels[status], found[f"n_{status.value}"], _url(name, place, query))
    if actor.tier is Tier.RECOMMENDER:
        left = mine.filter(
            desk=Desk.RECOMMENDER.value, status__in=[each.value for each in waiting], **_window_over(place)
        )
        yield Duty("推荐已截止，未推荐的待告知", left.count(), _url("applications:inbox", place), urgent=True)
    yield Duty("补正逾期", found["late"], _url("applications:inbox", place, "?status=returned"), urgent=True)


def _window_over(place: Jurisdiction) -> dict[str, Any]:
    """Choose the files whose recommending office's time is over."""
    stages = {
        stage.key
        for edition in registry.of(place.code)
        for stage in edition.procedure
        if stage.kind is StageKind.RECOMMENDATION
    }
    return {"call__windows__stage__in": sorted(stages), "call__windows__closes_at__lt": clock.now()}


def _next_page(place: Jurisdiction) -> str:
    """Where reviewed files are dealt with: selected by rank, or put straight on a list."""
    return "reviews:selections" if _ranks(place) else "reviews:shortlists"


def _ranks(place: Jurisdiction) -> bool:
    return any(edition.ranking is not None for edition in registry.of(place.code))


def _files_above(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    """What the level above has to look at again, and what it has to publish."""
    mine = readable_applications(Application.objects.filter(jurisdiction=place), actor)
    found: dict[str, int] = mine.aggregate(
        reported=Count("pk", filter=Q(status=Status.REPORTED.value)),
        rechecked=Count("pk", filter=Q(status=Status.RECHECKED.value)),
    )
    if actor.can("review.run"):
        yield Duty("已报送，待复核", found["reported"], _url("reviews:rechecks", place))
    if actor.can("base.recognise"):
        yield Duty("复核完成，待公布", found["rechecked"], _url("reviews:rechecks", place))


def _recommending(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if not (actor.can("recommendation.work") or actor.can("recommendation.report")):
        return
    mine = Recommendation.objects.filter(jurisdiction=place, office=actor.organisation).aggregate(
        begun=Count("pk", filter=Q(state=RecommendationState.DRAFT)),
        returned=Count("pk", filter=Q(state=RecommendationState.RETURNED)),
    )
    yield Duty("推荐待报送", mine["begun"], _url("reviews:recommends", place))
    yield Duty("推荐已退回，待重新报送", mine["returned"], _url("reviews:recommends", place), urgent=True)


def _reviews(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if actor.can("review.run"):
        states = readable_panels(Panel.objects.filter(jurisdiction=place), actor).aggregate(
            forming=Count("pk", filter=Q(state=PanelState.FORMING)),
            complete=Count("pk", filter=Q(state=PanelState.COMPLETE)),
        )
        yield Duty("专家组待组建完成", states["forming"], _url("reviews:panels", place))
        yield Duty("意见已齐，待启封办结", states["complete"], _url("reviews:panels", place))
    if actor.can("shortlist.approve") and actor.can("shortlist.read"):
        selections = Selection.objects.filter(jurisdiction=place, state=SelectionState.DRAFT)
        yield Duty("拟入选名单待确定", selections.count(), _url("reviews:selections", place))
        lists = Shortlist.objects.filter(jurisdiction=place)
        yield Duty("名单待审批", lists.filter(state=ShortlistState.PROPOSED).count(), _url("reviews:shortlists", place))
        approved = lists.filter(state=ShortlistState.APPROVED).count()
        yield Duty("名单待公示", approved, _url("reviews:shortlists", place))
    if actor.can("base.recognise") and actor.can("shortlist.read"):
        over = PublicNotice.objects.filter(jurisdiction=place, ends_at__lte=clock.now()).exclude(
            state=NoticeState.CLOSED
        )
        yield Duty("公示期满，待认定", over.count(), _url("reviews:notices", place))
    if actor.can("objection.handle") or actor.can("objection.rule"):
        waiting = Objection.objects.filter(notice__jurisdiction=place, state__in=OPEN_OBJECTIONS).count()
        yield Duty("异议待处理", waiting, _url("reviews:objections", place), urgent=True)
    if actor.can("objection.handle"):
        leads = Tip.objects.filter(jurisdiction=place, state=TipState.RECEIVED)
        yield Duty("匿名线索待核实", leads.count(), _url("reviews:tips", place))


def _bases(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if not actor.can("base.keep"):
        return
    bases = readable_bases(Base.objects.filter(jurisdiction=place), actor)
    handed_in, late = under_review(bases), missing(bases, clock.today())
    for label, found, state in (("报告待审", handed_in, "waiting"), ("报告缺报", late, "late")):
        query = f"?kind={found.kind}&year={found.year}&state={state}"
        yield Duty(label, found.number, _url("assessments:reports", place, query), urgent=state == "late")


def _rows(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    """Rows nobody has looked at: how many there are, and the ledger that waits longest."""
    if not actor.can("base.keep"):
        return
    if waiting := unverified(readable_bases(Base.objects.filter(jurisdiction=place), actor)):
        (base, ledger, _), several = waiting[0], len({base for base, _, _ in waiting})
        label = "台账记录待核实" + (f"（{several} 个基地，从最早的开始）" if several > 1 else "")
        page = reverse("assessments:records", kwargs={"jurisdiction": place.code, "pk": base})
        yield Duty(label, sum(number for _, _, number in waiting), f"{page}?ledger={ledger}&state=reported")


def _older_bases(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if actor.can("base.recognise"):
        waiting = TakingOver.objects.filter(jurisdiction=place, state=TakingOverState.PROPOSED).count()
        yield Duty("历史基地待审批", waiting, _url("assessments:taken_over", place))


def _cases(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    bases = readable_bases(Base.objects.filter(jurisdiction=place), actor)
    for label, number, query, urgent in case_duties(actor, bases):
        yield Duty(label, number, _url("assessments:cases", place, query), urgent=urgent)


def _money(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    for label, number, name in money_duties(actor, place):
        yield Duty(label, number, _url(name, place))


def _rounds(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    for label, number, urgent in round_duties(actor, place, clock.today()):
        yield Duty(label, number, _url("assessments:rounds", place), urgent=urgent)


def _units(actor: Actor, place: Jurisdiction) -> Iterator[Duty]:
    if actor.can("registration.review"):
        pending = Organisation.objects.filter(state=OrganisationState.PENDING, review_jurisdiction=place).count()
        yield Duty("单位注册待审核", pending, reverse("accounts:registrations"))
    if actor.can("document.mend"):
        broken = failed_documents(actor).filter(jurisdiction=place).count()
        yield Duty("文书生成失败", broken, reverse("documents:failed"), urgent=True)


ROOMS = (
    ("application.read", "申报收件", "受理、核对、补正", "applications:inbox"),
    ("statistics.read", "申报批次", "拟制、发布、进度", "applications:calls"),
    ("review.read", "专家组", "组建、日程、意见", "reviews:panels"),
    ("expert.read", "专家名单", "入库、暂停、关联账号", "reviews:experts"),
    ("shortlist.read", "择优排序", "名次、名额、备选", "reviews:selections"),
    ("shortlist.read", "拟认定名单", "拟制、审批、公示", "reviews:shortlists"),
    ("shortlist.read", "公示", "期限、结束、认定", "reviews:notices"),
    ("objection.read", "异议", "登记、核查、处理", "reviews:objections"),
    ("base.read", "认定文件", "文号、证书", "reviews:recognitions"),
    ("base.read", "基地名册", "名称、铭牌、状态", "assessments:bases"),
    ("base.read", "重复核查", "两家以上基地申报的人员、证书", "assessments:duplicates"),
    ("base.read", "基地指标", "目标进度、合计、导出", "assessments:indicators"),
    ("base.read", "资金", "账户、申请、拨付、退回", "assessments:money"),
    ("base.read", "基地报送", "报送、催报、审核", "assessments:reports"),
    ("base.read", "考核", "轮次、核验、评估、结果", "assessments:rounds"),
    ("base.read", "处置", "改进、撤销、终止、公告", "assessments:cases"),
    ("statistics.read", "统计", "批次、状态、类别、地区", "place:statistics"),
    ("edition.configure", "政策设置", "默认做法和取值", "applications:settings"),
)


def rooms(actor: Actor, place: Jurisdiction) -> list[Room]:
    """Return the desk's pages the present role may open."""
    ranks, money = _ranks(place), place_has_money(place.code)
    found = [
        Room(label, text, _url(name, place))
        for capability, label, text, name in ROOMS
        if actor.can(capability) and (ranks or name != "reviews:selections") and (money or name != "assessments:money")
    ]
    if actor.tier is Tier.SUPERIOR and actor.can("review.read"):
        found.insert(0, Room("复核和公布", "已报送的申报、复核、公布", _url("reviews:rechecks", place)))
    inbox = next((at for at, room in enumerate(found, start=1) if room.url == _url("applications:inbox", place)), 0)
    return [*found[:inbox], *_recommending_rooms(actor, place), *found[inbox:]]


def _recommending_rooms(actor: Actor, place: Jurisdiction) -> list[Room]:
    """Return where an office recommends and where it receives, if a policy of the place has such a stage."""
    found, makes, takes = [], MAKES.get(actor.tier), RECEIVES.get(actor.tier)  # type: ignore[arg-type]
    if makes and (actor.can("recommendation.work") or actor.can("recommendation.report")) and has_stage(place, makes):
        label = "推荐排序" if makes is StageKind.RECOMMENDATION else "推荐上报"
        found.append(Room(label, "列入、排序、盖章、一次报送", _url("reviews:recommends", place)))
    if takes and actor.can("recommendation.read") and has_stage(place, takes):
        found.append(Room("推荐接收", "名额台账、接收、退回", _url("reviews:received", place)))
    return found


STAFF_ROOMS = (
    ("audit.read", "审计日志", "谁在何时做了什么；校验是否被改动", "audit:log"),
    ("account.manage", "成员与授权", "邀请、停用、重置", "accounts:members"),
    ("registration.review", "单位注册审核", "核对名称和代码", "accounts:registrations"),
    ("calendar.import", "工作日历", "导入国务院办公厅公布的节假日安排", "system:calendar"),
    ("document.mend", "生成失败的文书", "原因、重新生成", "documents:failed"),
    ("system.configure", "辖区信息", "名称、联系方式、域名", "system:places"),
)


def staff_rooms(actor: Actor) -> list[Room]:
    """Return the shared pages of administration the present role may open."""
    return [Room(label, text, reverse(name)) for capability, label, text, name in STAFF_ROOMS if actor.can(capability)]


def call_progress(actor: Actor, place: Jurisdiction) -> list[dict[str, Any]]:
    """Return each recent call with how many files stand where; two queries however many there are."""
    calls = list(Call.objects.filter(jurisdiction=place, state="published").order_by("-opens_at")[:6])
    mine = readable_applications(Application.objects.filter(call__in=calls), actor)
    counted: dict[int, dict[str, int]] = {}
    for call_id, status, number in mine.values_list("call_id", "status").annotate(n=Count("pk")).order_by():
        counted.setdefault(call_id, {})[status] = number
    return [{"call": call, "steps": _steps(counted.get(call.pk, {}), call.edition.stage_kinds)} for call in calls]


def _steps(counts: dict[str, int], declared: frozenset[StageKind]) -> list[tuple[str, int]]:
    optional = {"待推荐": StageKind.RECOMMENDATION, "上级复核": StageKind.RECHECK}
    groups = (
        ("待受理", (Status.SUBMITTED, Status.RESUBMITTED, Status.RECOMMENDED, Status.CHECKING)),
        ("待补正", (Status.RETURNED,)),
        ("待推荐", (Status.QUALIFIED,)),
        ("评审", (Status.ACCEPTED, Status.IN_REVIEW, Status.REVIEWED)),
        ("名单与公示", (Status.SHORTLISTED, Status.IN_NOTICE)),
        ("上级复核", (Status.REPORTED, Status.IN_RECHECK, Status.RECHECKED)),
        ("已认定", (Status.RECOGNISED,)),
        ("未认定", (Status.REFUSED, Status.NOT_RECOMMENDED, Status.DECLINED, Status.WITHDRAWN)),
    )
    return [
        (label, sum(counts.get(status.value, 0) for status in members))
        for label, members in groups
        if optional.get(label) is None or optional[label] in declared
    ]
