"""The columns of the inbox: the same definition makes the table on the screen and the exported file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from applications.models import Application, Call
from applications.selectors.service_time import ServiceTime, service_time
from portal.calendars import clock, wording
from portal.calendars.working_days import Days
from portal.policy.procedure import Status


@dataclass(frozen=True)
class Row:
    """One file with what is worked out for it."""

    application: Application
    time: ServiceTime | None
    overdue: bool

    @property
    def waiting(self) -> bool:
        """Whether an officer may take it into work."""
        return self.application.status in (Status.SUBMITTED, Status.RESUBMITTED, Status.RECOMMENDED)


@dataclass(frozen=True)
class Column:
    """`text` writes the cell; `sort` is the key in the address, empty where sorting means nothing."""

    key: str
    label: str
    text: Callable[[Row], str]
    sort: str = ""


def make_row(application: Application, days: Days) -> Row:
    """Work out how much of its time a file has used."""
    time = service_time(application, application.current.submitted_at, days) if application.current else None
    missed = bool(
        application.status == Status.RETURNED
        and application.correction_due_at
        and application.correction_due_at <= clock.now()
    )
    return Row(application, time, missed or bool(time and time.overdue))


def _due(row: Row) -> str:
    application = row.application
    if row.time:
        return "已超期" if row.overdue else f"剩 {row.time.left} 个工作日"
    if application.status == Status.RETURNED and application.correction_due_at:
        if row.overdue:
            return "补正已逾期"
        return f"补正至 {wording.period_end(application.correction_due_at)}"
    return ""


def _moment(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""


COLUMNS: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("number", "受理编号", lambda row: row.application.number, "number"),
        Column("unit", "申报单位", lambda row: row.application.organisation.name, "unit"),
        Column("district", "所在区", lambda row: row.application.organisation.district, "district"),
        Column(
            "recommender",
            "推荐部门",
            lambda row: row.application.recommender.name if row.application.recommender else "",
            "recommender",
        ),
        Column("call", "批次", lambda row: row.application.call.title, "call"),
        Column("track", "申报类别", lambda row: row.application.track.title, "track"),
        Column("status", "状态", lambda row: row.application.bureau_label, "status"),
        Column("due", "办理期限", _due, "received"),
        Column("submitted", "首次提交", lambda row: _moment(row.application.submitted_at), "submitted"),
        Column(
            "received",
            "本版提交",
            lambda row: _moment(row.application.current.submitted_at if row.application.current else None),
            "received",
        ),
        Column("version", "版次", lambda row: f"{row.application.current.number}" if row.application.current else ""),
        Column(
            "officer",
            "经办人",
            lambda row: row.application.opened_by.name if row.application.opened_by else "",
            "officer",
        ),
        Column("updated", "更新时间", lambda row: _moment(row.application.updated_at), "updated"),
    )
}
DEFAULT_COLUMNS = ("number", "unit", "district", "track", "status", "due", "submitted", "officer")


TIER_COLUMNS = ("number", "unit", "recommender", "track", "status", "due", "submitted", "officer")


def offered_columns(calls: Iterable[Call]) -> list[Column]:
    """Return the columns an office may choose among: 推荐部门 only where one of its calls is recommended for."""
    tiered = any(call.edition.recommendation() for call in calls)
    return [column for column in COLUMNS.values() if tiered or column.key != "recommender"]


def chosen_columns(asked: Iterable[str], offered: Iterable[Column], *, recommends: bool = False) -> list[Column]:
    """Read `cols=number,unit` or `cols=number&cols=unit`; what is not offered is left out, none gives the usual columns.

    The usual ones name the recommending office where there is one, except at that office itself (`recommends`).
    """
    known = {column.key: column for column in offered}
    keys = [key for key in dict.fromkeys(",".join(asked).split(",")) if key in known]
    usual = TIER_COLUMNS if "recommender" in known and not recommends else DEFAULT_COLUMNS
    return [known[key] for key in keys or usual]
