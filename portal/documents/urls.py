"""Addresses."""

from django.urls import path

from portal.documents import views

app_name = "documents"
urlpatterns = [
    path("<int:pk>/", views.file, name="file"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/failed/", views.failed, name="failed"),
    path("documents/<int:pk>/retry/", views.retry, name="retry"),
]
