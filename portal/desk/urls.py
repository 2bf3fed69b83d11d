"""Addresses shared by all jurisdictions."""

from django.urls import path

from portal.desk.views import home, pages, public, rules, search, verify

app_name = "desk"
urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("home/", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("notices/", public.notices, name="notices"),
    path("notices/feed/", public.NoticeFeed.as_guarded_view(), name="feed"),
    path("bases/", public.directory, name="directory"),
    path("rules/", rules.index, name="rules"),
    path("verify/", verify.verify, name="verify"),
    path("elder/", pages.elder, name="elder"),
    path("site-map/", pages.site_map, name="site_map"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("manual/", pages.manual, name="manual"),
]
