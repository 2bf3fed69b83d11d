"""What is wrong with what a declaration says about the time after recognition."""

from collections.abc import Iterable, Iterator

from portal.policy.aftercare import Consequence, Effect, Method, Rhythm
from portal.policy.edition import Edition
from portal.policy.indicator import Span
from portal.policy.ledger import Ledger, ReportForm


def ledgers(edition: Edition) -> Iterator[str]:
    """Yield columns a ledger names but does not have, and tallies of what nobody keeps."""
    kept = {ledger.key: ledger for ledger in edition.ledgers}
    for ledger in edition.ledgers:
        named = (ledger.dated, ledger.person, ledger.named, ledger.certificate, ledger.outsider[0], ledger.spending)
        yield from _columns(ledger, (*named, *ledger.proofs), f"ledger {ledger.key}")
    reports = {report.key: report for report in edition.reports}
    for tally in edition.tallies:
        where = f"tally {tally.key}"
        if tally.report:
            if tally.report not in reports:
                yield f"{where} reads the unknown report {tally.report}"
            elif tally.column not in _asked(reports[tally.report]):
                yield f"{where} reads the unknown field {tally.column} of report {tally.report}"
        elif tally.ledger not in kept:
            yield f"{where} reads the unknown ledger {tally.ledger}"
        else:
            yield from _columns(kept[tally.ledger], (tally.column, *(name for name, _ in tally.where)), where)


def measures(edition: Edition) -> Iterator[str]:
    """Yield indicators over unknown tallies, targets over unknown indicators, and reports that ask for unknown tallies."""
    tallies = {tally.key for tally in edition.tallies}
    indicators = {indicator.key for indicator in edition.indicators}
    codes = {condition.code for condition in edition.conditions}
    for indicator in edition.indicators:
        yield from _unknown(indicator.tallies, tallies, f"indicator {indicator.key} reads the unknown tally")
    for target in edition.targets:
        where = f"target {target.code}"
        yield from _unknown([target.indicator], {*indicators, ""}, f"{where} is over the unknown indicator")
        yield from _unknown([target.condition], {*codes, ""}, f"{where} has the words of the unknown condition")
        if not target.indicator and not target.judged:
            yield f"{where} has neither an indicator nor a person who judges"
        if target.span is not Span.CALENDAR_YEAR and edition.build_period is None:
            yield f"{where} is over a term of building, and the edition has none"
    for report in edition.reports:
        yield from _unknown(report.tallies, tallies, f"report {report.key} shows the unknown tally")
        asked = [item.key for section in report.sections for item in section.items]
        yield from (f"report {report.key} asks twice for {key}" for key in sorted(set(asked)) if asked.count(key) > 1)
        yield from _breakdowns(edition, report)
        if not report.sections:
            yield f"report {report.key} asks nothing"
    for item in edition.assessment.items if edition.assessment else ():
        yield from _unknown([key for _, key in item.feeds], tallies, f"item {item.number} is fed by the unknown tally")


def assessments(edition: Edition) -> Iterator[str]:
    """Yield schemes and consequences that name what is not declared."""
    targets = {target.code for target in edition.targets}
    reports = {report.key for report in edition.reports}
    drawn = {each.key for each in edition.consequences}
    recoveries = {each.key for each in edition.recoveries}
    for scheme in edition.schemes:
        where = f"scheme {scheme.key}"
        yield from _unknown(scheme.targets, targets, f"{where} checks the unknown target")
        yield from _unknown(scheme.reports, reports, f"{where} asks for the unknown report")
        led = [scheme.failing, *(key for each in scheme.outcomes for key in (each.leads_to, each.if_used))]
        yield from _unknown(led, {*drawn, ""}, f"{where} leads to the unknown consequence")
        asked = {f"{section.key}.{field.key}" for section in scheme.sections for field in section.fields}
        yield from _unknown([field for field, _ in scheme.prefill], asked, f"{where} fills in the unknown field")
        keys = [item.key for section in scheme.sections for item in section.items]
        yield from (f"{where} asks twice for {key}" for key in sorted(set(keys)) if keys.count(key) > 1)
        if scheme.method is Method.SCORED and edition.assessment is None:
            yield f"{where} is scored, and the edition has no score sheet"
        if scheme.method is Method.CHECKED and not scheme.outcomes:
            yield f"{where} has no outcome to choose"
        if scheme.rhythm in (Rhythm.FIRST_YEAR, Rhythm.TERM) and edition.build_period is None:
            yield f"{where} follows a term of building, and the edition has none"
    for each in edition.consequences:
        where = f"consequence {each.key}"
        yield from _unknown([each.rectify_first], {*drawn, ""}, f"{where} follows the unknown consequence")
        yield from _unknown([each.recovery], {*recoveries, ""}, f"{where} takes back by the unknown recovery")
        yield from _occasions(each, where)
    yield from _grounds_drawn(edition)


def _occasions(each: Consequence, where: str) -> Iterator[str]:
    """Yield what is said twice or not at all of when a consequence may be drawn."""
    if bool(each.ground) == bool(each.grounds):
        yield f"{where} says when it may be drawn by its own ground or by those of the revocation, not by both or neither"
    if each.grounds and not each.ends_title:
        yield f"{where} stands for grounds of revocation and does not end the title"
    for ground in each.grounds:
        if ground.rectify != bool(each.rectify_first):
            yield f"{where} and its ground {ground.code} disagree on whether the base may mend first"
    if each.effect is Effect.IMPROVE and not (each.months or each.months_setting or each.to_term):
        yield f"{where} gives a period to mend without a length"
    if each.reapply_years < 0:
        yield f"{where} bars a unit for less than no time"


def _grounds_drawn(edition: Edition) -> Iterator[str]:
    """Yield grounds of a revocation stage that no consequence stands for, or several, once the edition has consequences."""
    if not edition.consequences:
        return
    declared = [ground for stage in edition.procedure for ground in stage.grounds]
    drawn = [ground for each in edition.consequences for ground in each.grounds]
    for ground in declared:
        if drawn.count(ground) != 1:
            yield f"ground {ground.code} is drawn by {drawn.count(ground)} consequences, not by one"
    yield from (
        f"consequence stands for the undeclared ground {ground.code}" for ground in drawn if ground not in declared
    )


def settings_after(edition: Edition) -> Iterator[str]:
    """Yield settings that are read after recognition and not declared."""
    declared = {setting.key for setting in edition.settings}
    used = [
        *(tally.once_setting for tally in edition.tallies),
        *(indicator.least_share[1] for indicator in edition.indicators),
        *(indicator.over_if[0] for indicator in edition.indicators),
        *(target.tolerance[0] for target in edition.targets),
        *(report.due.setting for report in edition.reports),
        *(scheme.minimum_months_setting for scheme in edition.schemes),
        *(each.hearing_setting for each in edition.consequences),
        *(each.months_setting for each in edition.consequences),
    ]
    yield from _unknown(used, {*declared, ""}, "the time after recognition reads the unknown setting")


def _breakdowns(edition: Edition, report: ReportForm) -> Iterator[str]:
    """Yield breakdowns of tallies that the report does not show, or by columns without options."""
    kept = {tally.key: tally.ledger for tally in edition.tallies}
    options = {(ledger.key, column.key): column.options for ledger in edition.ledgers for column in ledger.columns}
    for tally, column in report.breakdowns:
        if tally not in report.tallies:
            yield f"report {report.key} breaks down {tally}, which it does not show"
        elif not options.get((kept.get(tally, ""), column)):
            yield f"report {report.key} breaks down {tally} by {column}, which has no options"


def _asked(report: ReportForm) -> set[str]:
    return {item.key for section in report.sections for item in section.items}


def _columns(ledger: Ledger, keys: Iterable[str], where: str) -> Iterator[str]:
    columns = {column.key for column in ledger.columns}
    yield from _unknown(keys, {*columns, ""}, f"{where} names the unknown column")


def _unknown(keys: Iterable[str], known: set[str], words: str) -> Iterator[str]:
    yield from (f"{words} {key}" for key in keys if key not in known)
