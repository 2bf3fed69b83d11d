"""A unit's claims: begun, written, their documents, handed in, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.forms.money import BankForm, ClaimForm, YearForm
from assessments.models import Claim, ClaimFile
from assessments.selectors.claim_checks import VERDICTS, stored, years_of
from assessments.selectors.claim_pages import kind_of, slots_of
from assessments.selectors.money import readable_claims
from assessments.selectors.money_printing import heading_of
from assessments.services import claims
from assessments.views.base_pages import own_base
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.documents.selectors import documents_of
from reviews.views.acts import Act, perform, tell, write


def claim_at(request: Any, pk: int) -> Claim:
    """Return a claim the reader reaches; 404 for every other."""
    rows = readable_claims(request.actor).select_related(
        "base__organisation", "base__jurisdiction", "base__source__application__call", "base__account", "line__grant",
        "submitted_by", "first_by", "second_by", "answered_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def claim_context(claim: Claim) -> dict[str, Any]:
    """What both sides see of a claim: the checks and sums frozen with it, or, while it is written, as they stand today."""
    writable = claim.state in claims.WRITABLE
    found = claims.reckon(claim, clock.today()) if writable or claim.state == "submitted" else None
    lines = stored(found.lines) if found and writable else claim.checks
    return {
        "claim": claim,
        "base": claim.base,
        "heading": heading_of(claim),
        "writable": writable,
        "lines": [
            {**line, "kind": kind_of(line["claimed"]), "claimed_words": VERDICTS[line["claimed"]]} for line in lines
        ],
        "parts": [part.stored() for part in found.claimed] if found and writable else claim.parts,
        "found": [
            {**line, "kind": kind_of(line["verdict"]), "finding": claim.findings.get(line["key"], "")}
            for line in claim.found
        ],
        "warnings": list(found.warnings) if found and writable else claim.warnings,
        "hindrances": found.hindrances(verified=False) if found and writable else [],
        "slots": slots_of(claim, claims.materials_of(claim)),
        "documents": documents_of(claim, "money_claim"),
        "reckoned": found,
    }


def claim_address(claim: Claim) -> str:
    """Return where a unit writes and reads a claim."""
    return reverse("assessments:my_claim", kwargs={"jurisdiction": claim.base.jurisdiction.code, "pk": claim.pk})


@capability("base.report", methods=("GET", "POST"))
def my_claim(request: Any, pk: int) -> HttpResponse:
    """A claim as its unit writes and reads it; a POST keeps what was typed and, asked to, hands it in."""
    claim = claim_at(request, pk)
    context = claim_context(claim)
    form = ClaimForm(
        request.POST or None,
        initial={"statement": claim.statement},
        lines=_targets(claim, context),
        said=claim.self_report,
        whole=request.POST.get("act") in WHOLE,
    )
    if request.method == "POST" and form.is_valid():
        service, done = SERVICES.get(request.POST.get("act", ""), SERVICES[""])
        said = {"statement": form.cleaned_data["statement"], "self_report": form.self_report}
        if write(form, service, claim=claim, by=request.actor, **said):
            messages.success(request, done)
            return redirect(claim_address(claim))
    context |= {"form": form, "account": claim.base.account, "self_reports": documents_of(claim, "self_report")[:1]}
    return render(request, "assessments/my_claim.html", context, status=422 if form.errors else 200)


WHOLE = ("submit", "print")  # what is handed in or printed is complete; what is only kept need not be
SERVICES: dict[str, tuple[Callable[..., Any], str]] = {
    "": (claims.save_claim, "已保存"),
    "submit": (claims.submit_claim, "申请已提交"),
    "print": (claims.print_self_report, "已保存，绩效自评报告已生成，请盖章后上传"),
}


def _targets(claim: Claim, context: dict[str, Any]) -> list[Any]:
    """The lines the unit reports on itself, while the claim is written."""
    part = claims.instalment_of(claim)
    found = context["reckoned"]
    return [line for line in found.lines if line.key in part.targets] if part and found and context["writable"] else []


@capability("base.report", methods=("GET", "POST"))
def claim_open(request: Any, pk: int, support: str) -> HttpResponse:
    """Begin a claim; for an award the year of building is chosen first."""
    base = own_base(request, pk)
    declared = {each.key: each for each in base.edition.money_of(base.track_key)}.get(support)
    if declared is None:
        raise Http404
    years = years_of(base) if declared.award else {}
    begun = {number: period for number, period in years.items() if period.start <= clock.today()}
    form = YearForm(request.POST or None, years=begun) if years else None
    made: list[Claim] = []

    def do() -> None:
        year = form.cleaned_data["year"] if form is not None else None
        made.append(claims.open_claim(base=base, support_key=support, year=year, by=request.actor))

    tab = reverse("assessments:my_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": pk})
    act = Act(
        title=f"申请{declared.title}", submit_label="填写申请", form=form, official=False, cancel_url=tab,
        done="已新建申请，请上传材料后提交", lead=base.name, do=do,
        effects=["建立一份申请，上传材料、核对条件后提交", "每项补助同时只能有一份申请"],
    )  # fmt: skip
    answer = perform(request, act)
    return redirect(claim_address(made[0])) if made and answer.status_code == 302 else answer


@capability("base.report", methods=("GET", "POST"))
def money_bank(request: Any, pk: int) -> HttpResponse:
    """Register the dedicated bank account."""
    base = own_base(request, pk)
    account = getattr(base, "account", None)
    initial = {"holder": account.bank_holder, "bank": account.bank_name} if account else {}
    form = BankForm(request.POST or None, initial=initial or {"holder": base.organisation.name})
    act = Act(
        title="登记专账账户", submit_label="保存", form=form, done="专账账户已登记",
        cancel_url=reverse("assessments:my_money", kwargs={"jurisdiction": base.jurisdiction.code, "pk": pk}),
        lead=base.name, effects=["资金拨付到该账户；账号加密保存，只有财务可以查看全号"],
        do=lambda: claims.register_bank(base=base, by=request.actor, **form.cleaned_data),
    )  # fmt: skip
    return perform(request, act)


@capability("base.report", methods=("POST",))
def claim_file_remove(request: Any, pk: int) -> HttpResponse:
    """Take a file out."""
    reached = readable_claims(request.actor)
    file = get_object_or_404(
        ClaimFile.objects.filter(claim__in=reached).select_related("claim__base__jurisdiction", "stored"), pk=pk
    )
    tell(request, "已移除", claims.remove_file, file=file, by=request.actor)
    return redirect(f"{claim_address(file.claim)}#slot-{file.material}")


@capability("base.report", methods=("GET", "POST"))
def claim_take_back(request: Any, pk: int) -> HttpResponse:
    """Give a claim up."""
    claim = claim_at(request, pk)
    act = Act(
        title="撤回申请", submit_label="撤回", official=False, cancel_url=claim_address(claim), done="申请已撤回", risky=True,
        lead=heading_of(claim), effects=["本份申请作废，以后可以重新申请"],
        do=lambda: claims.take_back_claim(claim=claim, by=request.actor),
    )  # fmt: skip
    return perform(request, act)
