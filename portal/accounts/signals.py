"""News from accounts, for the event log and the message centre above: sent inside the transaction of the change."""

from django.dispatch import Signal

# sender: the model; obj: the changed row; by: Actor or None (the system); action: str; data: dict; reason: str;
# jurisdiction_id: where it concerns, when that is not the actor's own jurisdiction
account_changed = Signal()

# sender: Membership; membership: a person has just joined an organisation in a role
membership_created = Signal()
