"""States of reviews, notices and objections."""

from django.db import models


class ExpertState(models.TextChoices):
    """Whether an expert can be called upon."""

    AVAILABLE = "available", "在库"
    PAUSED = "paused", "暂停"
    REMOVED = "removed", "出库"


class ExpertGrade(models.TextChoices):
    """On whose level an expert is listed."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"
    DISTRICT = "district", "区县级"


class DrawKind(models.TextChoices):
    """Why a round of a draw was held."""

    FIRST = "first", "首次抽取"
    REDRAW = "redraw", "重新抽取"
    SUPPLEMENT = "supplement", "补充抽取"


class DrawState(models.TextChoices):
    """How far a round has come; a void one keeps its number."""

    COMMITTED = "committed", "种子哈希已公布"
    LOCKED = "locked", "名单已锁定"
    DRAWN = "drawn", "已抽取"
    VOID = "void", "已作废"


class AlarmRuling(models.TextChoices):
    """What the bureau makes of a conflict that came up later."""

    OPEN = "open", "待处理"
    KEPT = "kept", "继续评审"
    RECUSED = "recused", "回避"


class PanelState(models.TextChoices):
    """How far a panel has come."""

    FORMING = "forming", "组建中"
    WORKING = "working", "评审中"
    COMPLETE = "complete", "意见已齐"
    CLOSED = "closed", "评审结束"
    DISSOLVED = "dissolved", "已解散"


class MemberState(models.TextChoices):
    """Whether a panel member has declared, hence may open files."""

    INVITED = "invited", "待声明"
    DECLARED = "declared", "已声明无回避情形"
    RECUSED = "recused", "回避"
    REMOVED = "removed", "已调整"


class VisitState(models.TextChoices):
    """Whether a visit is planned, made or called off."""

    PLANNED = "planned", "已安排"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


class Conclusion(models.TextChoices):
    """What an expert advises."""

    RECOMMEND = "recommend", "建议认定"
    RESERVED = "reserved", "建议整改后认定"
    AGAINST = "against", "建议不予认定"


class EntryOutcome(models.TextChoices):
    """What became of something a device sent."""

    WRITTEN = "written", "已写入"
    SAME = "same", "与现有内容一致"
    CONFLICT = "conflict", "与另一处修改冲突"
    REFUSED = "refused", "未写入"


class PaperState(models.TextChoices):
    """How far a sheet typed in from paper has come; only a confirmed one counts."""

    PENDING = "pending", "待核对"
    CHECKING = "checking", "核对中"
    CONFIRMED = "confirmed", "已核对"
    RETURNED = "returned", "已退回"


class MeetingState(models.TextChoices):
    """How far the minutes of a meeting have come."""

    DRAFT = "draft", "记录中"
    SIGNING = "signing", "待签名"
    CLOSED = "closed", "已签齐"


class MeetingDecision(models.TextChoices):
    """What a meeting decides on a file."""

    AGREED = "agreed", "同意"
    CONDITIONAL = "conditional", "附条件同意"
    REJECTED = "rejected", "不同意"
    ADJOURNED = "adjourned", "暂缓"


class RecommendationState(models.TextChoices):
    """How far an office's recommendation has come."""

    DRAFT = "draft", "拟制中"
    SEALED = "sealed", "已报送"
    RETURNED = "returned", "已退回，可修改"


class SelectionState(models.TextChoices):
    """Whether an outcome may still be drawn up anew."""

    DRAFT = "draft", "拟制中"
    FIXED = "fixed", "已确定"


class PlacementState(models.TextChoices):
    """What has become of a file in the selection."""

    SELECTED = "selected", "拟入选"
    ALTERNATE = "alternate", "备选"
    RELEASED = "released", "已让出"
    OUT = "out", "已退出"


class ShortlistState(models.TextChoices):
    """How far a list has come."""

    DRAFT = "draft", "拟制中"
    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已审批"
    PUBLISHED = "published", "已公示"


class NoticeState(models.TextChoices):
    """Whether a notice still runs."""

    RUNNING = "running", "公示中"
    ENDED = "ended", "公示期满"
    CLOSED = "closed", "公示结束"


class ObjectionState(models.TextChoices):
    """Where an objection stands; the last four are final (G-12)."""

    RECEIVED = "received", "已登记"
    HANDLING = "handling", "核查中"
    INADMISSIBLE = "inadmissible", "不予受理"
    DISMISSED = "dismissed", "不成立（维持）"
    UPHELD = "upheld", "成立（取消）"
    REVIEW = "review", "需复核（延长公示）"


class TipState(models.TextChoices):
    """Whether an anonymous lead has been looked into."""

    RECEIVED = "received", "待核实"
    CHECKED = "checked", "已核实"


OPEN_OBJECTIONS = [ObjectionState.RECEIVED.value, ObjectionState.HANDLING.value, ObjectionState.REVIEW.value]
