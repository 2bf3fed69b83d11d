"""What the printed report holds: a version as it was handed in, its tallies, its files, the place for the seal."""

from typing import Any

from applications.selectors.print_blocks import page_blocks
from assessments.models import ReportVersion
from assessments.selectors.reports import paper_of, stored_figures


def report_context(version: ReportVersion) -> dict[str, Any]:
    """Return the context of the printed report; its report's base comes `with_terms`."""
    report = version.report
    paper, base = paper_of(report), report.base
    titles = {each.key: each.title for each in paper.form.materials}
    return {
        "issuer": base.organisation.name,
        "heading": paper.form.title,
        "number": base.certificate_number,
        "base": base.name,
        "unit": base.organisation.name,
        "credit_code": base.organisation.credit_code,
        "period": paper.period.title,
        "due_on": report.due_on,
        "late": report.late,
        "submitted_at": version.submitted_at,
        "submitted_by": version.submitted_by.name,
        "receiver": base.jurisdiction.issuer,
        "citation": base.edition.citation,
        "clause": paper.form.clause,
        "figures": [
            {
                "title": line.tally.title,
                "unit": line.tally.unit,
                "reported": line.reported_text,
                "verified": line.verified_text,
                "parts": [(each.title, each.reported_text, each.verified_text) for each in line.parts],
            }
            for line in stored_figures(base, paper.form, version.figures)
        ],
        "parts": [
            {"title": page["title"], "blocks": page_blocks(page["items"], supplement=True)}
            for page in paper.printed(version.answers)
        ],
        "manifest": [{**each, "title": titles.get(each["slot"], each["slot"])} for each in version.manifest],
        "version": {"number": version.number, "sha256": version.sha256},
    }
