"""Taking an application back: a submitted one until the bureau opens it, a draft at any time."""

from django.db import transaction

from applications.models import Application
from applications.services.moves import WrongState, locked, move
from portal.accounts.actor import Actor
from portal.policy.procedure import Status


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor, reason: str = "") -> Application:
    """Withdraw a submitted application the bureau has not opened, or give up a draft; a new one may then be begun.

    What was submitted stays on record. Raise `WrongState` once the bureau has opened the file.
    """
    fresh = locked(application)
    if fresh.status in (Status.DRAFT, Status.RETURNED):
        action = "abandon"
    elif fresh.status == Status.SUBMITTED:
        action = "withdraw"
    else:
        raise WrongState(
            f"该申报目前为“{fresh.applicant_label}”，受理机关已开始办理，不能自行撤回；如需撤回，请联系受理机关"
        )
    return move(application=fresh, action=action, by=by, reason=reason[:300])
