"""A bureau's server: secrets are required, cookies travel over TLS only, static files are hashed."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403  # what differs follows
from portal.settings.base import STORAGES, env

SECRET_KEY = env.str("SECRET_KEY")
AUDIT_KEY = env.str("AUDIT_KEY")
PERSONAL_KEYS = env.list("PERSONAL_KEYS")
PERSONAL_HASH_KEY = env.str("PERSONAL_HASH_KEY")
if not (PERSONAL_KEYS and all(PERSONAL_KEYS) and PERSONAL_HASH_KEY):
    raise ImproperlyConfigured("PERSONAL_KEYS and PERSONAL_HASH_KEY must not be empty")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
PORTAL_REQUIRE_TOTP = env.bool("PORTAL_REQUIRE_TOTP", True)
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", 1)
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # a PDF is previewed in a frame of its own page, so frames of the same origin are allowed
    "security.W021",  # the browsers' preload list is a public promise that only the owner of the domain can make
]
