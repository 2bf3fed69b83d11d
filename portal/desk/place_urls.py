"""Addresses of one jurisdiction's public pages."""

from django.urls import path

from portal.desk.views import public, rules, statistics, verify

app_name = "place"
urlpatterns = [
    path("", public.place_home, name="home"),
    path("calls/<int:pk>/", public.call, name="call"),
    path("notices/", public.notices, name="notices"),
    path("notices/feed/", public.NoticeFeed.as_guarded_view(), name="feed"),
    path("bases/", public.directory, name="directory"),
    path("bases/<int:pk>/", public.base, name="base"),
    path("rules/", rules.rules, name="rules"),
    path("verify/", verify.verify, name="verify"),
    path("desk/statistics/", statistics.statistics, name="statistics"),
]
