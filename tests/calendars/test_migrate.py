import pytest
from django.core.management import call_command
from django.db import connection

from portal.audit import triggers
from portal.calendars.models import CalendarYear
from tests.calendars.years import SHIPPED_YEARS


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_has_its_official_calendars_again():
    CalendarYear.objects.all().delete()
    triggers.remove(connection)  # on PostgreSQL the event log refuses to be emptied, which is right
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        triggers.install(connection)
    assert tuple(CalendarYear.objects.values_list("year", flat=True)) == SHIPPED_YEARS
