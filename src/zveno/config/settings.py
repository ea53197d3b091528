"""All settings, in one file; the environment overrides only what differs between machines."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

BASE = Path(__file__).resolve().parents[3]
ENVIRONMENT = os.environ.get("ZVENO_ENV", "production")
DEVELOPMENT = ENVIRONMENT == "development"
TESTING = ENVIRONMENT == "test"
SAFE_PLACE = DEVELOPMENT or TESTING

DEBUG = False
SECRET_KEY = os.environ.get("ZVENO_SECRET_KEY", "only-for-tests" if TESTING else "")
ALLOWED_HOSTS = os.environ.get("ZVENO_HOSTS", "127.0.0.1,localhost,testserver").split(",")
ADDRESS = os.environ.get("ZVENO_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
TODAY = os.environ.get("ZVENO_TODAY", "")
VAR = Path(os.environ.get("ZVENO_VAR", BASE / "var")).resolve()
BACKUPS = Path(os.environ.get("ZVENO_BACKUPS", VAR / "backups"))
# Where Prometheus reads, as host:port; not set: nowhere. Read by the library when it is imported.
METRICS = os.environ.get("ZVENO_METRICS", "")
if METRICS:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics"))

ROOT_URLCONF = "zveno.config.urls"
AUTH_USER_MODEL = "people.Account"
ZVENO_ACTOR = "zveno.people.models.actor_of"
# What carries notices to people; a plug-in adds a key and its class.
ZVENO_CHANNELS = {"mail": "zveno.people.models.channels.Mail"}
# How many days before its last day the parties of an agreement are reminded.
ZVENO_REMIND_DAYS = (90, 30, 7)
# After how many days without a deed a member of a cluster is silent.
ZVENO_SILENT_DAYS = 30
# From which age children agree together with a guardian, and from which alone (152-FZ names none).
ZVENO_CONSENT_AGES = (14, 18)
# From which day of the year (month, day) members are asked to check what is known of them.
ZVENO_CHECK_FROM = (8, 15)
# Days off that the Government has moved and no file knows yet: 2027-01-02=2027-01-08,…
ZVENO_DAYS_OFF = os.environ.get("ZVENO_DAYS_OFF", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"

USE_TZ = True
TIME_ZONE = os.environ.get("ZVENO_TIME_ZONE", "Europe/Moscow")
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "zveno-language"
FORMAT_MODULE_PATH = ["zveno.ui.formats"]

ROOMS = [
    "zveno.ui",
    "zveno.kernel",
    "zveno.codes",
    "zveno.organisations",
    "zveno.people",
    "zveno.documents",
    "zveno.network",
    "zveno.correspondence",
    "zveno.plan",
    "zveno.learners",
    "zveno.events",
    "zveno.webhooks",
    "zveno.desk",
    "zveno.demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "template_partials",
    "csp",
    *ROOMS,
]
MIDDLEWARE = [
    "zveno.kernel.health.Probes",
    "zveno.kernel.rest.middleware.ApiProblems",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "zveno.kernel.http.CleanRequest",
    "zveno.kernel.health.RequestRecord",
    "zveno.ui.languages.ChosenLanguage",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "zveno.people.pages.visitors.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zveno.kernel.reads.NotedReads",
    "zveno.people.pages.guesses.GuessedLinks",
    "zveno.kernel.rest.middleware.Counted",
    "zveno.kernel.http.ActorMiddleware",
    "zveno.kernel.http.SignInFirst",
    "zveno.people.pages.visitors.SecondStepFirst",
    "zveno.kernel.http.DomainErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


# The server keeps the plans of what is asked often: planning costs it more than answering.
_PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def _database(url: str) -> dict[str, Any]:
    parts = {key: value for key, value in conninfo_to_dict(url).items() if value is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "zveno"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "5"} | _PREPARED | parts,
    }


# The web server and the worker sign in as a plain role; migrations and backup as the owner.
# Tests run as the plain role too: "default" is the same test database, seen by that role.
_APP_URL = os.environ.get("DATABASE_URL", "postgresql://zveno_app@/zveno")
DATABASES = {
    "default": _database(_APP_URL) | {"TEST": {"MIRROR": "owner"}},
    "owner": _database(os.environ.get("ZVENO_OWNER_DATABASE_URL", _APP_URL)),
}

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# How many proxies of ours stand before Zveno and add to X-Forwarded-For.
PROXIES = int(os.environ.get("ZVENO_PROXIES", "0"))
# Whoever sees more than one organisation or takes lists out signs in by two steps.
SECOND_STEP = (
    os.environ.get("ZVENO_SECOND_STEP", "optional" if SAFE_PLACE else "required") == "required"
)
# A provider of identities (OpenID Connect), by which people may sign in; its address begins all.
OIDC = {
    "issuer": os.environ.get("ZVENO_OIDC_ISSUER", ""),
    "client_id": os.environ.get("ZVENO_OIDC_CLIENT_ID", ""),
    "client_secret": os.environ.get("ZVENO_OIDC_CLIENT_SECRET", ""),
    "name": os.environ.get("ZVENO_OIDC_NAME", "OpenID Connect"),
}
# How often a token of a program may ask in a minute; 0 is no bound.
API_RATE = int(os.environ.get("ZVENO_API_RATE", "0" if TESTING else "600"))
# Hosts that webhooks may be sent to; ".example.org" means all below it, "*" any public one.
WEBHOOKS_TO = [host for host in os.environ.get("ZVENO_WEBHOOKS_TO", "").split(",") if host]
# For trials on one machine, never in production: a receiver there, without TLS.
WEBHOOKS_HERE = SAFE_PLACE and os.environ.get("ZVENO_WEBHOOKS_HERE", "") == "1"
SESSION_ENGINE = "zveno.people.models.sign_ins"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

STATIC_URL = "/static/"
STATIC_ROOT = None if SAFE_PLACE else VAR / "static"
WHITENOISE_USE_FINDERS = SAFE_PLACE
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SAFE_PLACE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A list of the largest event has 5000 rows with a few fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_TLS = ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SESSION_COOKIE_NAME = "__Host-zveno" if _TLS else "zveno"
CSRF_COOKIE_NAME = "__Host-zveno-form" if _TLS else "zveno-form"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_HSTS_SECONDS = 31536000 if _TLS else 0
# Other hosts of the same domain are not ours to decide for; the proxy leads http to https.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"
    if SAFE_PLACE
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("ZVENO_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ZVENO_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ZVENO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZVENO_MAIL_PASSWORD", "")
_ENCRYPTED_AT_ONCE, _ENCRYPTED_ON_ASKING = 465, 587
# A password never travels in the open.
EMAIL_USE_SSL = EMAIL_PORT == _ENCRYPTED_AT_ONCE
EMAIL_USE_TLS = not EMAIL_USE_SSL and (EMAIL_PORT == _ENCRYPTED_ON_ASKING or EMAIL_HOST_USER != "")
# A server that says nothing does not hold the worker.
EMAIL_TIMEOUT = 30
# Told what is stuck, and each month the mark of the journal.
OPERATOR_MAIL = os.environ.get("ZVENO_OPERATOR_MAIL", "")
DEFAULT_FROM_EMAIL = os.environ.get("ZVENO_MAIL_FROM", "zveno@example.org")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(levelname)s %(name)s: %(message)s"},
        "json": {"()": "zveno.kernel.logs.Structured"},
    },
    "filters": {"discreet": {"()": "zveno.kernel.logs.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discreet"],
        },
        "json": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "root": {"handlers": ["console" if SAFE_PLACE else "json"], "level": "WARNING"},
    "loggers": {"zveno": {"level": "WARNING" if SAFE_PLACE else "INFO"}},
}
