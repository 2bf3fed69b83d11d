"""Editions with one fault each in what they say about the time after recognition."""

from dataclasses import replace

from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.ledger import Due
from portal.policy.measures import Number

SHUNYI = registry.get("SY-2024-DRAFT")
AFTER: dict[str, tuple[Edition, str]] = {
    "ledger": (
        replace(SHUNYI, ledgers=(replace(SHUNYI.ledgers[0], dated="nowhere"),), tallies=()),
        "unknown column nowhere",
    ),
    "tally": (replace(SHUNYI, tallies=(replace(SHUNYI.tallies[0], ledger="none"),)), "unknown ledger none"),
    "indicator": (replace(SHUNYI, indicators=(replace(SHUNYI.indicators[0], tally="none"),)), "unknown tally none"),
    "report": (
        replace(SHUNYI, reports=(replace(SHUNYI.reports[0], sections=SHUNYI.reports[0].sections * 2),)),
        "report monthly asks twice for progress",
    ),
    "self-assessment": (
        replace(SHUNYI, schemes=(replace(SHUNYI.schemes[0], sections=SHUNYI.reports[0].sections * 2),)),
        "scheme year1 asks twice for progress",
    ),
    "breakdown of what is not shown": (
        replace(SHUNYI, reports=(replace(SHUNYI.reports[0], breakdowns=(("none", "level"),)),)),
        "breaks down none, which it does not show",
    ),
    "breakdown by words": (
        replace(SHUNYI, reports=(replace(SHUNYI.reports[0], breakdowns=(("certified", "occupation"),)),)),
        "breaks down certified by occupation, which has no options",
    ),
    "empty report": (
        replace(SHUNYI, reports=(replace(SHUNYI.reports[0], sections=()),)),
        "report monthly asks nothing",
    ),
    "target": (replace(SHUNYI, targets=(replace(SHUNYI.targets[0], condition="X-9"),)), "unknown condition X-9"),
    "record": (
        replace(SHUNYI, record=(replace(SHUNYI.record[0], measure=Number("no.where")),)),
        "record item area reads the unknown field no.where",
    ),
    "planned": (
        replace(SHUNYI, targets=(replace(SHUNYI.targets[0], planned=Number("no.where")),)),
        "target SY-K01 reads the unknown field no.where",
    ),
    "prefilled": (
        replace(SHUNYI, schemes=(replace(SHUNYI.schemes[0], prefill=(("self.site", Number("unit.area")),)),)),
        "scheme year1 fills in the unknown field self.site",
    ),
    "scheme": (replace(SHUNYI, schemes=(replace(SHUNYI.schemes[0], targets=("X-9",)),)), "unknown target X-9"),
    "consequence": (
        replace(SHUNYI, consequences=(replace(SHUNYI.consequences[1], recovery="none"),)),
        "unknown recovery none",
    ),
    "setting": (
        replace(SHUNYI, reports=(replace(SHUNYI.reports[0], due=Due(5, setting="none")),)),
        "unknown setting none",
    ),
    "a ground that no consequence stands for": (
        replace(SHUNYI, consequences=SHUNYI.consequences[:2]),
        "ground misuse is drawn by 0 consequences",
    ),
    "a ground said twice": (
        replace(SHUNYI, consequences=(*SHUNYI.consequences[:2], replace(SHUNYI.consequences[2], ground="挪用"))),
        "not by both or neither",
    ),
    "a ground that may be mended first": (
        replace(SHUNYI, consequences=(*SHUNYI.consequences[:1], replace(SHUNYI.consequences[1], rectify_first=""))),
        "disagree on whether the base may mend first",
    ),
    "a period to mend without a length": (
        replace(SHUNYI, consequences=(replace(SHUNYI.consequences[0], to_term=False), *SHUNYI.consequences[1:])),
        "a period to mend without a length",
    ),
}
