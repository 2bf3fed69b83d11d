"""What comes next for a file that is not in its unit's hands: never how it was scored or ranked."""

from applications.models import Application
from portal.calendars import clock, wording
from portal.policy.procedure import Desk, StageKind, Status

# At a recommending office; the states that are not here are told alike at every desk.
_AT_RECOMMENDER = {
    Status.SUBMITTED: "等待推荐部门审核",
    Status.CHECKING: "推荐部门正在审核",
    Status.RESUBMITTED: "等待推荐部门复核补正内容",
}
_SHORT = {
    Status.SUBMITTED: "等待受理",
    Status.CHECKING: "受理机关正在审核",
    Status.RESUBMITTED: "等待复核补正内容",
    Status.QUALIFIED: "等待推荐报送",
    Status.RECOMMENDED: "等待受理",
    Status.REPORTED: "等待上级复核",
    Status.IN_RECHECK: "等待复核结果",
    Status.RECHECKED: "等待复核结果",
}
_REVIEW = "评审结果经审定后公示，公示前不对外公布。"
_LONG = {
    Status.CHECKING: "审核中发现需要补正的，一次性告知全部意见；请留意“消息”。",
    Status.REFUSED: "本次申报到此结束，理由见不予受理通知书。",
    Status.NOT_RECOMMENDED: "本次申报到此结束，理由见不予推荐告知书。",
    Status.IN_REVIEW: _REVIEW,
    Status.REVIEWED: _REVIEW,
    Status.SHORTLISTED: _REVIEW,
    Status.REPORTED: "上级部门将组织复核，复核结果另行告知。",
    Status.IN_RECHECK: "上级部门正在复核，复核结果另行告知。",
    Status.RECHECKED: "上级部门正在复核，复核结果另行告知。",
}


def waiting_for(application: Application) -> str:
    """Return in a few words what a file waits for, or an empty string where its state says it all."""
    status = Status(application.status)
    if application.desk == Desk.RECOMMENDER and status in _AT_RECOMMENDER:
        return _AT_RECOMMENDER[status]
    return _SHORT.get(status, "")


def coming(application: Application) -> str:
    """Return in a sentence what happens next to a submitted file; empty where nothing more is due.

    While it lies with a recommending office, the end of that office's window is told (one query).
    """
    status = Status(application.status)
    if status in (Status.SUBMITTED, Status.RESUBMITTED, Status.QUALIFIED) and application.desk == Desk.RECOMMENDER:
        return _recommending(application, status)
    if status is Status.RECOMMENDED:
        return f"等待{application.jurisdiction.issuer}受理审核。"
    if status in (Status.SUBMITTED, Status.RESUBMITTED):
        return f"等待{application.jurisdiction.issuer}受理审核；需要补正或不予受理的，将书面告知。"
    if status is Status.ACCEPTED:
        return "下一步组织专家评审。" if application.edition.has_stage(StageKind.EXPERT_REVIEW) else ""
    if status is Status.IN_NOTICE:
        upward = application.edition.has_stage(StageKind.REPORT)
        return f"公示期满无异议的，{'报送上级部门' if upward else '按程序' + application.edition.act}。"
    return _LONG.get(status, "")


def _recommending(application: Application, status: Status) -> str:
    office = application.recommender.name if application.recommender else "推荐部门"
    stage = application.edition.stage(StageKind.RECOMMENDATION)
    window = application.call.windows.filter(stage=stage.key).first() if stage else None
    if window is not None and clock.now() > window.closes_at and not window.is_open(clock.now()):
        ended = wording.deadline(window.closes_at)
        return f"推荐报送已于 {ended}截止；未列入推荐名单的，由{office}书面告知并说明理由。"
    until = f"于 {wording.deadline(window.closes_at)}前" if window else "在推荐期限内"
    if status is Status.QUALIFIED:
        return f"{office}{until}统一报送推荐名单；报送之前仍可能重新审核。"
    return f"等待{office}审核；审核通过的，由其{until}推荐报送，再由{application.jurisdiction.issuer}受理。"
