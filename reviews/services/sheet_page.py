"""A sheet saved or handed in from its page: never over what another tab or device wrote since the page was opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from portal.accounts.actor import Actor
from reviews.models import Opinion, PanelMember
from reviews.selectors.kept import CONCLUSION, REMARK, SCORE, TEXT, standing
from reviews.services.declarations import own_seat
from reviews.services.opinions import opinion_of, save_opinion, submit_opinion

ROUND = "round"


@dataclass(frozen=True)
class Page:
    """What stands on the page; `seen` are the revisions it was opened with and, as `round`, the round; None: it does not say."""

    conclusion: str
    text: str
    scores: Mapping[str, str]
    remarks: Mapping[str, str]
    seen: Mapping[str, int] | None = None

    def values(self) -> dict[str, str]:
        """Return everything by key, without blanks at either end."""
        found = {f"{SCORE}{item}": points for item, points in self.scores.items()}
        found |= {f"{REMARK}{item}": remark for item, remark in self.remarks.items()}
        found |= {CONCLUSION: self.conclusion, TEXT: self.text}
        return {key: value.strip() for key, value in found.items()}


class WrittenElsewhere(Exception):
    """Nothing was written: `others` are the values, by key, that came in elsewhere; `seen` is what the page has seen now."""

    def __init__(self, others: Mapping[str, str], seen: Mapping[str, int]) -> None:
        super().__init__("此页打开后，另一处已保存了不同的内容")
        self.others = dict(others)
        self.seen = dict(seen)


@transaction.atomic
def write_page(*, member: PanelMember, page: Page, by: Actor, signature: str | None = None) -> Opinion:
    """Save a page as a draft, or hand it in when there is a `signature`; raise `WrittenElsewhere` instead of overwriting."""
    own_seat(member, by)
    opinion = opinion_of(member)
    if opinion.submitted_at is None:
        _refuse_stale(opinion, page)
    if signature is None:
        return save_opinion(
            member=member, conclusion=page.conclusion, text=page.text, scores=page.scores, remarks=page.remarks, by=by
        )
    return submit_opinion(
        member=member, conclusion=page.conclusion, text=page.text, signature=signature, scores=page.scores,
        remarks=page.remarks, by=by,
    )  # fmt: skip


def _refuse_stale(opinion: Opinion, page: Page) -> None:
    seen = page.seen
    if seen is None:
        return
    handed_back = opinion.round != seen.get(ROUND, 0)  # whatever was handed in meanwhile, this page knows nothing of it
    stands = {key: value.strip() for key, value in standing(opinion).items()}
    others = {
        key: stands.get(key, "")
        for key, typed in page.values().items()
        if (handed_back or opinion.revisions.get(key, 0) > seen.get(key, 0)) and stands.get(key, "") != typed
    }
    if others:
        raise WrittenElsewhere(others, seen_of(opinion))


def seen_of(opinion: Opinion | None) -> dict[str, int]:
    """Return what a page opened now has seen."""
    return {**opinion.revisions, ROUND: opinion.round} if opinion else {}
