"""Terms of cases that run out: announced here, enforced by the clock where something is written.

What a sweep finds is what stands at that hour: with every worker dead for a month, the desk hears once of what is over then,
and the unit nothing of a reminder whose day has passed. Each news reaches a person once, however often the sweep comes by.
"""

from datetime import timedelta

from assessments.enums import CaseState, ImprovementState
from assessments.models import Base, Case, Improvement
from assessments.selectors.cases import case_rows, overdue_improvements
from assessments.services import case_news as news
from assessments.services.report_chasing import SOON
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction


def announce_terms(*, jurisdiction: Jurisdiction) -> int:
    """Announce what has run out in one jurisdiction, and remind units of what soon will; return how many there are."""
    bases, today = Base.objects.filter(jurisdiction=jurisdiction), clock.today()
    heard = Case.objects.filter(state=CaseState.NOTIFIED, hearing_until__lte=clock.now(), base__in=bases)
    hearings = list(case_rows().filter(pk__in=heard.values("pk")))
    for case in hearings:
        news.tell_hearing_over(case)
    with_case = ("case__base__jurisdiction", "case__base__organisation")
    over = list(overdue_improvements(bases, today).select_related(*with_case))
    for each in over:
        news.tell_improvement_over(each)
    ending = list(
        Improvement.objects.filter(
            base__in=bases, state=ImprovementState.RUNNING, ends_on__range=(today, today + timedelta(days=SOON))
        ).select_related(*with_case)
    )
    for each in ending:
        news.tell_improvement_ends(each, (each.ends_on - today).days)
    return len(hearings) + len(over) + len(ending)
