"""States of applications and what they are called, for each audience."""

from django.db import models

from portal.policy.procedure import Desk, Status

APPLICANT_LABELS = {
    Status.DRAFT: "草稿",
    Status.SUBMITTED: "已提交",
    Status.CHECKING: "受理审核中",
    Status.RETURNED: "退回补正",
    Status.RESUBMITTED: "已补正，待复核",
    Status.REFUSED: "不予受理",
    Status.QUALIFIED: "审核通过，待推荐",
    Status.NOT_RECOMMENDED: "不予推荐",
    Status.RECOMMENDED: "已推荐",
    Status.ACCEPTED: "已受理",
    Status.IN_REVIEW: "专家评审中",
    Status.REVIEWED: "评审中",  # the outcome is not the applicant's before the list is public
    Status.SHORTLISTED: "评审中",
    Status.IN_NOTICE: "公示中",
    Status.REPORTED: "已报送上级",
    Status.IN_RECHECK: "上级复核中",
    Status.RECHECKED: "上级复核中",
    Status.RECOGNISED: "已认定",
    Status.DECLINED: "未认定",
    Status.WITHDRAWN: "已撤回",
}
BUREAU_LABELS = APPLICANT_LABELS | {
    Status.SUBMITTED: "待受理",
    Status.RECOMMENDED: "已推荐，待受理",
    Status.RETURNED: "已退回，待补正",
    Status.ACCEPTED: "已受理，待组建专家组",
    Status.REVIEWED: "评审完成",
    Status.SHORTLISTED: "已列入拟认定名单",
    Status.REPORTED: "已报送，待复核",
    Status.RECHECKED: "复核完成",
}
# At the desk of a recommending office the same states are called otherwise.
RECOMMENDER_LABELS = BUREAU_LABELS | {
    Status.SUBMITTED: "待审核",
    Status.CHECKING: "审核中",
    Status.QUALIFIED: "审核通过，待推荐",
}
APPLICANT_AT_RECOMMENDER = APPLICANT_LABELS | {Status.CHECKING: "推荐部门审核中"}
# The shape beside the word (components/state): the word carries the meaning, the shape only repeats it.
STATUS_SHAPES = {
    Status.DRAFT: "doing",
    Status.SUBMITTED: "doing",
    Status.CHECKING: "doing",
    Status.RETURNED: "attention",
    Status.RESUBMITTED: "doing",
    Status.REFUSED: "failed",
    Status.QUALIFIED: "done",
    Status.NOT_RECOMMENDED: "failed",
    Status.RECOMMENDED: "doing",
    Status.ACCEPTED: "done",
    Status.IN_REVIEW: "judged",
    Status.REVIEWED: "judged",
    Status.SHORTLISTED: "judged",
    Status.IN_NOTICE: "open",
    Status.REPORTED: "doing",
    Status.IN_RECHECK: "judged",
    Status.RECHECKED: "judged",
    Status.RECOGNISED: "done",
    Status.DECLINED: "failed",
    Status.WITHDRAWN: "todo",
}
STATUS_CHOICES = [(status.value, label) for status, label in BUREAU_LABELS.items()]
ENDED = [Status.WITHDRAWN.value, Status.REFUSED.value, Status.NOT_RECOMMENDED.value, Status.DECLINED.value]
DESK_CHOICES = [
    (Desk.RECOMMENDER.value, "推荐部门"),
    (Desk.BUREAU.value, "主管部门"),
    (Desk.SUPERIOR.value, "上级部门"),
]
EDITABLE = [Status.DRAFT.value, Status.RETURNED.value]


class CallState(models.TextChoices):
    """Whether a call has been published; open or closed follows from the clock.

    HISTORY holds the files of bases that were recognised before the portal: it appears in no list of calls.
    """

    DRAFT = "draft", "拟制中"
    PUBLISHED = "published", "已发布"
    CANCELLED = "cancelled", "已取消"
    HISTORY = "history", "历史登记"


class RemarkState(models.TextChoices):
    """The life of a remark."""

    DRAFT = "draft", "拟稿"
    SENT = "sent", "待补正"
    SETTLED = "settled", "已解决"
    OPEN = "open", "未解决"


class CheckVerdict(models.TextChoices):
    """What an officer found on one condition."""

    MET = "met", "符合"
    UNMET = "unmet", "不符合"
    DOUBT = "doubt", "存疑"


class DecisionKind(models.TextChoices):
    """What a bureau decides on a submitted application, and a recommending office before it."""

    ACCEPT = "accept", "受理"
    RETURN = "return", "退回补正"
    REFUSE = "refuse", "不予受理"
    WITHHOLD = "withhold", "不予推荐"
