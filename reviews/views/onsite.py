"""The app an expert takes along: its page, its service worker, its manifest. What it says to the server is in `reviews.api`."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from portal.accounts.guards import capability, visitor
from reviews.selectors import onsite_assets

# The colour of the window's frame is that of the place; the values are those of static/css/accents.css.
ACCENTS = {
    "graphite": "#33475b",
    "lake": "#0b5a63",
    "brick": "#8f3d26",
    "indigo": "#3a4a8c",
    "violet": "#6b3a74",
    "sky": "#1b5487",
}
PAPER = "#ffffff"
SIZES = (192, 512)


@capability("review.score")
def shell(request: HttpRequest) -> HttpResponse:
    """The page of the app: all its words, nobody's data but the name of the account."""
    response = render(request, onsite_assets.SHELL)
    response["Cache-Control"] = "no-cache"
    return response


@capability("review.score")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this folder, with the list of what it keeps and the version they make."""
    context = {"assets": onsite_assets.assets(), "version": onsite_assets.version()}
    script = render_to_string(onsite_assets.WORKER, context, request)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@visitor()
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the app on its home screen. It is fetched without a session and says nothing of anybody."""
    place = request.jurisdiction
    home = reverse("reviews:onsite", kwargs={"jurisdiction": place.code})
    said = {
        "id": home,
        "name": f"{place.short_name}现场评审",
        "short_name": "现场评审",
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENTS.get(place.accent, ACCENTS["graphite"]),
        "icons": [
            {"src": static(f"images/onsite-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in SIZES
        ],
    }
    return JsonResponse(
        said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-cache"},
    )  # fmt: skip
