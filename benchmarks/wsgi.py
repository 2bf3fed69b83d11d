"""One server, two handlers: the portal with all its middleware, and the bare views without any."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")

from django.core.handlers.wsgi import WSGIHandler  # settings first
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings

portal = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send `/bench/` to the bare handler, everything else to the portal."""
    chosen = bare if environ["PATH_INFO"].startswith("/bench/") else portal
    return chosen(environ, start_response)
