"""All settings of the service, read from the environment and from `.env` beside manage.py.

What is wrong there stops the start with the variable's name. docs/settings.md lists the variables.
"""

import logging
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import validate

from settings.environment import (
    BASE_DIR,
    cache_setting,
    cache_url_setting,
    database_setting,
    days_setting,
    env,
    notify_setting,
    origin_of,
    path_setting,
    rate_setting,
    url_setting,
    whole_number_setting,
)
from settings.sentry import start_sentry
from settings.version import VERSION

VAR_DIR = BASE_DIR / "var"
DEVELOPMENT_SECRET_KEY = "for development only, refused when DEBUG is off"  # noqa: S105

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_SECRET_KEY if DEBUG else "")
if not DEBUG and SECRET_KEY in {"", DEVELOPMENT_SECRET_KEY}:
    raise ImproperlyConfigured("SECRET_KEY has to be set to a secret of your own (or DEBUG to 1)")
# The one name that the site has on the network, behind a proxy that speaks https.
SITE_HOST = env.str("SITE_HOST", "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", *([SITE_HOST] if SITE_HOST else [])]
)
# Where the site is below its host's root, as /films/: the proxy in front takes that off.
SITE_PATH = path_setting("SITE_PATH")
if SITE_PATH != "/":
    FORCE_SCRIPT_NAME = SITE_PATH.rstrip("/")
    SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = SITE_PATH
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# Front ends on other hosts may read the API: their origins, or * for all.
CORS_ALLOWED_ORIGINS: list[str] = env.list("CORS_ALLOWED_ORIGINS", [])
CORS_ALLOW_ALL_ORIGINS = CORS_ALLOWED_ORIGINS == ["*"]
if CORS_ALLOW_ALL_ORIGINS:
    CORS_ALLOWED_ORIGINS = []
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
# A front end asks with the ETag that it has, and says what the file is called that it sends.
CORS_ALLOW_HEADERS = [*default_headers, "if-none-match", "content-disposition"]
CORS_EXPOSE_HEADERS = [
    "ETag", "X-Fetched-At", "Date", "Retry-After", "X-Request-ID", "RateLimit", "RateLimit-Policy",
    "Link",
]  # fmt: skip

# How often one address may ask the API, and upload to it, in each process of the site.
API_RATE = rate_setting("API_RATE", "600/minute")
API_UPLOAD_RATE = rate_setting("API_UPLOAD_RATE", "20/minute")
# How many seconds of a core the uploads of one address may take in a minute, in each process.
UPLOAD_CPU_SECONDS = env.float("UPLOAD_CPU_SECONDS", 3.0, validate=validate.Range(min=0, max=3600))
# How long an upload may take to come; and of how many threads each process of the site has half
# may be busy with uploads.
UPLOAD_SECONDS = env.float("UPLOAD_SECONDS", 60.0, validate=validate.Range(min=1, max=3600))
WEB_THREADS = whole_number_setting("WEB_THREADS", 4, least=2, most=64)
# How many reverse proxies in front append to X-Forwarded-For: what others wrote is not believed.
TRUSTED_PROXIES = whole_number_setting("TRUSTED_PROXIES", 1 if SITE_HOST else 0, least=0, most=10)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whether browsers reach the site by https alone: /admin's cookies then go no other way.
HTTPS_ONLY = env.bool("HTTPS_ONLY", bool(SITE_HOST))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if HTTPS_ONLY else 0
# Who watches over the service asks by the machine's address, without https.
PROBE_PATHS = {"/healthz", "/readyz", "/metrics"}
SECURE_SSL_REDIRECT = HTTPS_ONLY and TRUSTED_PROXIES > 0
SECURE_REDIRECT_EXEMPT = [f"(?:^|/){path[1:]}$" for path in sorted(PROBE_PATHS)]
# Subdomains are not ours to speak for; of keys and of http operations.checks speaks; Django does
# not know the protection against forged requests by its name here (settings.admin_middleware).
SILENCED_SYSTEM_CHECKS = [f"security.{name}" for name in ("W003", "W005", "W009", "W021")]
if not HTTPS_ONLY:
    SILENCED_SYSTEM_CHECKS += [
        f"security.{name}" for name in ("W004", "W008", "W010", "W012", "W016")
    ]

# TMDB: a v4 read access token goes into a header, a v3 key into the address.
TMDB_API_TOKEN = env.str("TMDB_API_TOKEN", "")
TMDB_API_KEY = env.str("TMDB_API_KEY", "")
# Where no key is set: a sandbox that stands in for TMDB, IMDb and the Studio Ghibli API, as this
# process and as browsers reach it. Pages and /admin say that it does.
SANDBOX_URL = env.str("SANDBOX_URL", "").rstrip("/")
IS_SANDBOX = bool(SANDBOX_URL) and not (TMDB_API_TOKEN or TMDB_API_KEY)
if IS_SANDBOX:
    TMDB_API_KEY = "sandbox"
SANDBOX_IMAGE_URL = env.str("SANDBOX_IMAGE_URL", f"{SANDBOX_URL}/t/p")
TMDB_API_URL = url_setting(
    "TMDB_API_URL", f"{SANDBOX_URL}/3" if IS_SANDBOX else "https://api.themoviedb.org/3"
)
TMDB_FILES_URL = url_setting(
    "TMDB_FILES_URL",
    f"{SANDBOX_URL}/p/exports" if IS_SANDBOX else "https://files.tmdb.org/p/exports",
)
TMDB_IMAGE_URL = url_setting(
    "TMDB_IMAGE_URL", SANDBOX_IMAGE_URL if IS_SANDBOX else "https://image.tmdb.org/t/p"
)
IMDB_DATASETS_URL = url_setting(
    "IMDB_DATASETS_URL", f"{SANDBOX_URL}/imdb" if IS_SANDBOX else "https://datasets.imdbws.com"
)
TMDB_REQUESTS_PER_SECOND = env.float(
    "TMDB_REQUESTS_PER_SECOND", 40.0, validate=validate.Range(min=0, max=10_000)
)
# The longest first wait before a request is tried again; it doubles with every attempt.
TMDB_BACKOFF_SECONDS = env.float(
    "TMDB_BACKOFF_SECONDS", 0.5, validate=validate.Range(min=0, max=60)
)
# m of the weighted rating: how many votes weigh as much as the mean of all films.
RATING_MIN_VOTES = env.float("RATING_MIN_VOTES", 25_000.0, validate=validate.Range(min=0, max=1e9))
RATING_MIN_LISTED = whole_number_setting("RATING_MIN_LISTED", 50, least=0, most=10**9)
# How long new lists or ratings wait for readers that are in the way, before they are put off.
SWAP_PATIENCE_SECONDS = env.float(
    "SWAP_PATIENCE_SECONDS", 60.0, validate=validate.Range(min=0, max=3600)
)
# The Studio Ghibli API, and how old its films may be when somebody reads them.
GHIBLI_API_URL = url_setting(
    "GHIBLI_API_URL", f"{SANDBOX_URL}/ghibli" if IS_SANDBOX else "https://ghibliapi.vercel.app"
)
GHIBLI_MAX_AGE_SECONDS = env.float(
    "GHIBLI_MAX_AGE_SECONDS", 60.0, validate=validate.Range(min=1, max=86_400)
)
# How long somebody who reads them may be kept waiting for it.
GHIBLI_TIMEOUT_SECONDS = env.float(
    "GHIBLI_TIMEOUT_SECONDS", 3.0, validate=validate.Range(min=0.1, max=20)
)
# Downloads that are being read or could not be used.
EXPORT_DIR = env.path("EXPORT_DIR", VAR_DIR / "exports")

# For how many days imports keep what nobody needs any longer; one kind a setting.
KEEP_FAILURES_DAYS = days_setting("KEEP_FAILURES_DAYS", 30)
KEEP_RUNS_DAYS = days_setting("KEEP_RUNS_DAYS", 365)
KEEP_FILES_DAYS = days_setting("KEEP_FILES_DAYS", 7)
KEEP_REJECTED_FILES_DAYS = days_setting("KEEP_REJECTED_FILES_DAYS", 30)
KEEP_LOGINS_DAYS = days_setting("KEEP_LOGINS_DAYS", 90)
# After how many days without a daily import that worked the films count as stale.
STALE_AFTER = timedelta(days=days_setting("STALE_AFTER_DAYS", 2))

# Who is told when the daily import fails, and when it works again.
NOTIFY_EMAILS: list[str] = env.list("NOTIFY_EMAILS", [])
# Addresses that are called, or Apprise's (ntfy://, discord://, mailto://), separated by blanks.
NOTIFY_URL = notify_setting("NOTIFY_URL")
# Called after each daily import that worked, for services that miss what does not come.
HEARTBEAT_URL = (
    url_setting("HEARTBEAT_URL", "", is_secret=True) if env.str("HEARTBEAT_URL", "") else ""
)
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = whole_number_setting("EMAIL_PORT", 25, least=1, most=65_535)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "world-in-movies@localhost")

# `manage.py crontab add` writes them into the user's crontab; the first decides by itself what is
# due, so that cron's local time does not matter.
CRONJOBS = [
    ("*/5 * * * *", "django.core.management.call_command", ["run_import"], {"due": True}),
    ("* * * * *", "django.core.management.call_command", ["refresh_ghibli"]),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_crontab",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "movies",
    "pages",
    "importer",
    "settings.admin.BackOfficeConfig",
    "ghibli",
    "watch_providers",
    "api",
    "operations",
]

MIDDLEWARE = [
    "settings.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "settings.permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "caching.middleware.CacheControlMiddleware",
    "caching.compression.GZipMiddleware",
    "settings.admin_middleware.SessionMiddleware",
    "settings.hosts.HostMiddleware",
    "settings.admin_middleware.CsrfViewMiddleware",
    "settings.admin_middleware.AuthenticationMiddleware",
    "settings.admin_middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "settings.throttling.RateLimitHeadersMiddleware",
]

# Whoever has this word may read /metrics, for Prometheus; empty: there is none.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN:
    MIDDLEWARE.insert(1, "operations.request_metrics.RequestMetricsMiddleware")

# Where errors are reported to, by Sentry's protocol; empty: nowhere.
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    start_sentry(SENTRY_DSN, VERSION)

ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database_setting("DATABASE_URL", may_be_embedded=DEBUG)}
# A hot standby that readers are answered from, unless it lags by more than that.
REPLICA_LAG_SECONDS = env.float(
    "REPLICA_LAG_SECONDS", 5.0, validate=validate.Range(min=0, max=3600)
)
if env.str("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = database_setting("DATABASE_REPLICA_URL", may_be_embedded=False)
    MIDDLEWARE.insert(1, "settings.replica.ReplicaMiddleware")
# How long readers wait for one statement, and for a lock, before they are asked to return; 0 for
# ever. settings.wsgi has the site's processes keep to it: imports and commands do not.
WEB_STATEMENT_TIMEOUT = env.float(
    "WEB_STATEMENT_TIMEOUT", 10.0, validate=validate.Range(min=0, max=3600)
)
WEB_LOCK_TIMEOUT = env.float("WEB_LOCK_TIMEOUT", 3.0, validate=validate.Range(min=0, max=3600))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
# Where whoever logs in goes whose `next` is another site's.
LOGIN_REDIRECT_URL = "admin:index"
# Asked first: who is locked out costs no password's hash, however many try at once.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# So many logins may fail, of one address whatever the name, and of one name whatever the address;
# counted in the database, for all processes. Tries while locked out do not lock for longer.
AXES_FAILURE_LIMIT = whole_number_setting("LOGIN_FAILURES", 5, least=1, most=1000)
AXES_COOLOFF_TIME = timedelta(
    minutes=whole_number_setting("LOGIN_LOCK_MINUTES", 15, least=1, most=1440)
)
AXES_LOCKOUT_PARAMETERS = ["ip_address", "username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "settings.login.login_address"
AXES_CLIENT_STR_CALLABLE = "settings.login.describe_login"
AXES_LOCKOUT_CALLABLE = "settings.login.refuse_login"

# Bytes of compressed answers that each process of the site keeps.
ANSWER_CACHE_BYTES = 1_000_000 * whole_number_setting("ANSWER_CACHE_MB", 16, least=1, most=10_000)

# Part of every ETag: raised whenever answers change their shape.
RELEASE = "1"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = f"{SITE_PATH}static/"
# Where collectstatic puts the static files, hashed and compressed: a page's modules and the map
# are 150 KB instead of 380, and asked for once. Where nobody has run it, and with DEBUG, they are
# served from the apps' own folders by their plain names.
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "settings.static_files.HashedStaticFilesStorage"},
}

# What pages begin with, so that nothing is painted in other colours than somebody has chosen. It
# stands in the page, and is let in by its hash; js/shell/theme.js does the rest.
THEME_SCRIPT = (
    "try{document.documentElement.dataset.theme="
    'localStorage.getItem("world-in-movies/theme")??""}catch{}'
)
# My films as well, so that nothing is painted that moves when somebody's films are there.
OWN_FILMS_SCRIPT = (
    'try{document.documentElement.toggleAttribute("data-awaits-films",'
    '"world-in-movies/my-films" in localStorage)}catch{}'
)
SCRIPT_HASHES = [
    f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    for script in (THEME_SCRIPT, OWN_FILMS_SCRIPT)
]

# Nothing comes from another host but TMDB's pictures; blob: is the picture of the map to share.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, *SCRIPT_HASHES],
        "img-src": [SELF, origin_of(TMDB_IMAGE_URL), "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# A Valkey or Redis that all processes on all machines share; without one each counts by itself.
CACHE_URL = cache_url_setting("CACHE_URL")
CACHES = {
    # The counts of narrowed lists, each a number under a short name.
    "default": cache_setting(CACHE_URL, "default", MAX_ENTRIES=20_000),
    # Who has asked how often; a cache of its own, so that nothing else pushes it out.
    "throttle": cache_setting(CACHE_URL, "throttle", MAX_ENTRIES=10_000),
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["api.formats.MsgspecRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.FormatNegotiation",
    "DEFAULT_SCHEMA_CLASS": "api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["settings.throttling.AddressThrottle"],
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNAUTHENTICATED_USER": None,
    # `api.negotiation` knows the parameter; no address has a format for its ending.
    "URL_FORMAT_OVERRIDE": None,
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "api.errors.ApiExceptionHandler"}

SPECTACULAR_SETTINGS = {
    "TITLE": "World in Movies",
    "DESCRIPTION": "Where in the world films come from: the best of every country by a weighted "
    "rating, a person's IMDb or Letterboxd export turned into countries, search by any name. "
    "This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise "
    "approved by TMDB.",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "By": "movies.models.Lens",
        "ErrorCode": "api.errors.ERROR_CODES",
        "ErrorType": "api.errors.ERROR_TYPES",
    },
    # With links to each endpoint, Swagger UI puts a link into a button.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# plain: for eyes; json: an object a line, for what collects logs.
LOG_FORMAT = env.str("LOG_FORMAT", "plain", validate=validate.OneOf(["plain", "json"]))
# Python's warnings, too, would be lines of another form.
logging.captureWarnings(LOG_FORMAT == "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "settings.logs.OneLineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        },
        "json": {"()": "settings.logs.JsonFormatter"},
    },
    "filters": {
        "back_off": {"()": "settings.logs.BackOffFilter", "seconds": 60.0},
        "run_id": {"()": "importer.run_id.RunIdFilter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["back_off", "run_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "importer": {"level": "INFO"},
        "movies": {"level": "INFO"},
        # A wrong address is its sender's matter; what the service breaks is logged as an error.
        "django.request": {"level": "ERROR"},
        # It writes addresses, and these carry secrets; what failed is logged by our own.
        "apprise": {"level": "CRITICAL"},
        # At DEBUG it writes whole addresses, and a v3 key is part of one.
        "urllib3": {"level": "WARNING"},
    },
}
