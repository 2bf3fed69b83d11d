"""`python -m benchmarks.run` fills the database, asks the running server, and prints the table; see benchmarks/__main__.py."""

import os
import sys
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402  # after setup
from django_scopes import scope, scopes_disabled  # noqa: E402

from applications.models import ApplicationVersion, DraftSection  # noqa: E402
from benchmarks import bases, ledgers, load, rush, scores  # noqa: E402
from benchmarks.load import Loaded  # noqa: E402
from benchmarks.measure import Race, Request, Session, race  # noqa: E402
from benchmarks.printing import race_documents  # noqa: E402
from benchmarks.probes import Autosave, Page, Submit  # noqa: E402
from benchmarks.report import Line, table  # noqa: E402
from benchmarks.statements import browser, statements  # noqa: E402

SCALE = int(os.environ.get("BENCH_SCALE", "1"))
READS, SAVES, SUBMITS, PRINTS = (max(8, count // SCALE) for count in (100, 100, 40, 8))
WARM_UP = 5
INSERT: Request = ("GET", "/bench/insert/", None, {})
# Label, page, and the answer that changes; `table/column` is that column of the table's first row.
SAVED = (
    ("autosave, page of questions", "basic", "intro"),
    ("autosave, page with 200 rows", "project/a1/equipment", "items/name"),
)


class Run:
    """One run: the signed-in sessions, the addresses, the lines measured so far."""

    def __init__(self, loaded: Loaded, port: int) -> None:
        self.loaded, self.port = loaded, port
        self.officer, self.unit = self.signed_in(load.OFFICER), self.signed_in(load.APPLICANT)
        self.select: Request = ("GET", f"/bench/select/{loaded.drafts[0]}/", None, {})
        self.lines: list[Line] = []

    def signed_in(self, username: str) -> Session:
        """Return a session of one of the people."""
        session = Session(self.port)
        session.sign_in(username, load.PASSWORD)
        return session

    def address(self, rest: str) -> str:
        """Return an address of the jurisdiction with the longer list."""
        return f"/{self.loaded.place.code}/{rest}"

    def submissions(self, drafts: list[int]) -> Submit:
        """Return the submission of these drafts."""
        return Submit("submit, 200 table rows", [self.address(f"applications/{pk}/submit/") for pk in drafts])

    def saves(self, draft: int) -> list[Autosave]:
        """Return the saving of a page of questions, and of the page with the long table."""
        found = []
        for label, path, key in SAVED:
            page = DraftSection.objects.get(application=draft, path=path)
            where = self.address(f"applications/{draft}/save/{path}/")
            found.append(Autosave(label, where, page.answers, page.revision, key))
        return found

    def measure_saves(self) -> None:
        """Autosave of two pages of one draft."""
        for counted, probe in zip(self.saves(self.loaded.drafts[0]), self.saves(self.loaded.drafts[1]), strict=True):
            sent = len(statements(browser(self.loaded.applicant), counted))
            (found,) = race([(self.unit, probe)], INSERT, SAVES, WARM_UP)
            self.lines.append(Line(found, 20, sent))

    def measure_submits(self) -> None:
        """Submission of one draft after the other."""
        counted = statements(browser(self.loaded.applicant), self.submissions(self.loaded.drafts[2:4]))
        (found,) = race([(self.unit, self.submissions(self.loaded.drafts[4:]))], INSERT, SUBMITS, WARM_UP)
        self.lines.append(Line(found, 150, len(counted)))

    def measure_lists(self) -> None:
        """The first page of a longer and of a shorter list, by turns with one another and with the bare view."""
        other = self.signed_in(load.OTHER_OFFICER)
        for name, query in (("list", "?tab=all"), ("to-do of the list", "")):
            short = Page(f"{name} of {load.SMALL // SCALE:,}", f"/{self.loaded.other.code}/desk/inbox/{query}")
            long = Page(f"{name} of {load.LARGE // SCALE:,}", self.address(f"desk/inbox/{query}"))
            counts = [
                len(statements(browser(user), probe))
                for user, probe in ((self.loaded.other_officer, short), (self.loaded.officer, long))
            ]
            races = race([(other, short), (self.officer, long)], self.select, READS, WARM_UP)
            self.lines += [Line(each, 80, count, 12) for each, count in zip(races, counts, strict=True)]
            self.lines.append(Line(Race(f"{name}: longer / shorter", races[1].probe, races[0].probe), 1.2))

    def measure_reading(self) -> None:
        """The reading view of a file submitted in this run, opened from the list."""
        version = ApplicationVersion.objects.filter(application__in=self.loaded.drafts).latest("pk")
        rest = f"desk/applications/{version.application_id}/?{urlencode({'list': 'tab=all'})}"
        for label, more in (("reading view", ""), ("reading view, page with 200 rows", f"&at={SAVED[1][1]}")):
            probe = Page(label, self.address(rest + more))
            sent = len(statements(browser(self.loaded.officer), probe))
            (found,) = race([(self.officer, probe)], self.select, READS, WARM_UP)
            self.lines.append(Line(found, 80, sent, 12))

    def measure_scores(self) -> None:
        """The score matrix of a whole call, read by the officer of a place that selects by rank within quotas."""
        place = scores.a_place_with_quotas()
        officer = load.member("bench-scores", "bureau_officer", scores.bureau_of(place))
        with scope(jurisdiction=place):
            call = scores.fill(place, officer, SCALE).call
        load.settle()
        label = f"score matrix, {scores.FILES // SCALE} files × {scores.EXPERTS} experts × {scores.ITEMS} items"
        probe = Page(label, f"/{place.code}/desk/calls/{call.pk}/scores/")
        sent = len(statements(browser(officer.person), probe))
        (found,) = race([(self.signed_in("bench-scores"), probe)], self.select, max(8, READS // 3), 2)
        self.lines.append(Line(found, 250, sent, 24))

    def measure_indicators(self) -> None:
        """The indicators of a jurisdiction with five hundred bases, read by its officer."""
        self.lines += bases.measure(self.port, SCALE, max(8, READS // 3))

    def measure_documents(self) -> None:
        """The PDF of files submitted in this run."""
        versions = ApplicationVersion.objects.filter(application__in=self.loaded.drafts).order_by("-pk")
        pks = list(versions.values_list("pk", flat=True)[: PRINTS + 2])
        self.lines.append(Line(race_documents(pks, self.loaded.place.pk, "PDF / WeasyPrint alone"), 1.2))


def main() -> int:
    """Fill, measure, print; 1 when anything was lost, or a target, which are for PostgreSQL, is missed there."""
    with scopes_disabled():
        loaded = load.fill(SCALE, drafts=4 + WARM_UP + SUBMITS)
    with scope(jurisdiction=loaded.place):
        run = Run(loaded, int(os.environ["BENCH_PORT"]))
        for part in (
            run.measure_saves,
            run.measure_submits,
            run.measure_reading,
            run.measure_lists,
            run.measure_scores,
            run.measure_indicators,
            run.measure_documents,
        ):
            part()
    said, whole = rush.measure(loaded.place, run.port, max(rush.SIZE, rush.EXPERTS // SCALE))
    print(table(run.lines, connection.vendor), said, ledgers.measure(SCALE), sep="\n\n")
    return int(not whole or (connection.vendor == "postgresql" and not all(line.met for line in run.lines)))


if __name__ == "__main__":
    sys.exit(main())
