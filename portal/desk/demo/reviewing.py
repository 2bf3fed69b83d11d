"""The second half: panel, visit, opinions, list, notice, objection, recognition."""

from datetime import datetime, timedelta

from applications.models import Application, Call
from assessments.enums import PlaqueState
from assessments.services import register
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo.filing import Cast
from portal.policy.sample import Samples
from portal.tenancy.models import Jurisdiction
from reviews.models import Expert, Panel, PanelMember, PublicNotice, RecognitionEntry, Shortlist, ShortlistEntry
from reviews.selectors.scores import sheet_lines
from reviews.services import (
    declarations,
    draws,
    experts,
    notices,
    objections,
    opinions,
    panels,
    recognition,
    shortlists,
    visits,
)

BY_HAND = "演示数据：按分工指定"
OPINION = (
    "现场查看了实训场地和主要设备，与申报材料一致，均为自有；管理制度健全，人员到岗；"
    "实训项目与本市产业方向相符，与现有项目形成互补。{}"
)
PRAISE = "该项资料完整，现场查看与申报一致，明显优于同类单位。"
CLOSING = {
    "recommend": "建议认定。",
    "reserved": "建议补充设备操作规程后认定。",
    "against": "设备数量与申报不符，建议不予认定。",
}


def enlist(cast: Cast, jurisdiction: Jurisdiction, samples: Samples) -> list[Expert]:
    """Put the invented experts on the bureau's list and link their accounts."""
    found = []
    for sample, actor in zip(samples.experts, cast.experts, strict=True):
        values = {
            "name": sample.name,
            "unit_name": sample.unit_name,
            "title": sample.title,
            "district": sample.district,
        }
        expert = experts.add_expert(jurisdiction=jurisdiction, by=cast.officer, fields=list(sample.fields), **values)
        found.append(experts.link_expert(expert=expert, user=actor.person, by=cast.officer))
    return found


def convene(cast: Cast, application: Application, chosen: list[Expert], at: datetime) -> Panel:
    """Form a panel of experts chosen by hand and begin the review; nobody has declared yet."""
    with clock.travel(at):
        panel = panels.form_panel(application=application, by=cast.officer)
        for position, expert in enumerate(chosen):
            panels.add_member(panel=panel, expert=expert, by=cast.officer, chair=position == 0, reason=BY_HAND)
        return panels.convene(panel=panel, by=cast.officer)


def convene_drawn(cast: Cast, application: Application, at: datetime, by: Actor | None = None) -> Panel:
    """Form a panel by drawing from the pool, the first drawn as chair, and begin the review; `by` the bureau's officer."""
    officer = by or cast.officer
    with clock.travel(at):
        panel = panels.form_panel(application=application, by=officer)
        draw = draws.commit_draw(panel=panel, by=officer)
    with clock.travel(at + timedelta(minutes=7)):
        first = clock.today()
        draws.lock_draw(
            draw=draw, required=(), related=(), regions=(application.organisation.district,), since=first,
            until=first + timedelta(days=30), by=officer,
        )  # fmt: skip
    with clock.travel(at + timedelta(minutes=12)):
        draws.run_draw(draw=draw, called="27", by=officer)
        panels.name_chair(member=panel.members.order_by("id")[0], by=officer)
        return panels.convene(panel=panel, by=officer)


def declare(cast: Cast, panel: Panel, at: datetime, number: int | None = None) -> None:
    """Let the first `number` members, or all, declare that nothing stands in the way."""
    with clock.travel(at):
        for member in panel.members.select_related("expert")[:number]:
            declarations.declare(
                member=member, conflicts=[], explanation="", undertaking=True, by=actor_of(cast, member.expert)
            )


def visit(cast: Cast, panel: Panel, planned_at: datetime, starts_at: datetime, *, done: bool) -> None:
    """Plan a visit of three hours, and record it when it lies behind."""
    with clock.travel(planned_at):
        made = visits.plan_visit(
            panel=panel,
            by=cast.officer,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            place=panel.application.organisation.address,
            meeting_point=f"{panel.jurisdiction.issuer}南门",
            contact=f"{panel.application.organisation.contact_name}　{panel.application.organisation.contact_phone}",
            route="集合地点统一乘车；先听取介绍，再看实训场地和设备，最后查阅制度和台账。",
        )
    if done:
        with clock.travel(starts_at + timedelta(hours=4)):
            visits.record_visit(
                visit=made,
                attendance="专家组全体成员、受理处室工作人员、申报单位负责人",
                facts="实训场地与申报一致，主要设备在位并能正常运行；抽查设备台账 10 件，账物相符；专职管理和维护人员在岗。",
                originals_seen=True,
                by=cast.officer,
            )


def opine(cast: Cast, panel: Panel, at: datetime, conclusions: tuple[str, ...]) -> None:
    """Hand in one opinion a member, as many as there are conclusions."""
    with clock.travel(at):
        for member, conclusion in zip(panel.members.select_related("expert"), conclusions, strict=False):
            opine_as(cast, panel, member, conclusion)


def opine_as(cast: Cast, panel: Panel, member: PanelMember, conclusion: str = "recommend") -> None:
    """Hand in one member's opinion, now."""
    opinions.submit_opinion(
        member=member,
        conclusion=conclusion,
        text=OPINION.format(CLOSING[conclusion]),
        **_filled(panel, member.pk),
        signature=f"typed:{member.expert.name}",
        by=actor_of(cast, member.expert),
    )


def close_review(cast: Cast, panel: Panel, at: datetime, conclusion: str) -> None:
    """Unseal and finish."""
    with clock.travel(at):
        opinions.unseal(panel=panel, by=cast.officer)
        opinions.finish_review(panel=panel, conclusion=conclusion, by=cast.officer)


def whole_review(cast: Cast, application: Application, panel: Panel, day: datetime, verdict: str = "recommend") -> None:
    """Carry one application from the panel convened on `day` to the end of its review within three weeks."""
    declare(cast, panel, day + timedelta(days=1))
    if panel.rule.on_site:
        visit(cast, panel, day + timedelta(days=2), day + timedelta(days=9, hours=application.pk % 5), done=True)
    opine(cast, panel, day + timedelta(days=11), (verdict,) * panel.members.count())
    close_review(cast, panel, day + timedelta(days=13), f"专家组一致{CLOSING[verdict]}")


def list_units(cast: Cast, call: Call, title: str, keys: tuple[str, ...], at: datetime) -> Shortlist:
    """Draft a list with the units named, propose it, and have it approved by the second person."""
    with clock.travel(at):
        shortlist = shortlists.draft_shortlist(call=call, title=title, by=cast.officer)
        for key in keys:
            sample, actor = cast.units[key]
            application = Application.objects.get(call=call, organisation=actor.organisation)
            shortlists.add_entry(
                shortlist=shortlist, application=application, mode=sample.core_mode, core=sample.core, by=cast.officer
            )
        shortlists.propose_shortlist(shortlist=shortlist, by=cast.officer)
    with clock.travel(at + timedelta(days=1)):
        return shortlists.approve_shortlist(shortlist=shortlist, by=cast.approver, opinion="同意公示")


def publish(cast: Cast, shortlist: Shortlist, title: str, at: datetime) -> PublicNotice:
    """Publish the list."""
    with clock.travel(at):
        return notices.publish_notice(shortlist=shortlist, title=title, by=cast.approver)


def object_to(cast: Cast, notice: PublicNotice, entry: ShortlistEntry, at: datetime) -> None:
    """Lodge an objection to one unit, and have it taken up."""
    text = (
        "公示名单中该单位申报的部分实训设备，据本单位了解系今年新近租入，并非自有。"
        "建议核对设备购置合同和发票，并到现场核实设备铭牌与固定资产登记。"
    )
    with clock.travel(at):
        objection, _ = objections.lodge_objection(
            notice=notice, name="浙江某职业培训学校", is_unit=True, phone="0571-0000 2001", text=text,
            by=cast.officer, entry=entry,
        )  # fmt: skip
    with clock.travel(at + timedelta(hours=3)):
        objections.handle_objection(objection=objection, finding="已调取设备购置合同，待现场核实。", by=cast.officer)


def recognise(cast: Cast, notice: PublicNotice, number: str, title: str) -> None:
    """Recognise all units of a notice the day after it ended, enter them in the register and hand over the plaques."""
    day = clock.local_date(notice.ends_at) + timedelta(days=1)
    with clock.travel(notice.ends_at + timedelta(hours=34)):
        entries = list(notice.shortlist.entries.filter(removed=False))
        made = recognition.recognise(
            notice=notice, entries=entries, document_number=number, title=title, issued_on=day, by=cast.approver
        )
        notices.close_notice(notice=notice, by=cast.approver)
        for entry in RecognitionEntry.objects.filter(recognition=made):
            base = register.register_base(entry=entry)
            register.record_plaque(
                base=base, state=PlaqueState.HANDED_OVER, on=day, receiver="基地负责人", by=cast.officer
            )


def _filled(panel: Panel, member: int) -> dict[str, dict[str, str]]:
    """Score every item of the panel's sheet: what the portal proposes, else a little below the maximum, by panel and member.

    A reason stands beside points so high that the sheet asks for one.
    """
    scores, remarks = {}, {}
    for line in sheet_lines(panel):
        below = line.item.step * ((panel.pk * 3 + member + line.item.number) % 5)
        points = line.maximum - below if line.proposal is None else line.proposal
        scores[line.key] = str(points)
        if line.proposal is None and line.remark_above is not None and points > line.remark_above:
            remarks[line.key] = PRAISE
    return {"scores": scores, "remarks": remarks}


def actor_of(cast: Cast, expert: Expert) -> Actor:
    """Return the account of an expert."""
    return next(actor for actor in cast.experts if actor.user == expert.user)
