"""Every worker is dead across two deadlines: nothing late gets in, nothing is lost, and all catches up afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.journeys.live import Portal
from tests.journeys.person import Person

COMPLETE = """
from applications.models import Application
from portal.accounts.actor import Actor
from portal.accounts.models import Membership
from portal.desk.demo.files import Evidence
from portal.desk.demo.filing import Cast, _attach, _save
from portal.policy.sample import samples_of
from portal.calendars import clock
seat = Membership.objects.select_related('user', 'organisation').get(user__username='xianghu', role_code='unit_admin')
unit = Actor(user=seat.user, membership=seat, ip='127.0.0.1')
application = Application.objects.get(organisation=seat.organisation, status='draft')
answers = samples_of(application.jurisdiction.code).units[0].answers(clock.today())
_save(application, 'pledge', dict(answers['pledge']), unit)
_attach(Cast({}, {}, [], Evidence()), application, answers, unit)
print(application.pk, application.call.closes_at.isoformat())
"""
RECOGNISE = """
from portal.accounts.actor import Actor
from portal.accounts.models import Membership
from portal.calendars import clock
from reviews.models import PublicNotice
from reviews.services import recognition
seat = Membership.objects.select_related('user', 'organisation').get(user__username='approver')
notice = PublicNotice.objects.filter(jurisdiction__code='hangzhou').order_by('-ends_at').first()
entries = [each for each in notice.shortlist.entries.filter(removed=False) if not each.objections.exists()]
recognition.recognise(
    notice=notice, entries=entries, document_number=f'演人社发〔{clock.today().year}〕99号', title='关于认定的通知',
    issued_on=clock.today(), by=Actor(user=seat.user, membership=seat, ip='127.0.0.1'),
)
"""
COUNTS = """
from applications.models import Application, Call
from assessments.models import Base
from portal.documents.models import Document
from portal.notifications.models import Message
from reviews.models import PublicNotice
registered = Base.objects.exclude(source__application__call__year=0)  # the older ones have no certificate of ours
print(Application.objects.get(pk={pk}).status, registered.count(), Document.objects.filter(kind='certificate', state='ready').count(),
      Call.objects.filter(jurisdiction__code='hangzhou', closing_announced_at__isnull=False).count(),
      PublicNotice.objects.filter(jurisdiction__code='hangzhou', end_announced_at__isnull=False).count())
"""
SWEEPS = (
    "applications.tasks.sweep_calls",
    "reviews.tasks.sweep_notices",
    "assessments.tasks.sweep_bases",
    "portal.documents.tasks.sweep_documents",
)


def counts(portal: Portal, pk: str) -> list[str]:
    """Return the draft's status and how many bases, certificates, announced closings and announced ends there are."""
    return portal.script(COUNTS.format(pk=pk)).split()


def test_a_deadline_passes_while_every_worker_is_dead(portal: Portal, person: Callable[..., Person]) -> None:
    pk, closes_at = portal.script(COMPLETE).split()
    late = datetime.fromisoformat(closes_at) + timedelta(seconds=1)
    before = counts(portal, pk)
    portal.travel(late, workers=False)
    applicant = person().sign_in("xianghu")
    applicant.go(f"/hangzhou/applications/{pk}/preview/")
    token = applicant.context.cookies()
    csrf = next(cookie["value"] for cookie in token if cookie["name"] == "csrftoken")
    answer = applicant.context.request.post(
        f"{portal.address}/hangzhou/applications/{pk}/submit/",
        form={"declared": "yes", "csrfmiddlewaretoken": csrf},
        headers={"Referer": portal.address},
    )
    assert answer.status == 409
    assert "截止" in answer.text()
    portal.script(RECOGNISE)
    assert counts(portal, pk) == ["draft", *before[1:]]

    portal.travel(late)
    for _ in range(2):  # a sweep that runs twice does no more than one that runs once
        for sweep in SWEEPS:
            portal.run(sweep)
    applicant.page.wait_for_timeout(500)
    for _ in range(60):
        after = counts(portal, pk)
        if after[2] == after[1]:
            break
        applicant.page.wait_for_timeout(1000)
    assert after[0] == "draft"
    assert int(after[1]) == int(before[1]) + 2
    assert after[2] == after[1]
    assert (int(after[3]), int(after[4])) == (3, 2)
