"""How figures are written on the pages of a base."""

from fractions import Fraction

from django import template

from portal.policy.measures import show_number

register = template.Library()


@register.filter
def exact(value: Fraction | int | None) -> str:
    """Write a figure, at most two decimals cut off; a dash where there is none."""
    return "—" if value is None else show_number(Fraction(value))
