"""Where the bureau finds a panel: with its application, or by itself where it assesses a base."""

from django.urls import reverse

from reviews.models import Panel


def panel_page(panel: Panel, place: str) -> str:
    """Return the address of a panel's page; `place` is the code of the jurisdiction."""
    if panel.assesses:
        return reverse("reviews:assessment_panel", kwargs={"jurisdiction": place, "pk": panel.pk})
    return reverse("reviews:panel", kwargs={"jurisdiction": place, "pk": panel.application_id})
