"""What a recommending office decides on a file: 审核通过, 不予推荐, 重新审核; and why it recommends in spite of a miss."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from applications.models import Application
from applications.permissions import holds
from applications.selectors.reading import reading
from applications.services.moves import WrongState
from applications.services.refusals import Obstacle
from applications.views.desk_reach import back, file_or_404, kept, reading_address
from applications.views.desk_reading import reading_page
from portal.accounts.guards import capability
from reviews.forms.fields import paragraph
from reviews.selectors.tier_desk import tier_additions
from reviews.services.recommending import REASON, not_recommend
from reviews.services.recommending import justify as write_justification
from reviews.services.refusal import Refused
from reviews.services.verifying import qualify_application, reexamine_application
from reviews.views.acts import Act, perform


class ReasonForm(forms.Form):
    """Why."""

    reason = paragraph("理由", limit=REASON)


def _mine(request: HttpRequest, pk: int) -> Application:
    """Return a file on the office's own desk; what lies elsewhere is not acted on here."""
    application = file_or_404(request, pk)
    if not holds(request.actor, application):  # type: ignore[attr-defined]
        raise Http404
    return application


@capability("recommendation.work", methods=("POST",))
def justify(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say why a file is recommended although it misses a reference standard."""
    application, text = _mine(request, pk), request.POST.get("text", "")
    try:
        write_justification(application=application, code=code, text=text, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        obstacles = [Obstacle(refusal.message, f"justify-{code}")]
        typed = {"justify": code, "justification": text}
        held = kept(request.POST.get("back", ""))
        return reading_page(request, application, obstacles=obstacles, typed=typed, back=held)
    except WrongState as wrong:
        messages.error(request, str(wrong))
    return back(request, pk)


@capability("recommendation.work", methods=("GET", "POST"))
def tier_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Confirm a decision of the office and make it."""
    application = _mine(request, pk)
    made = {"qualify": _qualify, "withhold": _withhold, "reexamine": _reexamine}.get(act)
    if made is None:
        raise Http404("没有这种决定")
    return perform(request, made(request, application))


def _qualify(request: HttpRequest, application: Application) -> Act:
    actor = request.actor  # type: ignore[attr-defined]
    unit, here = application.organisation.name, reading_address(request, application.pk)
    tier = tier_additions(reading(application), actor).get("tier")
    due = tier.due if tier else []
    effects = [f"{application.number} 转为“审核通过，待推荐”，可列入推荐名单", "尚未报送，名单和排序由本部门另行确定"]
    if tier and tier.asks_figures:
        effects.append("报送前还须填写核查数据，打印证明表并盖章上传")
    act = Act(
        title="审核通过（待推荐）", submit_label="审核通过", cancel_url=here, lead=unit, official=False, effects=effects,
        done=f"“{unit}”审核通过，待推荐", do=lambda: qualify_application(application=application, by=actor),
    )  # fmt: skip
    if request.method != "POST":
        act.problems += [{"label": "", "message": each.message, "anchor": ""} for each in due]
    return act


def _withhold(request: HttpRequest, application: Application) -> Act:
    actor = request.actor  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None)
    unit = application.organisation.name
    return Act(
        title="不予推荐", submit_label="不予推荐并发出告知书", lead=unit, form=form, risky=True,
        cancel_url=reading_address(request, application.pk),
        success_url=reading_address(request, application.pk, at="log"),
        effects=[
            f"{application.number} 转为“不予推荐”，本次申报就此终止；已列入名单的一并移出",
            f"向“{unit}”发出站内消息，并附本部门的《不予推荐告知书》（PDF，带核验码）",
            "理由写入告知书，请写明依据的条款和事实",
        ],
        done=f"已对“{unit}”作出不予推荐的处理，告知书正在生成",
        do=lambda: not_recommend(application=application, reason=form.cleaned_data["reason"], by=actor),
    )  # fmt: skip


def _reexamine(request: HttpRequest, application: Application) -> Act:
    actor = request.actor  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None)
    return Act(
        title="重新审核", submit_label="重新审核", lead=application.organisation.name, form=form, official=False,
        cancel_url=reading_address(request, application.pk),
        effects=[f"{application.number} 转回“审核中”，可以修改认定、退回补正", "已列入推荐名单的，移出名单，后面的依次递补"],
        done="已转回审核中",
        do=lambda: reexamine_application(application=application, reason=form.cleaned_data["reason"], by=actor),
    )  # fmt: skip
