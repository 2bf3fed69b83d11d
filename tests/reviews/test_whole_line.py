"""From an accepted application to a base in the register, by services alone."""

from typing import Any

from applications.models import Application
from assessments.models import Base
from portal.calendars import clock
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.models import RecognitionEntry
from reviews.services import notices, recognition, shortlists
from tests.reviews.kit import SUNDAY_NOON, a_call, approver, officer, reviewed


def test_an_accepted_application_becomes_a_base(hangzhou: Any, django_capture_on_commit_callbacks: Any) -> None:
    drafter, boss = officer(hangzhou), approver(hangzhou)
    with clock.travel(SUNDAY_NOON), django_capture_on_commit_callbacks(execute=True):
        call = a_call(hangzhou)
        application = reviewed(call, drafter)
        shortlist = shortlists.draft_shortlist(call=call, title="拟认定名单", by=drafter)
        shortlists.add_entry(shortlist=shortlist, application=application, mode="unit", core="第一技师学院", by=drafter)
        shortlists.propose_shortlist(shortlist=shortlist, by=drafter)
        shortlists.approve_shortlist(shortlist=shortlist, by=boss)
        notice = notices.publish_notice(shortlist=shortlist, title="关于拟认定名单的公示", by=boss)
    with clock.travel(notice.ends_at), django_capture_on_commit_callbacks(execute=True):
        recognition.recognise(
            notice=notice, entries=list(shortlist.entries.all()), document_number="测人社发〔2024〕12号",
            title="关于认定分基地的通知", issued_on=clock.today(), by=boss,
        )  # fmt: skip
        notices.close_notice(notice=notice, by=boss)
    base = Base.objects.get()
    entry = RecognitionEntry.objects.get()
    assert Application.objects.get().status == "recognised"
    assert (base.name, base.source_id, base.document_number) == (
        "杭州市公共实训基地第一技师学院分基地",
        entry.pk,
        "测人社发〔2024〕12号",
    )
    assert base.profile["projects"] == ["数控加工实训中心"]
    assert base.plaque_text == "杭州市高技能人才公共实训基地" != base.name
    unit = Message.objects.filter(user=application.organisation.memberships.get().user).values_list("title", flat=True)
    assert sorted(unit) == sorted(["申报进入专家评审", "现场考察安排", "拟认定名单已公示", "申报已认定"])
    assert Message.objects.filter(user=boss.user, title="拟认定名单待审批").count() == 1
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert kinds == {"visit_record", "panel_record", "public_notice", "recognition_decision", "certificate"}
