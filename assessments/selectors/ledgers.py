"""Reading ledgers: which a base keeps, its rows as filtered, and who else claims the same trainee or certificate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django_scopes import scopes_disabled

from assessments.enums import ImportState, RowState
from assessments.models import Base, LedgerImport, LedgerRow
from assessments.selectors.figures import counts_in, month_end
from portal.policy.ledger import Ledger

ELSEWHERE = "与其他基地重复申报，待核实"
STATES = (*RowState.choices, ("withdrawn", "已撤回"))


def ledgers_of(base: Base) -> list[Ledger]:
    """Return the ledgers a base of its kind keeps."""
    return [ledger for ledger in base.edition.ledgers if not ledger.tracks or base.track_key in ledger.tracks]


def ledger_of(base: Base, key: str) -> Ledger | None:
    """Return one of a base's ledgers by key."""
    return next((ledger for ledger in ledgers_of(base) if ledger.key == key), None)


def standing(rows: QuerySet[LedgerRow]) -> QuerySet[LedgerRow]:
    """Leave out what is withdrawn or not accepted."""
    return rows.filter(withdrawn_at=None).exclude(state=RowState.REJECTED)


def rows_in_list(base: Base, ledger: Ledger, asked: Mapping[str, str]) -> QuerySet[LedgerRow]:
    """Return a ledger's rows as an address asks for them, the newest first: month, state, q, claimed, tally (it counts in).

    Withdrawn rows are shown only when asked for.
    """
    state, tally = asked.get("state", ""), asked.get("tally", "")
    rows = LedgerRow.objects.filter(base=base, ledger=ledger.key).order_by("-on", "-id")
    if state == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    else:
        rows = rows.filter(withdrawn_at=None)
        rows = rows.filter(state=state) if state in RowState.values else rows
    if span := _month(asked.get("month", "")):
        rows = rows.filter(on__range=span)
    if tally:
        rows = rows.filter(counts_in(tally))
    for word in asked.get("q", "").split():
        rows = rows.filter(words__icontains=word)
    return rows.filter(_claimed_by_others(), amount=None) if asked.get("claimed") else rows


def unverified(bases: QuerySet[Base]) -> list[tuple[int, str, int]]:
    """Return base, ledger and how many of its rows nobody has looked at; what waits longest first; one query."""
    rows = LedgerRow.objects.filter(base__in=bases, state=RowState.REPORTED, withdrawn_at=None)
    found = rows.values("base", "ledger").annotate(n=Count("pk"), since=Min("recorded_at")).order_by("since", "base")
    return list(found.values_list("base", "ledger", "n"))


def claimed_rows(jurisdiction_id: int, *, month: str = "", words: str = "") -> QuerySet[LedgerRow]:
    """Return a jurisdiction's standing rows whose trainee or certificate another base claims too."""
    own = standing(LedgerRow.objects.filter(base__jurisdiction=jurisdiction_id, amount=None))
    rows = own.filter(_claimed_by_others())
    if span := _month(month):
        rows = rows.filter(on__range=span)
    for word in words.split():
        rows = rows.filter(Q(base__name__icontains=word) | Q(words__icontains=word))
    return rows.select_related("base__organisation", "base__jurisdiction").order_by(
        "person_hash", "certificate", "on", "id"
    )


@dataclass(frozen=True)
class Claims:
    """Who else claims what a row claims. `names` are bases of the reader's own jurisdiction, `outside` counts the others."""

    by_person: bool
    by_certificate: bool
    names: tuple[str, ...]
    outside: int

    @property
    def what(self) -> str:
        """What is claimed twice."""
        return "、".join(
            word for word, true in (("同一人员", self.by_person), ("同一证书", self.by_certificate)) if true
        )

    @property
    def whose(self) -> str:
        """Where it is claimed, for a bureau."""
        return "；".join([*self.names, *(["其他统筹地区的基地"] if self.outside else [])])


def claims_elsewhere(rows: Sequence[LedgerRow], jurisdiction_id: int) -> dict[int, Claims]:
    """Return, by row, the other bases that claim the same trainee or certificate; one query, across jurisdictions."""
    people = {row.person_hash for row in rows if row.person_hash and row.holds}
    certificates = {row.certificate for row in rows if _comparable(row)}
    if not people and not certificates:
        return {}
    with scopes_disabled():
        found = list(
            standing(LedgerRow.objects.filter(_same(people, certificates)))
            .order_by()
            .values_list("person_hash", "certificate", "amount", "base_id", "base__name", "base__jurisdiction_id")
            .distinct()
        )
    by_person: dict[str, list[tuple[int, str, int]]] = {}
    by_certificate: dict[str, list[tuple[int, str, int]]] = {}
    for person, certificate, amount, pk, name, place in found:
        if person in people:
            by_person.setdefault(person, []).append((pk, name, place))
        if certificate in certificates and amount is None:
            by_certificate.setdefault(certificate, []).append((pk, name, place))
    result = {}
    for row in rows:
        same_person = _of_others(by_person.get(row.person_hash, ()) if row.holds else (), row)
        same_paper = _of_others(by_certificate.get(row.certificate, ()) if _comparable(row) else (), row)
        if others := same_person | same_paper:
            names = sorted(name for _, name, place in others if place == jurisdiction_id)
            outside = sum(1 for _, _, place in others if place != jurisdiction_id)
            result[row.pk] = Claims(bool(same_person), bool(same_paper), tuple(names), outside)
    return result


def claimed_already(base: Base, people: set[str], certificates: set[str]) -> tuple[set[str], set[str]]:
    """Return which of these people and certificates other bases claim, wherever they are; one query."""
    if not people and not certificates:
        return set(), set()
    with scopes_disabled():
        rows = standing(LedgerRow.objects.filter(_same(people, certificates))).exclude(base=base).order_by()
        found = list(rows.values_list("person_hash", "certificate", "amount"))
    return (
        {person for person, _, _ in found} & people,
        {certificate for _, certificate, amount in found if amount is None} & certificates,
    )


def months_of(base: Base, ledger: Ledger) -> list[date]:
    """Return the months a ledger has rows in, the newest first."""
    rows = LedgerRow.objects.filter(base=base, ledger=ledger.key, withdrawn_at=None).order_by()
    return sorted(rows.dates("on", "month"), reverse=True)


def _claimed_by_others() -> Q:
    """Choose rows whose trainee or certificate stands in a row of another base, in any jurisdiction.

    What is empty is left out before it is looked for: thousands of rows have no trainee, and each would find them all.
    """
    with scopes_disabled():
        others = standing(LedgerRow.objects.filter(amount=None)).exclude(base=OuterRef("base"))
    person = Exists(others.filter(person_hash=OuterRef("person_hash")))
    paper = Exists(others.filter(certificate=OuterRef("certificate")))
    return (~Q(person_hash="") & Q(person)) | (~Q(certificate="") & Q(paper))


def _same(people: Iterable[str], certificates: Iterable[str]) -> Q:
    return Q(person_hash__in=set(people) - {""}) | Q(certificate__in=set(certificates) - {""}, amount=None)


def _comparable(row: LedgerRow) -> bool:
    """A voucher's number says nothing outside its own books."""
    return bool(row.certificate) and row.amount is None and row.holds


def _of_others(bases: Iterable[tuple[int, str, int]], row: LedgerRow) -> set[tuple[int, str, int]]:
    return {base for base in bases if base[0] != row.base_id}


def _month(text: str) -> tuple[date, date] | None:
    try:
        year, month = (int(part) for part in text.split("-"))
        first = date(year, month, 1)
    except ValueError:
        return None
    return first, month_end(first)


def same_file(job: LedgerImport) -> LedgerImport | None:
    """Return an earlier import of the same workbook into the same ledger that was carried out."""
    rows = LedgerImport.objects.filter(base=job.base, ledger=job.ledger, sha256=job.sha256, state=ImportState.APPLIED)
    return rows.exclude(pk=job.pk).select_related("settled_by").first()
