"""What this app tells its own rooms, so that none has to import another that already imports it."""

from django.dispatch import Signal

case_settled = Signal()  # case, by: decided or dropped, sent inside the transaction that did it
