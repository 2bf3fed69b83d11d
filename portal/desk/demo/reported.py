"""Where the bureau reports upward: after its public notice it has handed in, and experts of the level above look again."""

from datetime import date, timedelta

from applications.models import Call
from portal.calendars import clock
from portal.desk.demo import offices, reviewing
from portal.desk.demo.casting import stage_key
from portal.desk.demo.filing import Cast, last_second, on
from portal.desk.demo.selecting import reviewed
from portal.policy.procedure import StageKind
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction
from reviews.models import PublicNotice, Selection
from reviews.services import notices, selecting, shortlists


def play(cast: Cast, jurisdiction: Jurisdiction, samples: Samples, today: date) -> None:
    """Tell it up to a re-check by a drawn panel, with one file still waiting for its own."""
    reviewing.enlist(cast, jurisdiction, samples)
    start = today - timedelta(days=130)
    window = (on(start + timedelta(days=70), 9), last_second(today - timedelta(days=13)))
    call = reviewed(cast, jurisdiction, samples, start, {StageKind.REPORT: window})
    notice, selection = _noticed(cast, call, start + timedelta(days=65))
    placed = [each.application for each in selection.placements.filter(state="selected").order_by("overall")]
    for application in placed:
        application.refresh_from_db()
    at = on(clock.local_date(notice.ends_at) + timedelta(days=2), 10)
    with clock.travel(at - timedelta(hours=1)):
        notices.close_notice(notice=notice, by=cast.approver)
    stage = stage_key(call, StageKind.REPORT)
    made = offices.put_forward(call, stage, placed, samples, at=at, by=cast.officer)
    offices.seal(cast, made, at + timedelta(hours=4), cast.officer)
    looked_at = placed[0]
    looked_at.refresh_from_db()
    panel = reviewing.convene_drawn(cast, looked_at, on(today - timedelta(days=8), 9), cast.superior)
    reviewing.declare(cast, panel, on(today - timedelta(days=7), 10), 4)
    reviewing.opine(cast, panel, on(today - timedelta(days=3), 16), ("recommend",))


def _noticed(cast: Cast, call: Call, day: date) -> tuple[PublicNotice, Selection]:
    """Select, list and publish within a week; return the notice with the selection behind it."""
    with clock.travel(on(day, 9)):
        drawn = selecting.draw_up_selection(call=call, by=cast.officer)
        for tied in drawn.ties:
            reason = "票数和推荐次序相同，经集体研究，按年培训规模排序"
            selecting.decide_order(selection=drawn, order=tied, reason=reason, by=cast.officer)
    with clock.travel(on(day, 16)):
        fixed = selecting.fix_selection(selection=drawn, by=cast.approver)
    title = f"{call.title}拟推荐名单"
    with clock.travel(on(day + timedelta(days=1), 9)):
        shortlist = shortlists.draft_shortlist(call=call, title=title, by=cast.officer)
        shortlists.list_selected(shortlist=shortlist, by=cast.officer)
        shortlists.propose_shortlist(shortlist=shortlist, by=cast.officer)
    with clock.travel(on(day + timedelta(days=2), 9)):
        shortlists.approve_shortlist(shortlist=shortlist, by=cast.approver, opinion="同意公示")
    return reviewing.publish(cast, shortlist, f"关于 {title}的公示", on(day + timedelta(days=4), 9)), fixed
