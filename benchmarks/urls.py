"""The portal's addresses, and the bare views in front of them."""

from django.urls import path

from benchmarks import bare
from portal import urls

urlpatterns = [
    path("bench/select/<int:pk>/", bare.select),
    path("bench/insert/", bare.insert),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
