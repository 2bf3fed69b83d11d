"""Finds what was done to the log behind the portal's back: events changed, missing, cut off, reordered, forged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.audit.chain import event_hash
from portal.audit.models import Chain, Event
from portal.audit.seals import broken_seals


@dataclass(frozen=True)
class Finding:
    """One thing wrong: which chain, at which event, of which kind."""

    chain: str
    sequence: int
    kind: str  # a key of KINDS

    @property
    def text(self) -> str:
        """Say it in Chinese."""
        return f"{self.chain} 第 {self.sequence} 条：{KINDS[self.kind][0]}"

    @property
    def english(self) -> str:
        """Say it in English."""
        return f"{self.chain} event {self.sequence}: {KINDS[self.kind][1]}"


KINDS = {
    "changed": ("内容与摘要不符，事件被改动或伪造", "its content does not match its keyed hash: changed or forged"),
    "missing": ("缺失", "missing"),
    "relinked": (
        "前一事件摘要不符，前面的事件被替换",
        "does not follow the event before it: an earlier event was replaced",
    ),
    "reordered": ("时间早于前一事件，或记录次序与序号不符", "stored out of order"),
    "unsealed": (
        "封存范围内的事件有缺失或被替换",
        "the events it seals are no longer what they were: some are gone or replaced",
    ),
    "cut": ("链尾缺失，最后的事件被删除", "cut off the end of the chain"),
}


@dataclass(frozen=True)
class Report:
    """What a verification looked at, and what it found."""

    chains: int
    events: int
    findings: list[Finding]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(chains: QuerySet[Chain], *, most: int | None = None, whole: bool = False) -> Report:
    """Check the chains, each from its first event to its recorded head; at most `most` events, then stop between chains.

    `whole` also holds every seal against the events it covers.
    Memory does not grow with the log: chains are read one batch at a time.
    """
    seen_chains = seen_events = 0
    findings: list[Finding] = []
    for chain, events in _with_events(chains):
        seen_chains += 1
        seen_events += len(events)
        findings += check_chain(chain, events)
        if most is not None and seen_events >= most:
            break
    if whole:
        findings += [Finding("audit.seal", number, "unsealed") for number in broken_seals()]
    return Report(seen_chains, seen_events, findings)


def check_chain(chain: Chain, events: Iterable[Event]) -> Iterator[Finding]:
    """Yield what is wrong with one chain; `events` in order of their numbers."""
    expected, previous, last_id = 1, "", 0
    for event in events:
        for gap in range(expected, event.sequence):
            yield Finding(chain.key, gap, "missing")
        unbroken = event.sequence == expected
        if event.hash != event_hash(event, chain.key):
            yield Finding(chain.key, event.sequence, "changed")
        elif unbroken and event.previous != previous:
            yield Finding(chain.key, event.sequence, "relinked")
        if event.pk < last_id:
            yield Finding(chain.key, event.sequence, "reordered")
        expected, previous, last_id = event.sequence + 1, event.hash, event.pk
    for gap in range(expected, chain.length + 1):
        yield Finding(chain.key, gap, "cut")
    if expected == chain.length + 1 and chain.head != previous:
        yield Finding(chain.key, chain.length, "relinked")
    if expected > chain.length + 1:
        yield Finding(chain.key, expected - 1, "relinked")


def _with_events(chains: QuerySet[Chain], size: int = 200) -> Iterator[tuple[Chain, list[Event]]]:
    after = 0
    while batch := list(chains.filter(pk__gt=after).order_by("pk")[:size]):
        by_chain: dict[int, list[Event]] = {chain.pk: [] for chain in batch}
        for event in (
            Event.objects.filter(chain__in=by_chain).order_by("chain_id", "sequence").iterator(chunk_size=1000)
        ):
            by_chain[event.chain_id].append(event)
        for chain in batch:
            yield chain, by_chain[chain.pk]
        after = batch[-1].pk
