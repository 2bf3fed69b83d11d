"""Issuing the papers of a recommendation: printed, stamped and uploaded again before it is sealed."""

from django.conf import settings
from django.db import transaction

from applications.models import Application
from portal.accounts.actor import Actor
from portal.audit.services import record
from portal.documents.models import Document
from portal.documents.services.issue import issue_document
from portal.policy.recommendation import PaperKind, RecommendationPaper
from reviews.models import Recommendation, Verification
from reviews.selectors.recommendation_printing import paper_context
from reviews.selectors.recommendations import full, rule_of, verifies
from reviews.services.recommending import office_of
from reviews.services.refusal import Refused

TEMPLATES = {
    PaperKind.LETTER: ("documents/recommendation_letter.html", "official"),
    PaperKind.REPORT: ("documents/recommendation_report.html", "official"),
    PaperKind.SUMMARY: ("documents/recommendation_summary.html", "form"),
    PaperKind.VERIFICATION: ("documents/verification.html", "form"),
}


@transaction.atomic
def issue_paper(
    *, recommendation: Recommendation, paper: str, by: Actor, application: Application | None = None
) -> Document:
    """Issue a paper as it reads now, to be printed and stamped; the same content gives the same document.

    A paper for each file (核查证明表) needs `application`, one that is listed and verified; its document belongs to the
    verification. Raises `Refused`, `PermissionDenied`.
    """
    row = full(Recommendation.objects.all()).get(pk=recommendation.pk)
    if row.office_id != office_of(by).pk:
        raise Refused("只能生成本部门的推荐文书", "paper")
    declared = _paper(row, paper)
    subject = _verification(row, application) if declared.kind is PaperKind.VERIFICATION else row
    template, css = TEMPLATES[declared.kind]
    context = paper_context(row, declared, subject.application if isinstance(subject, Verification) else None)
    return issue_document(
        kind=f"paper_{declared.key}"[:40],
        subject=subject,
        title=_title(row, declared, subject),
        template=template,
        context=context | {"title": declared.title},
        by=by,
        jurisdiction=row.jurisdiction,
        css=(css,),
        verify_url=f"{settings.PORTAL_BASE_URL}/{row.jurisdiction.code}/verify/?code=",
    )


def note_summary_export(*, recommendation: Recommendation, by: Actor) -> None:
    """Log that the 汇总表 was taken out as a workbook."""
    record(
        by=by, action="recommendation.export", obj=recommendation, jurisdiction_id=recommendation.jurisdiction_id,
        data={"rows": recommendation.entries.count()},
    )  # fmt: skip


def _paper(row: Recommendation, key: str) -> RecommendationPaper:
    found = next((each for each in rule_of(row).papers if each.key == key), None)
    if found is None:
        raise Refused("没有这一份文书，请刷新页面", "paper")
    return found


def _verification(row: Recommendation, application: Application | None) -> Verification:
    """Return the verification of a listed file; a paper without figures would certify nothing."""
    wanted = application.pk if application else None
    entry = next((each for each in row.entries.all() if each.application_id == wanted), None)
    if entry is None or not verifies(rule_of(row), entry.application):
        raise Refused("该申报未列入推荐，或不需要核查，请刷新页面", "paper")
    found: Verification | None = getattr(entry.application, "verification", None)
    if found is None:
        raise Refused(f"请先填写“{entry.application.organisation.name}”的核查数据，再生成文书", "paper")
    return found


def _title(row: Recommendation, paper: RecommendationPaper, subject: Recommendation | Verification) -> str:
    of = subject.application.number if isinstance(subject, Verification) else row.office.name
    return f"{paper.title}（{of}）"
