"""The message centre."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.guards import signed_in
from portal.notifications.selectors import messages_of
from portal.notifications.services import mark_all_read, mark_read


@signed_in()
def inbox(request: HttpRequest) -> HttpResponse:
    """List one's messages, all of them or the unread ones."""
    actor = request.actor  # type: ignore[attr-defined]
    only_unread = request.GET.get("state") == "unread"
    rows = messages_of(actor).filter(read_at__isnull=True) if only_unread else messages_of(actor)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    tabs = [("全部", "?", not only_unread, None), ("未读", "?state=unread", only_unread, None)]
    return render(request, "notifications/inbox.html", {"page": page, "tabs": tabs, "only_unread": only_unread})


@signed_in(methods=("POST",))
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a message is read and go where it leads."""
    message = get_object_or_404(messages_of(request.actor), pk=pk)  # type: ignore[attr-defined]
    mark_read(message=message)
    if message.link and url_has_allowed_host_and_scheme(message.link, {request.get_host()}):
        return redirect(message.link)
    return redirect("notifications:inbox")


@signed_in(methods=("POST",))
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that everything is read."""
    mark_all_read(user_id=request.actor.user.pk)  # type: ignore[attr-defined]
    messages.success(request, "全部消息已标为已读")
    return redirect("notifications:inbox")
