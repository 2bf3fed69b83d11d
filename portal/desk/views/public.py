"""Pages for everybody: calls, notices, the directory of bases."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from applications.models import Call
from applications.permissions import visible_calls
from assessments.enums import BaseState
from assessments.selectors.cases import ending_of
from portal.accounts.guards import View, visitor
from portal.desk import selectors
from portal.desk.charts import bars
from reviews.models import PublicNotice


@visitor()
def public_home(request: HttpRequest) -> HttpResponse:
    """Open calls of all places, running notices, verification."""
    return render(request, "desk/public_home.html", _home(request))


@visitor()
def place_home(request: HttpRequest) -> HttpResponse:
    """The same, of one jurisdiction."""
    return render(request, "desk/public_home.html", _home(request))


def _home(request: HttpRequest) -> dict[str, Any]:
    lines = selectors.call_lines(selectors.published_calls())
    place = request.GET.get("place", "")
    if place:
        lines = [line for line in lines if line.call.jurisdiction.code == place]
    running = [notice for notice in selectors.public_notices()[:8] if notice.running]
    return {
        "lines": lines,
        "past": [
            call for call in selectors.past_calls(selectors.published_calls()) if place in ("", call.jurisdiction.code)
        ],
        "place": place,
        "places": request.jurisdictions,  # type: ignore[attr-defined]
        "notices": selectors.with_time_left(running),
        "counts": selectors.base_counts(),
    }


@visitor()
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: who may apply, by when, under which rules, with what."""
    found = get_object_or_404(visible_calls(Call.objects.select_related("jurisdiction"), request.actor), pk=pk)  # type: ignore[attr-defined]
    [line] = selectors.call_lines(Call.objects.filter(pk=pk).select_related("jurisdiction"), closed_for_days=99999)
    return render(request, "desk/call.html", {"call": found, "line": line, "edition": found.edition})


@visitor()
def notices(request: HttpRequest) -> HttpResponse:
    """All public notices, running ones first."""
    page = Paginator(selectors.public_notices(), 30).get_page(request.GET.get("page"))
    return render(
        request, "desk/notices.html", {"page_obj": page, "notices": selectors.with_time_left(list(page.object_list))}
    )


@visitor()
def directory(request: HttpRequest) -> HttpResponse:
    """The directory of recognised bases."""
    query, district = request.GET.get("q", "").strip(), request.GET.get("district", "")
    ended = "ended" in request.GET
    bases = selectors.directory(query, district, request.GET.get("track", ""))
    if ended or not query:  # who looks for a name finds it, whatever became of it
        bases = bases.exclude(state=BaseState.ACTIVE) if ended else bases.filter(state=BaseState.ACTIVE)
    context = {
        "page_obj": Paginator(bases, 30).get_page(request.GET.get("page")),
        "query": query,
        "district": district,
        "ended": ended,
        "districts": (districts := selectors.bases_by_district()),
        "chart": bars("by-district", "各地区基地", "地区", districts, "家"),
    }
    return render(request, "desk/directory.html", context)


@visitor()
def base(request: HttpRequest, pk: int) -> HttpResponse:
    """One base as the public may know it."""
    found = get_object_or_404(selectors.directory().select_related("source__application__organisation"), pk=pk)
    return render(request, "desk/base.html", {"base": found, "ending": ending_of(found)})


class NoticeFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """An Atom feed of public notices."""

    feed_type = Atom1Feed
    title = "公示公告"
    description = "高技能人才公共实训基地认定公示"

    @classmethod
    def as_guarded_view(cls) -> View:
        """Return the feed as a view open to everybody."""
        return visitor()(cls())

    def link(self, obj: Any) -> str:
        """Return the page the feed belongs to."""
        return reverse("desk:notices")

    def items(self, obj: Any) -> list[PublicNotice]:
        """Return the newest notices."""
        return list(selectors.public_notices().order_by("-published_at")[:40])

    def item_title(self, item: PublicNotice) -> str:
        """Return the title."""
        return item.title

    def item_description(self, item: PublicNotice) -> str:
        """Return how long it runs."""
        return f"{item.jurisdiction.issuer}，公示 {item.days} 个工作日"

    def item_link(self, item: PublicNotice) -> str:
        """Return the page of the notice."""
        return reverse("reviews:notice", kwargs={"jurisdiction": item.jurisdiction.code, "pk": item.pk})

    def item_pubdate(self, item: PublicNotice) -> Any:
        """Return when it was published."""
        return item.published_at
