"""The address book: shared pages first, then everything below a jurisdiction's path prefix."""

from django.urls import include, path

from portal.desk.views import errors, health

IN_JURISDICTION = [
    path("", include("portal.desk.place_urls")),
    path("", include("applications.urls")),
    path("", include("reviews.urls")),
    path("", include("assessments.urls")),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("portal.desk.urls")),
    path("account/", include("portal.accounts.urls")),
    path("files/", include("portal.documents.urls")),
    path("messages/", include("portal.notifications.urls")),
    path("audit/", include("portal.audit.urls")),
    path("system/", include("portal.desk.system_urls")),
    path("api/v1/", include("portal.desk.api.urls")),
    path("<slug:jurisdiction>/", include(IN_JURISDICTION)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
