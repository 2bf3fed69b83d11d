"""Addresses of the JSON interface."""

from django.urls import path

from portal.desk.api import views

app_name = "api"
urlpatterns = [
    path("jurisdictions/", views.Jurisdictions.as_view(), name="jurisdictions"),
    path("policies/<slug:code>/", views.Policy.as_view(), name="policy"),
    path("calls/", views.Calls.as_view(), name="calls"),
    path("notices/", views.Notices.as_view(), name="notices"),
    path("bases/", views.Bases.as_view(), name="bases"),
    path("applications/", views.Applications.as_view(), name="applications"),
    path("applications/<int:pk>/", views.OneApplication.as_view(), name="application"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("schema/", views.Schema.as_view(), name="schema"),
]
