"""Addresses of the system administrator's pages."""

from django.urls import path

from portal.desk.views import system_calendar, system_places

app_name = "system"
urlpatterns = [
    path("calendar/", system_calendar.calendar, name="calendar"),
    path("calendar/<int:year>/", system_calendar.calendar_year, name="calendar_year"),
    path("places/", system_places.places, name="places"),
    path("places/<int:pk>/", system_places.place, name="place"),
    path("places/<int:pk>/offices/new/", system_places.new_office, name="new_office"),
    path("offices/<int:pk>/", system_places.office, name="office"),
]
