"""What waits about money, for the desk's home page."""

from collections.abc import Iterator

from django.db.models import F

from assessments.enums import ClaimState
from assessments.selectors.money import accounts, claims_at_desk, payable_lines
from portal.accounts.actor import Actor
from portal.policy import registry
from portal.tenancy.models import Jurisdiction


def place_has_money(code: str) -> bool:
    """Say whether a policy of a place gives bases money."""
    return any(support.is_money for edition in registry.of(code) for support in edition.support)


def money_duties(actor: Actor, place: Jurisdiction) -> Iterator[tuple[str, int, str]]:
    """Yield what waits for the present role: words, number, name of the page."""
    if not place_has_money(place.code):
        return
    claims = claims_at_desk(actor).filter(base__jurisdiction=place)
    if actor.can("base.keep"):
        yield "资金申请待初审", claims.filter(state=ClaimState.SUBMITTED).count(), "assessments:money"
    if actor.can("base.recognise"):
        yield "资金申请待复审", claims.filter(state=ClaimState.FIRST).count(), "assessments:money"
    if actor.can("payment.make"):
        yield "补助资金待拨付", payable_lines(actor).count(), "assessments:payments"
        yield "追回资金待退回", accounts(actor).filter(recovered__lt=F("ordered")).count(), "assessments:payments"
