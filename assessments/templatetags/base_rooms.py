"""The tabs of a base: one for each room of its record that the present role may open and its policy has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import Resolver404, resolve, reverse

from assessments.models import Base
from portal.accounts.actor import Actor
from portal.policy.edition import Edition

register = template.Library()


def _has_money(edition: Edition) -> bool:
    return bool(edition.recoveries) or any(each.is_money for each in edition.support)


# A room's page lies below the base's own: desk/bases/7/records/ for the bureau, bases/mine/7/records/ for the unit.
ROOMS: tuple[tuple[str, str, Callable[[Edition], bool]], ...] = (
    ("", "概况", lambda edition: True),
    ("records", "台账", lambda edition: bool(edition.ledgers)),
    ("reports", "报送", lambda edition: bool(edition.reports)),
    ("indicators", "指标", lambda edition: bool(edition.indicators)),
    ("rounds", "考核", lambda edition: bool(edition.schemes)),
    ("money", "资金", _has_money),
    ("cases", "处置", lambda edition: bool(edition.consequences)),
)


@dataclass(frozen=True)
class Tab:
    """One room of a base's record."""

    label: str
    url: str
    here: bool


def base_address(base: Base, actor: Actor) -> str:
    """Return the base's own page, as the bureau or as its unit opens it."""
    name = "assessments:base" if actor.can("base.read") else "assessments:my_base"
    return reverse(name, kwargs={"jurisdiction": base.jurisdiction.code, "pk": base.pk})


@register.simple_tag(takes_context=True)
def base_tabs(context: Context, base: Base) -> list[Tab]:
    """Return the rooms of a base that the reader may open; the page one is on is marked by its address."""
    request = context["request"]
    root, edition = base_address(base, request.actor), base.edition
    found = [
        (label, f"{root}{room}/" if room else root)
        for room, label, exists in ROOMS
        if exists(edition) and _open_to(f"{root}{room}/" if room else root, request.actor)
    ]
    deepest = max((url for _, url in found if request.path.startswith(url)), key=len, default=root)
    return [Tab(label, url, url == deepest) for label, url in found]


@register.simple_tag(takes_context=True)
def base_list(context: Context) -> tuple[str, str]:
    """Return the label and the address of the list a base's page belongs to."""
    request = context["request"]
    label, name = (
        ("基地名册", "assessments:bases") if request.actor.can("base.read") else ("我的基地", "assessments:my_bases")
    )
    return label, reverse(name, kwargs={"jurisdiction": request.jurisdiction.code})


def _open_to(address: str, actor: Actor) -> bool:
    """Say whether there is a page at the address that the actor's role may open."""
    try:
        view: Any = resolve(address).func
    except Resolver404:
        return False
    return any(actor.can(name) for name in getattr(view, "access", "").split(","))
