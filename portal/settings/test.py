"""The test run: tasks run where they are called, files go to a folder of their own, passwords hash fast."""

import os
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403  # what differs follows

SECRET_KEY = "test-" + "k" * 45
ALLOWED_HOSTS = ["*"]
TEST_FILES = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}"
MEDIA_ROOT = TEST_FILES / "files"
STATIC_ROOT = TEST_FILES / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PORTAL_ALLOW_DEMO_CALENDAR = True
AXES_ENABLED = False  # the lock-out test switches it on; every other test signs in at will
LOGGING["root"]["level"] = "WARNING"  # noqa: F405  # from base
