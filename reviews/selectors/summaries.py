"""The rows of a 汇总表: for each file the declared columns, as text; for the printed paper and for the workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from applications.selectors.versions import version_facts
from portal.policy.changes import display
from portal.policy.edition import Edition
from portal.policy.facts import Answers, Facts
from portal.policy.form import Field, FieldKind, Group
from portal.policy.recommendation import RecommendationRule, SummaryColumn
from portal.policy.values import show
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.recommendations import rule_of

OPINION = "opinion"  # the field of a verification that holds the office's opinion


@dataclass(frozen=True)
class Summary:
    """A 汇总表: `rows` hold a text for each of `columns`."""

    title: str
    columns: tuple[SummaryColumn, ...]
    rows: list[list[str]]
    footer: tuple[str, ...]


def summary_of(recommendation: Recommendation) -> Summary:
    """Return the 汇总表 of a recommendation loaded with `full`: line by line, in order; costs no query."""
    rule = rule_of(recommendation)
    ordered = in_order(recommendation)
    rows = [[_cell(rule, column, entry, at) for column in rule.summary] for at, entry in enumerate(ordered, start=1)]
    return Summary(rule.summary_title or "推荐汇总表", rule.summary, rows, rule.summary_footer)


def in_order(recommendation: Recommendation) -> list[RecommendationEntry]:
    """Return the entries in the order of the quota lines, best first."""
    places = {line.key: at for at, line in enumerate(rule_of(recommendation).lines)}
    return sorted(
        recommendation.entries.all(), key=lambda each: (places.get(each.line, len(places)), each.rank or 0, each.pk)
    )


def answer_text(edition: Edition, facts: Facts, reference: str, *, unit_too: bool = False) -> str:
    """Write the answer a reference names; of a table or a group all rows, one after another. Empty when there is none."""
    item = edition.form.find(reference)
    if not isinstance(item, Field):
        return ""
    write = display if unit_too else _bare
    home, _, _ = reference.rpartition(".")
    if _repeated(edition, reference):
        texts = [write(item, row) for row in facts.rows(home) or _instances(facts, reference)]
        return "；".join(text for text in texts if text)
    found = facts.get(home)
    return write(item, found) if isinstance(found, dict) else ""


def _bare(item: Field, answers: Answers) -> str:
    text, other = show(item, answers.get(item.key)), answers.get(f"{item.key}_other")
    if item.kind is FieldKind.DECIMAL:
        text = text.removesuffix(".00")  # narrow columns
    return f"{text}（{other}）" if other else text


def _repeated(edition: Edition, reference: str) -> bool:
    parts = {part.key: part for part in edition.form.parts}
    head, *rest = reference.split(".")
    return isinstance(parts[head], Group) or len(rest) > 1


def _instances(facts: Facts, reference: str) -> list[Answers]:
    """Return a section's answers in each instance of the group the reference begins with."""
    head, *rest = reference.split(".")[:-1]
    sections = [row.get(rest[0]) if rest else row for row in facts.rows(head)]
    return [each for each in sections if isinstance(each, dict)]


def _cell(rule: RecommendationRule, column: SummaryColumn, entry: RecommendationEntry, at: int) -> str:
    application = entry.application
    if column.fact:
        return FACTS[column.fact](entry, at)
    if application.current is None:
        return ""
    facts = version_facts(application, application.current)
    if column.measure is None:
        return answer_text(application.edition, facts, column.reference)
    return "" if column.measure.measure(facts) is None else column.measure.show(facts)


def _cover(entry: RecommendationEntry, key: str, known: str) -> str:
    answers = entry.application.current.answers if entry.application.current else {}
    return str((answers.get("cover") or {}).get(key) or known)


def _opinion(entry: RecommendationEntry) -> str:
    verification = getattr(entry.application, "verification", None)
    written = verification.answers.get(OPINION) if verification else ""
    return str(written or entry.reason)


def _recommender(entry: RecommendationEntry) -> str:
    office = entry.application.recommender or entry.recommendation.office
    return str(office.name)


FACTS: dict[str, Callable[[RecommendationEntry, int], str]] = {
    "order": lambda entry, at: str(at),
    "number": lambda entry, at: entry.application.number,
    "rank": lambda entry, at: str(entry.rank or ""),
    "unit": lambda entry, at: entry.application.organisation.name,
    "credit_code": lambda entry, at: entry.application.organisation.credit_code,
    "nature": lambda entry, at: str(entry.application.organisation.get_nature_display()),
    "district": lambda entry, at: entry.application.organisation.district,
    "recommender": lambda entry, at: _recommender(entry),
    "track": lambda entry, at: entry.application.track.title,
    "contact": lambda entry, at: _cover(entry, "contact", entry.application.organisation.contact_name),
    "phone": lambda entry, at: _cover(entry, "phone", entry.application.organisation.contact_phone),
    "opinion": lambda entry, at: _opinion(entry),
}


def as_number(text: str) -> int | float | None:
    """Read a cell that holds nothing but a number, for a workbook in which it can be added up; None for any other."""
    bare = text.replace(",", "")
    if not bare or len(bare) > 15 or not (bare.replace(".", "", 1).isascii() and bare.replace(".", "", 1).isdigit()):
        return None
    if bare.startswith("0") and bare != "0" and not bare.startswith("0."):
        return None  # a number with leading zeros is a name
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return int(number) if number == number.to_integral_value() and "." not in bare else float(number)
