"""How many SQL statements a request sends, counted in this process on the same database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Probe
from portal.accounts.confirmation import CONFIRMED_KEY
from portal.accounts.models import User
from portal.calendars import clock

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK")  # the brackets of a transaction; savepoints are counted


def browser(user: User) -> Client:
    """Return a signed-in browser without a network; the official acts need not ask for the password again."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[CONFIRMED_KEY] = session["seen_at"] = clock.now().timestamp()
    session.save()
    return client


def statements(client: Client, probe: Probe) -> list[str]:
    """Return the SQL of the probe's second request; the first fills whatever is kept in the process."""
    sent: list[str] = []
    for number in range(2):
        method, path, body, headers = probe.request(number)
        with CaptureQueriesContext(connection) as caught:
            answer = client.generic(
                method, path, body or b"", content_type=headers.get("Content-Type", "text/html"), headers=headers
            )
        if answer.status_code not in probe.good:
            raise RuntimeError(f"{method} {path} answered {answer.status_code}")
        probe.answered(answer.content)
        sent = [each["sql"] for each in caught.captured_queries if not each["sql"].startswith(UNCOUNTED)]
    return sent
