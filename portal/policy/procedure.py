"""Procedure: the stages of a policy in order, and the table of moves an application can make through them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.policy.draw import DrawRule
from portal.policy.recommendation import RecommendationRule


class StageKind(StrEnum):
    """The kinds of stage the engine knows how to run."""

    FILING = "filing"
    RECOMMENDATION = "recommendation"  # a tier below checks, ranks within its quota, hands in once
    ACCEPTANCE = "acceptance"
    EXPERT_REVIEW = "expert_review"
    SHORTLIST = "shortlist"
    NOTICE = "notice"
    REPORT = "report"  # the bureau's own ranked recommendation to the level above
    RECHECK = "recheck"  # the experts of the level above
    RECOGNITION = "recognition"
    OPERATION = "operation"
    ASSESSMENT = "assessment"
    REVOCATION = "revocation"


@dataclass(frozen=True)
class Ground:
    """A fact on which a base is revoked; with `rectify`, only when it was not put right in time."""

    code: str
    text: str
    clause: str
    rectify: bool = False
    default: str = ""


@dataclass(frozen=True)
class Stage:
    """One step: who acts, what comes out, and how long it may take (`days_setting` names a setting in working days)."""

    key: str
    kind: StageKind
    title: str
    actor: str
    text: str
    clause: str
    documents: tuple[str, ...] = ()
    days_setting: str = ""
    default: str = ""
    recommendation: RecommendationRule | None = None  # of a RECOMMENDATION or REPORT stage
    panel: "PanelRule | None" = None  # of a RECHECK or ASSESSMENT stage; the review's own is the edition's
    grounds: tuple[Ground, ...] = ()  # of a REVOCATION stage


@dataclass(frozen=True)
class PanelRule:
    """The experts of one review. Sizes name settings; `on_site` and `materials` say what is reviewed.

    `rolling`: a file is reviewed as soon as it is accepted; otherwise review waits until every window of the call has
    closed. `draw` declares that the experts are drawn at random. Where the policy does not send experts to the unit,
    `visit_setting` may name a switch by which the bureau asks them to meet it all the same; `visit_word` is what it is called.
    `votes_setting`, `quorum_setting` and `meeting_setting` govern their meetings, see `portal.policy.meeting`.
    """

    minimum_setting: str
    odd_setting: str
    on_site: bool
    materials: bool
    recusals: tuple[str, ...]
    clause: str
    rolling: bool = True
    draw: DrawRule | None = None
    maximum_setting: str = ""  # empty: no upper limit
    visit_setting: str = ""
    visit_word: str = "现场考察"
    votes_setting: str = ""  # empty: no votes
    quorum_setting: str = ""  # empty: no least attendance
    meeting_setting: str = ""  # empty: a review may end without a meeting

    @property
    def visit_short(self) -> str:
        """The word without 现场, for labels: 考察时间, 答辩记录."""
        return self.visit_word.removeprefix("现场")

    def visits(self, settings: Mapping[str, Any]) -> bool:
        """Say whether experts must have met the unit, with a record of it, before the review is closed."""
        return self.on_site or bool(self.visit_setting and settings.get(self.visit_setting))

    def votes(self, settings: Mapping[str, Any]) -> bool:
        """Say whether the panel's meetings vote on each file, with the votes counted."""
        return bool(self.votes_setting) and settings.get(self.votes_setting) == "counted"

    def quorum(self, settings: Mapping[str, Any]) -> str:
        """Return which share of the members must be present at a meeting, a value of `portal.policy.meeting.Quorum`."""
        return str(settings.get(self.quorum_setting, "none")) if self.quorum_setting else "none"

    def needs_meeting(self, settings: Mapping[str, Any]) -> bool:
        """Say whether a meeting must have decided on a file before its review is closed."""
        return bool(self.meeting_setting and settings.get(self.meeting_setting))


class Desk(StrEnum):
    """Whose turn a submitted application is."""

    RECOMMENDER = "recommender"
    BUREAU = "bureau"
    SUPERIOR = "superior"


class Status(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    REFUSED = "refused"
    QUALIFIED = "qualified"
    NOT_RECOMMENDED = "not_recommended"
    RECOMMENDED = "recommended"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    SHORTLISTED = "shortlisted"
    IN_NOTICE = "in_notice"
    REPORTED = "reported"
    IN_RECHECK = "in_recheck"
    RECHECKED = "rechecked"
    RECOGNISED = "recognised"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


PAPERS = {
    "application_form": "申报表",
    "acceptance": "受理通知书",
    "correction": "补正通知书",
    "refusal": "不予受理通知书",
    "recommendation_letter": "推荐函",
    "recommendation_report": "推荐报告",
    "recommendation_summary": "推荐汇总表",
    "verification": "核查证明表",
    "first_opinion": "初审审核意见",
    "draw_record": "专家抽取记录",
    "placement": "拟入选和备选名单",
    "score_result": "评分计算表",
    "panel_record": "专家评审意见",
    "visit_record": "现场考察记录",
    "expert_opinion": "专家个人意见",
    "minutes": "评审会议纪要",
    "shortlist": "拟认定名单",
    "notice": "公示公告",
    "recognition": "认定文件",
    "certificate": "认定证书",
    "assessment_result": "考核结果通知书",
    "revocation": "撤销决定书",
}  # what a paper that a stage makes is called


def paper_label(key: str, rule: PanelRule) -> str:
    """Return what a paper is called where the experts work by `rule`: the record of a meeting bears that meeting's name."""
    return f"{rule.visit_word}记录" if key == "visit_record" else PAPERS.get(key, key)


@dataclass(frozen=True)
class Move:
    """A row of the transition table: from these states, at one of these desks, this action leads there.

    `capability` says who may; `needs` is the stage kind an edition must declare for the move to exist, `unless` one it
    must not; `to` is the desk the file then lies on (None: where it lay).
    """

    sources: frozenset[Status]
    action: str
    target: Status
    capability: str
    needs: StageKind
    desks: frozenset[Desk] = frozenset(Desk)
    to: Desk | None = None
    unless: StageKind | None = None


_ALL = "recommender bureau superior"


@dataclass(frozen=True)
class _At:
    """Where a move is open: at these desks, and where it sends the file."""

    desks: str
    to: Desk | None = None
    unless: StageKind | None = None


_BUREAU, _ANYWHERE = _At("bureau"), _At("recommender bureau superior")


def _move(sources: str, action: str, target: str, capability: str, needs: StageKind, *, at: _At = _BUREAU) -> Move:
    return Move(
        frozenset(Status(each) for each in sources.split()),
        action,
        Status(target),
        capability,
        needs,
        frozenset(Desk(each) for each in at.desks.split()),
        at.to,
        at.unless,
    )


_K = StageKind
_HEADS = _K.RECOMMENDATION
_TIER, _ABOVE = _At("recommender"), _At("superior")
_PLAIN = _At("bureau", unless=_HEADS)
_UP = _At("recommender", Desk.BUREAU)
_DOWN = _At("bureau", Desk.RECOMMENDER)
MOVES: tuple[Move, ...] = (
    _move("draft", "submit", "submitted", "application.submit", _K.FILING, at=_At("bureau", unless=_HEADS)),
    _move("draft", "submit", "submitted", "application.submit", _HEADS, at=_DOWN),
    _move("submitted", "withdraw", "withdrawn", "application.submit", _K.FILING, at=_ANYWHERE),
    _move("draft returned", "abandon", "withdrawn", "application.submit", _K.FILING, at=_ANYWHERE),
    _move("returned", "resubmit", "resubmitted", "application.submit", _K.FILING, at=_ANYWHERE),
    # the recommending office
    _move("submitted resubmitted", "open", "checking", "application.check", _HEADS, at=_TIER),
    _move("checking", "return", "returned", "application.check", _HEADS, at=_TIER),
    _move("checking", "qualify", "qualified", "application.check", _HEADS, at=_TIER),
    _move("qualified", "reexamine", "checking", "application.check", _HEADS, at=_TIER),
    _move("checking qualified", "not_recommend", "not_recommended", "recommendation.work", _HEADS, at=_TIER),
    _move("qualified", "recommend", "recommended", "recommendation.work", _HEADS, at=_UP),
    # the bureau
    _move("submitted resubmitted recommended", "open", "checking", "application.check", _K.ACCEPTANCE),
    _move("recommended checking", "hand_back", "qualified", "application.check", _HEADS, at=_DOWN),
    _move("checking", "return", "returned", "application.check", _K.ACCEPTANCE, at=_PLAIN),
    _move("checking", "refuse", "refused", "application.decide", _K.ACCEPTANCE),
    _move("checking", "accept", "accepted", "application.check", _K.ACCEPTANCE),
    _move("accepted", "begin_review", "in_review", "review.run", _K.EXPERT_REVIEW),
    _move("in_review", "finish_review", "reviewed", "review.run", _K.EXPERT_REVIEW),
    _move("reviewed", "shortlist", "shortlisted", "shortlist.draft", _K.SHORTLIST),
    _move("shortlisted", "unlist", "reviewed", "shortlist.draft", _K.SHORTLIST),
    _move("reviewed shortlisted in_notice", "decline", "declined", "shortlist.approve", _K.SHORTLIST),
    _move("shortlisted", "publish", "in_notice", "notice.publish", _K.NOTICE),
    _move("in_notice", "recognise", "recognised", "base.recognise", _K.RECOGNITION, at=_At("bureau", unless=_K.REPORT)),
    # the level above
    _move("in_notice", "report", "reported", "recommendation.report", _K.REPORT, at=_At("bureau", Desk.SUPERIOR)),
    _move("reported", "hand_back", "in_notice", "review.run", _K.REPORT, at=_At("superior", Desk.BUREAU)),
    _move("reported", "begin_recheck", "in_recheck", "review.run", _K.RECHECK, at=_ABOVE),
    _move("in_recheck", "finish_recheck", "rechecked", "review.run", _K.RECHECK, at=_ABOVE),
    _move("reported rechecked", "decline", "declined", "shortlist.approve", _K.RECHECK, at=_ABOVE),
    _move("rechecked", "recognise", "recognised", "base.recognise", _K.RECHECK, at=_ABOVE),
)


def find_move(
    status: str, action: str, desk: str = Desk.BUREAU, declared: Collection[StageKind] | None = None
) -> Move | None:
    """Return the move `action` makes from `status` at `desk` in a procedure with these stages, or None.

    Without `declared` the first row of the table is returned, whatever the procedure.
    """
    return next(
        (
            move
            for move in MOVES
            if move.action == action
            and status in move.sources
            and desk in move.desks
            and (declared is None or (move.needs in declared and move.unless not in declared))
        ),
        None,
    )
