"""What every deployment shares. Each deployment value is read from the environment; development needs none."""

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_BASE_URL = env.str("PORTAL_BASE_URL", "http://127.0.0.1:8000")
PORTAL_NAME = "高技能人才公共实训基地服务平台"
PORTAL_OPERATOR = env.str("PORTAL_OPERATOR", "平台运行管理单位")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "portal.apps.PortalConfig",
    "portal.calendars",
    "portal.tenancy",
    "portal.accounts",
    "portal.audit",
    "portal.documents",
    "portal.notifications",
    "applications",
    "reviews",
    "assessments",
    "portal.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.tenancy.middleware.HostMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.tenancy.middleware.JurisdictionMiddleware",
    "portal.accounts.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "portal.desk.context.page",
            ],
            "builtins": ["portal.desk.templatetags.portal_ui"],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on during a write; an immediate transaction waits for its turn at BEGIN instead of failing at
    # COMMIT; the timeout is how long it waits.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 300)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: the public holds no object permission, so no row stands for it
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.CharacterClassValidator"},
    {"NAME": "portal.accounts.passwords.HistoryValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:public_home"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.desk.views.errors.csrf_failure"
PORTAL_IDLE_MINUTES = env.int("PORTAL_IDLE_MINUTES", 30)  # GB/T 22239-2019 8.1.4.1: a session left alone ends
PORTAL_PASSWORD_DAYS = env.int("PORTAL_PASSWORD_DAYS", 90)  # after so long an office's staff choose a new one
PORTAL_REQUIRE_TOTP = env.bool("PORTAL_REQUIRE_TOTP", False)  # staff, experts and administrators need a second factor
PORTAL_TRUSTED_PROXIES = env.int(
    "PORTAL_TRUSTED_PROXIES", 0
)  # how many of our own proxies stand before the application
PORTAL_CONFIRM_MINUTES = 15  # an official act asks for the password again after this long
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.session.locked_out"
AXES_CLIENT_IP_CALLABLE = "portal.accounts.addresses.ip_to_lock"
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))  # a container bakes it into its image
MEDIA_ROOT = VAR_DIR / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env.str("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT_URL", None),
            "access_key": env.str("S3_ACCESS_KEY", None),
            "secret_key": env.str("S3_SECRET_KEY", None),
            "region_name": env.str("S3_REGION", None),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a table of 500 rows posted by a browser without scripts
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

REDIS_URL = env.str("REDIS_URL", "")
REDIS_PREFIX = env.str("REDIS_PREFIX", "")  # begins every key, so that portals which share one Redis stay apart
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": REDIS_PREFIX,
        }
        if REDIS_URL
        # Shared by the web workers: who else is in a page of a form is known to all of them.
        else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(VAR_DIR / "cache")}
    )
}

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "global_keyprefix": REDIS_PREFIX}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,  # seconds; the default of one would make every task wait that long for its turn
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"portal.documents.tasks.*": {"queue": "documents"}}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "call-windows": {"task": "applications.tasks.sweep_calls", "schedule": 60.0},
    "deadline-reminders": {"task": "applications.tasks.remind_deadlines", "schedule": crontab(hour=9, minute=0)},
    "notices": {"task": "reviews.tasks.sweep_notices", "schedule": 60.0},
    "conflicts": {"task": "reviews.tasks.sweep_conflicts", "schedule": 600.0},
    "recommendation-reminders": {
        "task": "reviews.tasks.remind_recommenders",
        "schedule": crontab(hour=9, minute=5),
    },
    "bases": {"task": "assessments.tasks.sweep_bases", "schedule": 300.0},
    "assessment-panels": {"task": "assessments.tasks.sweep_panels", "schedule": 300.0},
    "report-reminders": {"task": "assessments.tasks.chase_reports", "schedule": crontab(hour=9, minute=10)},
    "case-terms": {"task": "assessments.tasks.sweep_terms", "schedule": 600.0},
    "documents": {"task": "portal.documents.tasks.sweep_documents", "schedule": 60.0},
    "seal-log": {"task": "portal.audit.tasks.seal", "schedule": 3600.0},
    "mail": {"task": "portal.notifications.tasks.sweep_mail", "schedule": 60.0},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portal@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.api.DenyByDefault"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {"TITLE": PORTAL_NAME, "VERSION": "1"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # a PDF is previewed in a frame of its own page
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

AUDIT_KEY = env.str("AUDIT_KEY", "development-audit-key")
PERSONAL_KEYS: list[str] = env.list("PERSONAL_KEYS", default=["development-personal-key"])  # the first encrypts
PERSONAL_HASH_KEY = env.str("PERSONAL_HASH_KEY", "development-personal-hash-key")
PORTAL_LEDGER_ROWS = env.int("PORTAL_LEDGER_ROWS", 20_000)  # rows of one imported workbook at most
PORTAL_LEDGER_MB = env.int("PORTAL_LEDGER_MB", 10)
PORTAL_ALLOW_DEMO_CALENDAR = env.bool("PORTAL_ALLOW_DEMO_CALENDAR", False)
PORTAL_CLOCK_AT: str | None = None
PORTAL_FONT_FILES: dict[str, str] = env.dict("PORTAL_FONT_FILES", default={})
PORTAL_SEAL_PROVIDER = env.str("PORTAL_SEAL_PROVIDER", "portal.documents.seals.ScannedSeal")
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
