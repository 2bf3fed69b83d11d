"""Addresses of the bureau's desk."""

from django.urls import path

from applications.views import desk_calls, desk_check, desk_decide, desk_inbox, desk_reading, desk_settings

urlpatterns = [
    path("desk/inbox/", desk_inbox.show, name="inbox"),
    path("desk/inbox/take/", desk_inbox.take, name="take"),
    path("desk/inbox/export/<str:form>/", desk_inbox.export, name="inbox_export"),
    path("desk/applications/<int:pk>/", desk_reading.show, name="reading"),
    path("desk/applications/<int:pk>/archive/", desk_reading.take_archive, name="archive"),
    path("desk/applications/<int:pk>/open/", desk_check.open_file, name="open"),
    path("desk/applications/<int:pk>/checks/<str:code>/", desk_check.verdict, name="verdict"),
    path("desk/applications/<int:pk>/remarks/", desk_check.remark, name="remark"),
    path("desk/applications/<int:pk>/remarks/<int:remark_pk>/settle/", desk_check.settle, name="settle"),
    path("desk/applications/<int:pk>/originals/<int:material_pk>/", desk_check.original, name="original"),
    path("desk/applications/<int:pk>/decide/<str:kind>/", desk_decide.decide, name="decide"),
    path("desk/calls/", desk_calls.listing, name="calls"),
    path("desk/calls/new/", desk_calls.new, name="call_new"),
    path("desk/calls/<int:pk>/", desk_calls.show, name="call"),
    path("desk/calls/<int:pk>/edit/", desk_calls.edit, name="call_edit"),
    path("desk/calls/<int:pk>/publish/", desk_calls.publish, name="call_publish"),
    path("desk/calls/<int:pk>/cancel/", desk_calls.cancel, name="call_cancel"),
    path("desk/calls/<int:pk>/settings/<str:key>/", desk_settings.call_setting, name="call_setting"),
    path("desk/settings/", desk_settings.settings, name="settings"),
    path("desk/settings/<str:key>/", desk_settings.setting, name="setting"),
]
