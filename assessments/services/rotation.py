"""Encrypting and hashing every row's personal data anew, after a key was changed."""

from collections.abc import Iterator

from django.db import transaction

from assessments.models import Account, LedgerRow
from assessments.selectors.row_reading import row_fingerprint
from portal.accounts.personal import person_hash, renewed, unseal

CHUNK = 500


def rotate_rows(*, after: int = 0) -> Iterator[int]:
    """Go through all rows behind one, yielding how many are done; safe to break off and run again."""
    last, done = after, 0
    while pks := list(LedgerRow.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = pks[-1]
        done += _rotate(pks)
        yield done


@transaction.atomic
def _rotate(pks: list[int]) -> int:
    rows = list(LedgerRow.objects.select_for_update(of=("self",)).select_related("base").filter(pk__in=pks))
    for row in rows:
        values = unseal(row.personal)
        row.personal = renewed(row.personal)
        row.person_hash = person_hash(values.get(row.declared.person, ""))
        row.fingerprint = row_fingerprint(row.declared, row.data, values)
    LedgerRow.objects.bulk_update(rows, ["personal", "person_hash", "fingerprint"], batch_size=100)
    return len(rows)


def rotate_accounts() -> int:
    """Encrypt the bank account numbers anew; return how many."""
    done = 0
    for pk in Account.objects.exclude(bank_number="").order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            account = Account.objects.select_for_update(of=("self",)).get(pk=pk)
            account.bank_number = renewed(account.bank_number)
            account.save(update_fields=["bank_number"])
        done += 1
    return done
