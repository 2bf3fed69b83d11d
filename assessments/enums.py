"""States of bases."""

from django.db import models


class BaseState(models.TextChoices):
    """Whether a base holds its title."""

    ACTIVE = "active", "正常"
    REVOKED = "revoked", "已撤销"
    TERMINATED = "terminated", "已终止"
    CLOSED = "closed", "已注销"


class PlaqueState(models.TextChoices):
    """Where a base's plaque is."""

    TO_MAKE = "to_make", "待制作"
    HANDED_OVER = "handed_over", "已授牌"
    REMOVED = "removed", "已摘牌"
    RETURNED = "returned", "已交回"
    LOST = "lost", "遗失（损毁）"
    REMADE = "remade", "已补制"


class ChangeKind(models.TextChoices):
    """What of a base has changed."""

    RENAMED = "renamed", "基地更名"
    UNIT_RENAMED = "unit_renamed", "单位更名"
    TRANSFERRED = "transferred", "移交其他单位"
    MERGED = "merged", "单位合并"
    CLOSED = "closed", "单位注销或撤销"
    PROJECTS = "projects", "实训项目变更"
    STAFF = "staff", "人员变更"
    EQUIPMENT = "equipment", "场地设备变更"
    ADDRESS = "address", "地址变更"
    OTHER = "other", "其他"


class TakingOverState(models.TextChoices):
    """How far a list of older bases has come."""

    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已登记"
    REJECTED = "rejected", "已退回"


class RoundState(models.TextChoices):
    """Where an assessment of all bases stands."""

    DRAFT = "draft", "拟定中"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已办结"


class AssessmentState(models.TextChoices):
    """Where the assessment of one base stands."""

    EXEMPT = "exempt", "不参评"
    PENDING = "pending", "未启动"
    SELF = "self", "待自评"
    READY = "ready", "待考核"
    PANEL = "panel", "专家考核中"
    SCORED = "scored", "待拟定结果"
    PROPOSED = "proposed", "待审批"
    HEARING = "hearing", "待处置决定"
    DECIDED = "decided", "已确定"


class VetoState(models.TextChoices):
    """Whether a fact that decides an assessment outright was confirmed by a second person."""

    RECORDED = "recorded", "待认定"
    CONFIRMED = "confirmed", "已认定"
    REJECTED = "rejected", "不予认定"


class CaseState(models.TextChoices):
    """Where an adverse act stands. `hearing` is over in HEARD and WAIVED, and in NOTIFIED once its days have run out."""

    PROPOSED = "proposed", "待告知"
    NOTIFIED = "notified", "陈述申辩期"
    HEARD = "heard", "已陈述申辩"
    WAIVED = "waived", "已放弃陈述申辩"
    DECIDED = "decided", "已决定"
    CARRIED_OUT = "carried_out", "已执行"
    DROPPED = "dropped", "不予处理"


OPEN_CASES = (CaseState.PROPOSED, CaseState.NOTIFIED, CaseState.HEARD, CaseState.WAIVED, CaseState.DECIDED)


class CaseFileKind(models.TextChoices):
    """Whose file of a case it is."""

    EVIDENCE = "evidence", "证据"
    STATEMENT = "statement", "陈述申辩材料"


class ImprovementState(models.TextChoices):
    """How an improvement period went."""

    RUNNING = "running", "进行中"
    PASSED = "passed", "已达到"
    FAILED = "failed", "仍未达到"


class ReportState(models.TextChoices):
    """Where a periodic report stands."""

    DRAFT = "draft", "待报"
    SUBMITTED = "submitted", "待审"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "审核通过"


class RowState(models.TextChoices):
    """How far a row of a ledger can be relied on."""

    REPORTED = "reported", "自报"
    VERIFIED = "verified", "已核"
    REJECTED = "rejected", "不予采信"


class ImportState(models.TextChoices):
    """How far a workbook of rows has come."""

    PREVIEWED = "previewed", "待确认"
    APPLIED = "applied", "已导入"
    CANCELLED = "cancelled", "已取消"


class LineState(models.TextChoices):
    """Where an instalment stands."""

    PLANNED = "planned", "未到拨付条件"
    PAYABLE = "payable", "待拨付"
    PAID = "paid", "已拨付"
    CANCELLED = "cancelled", "不再拨付"


class ClaimKind(models.TextChoices):
    """What is claimed."""

    INSTALMENT = "instalment", "补助资金申请"
    AWARD = "award", "奖励补助申请"
    ENTERED = "entered", "补助资金核定"


class ClaimState(models.TextChoices):
    """Where a claim stands. The bureau approves it twice, by two persons."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待初审"
    RETURNED = "returned", "退回补正"
    FIRST = "first", "待复审"
    SECOND = "second", "复审通过"
    PAID = "paid", "已拨付"
    REFUSED = "refused", "不予通过"


class EntryKind(models.TextChoices):
    """Movements in a base's account."""

    GRANTED = "granted", "核定补助"
    PAID = "paid", "拨付"
    CANCELLED = "cancelled", "取消拨付"
    SPENT = "spent", "登记支出"
    UNSPENT = "unspent", "冲回支出"
    ORDERED = "ordered", "决定追回"
    RECOVERED = "recovered", "资金退回"
