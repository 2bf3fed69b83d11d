"""The development settings with the bare views beside the portal's own addresses."""

from portal.settings.development import *  # noqa: F403  # what differs follows
from portal.settings.development import BROKER_DIR, CACHES

ROOT_URLCONF = "benchmarks.urls"
PORTAL_IDLE_MINUTES = 600
PORTAL_CONFIRM_MINUTES = 600
LOGGING = {"version": 1, "disable_existing_loggers": False}
# What a submission enqueues goes nowhere: no worker of another portal may take it up.
CELERY_BROKER_URL = "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(BROKER_DIR),
    "data_folder_out": str(BROKER_DIR),
    "control_folder": str(BROKER_DIR / "control"),
}
CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": "bench"}}
