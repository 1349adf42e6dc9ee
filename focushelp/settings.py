"""The settings: safe by default, changed by environment variables, which docs/deployment.md lists."""

from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from .environment import (
    env_bool,
    env_contact,
    env_count,
    env_hosts,
    env_origin,
    env_path,
    is_local,
    names_secret,
    required_secret,
)
from .services import env_cache, env_database

BASE_DIR = Path(__file__).resolve().parent.parent

# The first heading of the changelog.
VERSION = next(
    line.split()[1] for line in (BASE_DIR / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")
)

DEBUG = env_bool("DEBUG", default=False)
# `make run` makes this file. Commands then work as it does, without variables.
LOCAL_SECRET = BASE_DIR / "var" / "secret_key"
LOCAL = is_local(LOCAL_SECRET)
SECRET_KEY = (
    token_urlsafe(50)
    if DEBUG and not LOCAL and not names_secret("SECRET_KEY")
    else required_secret(
        "SECRET_KEY",
        at_least=50,
        how="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        file=LOCAL_SECRET if LOCAL else None,
    )
)
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# The number of our own proxies in front. The nearest sets X-Forwarded-Proto; each appends to X-Forwarded-For.
TRUSTED_PROXIES = env_count("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HTTPS = env_bool("HTTPS", default=not (DEBUG or LOCAL))
# The beginning of full addresses: canonical links, QR codes, sitemap. Not taken from the Host header, so that a page is
# the same for every visitor.
_name = ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
SITE_URL = env_origin(
    "SITE_URL", default=f"http://{_name}:8000" if LOCAL else f"{'https' if HTTPS else 'http'}://{_name}"
)
ALLOWED_HOSTS = list(dict.fromkeys([*ALLOWED_HOSTS, str(urlsplit(SITE_URL).hostname)]))
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # health checks ask without TLS
_YEAR = 365 * 24 * 3600  # seconds
SECURE_HSTS_SECONDS = env_count("HSTS_SECONDS", default=_YEAR) if HTTPS else 0
# Less than a year is for trying it: for this name alone, and not for the lists in browsers.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS >= _YEAR
SECURE_REFERRER_POLICY = "same-origin"  # CSRF protection of the admin needs the referrer
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
ADMIN_URL = "/admin/"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = ADMIN_URL  # no cookie is sent to public pages
SESSION_COOKIE_AGE = 8 * 3600  # seconds
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # its cookie would be for every path
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
POSTS_A_MINUTE = 120  # from one address: enough for a garage with many people behind it
# Where to report a vulnerability: /.well-known/security.txt
SECURITY_CONTACT = env_contact("SECURITY_CONTACT")
# Where drivers report a wrong fact: a link in the last row of each page, if it is set.
CONTACT = env_contact("CONTACT")
# The service worker, which keeps pages on the phone. Off: it removes itself and its pages from phones that have it.
OFFLINE = env_bool("OFFLINE", default=not DEBUG)
PERMISSIONS_POLICY: dict[str, list[str]] = {  # none of these is allowed, on our own pages either
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}

# Off: no admin on this host, and so no cookie at all.
ADMIN_ENABLED = env_bool("ADMIN_ENABLED", default=True)

INSTALLED_APPS = [
    "focushelp",  # for its commands and checks
    "editing",
    "guides",
    "accounts.apps.TwoFactorAdminConfig",  # in place of django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts.apps.AccountsConfig",  # last: it unregisters models of the apps above from the admin
]
MIDDLEWARE = [
    "focushelp.client.client_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "focushelp.middleware.same_origin_resources",
    "focushelp.middleware.refuse_other_methods",
    "focushelp.middleware.refuse_large_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # inside GZip: a page has one ETag, compressed or not
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "axes.middleware.AxesMiddleware",
]
if not ADMIN_ENABLED:
    ADMIN_MIDDLEWARE = ("sessions", "auth.middleware", "messages", "django_otp", "axes")
    MIDDLEWARE = [name for name in MIDDLEWARE if not any(part in name for part in ADMIN_MIDDLEWARE)]
    # The checks that require the middleware of the admin.
    SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410", "axes.W002"]
ROOT_URLCONF = "focushelp.urls"
WSGI_APPLICATION = "focushelp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# For a host that serves the site from a copy of the database. Nothing is stored, so editors cannot sign in there.
DATABASE_READ_ONLY = env_bool("DATABASE_READ_ONLY", default=False)
DATABASES = {
    "default": env_database(
        "DATABASE_URL",
        default=BASE_DIR / "var" / "db.sqlite3",
        read_only=DATABASE_READ_ONLY,
        not_in=BASE_DIR if HTTPS else None,
    )
}
CACHES = {"default": env_cache("CACHE_URL")}

# The folder of the page store. Each host has its own.
PAGES_PATH = env_path("PAGES_PATH", default=BASE_DIR / "var" / "pages")

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Five wrong passwords lock a name out for one address. Attempts are deleted at the next sign-in, sign-out or backup
# after the lock has ended; backups do not contain them.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "accounts.audit.axes_username"
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "code"]  # not stored, not logged
AXES_DISABLE_ACCESS_LOG = True  # accounts.audit records sign-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Focus Help"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
USE_I18N = len(LANGUAGES) > 1  # translating takes a quarter of the time of a page
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH = ["focushelp.formats"]  # Django’s British times are “2:41 p.m.”

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "focushelp.storage.StaticFiles"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "focushelp.logs.JsonLines"},
        "text": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "text" if DEBUG or LOCAL else "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # django.request: its warnings contain addresses that were not found, and a visitor may have typed a serial there.
    # django.security: a traceback for each request with a wrong host name. axes: sign-ins are in the audit log.
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}
