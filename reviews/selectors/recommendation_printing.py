"""What the papers of a recommendation say, as plain values for their templates."""

import math
from typing import Any

from applications.models import Application
from portal.policy.condition import VERDICT_LABELS, Verdict
from portal.policy.places import chinese_number
from portal.policy.recommendation import PaperKind, RecommendationPaper
from portal.tenancy.models import Organisation
from reviews.models import Recommendation, RecommendationEntry
from reviews.selectors.recommendations import paper_hash, rule_of, stage_of
from reviews.selectors.summaries import in_order, summary_of
from reviews.selectors.verifications import VerifiedFile, verified_file

BAND = 175  # widths of columns that one landscape sheet holds
HELD = ("unit", "rank", "order")  # facts that stand again on every sheet of a table cut into several


def short_hash(sha256: str) -> str:
    """Return the short form of a content hash that a printed paper bears: 16 digits in groups of four."""
    head = sha256[:16].upper()
    return " ".join(head[start : start + 4] for start in range(0, 16, 4))


def paper_context(
    recommendation: Recommendation, paper: RecommendationPaper, application: Application | None
) -> dict[str, Any]:
    """Return the context of a paper's template. `recommendation` was loaded with `selectors.recommendations.full`.

    Always: `paper_title`, `clause`, `office`, `issuer`, `addressee`, `call` {title, year},
    `policy` {title, number, citation}, `several_tracks`, `check` (short content hash). More by kind: `letter`, `report`, `summary`,
    `verification`.
    """
    edition = recommendation.call.edition
    return {
        "paper_title": paper.title,
        "several_tracks": len(edition.tracks) > 1,
        "clause": paper.clause,
        "office": recommendation.office.name,
        "issuer": recommendation.office.name,
        "addressee": _above(recommendation),
        "call": {"title": recommendation.call.title, "year": recommendation.call.year},
        "policy": {"title": edition.title, "number": edition.document_number, "citation": edition.citation},
        "check": short_hash(paper_hash(recommendation, paper.kind, application)),
        "document_number": recommendation.document_number,
        "contact": recommendation.contact,
        "contact_phone": recommendation.contact_phone,
        **_KINDS[paper.kind](recommendation, application),
    }


def _letter(recommendation: Recommendation, application: Application | None) -> dict[str, Any]:
    """`lines` [{heading, ranked, places, basis, given_up, given_up_reason, entries}], `enclosed` [title], `signatory`."""
    return {
        "lines": lines(recommendation),
        "enclosed": [each.title for each in rule_of(recommendation).papers if each.kind is not PaperKind.LETTER],
        "signatory": recommendation.office.name,
    }


def _report(recommendation: Recommendation, application: Application | None) -> dict[str, Any]:
    """As the letter, with `chapters` [{heading, text}] and for each entry its `missed` standards with the justification."""
    rule = rule_of(recommendation)
    chapters = [
        {"heading": f"{chinese_number(at)}、{heading}", "text": recommendation.texts.get(key, "")}
        for at, (key, heading) in enumerate(rule.report_sections, start=1)
    ]
    return {
        "lines": lines(recommendation),
        "chapters": chapters,
        "list_heading": f"{chinese_number(len(chapters) + 1)}、推荐单位和推荐理由",
        "justify": rule.justify,
        "signatory": recommendation.office.name,
    }


def _summary(recommendation: Recommendation, application: Application | None) -> dict[str, Any]:
    """`bands` [{columns: [{title, width}], rows: [[text]]}], `total` (columns in all), `count`, `footer` [word]."""
    summary = summary_of(recommendation)
    return {
        "heading": summary.title,
        "bands": bands(recommendation),
        "count": len(summary.rows),
        "footer": summary.footer,
        "signatory": recommendation.office.name,
    }


def _verification(recommendation: Recommendation, application: Application | None) -> dict[str, Any]:
    if application is None:
        raise ValueError("核查证明表须指明申报")
    found = verified_file(application)
    return verification_context(application, found) if found else {}


def verification_context(application: Application, found: VerifiedFile) -> dict[str, Any]:
    """Return `unit` {name, credit_code, nature, district}, `number`, `track`, `lines`, `figures`, `office`, `hint`."""
    unit = application.organisation
    return {
        "unit": {
            "name": unit.name, "credit_code": unit.credit_code, "nature": str(unit.get_nature_display()),
            "district": unit.district,
        },
        "file_number": application.number,
        "track": application.track.title,
        "lines": [
            {
                "label": line.field.label,
                "own": line.own,
                "reported": line.reported,
                "differs": line.differs,
                "compared": bool(line.reported),
            }
            for line in found.lines
        ],
        "figures": [
            {
                "title": each.figure.title, "clause": each.figure.clause, "asked": each.asked, "required": each.required,
                "own": each.own, "reported": each.reported, "met": each.met,
            }
            for each in found.figures
        ],
        "compares": any(line.reported for line in found.lines) or bool(found.figures),
        "complete": found.complete,
    }  # fmt: skip


_KINDS = {
    PaperKind.LETTER: _letter,
    PaperKind.REPORT: _report,
    PaperKind.SUMMARY: _summary,
    PaperKind.VERIFICATION: _verification,
}


def lines(recommendation: Recommendation) -> list[dict[str, Any]]:
    """Return the quota lines that anything is said of, each with its entries in order."""
    settings = recommendation.call.setting_values
    given_up = {each.line: each for each in recommendation.given_up.all()}
    ordered = in_order(recommendation)
    found: list[dict[str, Any]] = []
    for line in rule_of(recommendation).lines:
        entries = [_entry(each) for each in ordered if each.line == line.key]
        gone = given_up.get(line.key)
        if not entries and gone is None:
            continue
        found.append(
            {
                "heading": f"{chinese_number(len(found) + 1)}、{line.title}",
                "ranked": line.ranked,
                "places": settings.get(line.places_setting) if line.places_setting else None,
                "clause": line.clause,
                "basis": recommendation.bases.get(line.key, ""),
                "given_up": gone.places if gone else 0,
                "given_up_reason": gone.reason if gone else "",
                "entries": entries,
            }
        )
    return found


def _entry(entry: RecommendationEntry) -> dict[str, Any]:
    application = entry.application
    return {
        "rank": entry.rank,
        "unit": application.organisation.name,
        "credit_code": application.organisation.credit_code,
        "number": application.number,
        "track": application.track.title,
        "reason": entry.reason,
        "missed": missed_of(application),
    }


def missed_of(application: Application) -> list[dict[str, str]]:
    """Return the reference standards a file misses: {code, title, clause, required, reported, text}; `text` justifies it."""
    results = application.current.results if application.current else []
    texts = {each.code: each.text for each in application.justifications.all()}
    found = []
    for result in results:
        if result["verdict"] != Verdict.EXPLAIN.value:
            continue
        condition = application.edition.condition(result["code"])
        found.append(
            {
                "code": condition.code,
                "title": condition.title,
                "clause": condition.clause,
                "required": result.get("required") or condition.text,
                "reported": result.get("reported") or VERDICT_LABELS[Verdict.EXPLAIN],
                "text": texts.get(condition.code, ""),
            }
        )
    return found


def bands(recommendation: Recommendation) -> list[dict[str, Any]]:
    """Cut the 汇总表 into sheets that fit: every sheet begins with who the row is about, widths in whole percent."""
    summary = summary_of(recommendation)
    columns = list(enumerate(summary.columns))
    if sum(column.width for _, column in columns) <= BAND:
        return [_band([at for at, _ in columns], recommendation)]
    held = [at for at, column in columns if column.fact in HELD]
    rest = [at for at, _ in columns if at not in held]
    width = sum(summary.columns[at].width for at in rest)
    count = math.ceil(width / (BAND - sum(summary.columns[at].width for at in held)))
    sheets: list[list[int]] = [[] for _ in range(count)]
    done = 0
    for at in rest:  # as even as whole columns allow
        sheets[min(count - 1, done * count // width)].append(at)
        done += summary.columns[at].width
    return [_band(sorted([*held, *sheet]), recommendation) for sheet in sheets]


def _band(chosen: list[int], recommendation: Recommendation) -> dict[str, Any]:
    summary = summary_of(recommendation)
    total = sum(summary.columns[at].width for at in chosen)
    return {
        "columns": [
            {
                "title": summary.columns[at].title,
                "share": max(3, min(70, summary.columns[at].width * 100 // total)),
            }
            for at in chosen
        ],
        "rows": [[row[at] for at in chosen] for row in summary.rows],
    }


def _above(recommendation: Recommendation) -> str:
    """Return the office a recommendation is addressed to: the bureau, of a bureau the level above it."""
    stage = stage_of(recommendation.call.edition, recommendation.stage)
    office = recommendation.office
    if stage.recommendation and stage.recommendation.routes:
        return str(recommendation.jurisdiction.issuer)
    above: Organisation | None = office.parent
    return above.name if above else str(recommendation.jurisdiction.issuer)
