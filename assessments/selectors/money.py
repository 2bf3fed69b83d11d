"""Reading the money of bases: one base's account with all it consists of, what finance has to pay, a jurisdiction's totals."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet, Sum

from assessments.enums import OPEN_CASES, BaseState, ClaimState, LineState
from assessments.models import (
    Account,
    Base,
    Case,
    Claim,
    Grant,
    GrantLine,
    MoneyEntry,
    Payment,
    RecoveryOrder,
    Spending,
)
from assessments.models.money import FIGURES, NOTHING
from assessments.permissions import readable_bases
from portal.accounts.actor import Actor
from portal.documents.models import Document
from portal.policy import registry

CENT = Decimal("0.01")  # SQLite adds decimals as binary fractions


def bases_without_account() -> list[Base]:
    """Bases whose policy has money and that have no account yet; the few editions with money are asked for in one query."""
    codes = [
        code
        for code in Base.objects.order_by().values_list("edition_code", flat=True).distinct()
        if any(each.is_money for each in registry.get(code).support)
    ]
    return list(Base.objects.filter(edition_code__in=codes, account=None, state=BaseState.ACTIVE))


def ending_case(base: Base) -> Case | None:
    """Return a case under way that would end the base's title; while there is one, nothing is paid."""
    open_ones = Case.objects.filter(base=base, state__in=OPEN_CASES).select_related("base")
    return next((case for case in open_ones if case.consequence.ends_title), None)


def accounts(actor: Actor) -> QuerySet[Account]:
    """The accounts of the bases an actor reaches."""
    return Account.objects.filter(base__in=readable_bases(Base.objects.all(), actor))


def payable_lines(actor: Actor, *, words: str = "", year: str = "") -> QuerySet[GrantLine]:
    """What waits to be paid, oldest first."""
    found = reachable_lines(actor).filter(state=LineState.PAYABLE)
    if year.isdigit():
        found = found.filter(fiscal_year=int(year))
    for word in words.split():
        found = found.filter(
            Q(grant__account__base__organisation__name__icontains=word) | Q(grant__account__base__name__icontains=word)
        )
    return found.order_by("payable_on", "id")


def payments(actor: Actor, *, words: str = "", year: str = "") -> QuerySet[Payment]:
    """What was paid, newest first."""
    found = (
        Payment.objects.filter(line__in=reachable_lines(actor))
        .select_related("line__grant__account__base__organisation", "line__grant__account__base__jurisdiction", "by")
        .prefetch_related("corrections__by")
    )
    if year.isdigit():
        found = found.filter(paid_on__year=int(year))
    for word in words.split():
        found = found.filter(
            Q(line__grant__account__base__organisation__name__icontains=word)
            | Q(line__grant__account__base__name__icontains=word)
            | Q(voucher__icontains=word)
        )
    return found.order_by("-paid_on", "-id")


def open_orders(actor: Actor) -> QuerySet[RecoveryOrder]:
    """Recoveries of which something has not come back yet."""
    return (
        RecoveryOrder.objects.filter(account__in=accounts(actor))
        .exclude(amount=0)
        .select_related("account__base__organisation", "account__base__jurisdiction")
        .order_by("due_on", "id")
    )


def claims_at_desk(actor: Actor) -> QuerySet[Claim]:
    """The claims of an office that wait for one of its persons, oldest first."""
    reached = readable_bases(Base.objects.all(), actor)
    return (
        Claim.objects.filter(base__in=reached, state__in=(ClaimState.SUBMITTED, ClaimState.FIRST))
        .select_related("base__organisation", "base__jurisdiction")
        .order_by("submitted_at", "id")
    )


def readable_claims(actor: Actor) -> QuerySet[Claim]:
    """The claims an actor reaches: a unit all its own, an office what was handed in."""
    found = Claim.objects.filter(base__in=readable_bases(Base.objects.all(), actor))
    return found if actor.can("base.report") else found.exclude(state=ClaimState.DRAFT)


def reachable_lines(actor: Actor) -> QuerySet[GrantLine]:
    """The instalments of the bases an actor reaches, with their bases and units."""
    return GrantLine.objects.filter(grant__account__in=accounts(actor)).select_related(
        "grant__account__base__organisation", "grant__account__base__jurisdiction"
    )


@dataclass(frozen=True)
class Totals:
    """Sums over accounts; they balance because each account does."""

    granted: Decimal = NOTHING
    paid: Decimal = NOTHING
    due: Decimal = NOTHING
    cancelled: Decimal = NOTHING
    spent: Decimal = NOTHING
    unspent: Decimal = NOTHING
    ordered: Decimal = NOTHING
    recovered: Decimal = NOTHING
    bases: int = 0

    @property
    def balances(self) -> bool:
        """Whether granted = paid + due + cancelled and paid = spent + unspent."""
        return self.granted == self.paid + self.due + self.cancelled and self.paid == self.spent + self.unspent


def totals(found: QuerySet[Account]) -> Totals:
    """Return the sums over accounts, in one query."""
    sums: dict[str, Any] = found.order_by().aggregate(
        bases=Count("id"), **{name: Sum(name, default=NOTHING) for name in FIGURES}
    )
    return Totals(**{name: value.quantize(CENT) if name in FIGURES else value for name, value in sums.items()})


def accounts_in_list(
    found: QuerySet[Account], *, words: str = "", track: str = "", state: str = ""
) -> QuerySet[Account]:
    """Accounts with their bases, filtered, the newest base first."""
    found = found.select_related("base__organisation", "base__jurisdiction")
    if track:
        found = found.filter(base__track_key=track)
    if state:
        found = found.filter(base__state=state)
    for word in words.split():
        found = found.filter(Q(base__name__icontains=word) | Q(base__organisation__name__icontains=word))
    return found.order_by("-base__recognised_on", "base_id")


def by_support(found: QuerySet[Account]) -> list[dict[str, Any]]:
    """Return what was granted, paid and is open for each support, in one query."""
    rows = GrantLine.objects.filter(grant__account__in=found).order_by().values("grant__title")
    sums = {
        name: Sum("amount", filter=Q(state__in=states), default=NOTHING)
        for name, states in (
            ("paid", [LineState.PAID]),
            ("due", [LineState.PLANNED, LineState.PAYABLE]),
            ("cancelled", [LineState.CANCELLED]),
        )
    }
    found_sums: Any = rows.annotate(count=Count("grant", distinct=True), granted=Sum("amount"), **sums)
    return list(found_sums.order_by("grant__title"))


@dataclass
class Book:
    """All of a base's money for its page."""

    account: Account | None
    grants: list[Grant] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    spent_by_item: list[dict[str, Any]] = field(default_factory=list)
    orders: list[RecoveryOrder] = field(default_factory=list)
    notices: list[Document] = field(default_factory=list)
    entries: list[MoneyEntry] = field(default_factory=list)


def book_of(base: Base, actor: Actor) -> Book:
    """Return a base's money, in a constant number of queries."""
    account = Account.objects.filter(base=base).first()
    if account is None:
        return Book(None)
    account.base = base
    orders = list(account.orders.prefetch_related("receipts").order_by("id"))
    claims = readable_claims(actor).filter(base=base).select_related("line__grant", "submitted_by").order_by("-id")
    return Book(
        account,
        list(account.grants.prefetch_related("lines__payment__corrections__by")),
        list(claims),
        list(
            Payment.objects.filter(line__grant__account=account).select_related("line__grant", "by").order_by("paid_on")
        ),
        spending_by_item(account),
        orders,
        _notices(orders),
        list(account.entries.select_related("by").order_by("-id")),
    )


def _notices(orders: list[RecoveryOrder]) -> list[Document]:
    kind = ContentType.objects.get_for_model(RecoveryOrder)
    about = Document.objects.filter(subject_type=kind, subject_id__in=[order.pk for order in orders])
    return list(about.defer("source").order_by("id"))


def spending_by_item(account: Account) -> list[dict[str, Any]]:
    """Return what was spent on each item and its share, largest first."""
    rows = (
        Spending.objects.filter(account=account, cancelled_at=None)
        .order_by()
        .values("item")
        .annotate(count=Count("id"), amount=Sum("amount"))
        .order_by("-amount")
    )
    whole = account.spent or Decimal(1)
    return [{**row, "item": row["item"] or "未分项目", "share": row["amount"] * 100 / whole} for row in rows]
