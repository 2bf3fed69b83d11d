"""Addresses: the applicant's side and the bureau's side, each in its own file."""

from applications import urls_applicant, urls_desk

app_name = "applications"
urlpatterns = [*urls_applicant.applicant_urlpatterns, *urls_desk.urlpatterns]
