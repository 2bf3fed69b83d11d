"""Lists of units to be recognised: drafting, approval by a second person, publication."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from applications.models import Application, Call
from applications.permissions import readable_applications, visible_calls
from portal.accounts.guards import capability
from portal.calendars import clock
from portal.calendars.selectors import plan_notice
from portal.calendars.working_days import MissingCalendarYear
from portal.policy.procedure import Desk
from reviews.forms.lists import EntryForm, OpinionLineForm, PublishForm, ShortlistForm
from reviews.forms.panels import DeclineForm, ReasonForm
from reviews.models import Shortlist, ShortlistEntry
from reviews.permissions import readable_shortlists
from reviews.selectors.lists import candidates_for, entries_of, shortlists_in_list
from reviews.selectors.naming import default_name, name_problem, naming_of
from reviews.selectors.printing import named_entry
from reviews.services import notices as notice_services
from reviews.services import shortlists as services
from reviews.services.refusal import Refused
from reviews.views.acts import Act, perform, tell, write


def _own(request: HttpRequest, pk: int) -> Shortlist:
    return get_object_or_404(shortlists_in_list(readable_shortlists(Shortlist.objects.all(), request.actor)), pk=pk)


def _url(request: HttpRequest, pk: int) -> str:
    return reverse("reviews:shortlist", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk})


@capability("shortlist.read", methods=("GET", "POST"), writes="shortlist.draft")
def shortlists(request: HttpRequest) -> HttpResponse:
    """All lists; POST begins one."""
    calls = visible_calls(Call.objects.filter(jurisdiction=request.jurisdiction), request.actor)
    form = ShortlistForm(request.POST or None, calls=calls)
    if request.method == "POST" and form.is_valid():
        made = write(form, services.draft_shortlist, by=request.actor, **form.cleaned_data)
        if made:
            return redirect(_url(request, made.pk))
    rows = shortlists_in_list(readable_shortlists(Shortlist.objects.all(), request.actor))
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "form": form,
        "may_draft": request.actor.can("shortlist.draft"),
    }
    return render(request, "reviews/shortlists.html", context, status=422 if form.errors else 200)


@capability("shortlist.read")
def shortlist(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: who is on it, under which name, and what comes next."""
    found = _own(request, pk)
    drafting = found.state == "draft" and request.actor.can("shortlist.draft")
    entries = [{"entry": each, **named_entry(each)} for each in entries_of(found)]
    applications = readable_applications(Application.objects.all(), request.actor)
    context = {
        "shortlist": found,
        "entries": entries,
        "removed": found.entries.filter(removed=True).select_related("application__organisation"),
        "drafting": drafting,
        "candidates": candidates_for(found, applications)[:200] if drafting else [],
        "selects": found.call.edition.ranking is not None,
        "may_approve": request.actor.can("shortlist.approve"),
        "may_publish": request.actor.can("notice.publish"),
        "own_draft": request.actor.user == found.drafted_by,
        "opinion_form": OpinionLineForm(),
    }
    return render(request, "reviews/shortlist.html", context)


@capability("shortlist.draft", methods=("GET", "POST"))
def entry_add(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Put a reviewed unit on the list under a name."""
    found = _own(request, pk)
    application = get_object_or_404(
        candidates_for(found, readable_applications(Application.objects.all(), request.actor)), pk=application_pk
    )
    mode, core = default_name(application)
    return _entry_page(request, found, application, {"mode": mode, "core": core}, None)


@capability("shortlist.draft", methods=("POST",))
def entries_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put every selected unit on the list at once."""
    found = _own(request, pk)
    tell(request, "拟入选单位已全部列入", services.list_selected, shortlist=found, by=request.actor)
    return redirect(_url(request, pk))


@capability("shortlist.draft", methods=("GET", "POST"))
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name of a listed unit."""
    entry = _own_entry(request, pk)
    initial = {"mode": entry.name_mode, "core": entry.name_core, "basis": entry.basis}
    return _entry_page(request, entry.shortlist, entry.application, initial, entry)


def _entry_page(
    request: HttpRequest,
    found: Shortlist,
    application: Application,
    initial: dict[str, str],
    entry: ShortlistEntry | None,
) -> HttpResponse:
    form = EntryForm(request.POST or None, initial=initial, naming=naming_of(application))
    if request.method == "POST" and form.is_valid():
        if entry is None:
            saved = write(
                form,
                services.add_entry,
                shortlist=found,
                application=application,
                by=request.actor,
                **form.cleaned_data,
            )
        else:
            saved = write(form, services.edit_entry, entry=entry, by=request.actor, **form.cleaned_data)
        if saved:
            return redirect(_url(request, found.pk))
    core = request.POST.get("core", initial["core"])
    context = {
        "shortlist": found, "application": application, "form": form, "entry": entry,
        "naming": naming_of(application), **_preview(request, application, core, request.POST.get("mode", initial["mode"])),
    }  # fmt: skip
    return render(request, "reviews/entry.html", context, status=422 if form.errors else 200)


@capability("shortlist.draft")
def name_preview(request: HttpRequest, application_pk: int) -> HttpResponse:
    """The name as it would read, and whether it is free; a fragment."""
    application = get_object_or_404(
        readable_applications(Application.objects.select_related("call"), request.actor), pk=application_pk
    )
    context = _preview(request, application, request.GET.get("core", ""), request.GET.get("mode", ""))
    return render(request, "reviews/name_preview.html", context)


def _preview(request: HttpRequest, application: Application, core: str, mode: str) -> dict[str, str]:
    name, problem = name_problem(application, core, mode)
    return {"preview_name": name, "preview_problem": problem}


@capability("shortlist.draft", methods=("GET", "POST"))
def entry_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit off the draft."""
    entry = _own_entry(request, pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        title=f"移出名单：{entry.application.organisation.name}", submit_label="移出", cancel_url=_url(request, entry.shortlist_id),
        form=form, effects=["该申报恢复为“评审完成”，可再次列入名单"], done="已移出名单", official=False, risky=True,
        do=lambda: services.remove_entry(entry=entry, reason=form.cleaned_data["reason"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("shortlist.draft", methods=("POST",))
def shortlist_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the list to a second person."""
    tell(request, "名单已送审", services.propose_shortlist, shortlist=_own(request, pk), by=request.actor)
    return redirect(_url(request, pk))


@capability("shortlist.approve", methods=("GET", "POST"))
def shortlist_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the list as a second person."""
    found = _own(request, pk)
    form = OpinionLineForm(request.POST or None)
    act = Act(
        title="审批拟认定名单", submit_label="同意", cancel_url=_url(request, pk), form=form, done="名单已审批，可以公示",
        lead=found.title, effects=[f"名单共 {found.unit_count} 家单位，审批后不能再修改，可以公示", f"拟制人：{found.drafted_by.name}"],
        do=lambda: services.approve_shortlist(shortlist=found, opinion=form.cleaned_data["opinion"], by=request.actor),
    )  # fmt: skip
    return perform(request, act)


@capability("shortlist.approve", methods=("POST",))
def shortlist_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the list to its drafter."""
    opinion = request.POST.get("opinion", "")
    tell(
        request,
        "名单已退回拟制人",
        services.send_back_shortlist,
        shortlist=_own(request, pk),
        opinion=opinion[:300],
        by=request.actor,
    )
    return redirect(_url(request, pk))


@capability("notice.publish", methods=("GET", "POST"))
def shortlist_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an approved list: the end of the period is shown before, and computed again in the act itself."""
    found = _own(request, pk)
    rule, values = found.call.edition.notice, found.call.setting_values
    form = PublishForm(request.POST or None, initial={"title": rule.title})

    def do() -> None:
        try:
            notice_services.publish_notice(shortlist=found, title=form.cleaned_data["title"], by=request.actor)
        except MissingCalendarYear as missing:
            raise Refused(f"{missing}，不能计算公示截止时间，未发布") from missing

    days = int(values[rule.days_setting])
    try:
        period = plan_notice(
            clock.now(), days, count_publication_day=bool(values[rule.count_publication_day_setting])
        ).text
    except MissingCalendarYear as missing:
        period = f"{missing}，请先由系统管理员导入官方工作日历，否则不能公示"
    names = "、".join(each.application.organisation.name for each in entries_of(found))
    act = Act(
        title="发布公示", submit_label="发布公示", cancel_url=_url(request, pk), form=form, do=do, done="公示已发布",
        lead=found.title,
        effects=[f"公示 {found.unit_count} 家单位：{names}", f"如现在发布，公示时间为{period}", f"公示网站：{values[rule.place_setting]}",
                 "生成公示公告（PDF）和名单表格（.xlsx），内容不能再修改", "各单位收到通知，社会公众可以实名提出异议"],
    )  # fmt: skip
    return perform(request, act)


@capability("shortlist.approve", methods=("GET", "POST"))
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a reviewed unit is not recognised."""
    application = get_object_or_404(
        readable_applications(Application.objects.select_related("organisation", "call"), request.actor), pk=pk
    )
    noticed = application.status == "in_notice"
    form = (DeclineForm if noticed else ReasonForm)(request.POST or None)
    effects = ["申报转为“未认定”，申报单位可以看到理由"]
    if application.desk == Desk.BUREAU:
        effects += ["已列入名单的，同时移出名单", "已占拟入选名额的，发文前由下一备选递补"]
    act = Act(
        title="不予认定", submit_label="不予认定", risky=True, form=form, done="已作出不予认定的决定",
        cancel_url=reverse("reviews:panel", kwargs={"jurisdiction": request.jurisdiction.code, "pk": pk}),
        lead=f"{application.organisation.name}　{application.number}", effects=effects,
        do=lambda: services.decline_application(
            application=application, reason=form.cleaned_data["reason"], given_up=bool(form.cleaned_data.get("given_up")),
            by=request.actor,
        ),
    )  # fmt: skip
    return perform(request, act)


def _own_entry(request: HttpRequest, pk: int) -> ShortlistEntry:
    entries = ShortlistEntry.objects.filter(
        removed=False, shortlist__in=readable_shortlists(Shortlist.objects.all(), request.actor)
    )
    return get_object_or_404(
        entries.select_related("shortlist__call", "application__organisation", "application__call"), pk=pk
    )
