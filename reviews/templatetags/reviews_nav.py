"""The tabs of the reviewing pages: those the present role may open, in a place whose policies have them."""

from django import template
from django.template import Context
from django.urls import reverse

from portal.policy import registry
from portal.policy.edition import Edition
from portal.policy.selection import RankBy
from portal.tenancy.enums import Tier
from reviews.models import Panel
from reviews.selectors.panel_pages import panel_page
from reviews.selectors.visit_words import visit_short

register = template.Library()

PAGES = (
    ("panels", "专家评审", "review.read", "reviews:panels"),
    ("visits", "{visit}日程", "review.read", "reviews:visit_calendar_desk"),
    ("meetings", "评审会议", "review.read", "reviews:meetings"),
    ("experts", "专家库", "expert.read", "reviews:experts"),
    ("selections", "择优排序", "shortlist.read", "reviews:selections"),
    ("rechecks", "复核和公布", "review.read", "reviews:rechecks"),
    ("shortlists", "拟认定名单", "shortlist.read", "reviews:shortlists"),
    ("notices", "公示", "shortlist.read", "reviews:notices"),
    ("objections", "异议", "objection.read", "reviews:objections"),
    ("tips", "线索", "objection.read", "reviews:tips"),
    ("recognitions", "认定文件", "base.read", "reviews:recognitions"),
    ("bases", "基地名册", "base.read", "assessments:bases"),
    ("reports", "基地报送", "base.read", "assessments:reports"),
    ("money", "资金", "base.read", "assessments:money"),
    ("cases", "处置", "base.read", "assessments:cases"),
)


def ranks(edition: Edition) -> bool:
    """Say whether a policy selects by rank."""
    return edition.ranking is not None


@register.filter
def scores(edition: Edition) -> bool:
    """Say whether a policy's experts give points, so that there is a score matrix to open."""
    keys = edition.ranking.keys if edition.ranking else ()
    return bool(edition.review_sheets) or any(key.by is RankBy.SCORE for key in keys)


@register.simple_tag(takes_context=True)
def panel_address(context: Context, panel: Panel) -> str:
    """Return the address of a panel's page at the bureau."""
    return panel_page(panel, context["request"].jurisdiction.code)


@register.simple_tag(takes_context=True)
def reviewing_pages(context: Context) -> list[tuple[str, str, str]]:
    """Return (key, label, address) of each page."""
    request = context["request"]
    place, actor = request.jurisdiction.code, request.actor
    absent = set() if any(ranks(edition) for edition in registry.of(place)) else {"selections"}
    absent |= set() if actor.tier is Tier.SUPERIOR else {"rechecks"}
    absent |= set() if any(each.is_money for edition in registry.of(place) for each in edition.support) else {"money"}
    absent |= set() if any(edition.consequences for edition in registry.of(place)) else {"cases"}
    return [
        (key, label.format(visit=visit_short(place)), reverse(name, kwargs={"jurisdiction": place}))
        for key, label, capability, name in PAGES
        if key not in absent and actor.can(capability)
    ]
