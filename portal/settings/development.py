"""A laptop: SQLite, the file-system broker, no environment needed."""

import os

from portal.settings.base import *  # noqa: F403  # what differs follows
from portal.settings.base import BROKER_DIR, STATIC_ROOT, VAR_DIR

DEBUG = os.environ.get("PORTAL_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "development-only-" + "k" * 40)
ALLOWED_HOSTS = ["*"]
PORTAL_ALLOW_DEMO_CALENDAR = True
WHITENOISE_USE_FINDERS = True  # static files are served from where they lie, nothing is collected
SESSION_COOKIE_NAME = "portal_session"
for folder in (VAR_DIR, STATIC_ROOT, BROKER_DIR, BROKER_DIR / "control"):
    folder.mkdir(parents=True, exist_ok=True)
# The whole portal lives at the instant this file holds, if there is one: `manage.py demo --at`, and journeys, travel so.
PORTAL_CLOCK_AT = os.environ.get("PORTAL_CLOCK_AT") or f"@{VAR_DIR / 'clock'}"
