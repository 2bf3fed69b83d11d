"""Where the rooms of a base's record lead from a report."""

from typing import Any

from django import template
from django.template import Context
from django.urls import Resolver404, resolve

from assessments.models import Base
from assessments.templatetags.base_rooms import base_address

register = template.Library()


@register.simple_tag(takes_context=True)
def room_address(context: Context, base: Base, room: str) -> str:
    """Return the page of a room as the reader opens it; empty where there is none to open."""
    actor: Any = context["request"].actor
    address = f"{base_address(base, actor)}{room}/"
    try:
        view: Any = resolve(address).func
    except Resolver404:
        return ""
    return address if any(actor.can(name) for name in getattr(view, "access", "").split(",")) else ""
